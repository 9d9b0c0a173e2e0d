"""Duties that are no printed list of units but said in a sentence or at a line's start.

区民政局负责审批；由甲局牵头，乙局配合；甲局会同乙局制定…；经甲局审核；a paragraph that begins with
区财政局：.  A body has a duty where its name opens a part of a sentence and what it does or
must do follows behind (`units.toml`, prose).  What it may do (可以) is none, nor is a condition
(甲局未受理的，).  The subject must be names and nothing else (`unit_names`): no fragment of prose
becomes a unit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.characters import SPACE
from ingest.clause_lines import begins_line
from ingest.numbers.bounds import one_of
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.occurrences import occurrences, occurs, spans_in
from ingest.patterns import pattern
from ingest.schema import Role, Span
from ingest.sentences import sentences, trim
from ingest.unit_lists import unit_words
from ingest.unit_names import names
from ingest.words import word_table

MAX_SENTENCE = 600
"""A longer sentence, in code points, is no sentence but a text without stops."""

MAX_LIST = 200
"""So many code points at most are looked through for the units that a body acts with."""

_ROLES: dict[str, Role] = {
    "牵头": "牵头",
    "会同": "牵头",
    "联合": "牵头",
    "配合": "配合",
    "协助": "配合",
    "参与": "配合",
    "支持": "配合",
}
_IS = (
    r"[是为](?P<as>[^，,。；;\n]{0,40}?(?:部门|机关|单位|主体|机构|办公室))"
    r"(?![^，,。；;\n]{0,10}的)"
)
_MANNER = (
    "(?:应当|应|要|须|需|将|必须)?(?:(?:按照?|依照|依据|根据|在)(?:各自|其)?的?(?:职责|职能)"
    "(?:分工|范围之?内)?[，,]?)?(?:积极|具体|共同|主要|依法|统一|密切|统筹)*"
)
_ROLE = pattern(rf"{_MANNER}(?P<verb>{'|'.join(_ROLES)})")
_PARTS = pattern("[，,；;：:]")
_STOP = pattern("[，,；;：:。\n]")
_LEAD = pattern(
    rf"[{SPACE}]*(?:第{CHINESE_NUMBER}条)?[{SPACE}]*(?:(?:其中|同时|必要时|原则上|以下|并|且|均|前款|上述|所述|规定的?|应当?|须|需|请|具体)*)"
    rf"(?P<by>[由经请]?)(?:其(?![他余中]))?"
)
_ACTING_WITH = pattern("(?:牵头)?(?:会同|联合)|牵头(?!负责)")
_WITH_OTHERS = pattern("(?:应当?|要|可以?)?(?:负责)?(?:牵头)?(?:会同|联合)")
_LABELLED = pattern(r"(?P<who>[^，,。；;：:！？!?\n]{2,80}?)[：:](?=[^\n]{4})")
_ALONE = pattern(r"(?P<who>[^，,。；;：:！？!?\n]{2,80}?)[：:]\s*\n+(?=[^\n]{4})")
_PART = pattern(r"[^；;]{2,}[；;]?")
_HELPS = pattern("参与|配合|协助|协同")
_FAILING = pattern("[未不违]|没有|滥用|玩忽")
_RELATIVE = pattern("(?!应|要|须|依|根|按|对|在|将).{2,10}的")
_NOUN = "的|责任|职责|范围|能力|水平|制度|机制|体系|情况|意见|结果"
"""Behind a verb these tell that it is none: 监管责任, 审核意见."""

_MORE = "、和及与或各以"
"""What goes on with a list of units behind one of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A unit, its role, and the words that say so."""

    unit: Span
    role: Role
    group: Span


@cache
def _ends() -> str:
    """How a list of units ends, as a pattern."""
    words = {*unit_words().suffixes, *word_table("units.toml")["no_names"]["generic"]}
    return (
        rf"(?:{one_of(words)})(?:[（(][^（()）]{{1,20}}[）)])?"
        "(?:等(?:[有相]关)?(?:部门|单位|机构)?)?"
    )


@cache
def _doing() -> re.Pattern[str]:
    """A list of units up to what they do."""
    table = word_table("units.toml")["prose"]
    acts = f"(?:{one_of(table['acts'])})"
    does = rf"(?:{one_of(table['obliged'])})(?![的被已曾获])|{acts}+(?!{_NOUN})|{_IS}"
    longer = (
        rf"{acts}+(?:管理|执法|服务)?"
        "(?:局|部(?!署)|委(?!托)|办(?!理)|厅|处(?![理罚])|科|中心|.队|机[构关])"
    )
    return re.compile(f"(?:{_ends()})(?!{longer})(?={does})")


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(rf"(?:{_ends()})(?![{_MORE}])")


@cache
def _passed() -> re.Pattern[str]:
    verbs = one_of(word_table("units.toml")["prose"]["passed"])
    return re.compile(
        r"(?:报请|报送|[经报送])(?P<who>[^，,。；;：:、经报送\n][^，,。；;：:\n]{1,60}?)"
        rf"(?:{verbs})"
        r"(?![^，,。；;\n]{0,6}的)"
    )


class _Marks(NamedTuple):
    """Where a text may say a duty, in order: see `said`."""

    doing: list[tuple[int, int]]
    passing: list[tuple[int, int]]
    together: list[int]
    colons: list[int]


@lru_cache(maxsize=2)
def _marks(text: str) -> _Marks:
    return _Marks(
        [m.span() for m in _doing().finditer(text)],
        [m.span("who") for m in _passed().finditer(text)],
        occurrences(text, ("会同", "联合", "牵头")),
        occurrences(text, ("：", ":")),
    )


def said(
    text: str, body: Span, some: Sequence[Span] | None = None, own: Sequence[Span] = ()
) -> list[Said]:
    """The duties that the sentences of a clause's body give.

    `some` are these sentences, if they are known, `own` the units of the clause's heading.

    >>> t = "由区科委牵头，区经委、区财政局配合。区民政局负责低保审批。"
    >>> [(d.unit.of(t), d.role) for d in said(t, Span(0, len(t)))]
    [('区科委', '牵头'), ('区经委', '配合'), ('区财政局', '配合'), ('区民政局', '责任')]
    """
    found: list[Said] = []
    marks = _marks(text)
    doing = spans_in(marks.doing, body)
    passing = spans_in(marks.passing, body)
    acting = occurs(marks.together, body.start, body.end)
    labelled = occurs(marks.colons, body.start, body.end)
    if not (doing or acting or passing or labelled):
        return found
    for sentence in sentences(text, body) if some is None else some:
        start, end = sentence.start, sentence.end
        here = [mark for mark in doing if start <= mark[0] < end]
        if not (here or acting or passing or labelled) or end - start > MAX_SENTENCE:
            continue
        if labelled and (start == body.start or begins_line(text, start)):
            found += _labelled(text, sentence, body)
        mine = list(_subjects(text, sentence, here)) if here else []
        if acting:
            mine += _together(text, sentence, own)
        for who in passing:
            if start <= who[0] < end:
                mine += [Said(unit, "责任", sentence) for unit in names(text, Span(*who))]
        once = {(duty.unit.of(text), duty.role): duty for duty in mine}
        found += sorted(once.values(), key=lambda duty: duty.unit)
    return found


def _subjects(text: str, sentence: Span, doing: Sequence[tuple[int, int]]) -> Iterator[Said]:
    """The units whose names open a part of the sentence, up to what they do."""
    for opening, end in doing:
        start = sentence.start
        for stop in _PARTS.finditer(text, max(start, end - MAX_LIST), opening):
            start = stop.end()
        lead = _LEAD.match(text, start, end)
        by = lead["by"] if lead else ""
        who = names(text, Span(lead.end() if lead else start, end))
        if who and not _is_no_duty(text, end, sentence.end, by):
            yield from _duties(text, sentence, who, end, by)


def _together(text: str, sentence: Span, own: Sequence[Span]) -> Iterator[Said]:
    """会同甲局、乙局…: whom the body that the heading names, or none, acts with."""
    starts = [sentence.start, *(m.end() for m in _PARTS.finditer(text, *_ends_of(sentence)))]
    for start in starts:
        acting = _ACTING_WITH.match(text, start, sentence.end)
        if acting and (others := _others(text, acting.end(), sentence.end)):
            yield from (Said(unit, "牵头", Span(unit.start, sentence.end)) for unit in own)
            yield from (Said(unit, "配合", sentence) for unit in others)


def _duties(text: str, sentence: Span, who: Sequence[Span], end: int, by: str) -> Iterator[Said]:
    """What these units do by the words from `end` on."""
    others: Sequence[Span] = ()
    role: Role = "责任"
    if together := _WITH_OTHERS.match(text, end, sentence.end):
        others = _others(text, together.end(), sentence.end)
    if by == "经" and not others:
        return  # 经甲局同意后 is no duty of 甲局
    if found := _ROLE.match(text, end, sentence.end):
        role = _ROLES[found["verb"]]
        if found["verb"] in ("会同", "联合") and not others:
            role = "责任"
    elif named := re.compile(_IS).match(text, end, sentence.end):
        role = "配合" if re.search("成员|参与|配合|协", named["as"]) else role
        role = "牵头" if "牵头" in named["as"] else role
    yield from (Said(unit, role, sentence) for unit in who)
    yield from (Said(unit, "配合", sentence) for unit in others)


def _others(text: str, start: int, end: int) -> Sequence[Span]:
    """The list of units that begins at `start`, up to what is done with them."""
    stop = _STOP.search(text, start, end)
    most = min(stop.start() if stop else end, start + MAX_LIST)
    done = [mark.end() for mark in _doing().finditer(text, start, most)]
    ends = [mark.end() for mark in _listed().finditer(text, start, most)]
    for end in [*done, *(e for e in ends if e == most), *ends]:
        if found := names(text, Span(start, end)):
            return found
    return ()


def _is_no_duty(text: str, start: int, end: int, by: str) -> bool:
    """未依法受理的，: where a body fails to act; 由甲局核准调入的人员: whom the words mean."""
    stop = _STOP.search(text, start, end)
    words = text[start : stop.start() if stop else end]
    if stop is not None and stop[0] in "，," and words.endswith("的"):
        return _FAILING.search(words) is not None
    return by == "由" and _RELATIVE.match(words) is not None


def _ends_of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _labelled(text: str, sentence: Span, body: Span) -> list[Said]:
    """区财政局：保障经费；参与验收。 at the start of a paragraph: a duty for each part between ；.

    Where the names have their line for themselves, the duties are the sentence below.
    """
    mark = _LABELLED.match(text, sentence.start, min(sentence.end, body.end))
    if mark is not None:
        told = Span(mark.end(), sentence.end)
    elif (mark := _ALONE.match(text, sentence.start, body.end)) is not None:
        told = next(iter(sentences(text, Span(mark.end(), body.end))), sentence)
    else:
        return []
    units = names(text, Span(*mark.span("who")), generic=False)
    parts = [trim(text, Span(*part.span())) for part in _PART.finditer(text, *_ends_of(told))]
    duties: list[Said] = []
    for place, part in enumerate(parts):
        group = Span(sentence.start, part.end) if place == 0 else part
        role: Role = "配合" if _HELPS.match(text, part.start) else "责任"
        duties += [Said(unit, role, group) for unit in units]
    return duties
