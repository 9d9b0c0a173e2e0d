"""Which documents are meant by ids and titles."""

from collections.abc import Iterable, Sequence

from index.store import unknown
from ingest.characters import without_spaces
from ingest.schema import DocumentInfo
from qa.errors import AmbiguousTitleError

_TOLD = 5
"""How many candidates an error names."""


def named(names: Iterable[str], documents: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """The documents of these ids or exact titles, each once; a title may stand in 《》.

    Raises `UnknownDocumentError` for a name of none, `AmbiguousTitleError` for one of several.
    """
    by_id = {one.id: one for one in documents}
    by_title: dict[str, list[DocumentInfo]] = {}
    for one in documents:
        by_title.setdefault(_title(one.title), []).append(one)
    found: dict[str, DocumentInfo] = {}
    for name in names:
        meant = [by_id[name]] if name in by_id else by_title.get(_title(name), [])
        if not meant:
            raise unknown(name)
        if len(meant) > 1:
            raise _ambiguous(name, meant)
        found[meant[0].id] = meant[0]
    return list(found.values())


def _title(text: str) -> str:
    folded = without_spaces(text)
    inner = folded[1:-1] if folded.startswith("《") and folded.endswith("》") else folded
    return inner if "《" not in inner and "》" not in inner else folded


def _ambiguous(name: str, meant: Sequence[DocumentInfo]) -> AmbiguousTitleError:
    told = "、".join(
        "，".join(filter(None, (one.id, one.number, one.source))) for one in meant[:_TOLD]
    )
    rest = f"等 {len(meant)} 份" if len(meant) > _TOLD else ""
    return AmbiguousTitleError(
        f"标题为“{name}”的文件有 {len(meant)} 份：{told}{rest}", "只指一份文件的编号", "改用编号"
    )
