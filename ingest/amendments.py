"""Amendment facts: what a document does to others, and to which of their clauses.

It repeals, extends, replaces or amends a document that it names; of the one that it amends it says
clause by clause what is changed, added or struck out.  Which document of the corpus is meant is
decided where the corpus is known.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingest.characters import SPACE, without_spaces
from ingest.clause_changes import clause_changes
from ingest.mentions import Mention, mentions
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.numbers.printed_dates import FULL_DATE, printed_date
from ingest.patterns import pattern
from ingest.schema import Clause, Document, Fact, Span
from ingest.sentences import trim
from ingest.titles import name_key, name_keys

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
_REPEALED = pattern(rf"{_ADVERB}{_END}")
_REPEALS = pattern(rf"(?:废止|宣布失效)[：:，,原{SPACE}]*$")
_LISTED = pattern(
    rf"(?:废止|失效|停止执行)[^。；;《》]{{0,16}}(?:[：:]|目录|清单|文件)?[）)]?[{SPACE}]*$"
)
_LISTS = pattern("下列|以下|附件|如下|目录|清单")
_ITEM = pattern(rf"[{SPACE}\d.．、（）()一二三四五六七八九十]*原?$")
_EXTENDED = pattern(
    rf"[^。；;《》]{{0,40}}?(?:延长|延续|顺延)[^。；;《》]{{0,10}}?"
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
    rf"[^。；;《》]{{0,40}}?(?:自|于|从)(?P<day>{FULL_DATE})起?(?:正式)?(?:施行|实施|生效|执行)"
)
_REPLACES = pattern("(?:替代|代替|取代)原?$")

_JOINT = pattern(rf"[、，,和及与以{SPACE}]+(?:[^。；;《，,]{{0,12}}的|原)?")
_CITED = pattern(r"(?:根据|依据|按照|依照|遵照)[^，,。；;《]{0,8}$")
"""What only rests on a document: 根据《…》废止许可."""
_REACH = 160
"""Code points on either side of a document in which something may be said of it."""


def amendments(document: Document, clauses: Sequence[Clause]) -> list[Fact]:
    """What a document does to others, in reading order; see `Fact` for the fields."""
    text = document.text
    if not _MAY.search(text):
        return []
    info = document.info
    own = info.effective or info.issued or info.published
    named = name_keys(info.title)
    # When it comes into force itself is a fact "date".
    found = [
        fact
        for fact in _of_documents(text, own)
        if fact.role != "施行" or name_key(fact.who) not in named
    ]
    subjects = [fact for fact in found if fact.role == "修改"]
    found += [*clause_changes(text, subjects, own)]
    starts = [clause.span.start for clause in clauses]
    placed: dict[tuple[str, ...], Fact] = {}
    for fact in sorted(found, key=lambda one: one.span.start):
        one = _placed(document, clauses, starts, fact)
        label = one.what if one.what.startswith("第") else ""
        key = (one.role, one.who, label, one.span.of(text) if label else "")
        known = placed.get(key)
        # The body says it better than the title: with the number, and until when.
        if known is None or len(one.measure + one.what) >= len(known.measure + known.what):
            placed[key] = one
    return list(placed.values())


def _placed(
    document: Document, clauses: Sequence[Clause], starts: Sequence[int], fact: Fact
) -> Fact:
    """The fact in the innermost clause that holds it, its sentence without the clause's label."""
    at = bisect_right(starts, fact.span.start) - 1
    while at > 0 and not clauses[at].span.covers(fact.span):
        at -= 1
    clause = clauses[max(at, 0)]
    start = fact.group.start
    if clause.body.covers(fact.span):
        start = max(start, clause.body.start)
    group = trim(document.text, Span(start, fact.group.end))
    return replace(fact, document_id=document.id, clause=clause.ordinal, group=group)


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
    at = 0
    for statement in _statements(text, named):
        first = at
        while at < len(named) and named[at].span.end <= statement.end:
            at += 1
        some = named[first:at]
        if not some:
            if said := statement.of(text).strip():
                listing = bool(_LISTED.search(said) and _LISTS.search(said))
            continue
        listing = listing and _ITEM.match(text, statement.start, some[0].span.start) is not None
        for one, (role, what, when) in zip(some, _deeds(text, statement, some), strict=True):
            if listing or role:
                deed = "废止" if listing else role
                yield _fact(deed, one, statement, when or own, what)


_Deed = tuple[str, str, date | None]
"""A role, what is told of it, and a day of its own; ("", "", None) where nothing is done."""
_NOTHING: _Deed = ("", "", None)


def _deeds(text: str, statement: Span, some: Sequence[Mention]) -> list[_Deed]:
    """What is done to each document of a statement.

    Documents that are joined by 、 or 和 share what is said before the first and behind the last.
    """
    ends = [one.span.start for one in some[1:]] + [statement.end]
    gaps = [text[one.span.end : end][:_REACH] for one, end in zip(some, ends, strict=True)]
    joined = [_JOINT.fullmatch(gap) is not None for gap in gaps[:-1]] + [False]
    behind: list[_Deed] = []
    for gap, goes_on in zip(reversed(gaps), reversed(joined), strict=True):
        behind.append(behind[-1] if goes_on else _behind(gap))
    behind.reverse()
    found: list[_Deed] = []
    before = _NOTHING
    start = statement.start
    for place, one in enumerate(some):
        if place == 0 or not joined[place - 1]:
            said = text[max(start, one.span.start - _REACH) : one.span.start]
            before = _before(said)
            cited = _CITED.search(said) is not None
        start = one.span.end
        role = before[0] or behind[place][0]
        if role == "延长":
            found.append((role, behind[place][1], None))
        elif before[0]:
            found.append((role, "", behind[place][2]))
        else:
            found.append(_NOTHING if cited else behind[place])
    return found


def _before(said: str) -> _Deed:
    """What the words before a document say of it."""
    known = (("废止", _REPEALS), ("延长", _EXTENDS), ("替代", _REPLACES), ("修改", _AMENDS))
    return next(((role, "", None) for role, words in known if words.search(said)), _NOTHING)


def _behind(gap: str) -> _Deed:
    """What the words behind a document say of it."""
    if ends := _REPEALED.match(gap):
        return ("废止", "", _day(ends[0]))
    if until := _EXTENDED.match(gap) or _CONTINUES.match(gap):
        return ("延长", _until(until), None)
    if _AMENDED.match(gap):
        return ("修改", "", None)
    if comes := _IN_FORCE.match(gap):
        return ("施行", "", printed_date(comes["day"]))
    return _NOTHING


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


def _day(said: str) -> date | None:
    found = re.search(rf"(?:自|于)?(?P<day>{FULL_DATE})起?[^，,。]{{0,4}}{_END}", said)
    return printed_date(found["day"]) if found else None


def _until(match: re.Match[str] | None) -> str:
    """The new last day as ISO date, or the term as printed (5年); "" where none is named."""
    if match is None:
        return ""
    day = printed_date(match["until"])
    return str(day) if day else without_spaces(match["until"])
