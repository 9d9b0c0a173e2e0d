"""A model that a setting names: in a folder of this machine, or under its name on the hub.

What loads it belongs to whoever uses it; here is what encoders and rerankers have in common: how
the setting is read, that a model's own code is never run, and that whatever goes wrong in the
libraries becomes one line of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ingest.errors import WenceError

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a model is for: its setting, what users call it, and how its errors are raised."""

    setting: str
    noun: str
    expected: str
    remedy: str
    error: type[WenceError]


def named(name: str | Path, kind: Kind) -> str | Path:
    """The folder, if the setting names one, else the name on the hub as it is.

    What looks like a path must be a folder: a typing error in a path must not become a download.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    looks_like_path = isinstance(name, Path) or folder.is_absolute() or name.startswith((".", "~"))
    if looks_like_path or folder.exists():
        raise kind.error(f"没有文件夹 {folder}", kind.expected, kind.remedy)
    return name


def loaded(name: str | Path, kind: Kind, load: Callable[[], M]) -> M:
    """What `load` returns; its exceptions as the error of the kind, in one line."""
    try:
        return load()
    except WenceError:
        raise
    except Exception as error:  # whatever the many model classes raise
        if "trust_remote_code" in str(error):
            raise kind.error(
                f"{kind.noun}“{name}”要运行它自带的代码才能加载",
                "不带代码的模型：Wence 从不运行模型自带的代码（trust_remote_code 始终关闭）",
                kind.remedy,
            ) from error
        raise kind.error(
            f"{kind.noun}“{name}”加载失败（{first_line(error)}）", kind.expected, kind.remedy
        ) from error


def first_line(error: BaseException) -> str:
    """The first line of a message, short; the name of the exception where it has none."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
