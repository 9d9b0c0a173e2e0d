"""Where documents came from: the address, and the list of documents that names them.

`origins.json` lies beside the manifest and is replaced as a whole, atomically, by whoever holds the
writer's lock.  It is written after the index, so a kill between both leaves it behind: a record
counts only of a document that the index holds, and what a site said of a version only where the
index holds exactly those bytes.  What is missing is found again when its address is next asked.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import CorruptIndexError, IndexFolderError
from index.sealing import sync_folder
from ingest.sources import DATES
from ingest.web.conditional import Validators

FILE = "origins.json"
DRAFT = f"{FILE}.tmp"
_FORMAT = "wence-origins"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one document came from.

    `url` is its address, empty for a document that came from a file.  `folder` is the folder whose
    `sources.toml` names it, `file` its file there; both empty where no list does.  `stated` is what
    the list states of it.  `sha256` is that of the bytes that were added, which `validators` tell
    from other versions.
    """

    document_id: str
    url: str = ""
    folder: str = ""
    file: str = ""
    stated: Mapping[str, str | date] = field(default_factory=dict)
    sha256: str = ""
    validators: Validators | None = None


def read(root: Path) -> dict[str, Origin]:
    """The records of an index folder by document, none if there is no such file.

    Raises CorruptIndexError if it is not what `write` wrote.
    """
    try:
        content = (root / FILE).read_bytes()
    except FileNotFoundError:
        return {}
    try:
        found = json.loads(content)
        if (found["format"], found["version"]) != (_FORMAT, _VERSION):
            raise ValueError(f"{found['format']} {found['version']}")
        records = [_origin(one) for one in found["origins"]]
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptIndexError(
            f"{root / FILE} 不可读（{error!r}）",
            f"本版本写出的 {FILE}",
            "移走它，再用 `wence sync` 和 `wence add` 重新抓取",
        ) from error
    return {one.document_id: one for one in records}


def write(root: Path, origins: Iterable[Origin]) -> None:
    """Replace all records; on return they will survive a power cut."""
    records = [
        {name: value for name, value in asdict(one).items() if value}
        for one in sorted(origins, key=lambda one: one.document_id)
    ]
    content = {"format": _FORMAT, "version": _VERSION, "origins": records}
    draft = root / DRAFT
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1, default=date.isoformat)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(root / FILE)
        sync_folder(root)
    except OSError as error:
        raise IndexFolderError(
            f"{root / FILE} 写不进去（{error}）", "可写且有足够空间的位置", "检查权限和磁盘空间"
        ) from error


def _origin(found: Mapping[str, Any]) -> Origin:
    values = dict(found)
    stated = {
        key: date.fromisoformat(value) if key in DATES else value
        for key, value in values.pop("stated", {}).items()
    }
    known = values.pop("validators", None)
    return Origin(**values, stated=stated, validators=known and Validators(**known))
