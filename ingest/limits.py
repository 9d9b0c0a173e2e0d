"""How long a text may be: what is longer is refused before it is parsed, with the true reason.

On a busy machine with two cores a text at each of these limits is parsed within 30 seconds and a
gigabyte.
"""

from collections.abc import Sequence

from ingest.errors import TooLargeError
from ingest.schema import Passage

MAX_TEXT = 2_000_000
"""Most code points of a document: the longest statute seen has 0.2 million, a yearbook of 1,100
pages 1.5 million."""

MAX_LINE = 1_000_000
"""Most code points of one line; a whole statute whose line breaks were lost has 0.2 million."""

MAX_CELLS = 300_000
"""Most cells of all tables of a document."""

MAX_PASSAGE = 200_000
"""Most code points that may stand without a stop, a line break or a mark."""


def refuse_long(text: str, name: str) -> None:
    """Raises `TooLargeError` for a text over a limit; `name` is the file's, for the message.

    >>> refuse_long("甲" * 2_000_001, "甲.txt")
    Traceback (most recent call last):
        ...
    ingest.errors.TooLargeError: 甲.txt有2000001字；需要不超过2000000字的文件；请拆分后再添加
    """
    if len(text) > MAX_TEXT:
        raise _large(f"{name}有{len(text)}字", f"不超过{MAX_TEXT}字的文件")
    longest = max(map(len, text.split("\n")))
    if longest > MAX_LINE:
        raise _large(f"{name}的一行有{longest}字", f"每行不超过{MAX_LINE}字的文件")
    cells = text.count("\t") + text.count("|")
    if cells > MAX_CELLS:
        raise _large(f"{name}的表格有{cells}个单元格", f"不超过{MAX_CELLS}个单元格的文件")


def refuse_unparted(passages: Sequence[Passage], name: str) -> None:
    """Raises `TooLargeError` where a passage is too long to be quoted or searched."""
    longest = max((len(one.span) for one in passages), default=0)
    if longest > MAX_PASSAGE:
        raise _large(
            f"{name}有{longest}字连在一起,中间没有句号和换行", f"每段不超过{MAX_PASSAGE}字的文件"
        )


def _large(found: str, expected: str) -> TooLargeError:
    return TooLargeError(found, expected, "拆分后再添加")
