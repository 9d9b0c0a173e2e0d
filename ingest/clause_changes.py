"""What an amending document does to clauses: 将第三条中的“甲”修改为“乙”, 增加一条, 删去第八条."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.characters import without_spaces
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.patterns import pattern
from ingest.schema import Fact, Span

_N = rf"(?:{CHINESE_NUMBER}|\d+)"
_LABEL = (
    rf"第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第?[（(]?{_N}[)）]?项)?|第{_N}款(?:第?[（(]?{_N}[)）]?项)?"
    rf"|第[（(]?{_N}[)）]?项"
)
_LABELS = rf"(?P<labels>(?:{_LABEL})(?:[、和及](?:{_LABEL}))*)"
_NEW = r"[：:]?\s*[“\"](?P<new>[^”]{1,3000})[”\"]"
_OLD = r"(?:中|内)?的?[“\"](?P<old>[^”\"]{1,300})[”\"]"
_CHANGES = (
    ("修改", pattern(rf"{_LABELS}{_OLD}(?:统一|均)?(?:修)?改为{_NEW}")),
    ("修改", pattern(rf"{_LABELS}(?:的?内容|的?规定)?(?:统一)?(?:修)?改为{_NEW}")),
    (
        "增加",
        pattern(
            rf"(?:{_LABELS})?(?:中|后|之后)?增加[一二两三][条款项][^。；;“]{{0,6}}?"
            rf"作为(?P<as>{_LABEL}){_NEW}"
        ),
    ),
    ("删去", pattern(rf"(?:删去|删除){_LABELS}(?:{_OLD})?")),
    ("删去", pattern(rf"{_LABELS}(?:{_OLD})?(?:予以)?(?:删去|删除)")),
)
_ONE = pattern(_LABEL)


def clause_changes(text: str, subjects: Sequence[Fact], own: date | None) -> Iterator[Fact]:
    """What is done to the clauses of the document that was said last to be amended."""
    if not subjects:
        return
    starts = [one.span.start for one in subjects]
    taken: list[Span] = []
    for role, change in _CHANGES:
        for match in change.finditer(text, starts[0]):
            whole = Span(*match.span())
            if any(one.start <= whole.start < one.end for one in taken):
                continue
            taken.append(whole)
            subject = subjects[bisect_right(starts, match.start()) - 1]
            group = Span(_line_start(text, whole.start), _sentence_end(text, whole.end))
            new = "new" in change.groupindex and match["new"]
            span = Span(*match.span("new")) if new else Span(*match.span("labels"))
            for label in _labels(match):
                yield Fact(
                    "amendment", "", 0, span, group, who=subject.who, role=role, what=label,
                    measure=subject.measure, when=str(own or ""),
                )  # fmt: skip


def _labels(match: re.Match[str]) -> list[str]:
    """The clauses of a change: 第三条第二款; each label of a list with the 条 before it."""
    if "as" in match.re.groupindex and match["as"]:
        above = _article(match["labels"] or "")
        label = without_spaces(match["as"])
        return [label if "条" in label else above + label]
    found: list[str] = []
    for one in _ONE.finditer(match["labels"]):
        label = without_spaces(one[0])
        found.append(label if "条" in label or not found else _article(found[-1]) + label)
    return found


def _article(label: str) -> str:
    found = re.match(rf"第{_N}条(?:之{_N})?(?:第{_N}款)?", label)
    return found[0] if found else ""


def _line_start(text: str, place: int) -> int:
    start = max(text.rfind(mark, 0, place) for mark in "\n。；;") + 1
    while start < place and text[start].isspace():
        start += 1
    return start


def _sentence_end(text: str, place: int) -> int:
    return place + 1 if text[place : place + 1] in "。；;" else place
