"""The documents that a request limits its answer to: all must be held."""

from collections.abc import Sequence
from typing import Protocol

from index.errors import UnknownDocumentError
from ingest.schema import DocumentInfo
from ui.render import printable

TOLD = 5
"""How many wrong ids an error names."""


class Catalogue(Protocol):
    """What is needed of an index."""

    def info(self, document_id: str) -> DocumentInfo:
        """What is known of one document, or `UnknownDocumentError`."""


class ScopeError(UnknownDocumentError):
    """A request limits its answer to documents that are not held."""


def limited_to(index: Catalogue, document_ids: Sequence[str]) -> tuple[str, ...]:
    """The ids, each once; `ScopeError` if one of them names no document that is held."""
    asked = tuple(dict.fromkeys(document_ids))
    missing = [name for name in asked if not _held(index, name)]
    if missing:
        named = "、".join(printable(text_of(name))[:60] or "（空）" for name in missing[:TOLD])
        rest = f"等 {len(missing)} 个" if len(missing) > TOLD else ""
        raise ScopeError(
            f"限定的文件 {named}{rest}不在已入库文件之列",
            "已入库文件的编号",
            "用 wence ls（接口：GET /v1/documents）查看编号，或不限定文件",
        )
    return asked


def text_of(argument: str) -> str:
    """An id as typed, as text that can be looked up: bytes that are no UTF-8 become "?".

    >>> text_of("规划\\udcff")
    '规划?'
    """
    return argument.encode("utf-8", "replace").decode()


def _held(index: Catalogue, document_id: str) -> bool:
    try:
        return index.info(text_of(document_id)).held
    except UnknownDocumentError:
        return False
