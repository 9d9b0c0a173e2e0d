"""Amendment facts: what a document does to others, and to which of their clauses.

It repeals, extends, replaces or amends a document that it names; of the one that it amends it says
clause by clause what is changed, added or struck out.  Which document of the corpus is meant is
decided where the corpus is known.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.characters import SPACE, without_spaces
from ingest.mentions import Mention, mentions
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.schema import Clause, Document, Fact, Span

_MAY = pattern("废止|失效|停止执行|不再执行|延长|延续|施行|修改|修正|修订|替代|代替|取代|删去")
_BREAK = pattern("[。；;\n]")
_DAY = (
    f"(?:{FULL_DATE}|本[^，,。；;]{{1,8}}(?:施行|实施|生效|印发|发布)之日|印发之日|发布之日|即日)"
)
_ADVERB = (
    rf"(?:[，,]|自{_DAY}起|于{_DAY}|{_DAY}起|同时|相应|即行|即时|予以|一并|均|现|已|也|应|的|通知|文件"
    rf"|等(?:文件|通知)?|[{SPACE}])*"
)
_END = "(?:废止|失效|停止执行|停止施行|不再执行|作废)"
_REPEALED = pattern(rf"[◆、和及与以{SPACE}\d.．（）()一二三四五六七八九十]*{_ADVERB}{_END}")
_REPEALS = pattern(rf"(?:废止|宣布失效)[：:，,原{SPACE}]*$")
_LISTED = pattern(
    rf"(?:废止|失效|停止执行)[^。；;《》]{{0,16}}(?:[：:]|目录|清单|文件)?[）)]?[{SPACE}]*$"
)
_LISTS = pattern("下列|以下|附件|如下|目录|清单")
_ITEM = pattern(rf"[{SPACE}\d.．、（）()一二三四五六七八九十]*原?$")
_EXTENDED = pattern(
    rf"[^。；;《》]{{0,40}}?(?:延长|延续|顺延)[^。；;《》◆]{{0,10}}?"
    rf"(?:至|到)?(?P<until>{FULL_DATE}|(?:\d{{1,2}}|{CHINESE_NUMBER})年)"
)
_CONTINUES = pattern(
    rf"[^。；;《》]{{0,40}}?继续(?:执行|施行|实施|有效)[^。；;《》]{{0,12}}?至(?P<until>{FULL_DATE})"
)
_EXTENDS = pattern("(?:延长|延续)$")
_AMENDS = pattern("(?:修改|修正|修订)(?:后的)?$")
_AMENDED = pattern(
    r"[^。；;《》，,]{0,12}?(?:作(?:出)?(?:如下|以下|相应|部分)?(?:修改|修正|修订)|(?:修改|修正|修订)如下)"
)
_IN_FORCE = pattern(
    rf"[^。；;《》◆]{{0,40}}?(?:自|于|从)(?P<day>{FULL_DATE})起?(?:正式)?(?:施行|实施|生效|执行)"
)
_REPLACES = pattern("(?:替代|代替|取代)原?$")

_N = rf"(?:{CHINESE_NUMBER}|\d+)"
_LABEL = (
    rf"第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第?[（(]?{_N}[)）]?项)?|第{_N}款(?:第?[（(]?{_N}[)）]?项)?"
    rf"|第[（(]?{_N}[)）]?项"
)
_LABELS = rf"(?P<labels>(?:{_LABEL})(?:[、和及](?:{_LABEL}))*)"
_NEW = r"[：:]?\s*[“\"](?P<new>[^”]+)[”\"]"
_OLD = r"(?:中|内)?的?[“\"](?P<old>[^”\"]+)[”\"]"
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


def amendments(document: Document, clauses: Sequence[Clause]) -> list[Fact]:
    """What a document does to others, in reading order; see `Fact` for the fields."""
    text = document.text
    if not _MAY.search(text):
        return []
    info = document.info
    own = info.effective or info.issued or info.published
    found = [*_of_documents(text, own)]
    subjects = [fact for fact in found if fact.role == "修改"]
    found += [*_of_clauses(text, subjects, own)]
    starts = [clause.span.start for clause in clauses]
    placed: dict[tuple[str, ...], Fact] = {}
    for fact in sorted(found, key=lambda one: one.span.start):
        one = _placed(document.id, clauses, starts, fact)
        label = one.what if one.what.startswith("第") else ""
        key = (one.role, one.who, label, one.span.of(text) if label else "")
        known = placed.get(key)
        # The body says it better than the title: with the number, and until when.
        if known is None or len(one.measure + one.what) >= len(known.measure + known.what):
            placed[key] = one
    return list(placed.values())


def _placed(document_id: str, clauses: Sequence[Clause], starts: Sequence[int], fact: Fact) -> Fact:
    """The fact in the innermost clause that holds it."""
    at = bisect_right(starts, fact.span.start) - 1
    while at > 0 and not clauses[at].span.covers(fact.span):
        at -= 1
    return Fact(
        "amendment", document_id, clauses[max(at, 0)].ordinal, fact.span, fact.group,
        who=fact.who, role=fact.role, what=fact.what, measure=fact.measure, when=fact.when,
    )  # fmt: skip


def _fact(role: str, one: Mention, group: Span, when: date | str | None, what: str = "") -> Fact:
    named = one.title or one.number
    number = one.number if one.title else ""
    return Fact(
        "amendment", "", 0, one.name, group,
        who=named, role=role, what=what, measure=number, when=str(when or ""),
    )  # fmt: skip


def _of_documents(text: str, own: date | None) -> Iterator[Fact]:
    """What is done to whole documents, statement by statement."""
    listing = False
    named = list(mentions(text))
    for statement in _statements(text, named):
        said = statement.of(text)
        some = [one for one in named if statement.covers(one.span)]
        if not some:
            if said.strip():
                listing = bool(_LISTED.search(said) and _LISTS.search(said))
            continue
        listing = listing and _ITEM.match(text, statement.start, some[0].span.start) is not None
        for place, one in enumerate(some):
            before = text[statement.start : one.span.start]
            gap = _gap(text, one.span.end, statement.end, some[place + 1 :])
            joined = _joined(text, some, place)
            if listing or _REPEALS.search(before) or (joined and _REPEALS.search(joined)):
                yield _fact("废止", one, statement, _day(said) or own)
            elif (ends := _REPEALED.match(gap)) and not _cited(before):
                yield _fact("废止", one, statement, _day(ends[0]) or own)
            elif (until := _EXTENDED.match(gap) or _CONTINUES.match(gap)) or _EXTENDS.search(
                before
            ):
                yield _fact("延长", one, statement, own, _until(until))
            elif _REPLACES.search(before):
                yield _fact("替代", one, statement, own)
            elif _AMENDS.search(before) or _AMENDED.match(gap):
                yield _fact("修改", one, statement, own)
            elif comes := _IN_FORCE.match(gap):
                yield _fact("施行", one, statement, printed_date(comes["day"]))


def _statements(text: str, named: Sequence[Mention]) -> Iterator[Span]:
    """Stretches between full stops, semicolons and line ends that stand in no title."""
    inside = [(one.span.start, one.span.end) for one in named]
    start = at = 0
    for match in _BREAK.finditer(text):
        while at < len(inside) and inside[at][1] <= match.start():
            at += 1
        if at < len(inside) and inside[at][0] < match.start():
            continue
        yield Span(start, match.end() if match[0] != "\n" else match.start())
        start = match.end()
    yield Span(start, len(text))


def _gap(text: str, start: int, end: int, others: Sequence[Mention]) -> str:
    """What follows a document, with ◆ for each further one."""
    said = []
    for other in others:
        if other.span.start < start:
            continue
        said.append(text[start : other.span.start] + "◆")
        start = other.span.end
    return "".join(said) + text[start:end]


def _joined(text: str, some: Sequence[Mention], place: int) -> str:
    """What stands before the first of documents that are joined by 、 or 和 up to this one."""
    while place > 0:
        between = text[some[place - 1].span.end : some[place].span.start]
        if not re.fullmatch(rf"[、，,和及与以{SPACE}]+(?:[^。；;《]{{0,12}}的)?", between):
            return ""
        place -= 1
    return text[max(0, some[0].span.start - 12) : some[0].span.start]


def _cited(before: str) -> bool:
    """Whether a document is only what something rests on: 根据《…》废止许可."""
    return re.search(r"(?:根据|依据|按照|依照|遵照)[^，,。；;《]{0,8}$", before) is not None


def _day(said: str) -> date | None:
    found = re.search(rf"(?:自|于)?(?P<day>{FULL_DATE})起?[^，,。]{{0,4}}{_END}", said)
    return printed_date(found["day"]) if found else None


def _until(match: re.Match[str] | None) -> str:
    """The new last day as ISO date, or the term as printed (5年); "" where none is named."""
    if match is None:
        return ""
    day = printed_date(match["until"])
    return str(day) if day else without_spaces(match["until"])


def _of_clauses(text: str, subjects: Sequence[Fact], own: date | None) -> Iterator[Fact]:
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
