"""Duties that are no printed list of units but said in a sentence, a heading or a line's start.

区民政局负责审批；由甲局牵头，乙局配合；甲局会同乙局制定…；a paragraph that begins with 区财政局：;
a clause whose heading is the name of a body, beside others like it.  The subject must be names and
nothing else (`unit_names`), so that a fragment of prose never becomes a unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import lines
from ingest.patterns import pattern
from ingest.schema import Clause, Role, Span
from ingest.sentences import sentences
from ingest.unit_names import names

MAX_SENTENCE = 600
"""A longer sentence, in code points, is no sentence but a text without stops."""

MIN_SIBLINGS = 2
"""So many clauses side by side have names for headings where one tells its unit's duties."""

_VERBS: dict[str, Role] = {
    "牵头": "牵头",
    "负责": "责任",
    "主管": "责任",
    "承担": "责任",
    "组织实施": "责任",
    "配合": "配合",
    "协助": "配合",
    "参与": "配合",
    "为成员单位": "配合",
    "为参与单位": "配合",
    "为配合单位": "配合",
    "为牵头单位": "牵头",
    "为责任单位": "责任",
}
_IS = (
    r"[是为](?:[^，,。；;\n]{0,30}的)?[^，,。；;\n的]{0,12}(?:主管部门|主管机关|主管单位|责任主体)"
)
_MODAL = (
    "(?:应当|应|要|须)?(?:按照?|依照|依据|根据|在)?(?:各自|其)?的?"
    "(?:职责|职能)?(?:分工|范围内)?[，,]?"
)
_HOW = "(?:具体|共同|分别|统一|统筹|主要|全面|依法|做好)?"
_SAID = pattern(
    rf"(?:^|(?<=[，,；;：:]))(?:其中[，,]?)?由?(?P<who>[^，,。；;：:！？!?\n]{{2,120}}?)"
    rf"{_MODAL}{_HOW}(?P<verb>{'|'.join(sorted(_VERBS, key=len, reverse=True))}|{_IS})"
)
_WITH = pattern(
    r"(?:^|(?<=[，,；;：:]))由?(?P<who>[^，,。；;：:！？!?\n]{2,80}?)(?:应当|应|要|可以|可)?会同"
    r"(?P<others>[^，,。；;：:！？!?\n]{2,80}?)"
    r"(?=负责|制[定订]|编制|按|根据|建立|开展|对|组织|做好|研究|推进|抓好|联合|统筹|明确|加强|结合|确定|提出|定期"
    r"|适时|及时|共同|依法|依据|加快|完善|实施|进行|拟订|[，,。；;]|$)"
)
_LABELLED = pattern(r"(?P<who>[^，,。；;：:！？!?\n]{2,80}?)[：:](?=[^\n]{4})")
_MAY_SAY = pattern("牵头|负责|主管|会同|承担|组织实施|[：:]")


@dataclass(frozen=True, slots=True)
class Said:
    """A unit, its role, and the words that say so."""

    unit: Span
    role: Role
    group: Span


def said(text: str, body: Span) -> list[Said]:
    """The duties that the sentences of a clause's body give.

    >>> t = "由区科委牵头，区经委、区财政局配合。区民政局负责低保审批。"
    >>> [(d.unit.of(t), d.role) for d in said(t, Span(0, len(t)))]
    [('区科委', '牵头'), ('区经委', '配合'), ('区财政局', '配合'), ('区民政局', '责任')]
    """
    if not _MAY_SAY.search(text, body.start, body.end):
        return []
    found: list[Said] = []
    starts = {line.span.start for line in lines(text)}
    for sentence in sentences(text, body):
        if len(sentence) > MAX_SENTENCE:
            continue
        if sentence.start in starts or sentence.start == body.start:
            found += _labelled(text, sentence, body)
        found += _sentence(text, sentence)
    return found


def _sentence(text: str, sentence: Span) -> list[Said]:
    words = sentence.of(text)
    found: list[Said] = []
    for mark in _WITH.finditer(words):
        who = names(text, _moved(mark.span("who"), sentence))
        found += [Said(name, "牵头", sentence) for name in who]
        if who:
            others = names(text, _moved(mark.span("others"), sentence))
            found += [Said(name, "配合", sentence) for name in others]
    taken = {duty.unit for duty in found}
    mine: list[Said] = []
    for mark in _SAID.finditer(words):
        role = _VERBS.get(mark["verb"], "责任")
        if role == "配合" and not (mine or found):
            continue  # 村委会协助乡政府 alone gives no duty to rely on
        mine += [
            Said(name, role, sentence)
            for name in names(text, _moved(mark.span("who"), sentence))
            if name not in taken
        ]
    return sorted([*found, *mine], key=lambda duty: duty.unit)


def _labelled(text: str, sentence: Span, body: Span) -> list[Said]:
    """区财政局：保障经费。 at the start of a paragraph."""
    mark = _LABELLED.match(text, sentence.start, min(sentence.end, body.end))
    if mark is None:
        return []
    return [Said(name, "责任", sentence) for name in names(text, Span(*mark.span("who")))]


def _moved(place: tuple[int, int], sentence: Span) -> Span:
    return Span(sentence.start + place[0], sentence.start + place[1])


def headed(text: str, clauses: Sequence[Clause]) -> dict[int, list[Said]]:
    """By the clause's number, the units that its heading names, where its siblings' do too."""
    groups: dict[tuple[int | None, str], list[tuple[Clause, list[Said]]]] = {}
    for clause in clauses:
        if clause.kind in ("行", "款", "落款", "正文", "问", "文") or not clause.heading:
            continue
        span = Span(clause.heading_span.end - len(clause.heading), clause.heading_span.end)
        if span.of(text) != clause.heading or clause.span.end - span.end < 4:
            continue
        found = [Said(name, "责任", clause.heading_span) for name in names(text, span)]
        groups.setdefault((clause.parent, clause.kind), []).append((clause, found))
    return {
        clause.ordinal: found
        for members in groups.values()
        if sum(bool(found) for _, found in members) >= max(MIN_SIBLINGS, len(members) * 0.6)
        for clause, found in members
        if found
    }
