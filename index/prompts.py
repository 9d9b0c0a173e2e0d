"""What a model wants to read before a question and before a passage, by the family it is of.

Models that were trained with such words lose accuracy without them, and nothing fails: so known
families get theirs by the name of the model or of its folder.  What a setting says wins, then
what the model itself declares, then this table.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import EncoderError

DECLARED = "config_sentence_transformers.json"
"""Where a sentence-transformers folder declares its prompts."""

_ENCODER = "SentenceTransformer"


@dataclass(frozen=True, slots=True)
class Prompts:
    """Words put directly before a text; empty means none."""

    query: str = ""
    passage: str = ""


_WEB_SEARCH = "Instruct: Given a web search query, retrieve relevant passages that answer the query"

# Lower case, first match wins.  Sources: the models' own cards on the Hugging Face hub.  No \b: it
# finds nothing between a Chinese folder name and a Latin model name.
FAMILIES: tuple[tuple[re.Pattern[str], Prompts], ...] = tuple(
    (re.compile("(?<![a-z0-9])" + family), prompts)
    for family, prompts in (
        (r"bge-[a-z]+-(zh|en)-noinstruct", Prompts()),
        (r"bge-[a-z]+-zh", Prompts("为这个句子生成表示以用于检索相关文章：")),
        (r"bge-[a-z]+-en", Prompts("Represent this sentence for searching relevant passages: ")),
        (r"bge-m3", Prompts()),
        (r"qwen3-embedding", Prompts(f"{_WEB_SEARCH}\nQuery:")),
        (r"gte-", Prompts()),
        (r"e5-.*instruct", Prompts(f"{_WEB_SEARCH}\nQuery: ")),
        (r"e5-(small|base|large)", Prompts("query: ", "passage: ")),
    )
)


def family_prompts(name: str | Path) -> Prompts:
    """The prompts of a model's family; none for a family that is not known.

    >>> family_prompts("BAAI/bge-small-zh-v1.5").query
    '为这个句子生成表示以用于检索相关文章：'
    >>> family_prompts("模型/multilingual-e5-small")
    Prompts(query='query: ', passage='passage: ')
    >>> family_prompts("BAAI/bge-m3")
    Prompts(query='', passage='')
    """
    known = model_name(name).lower()
    return next((prompts for family, prompts in FAMILIES if family.search(known)), Prompts())


def model_name(name: str | Path) -> str:
    """The last part of a name or path; that of the model for a folder of the hub's cache.

    >>> model_name("models--BAAI--bge-m3/snapshots/5617a9f")
    'bge-m3'
    """
    path = Path(name)
    if path.parent.name == "snapshots":
        return path.parent.parent.name.split("--")[-1]
    return path.name


def chosen_prompts(
    name: str | Path,
    declared: Mapping[str, str],
    query: str | None = None,
    passage: str | None = None,
) -> Prompts:
    """The prompts to use: what is set (None: not set), else declared, else the family's.

    `declared` are the prompts of the model's own configuration by their names.
    """
    own = Prompts(
        declared.get("query") or "",
        next((declared[key] for key in ("document", "passage", "corpus") if declared.get(key)), ""),
    )
    prompts = own if own != Prompts() else family_prompts(name)
    return Prompts(
        prompts.query if query is None else query,
        prompts.passage if passage is None else passage,
    )


def declared_in(folder: Path) -> Mapping[str, str]:
    """The prompts that a folder declares, by name; none where it has no such file.

    Raises EncoderError when the file can't be read, or says that the model is no encoder: a
    cross-encoder would load, without its head, and give vectors that mean nothing.
    """
    remedy = "检查 encoder 设置，或留空以使用自带的编码器"
    path = folder / DECLARED
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_bytes())
        prompts = {
            str(key): str(words or "") for key, words in (content.get("prompts") or {}).items()
        }
        made_as = content.get("model_type", _ENCODER)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise EncoderError(
            f"{path} 的格式不对（{error}）",
            "sentence-transformers 的配置",
            remedy,
        ) from error
    if made_as != _ENCODER:
        raise EncoderError(
            f"文件夹 {folder} 里是 {made_as}，不是句向量模型", f"{_ENCODER} 模型", remedy
        )
    return prompts
