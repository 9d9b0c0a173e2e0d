"""Where lists of units stand: in brackets, or in sentences that begin with an announcing word.

The words that announce a list (责任单位：), that give units a role (甲局牵头) and that end a unit's
name stand in `units.toml`.  Whose tasks a list is for is told by `responsibility`.
"""

import re
from dataclasses import dataclass
from functools import cache

from ingest.characters import SPACE
from ingest.numbers.numerals import CHINESE_NUMBER
from ingest.patterns import pattern
from ingest.schema import Role, Span
from ingest.sentences import trim
from ingest.words import word_table

MAX_GROUP = 2000
"""A longer bracket, in code points, is no list of units."""

_SPACES = pattern(f"[{SPACE}]*")
_BRACKET = pattern(
    rf"[（()）［\[【\]］】\n]|。(?![）)\]］】])|(?<![{SPACE}])[{SPACE}]+(?=\d{{1,2}}[.．、]|{CHINESE_NUMBER}、|[（(]{CHINESE_NUMBER}[）)])"
)
OPEN, CLOSE = "（([［【", "）)]］】"
_BRACKET_OPENS = pattern(r"[（(\[［【]")
_OPENING = pattern(r"[（(\[［【]|^|(?<=[。；;])", re.MULTILINE)


ROLES: tuple[Role, ...] = ("牵头", "配合", "责任")
"""The roles that verbs give, the one that wins first."""
DUTIES = "(?:按照?|依照?|依据|根据)(?:各自)?的?(?:职责|职能|责任)(?:范围内?)?"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The tables of units.toml, with the patterns made of them."""

    suffixes: tuple[str, ...]
    areas: tuple[str, ...]
    roles: dict[str, Role]
    verbs: dict[str, Role]
    announced: re.Pattern[str]
    parts: re.Pattern[str]
    own_role: re.Pattern[str]
    verb: re.Pattern[str]
    closing_verb: re.Pattern[str]


@cache
def unit_words() -> UnitWords:
    """The words of units.toml, read once."""
    table = word_table("units.toml")
    roles, between = table["roles"], table["verbs"]["between"]
    verbs = {verb: role for role, some in table["verbs"].items() for verb in some if role in ROLES}
    words = "|".join(sorted(roles, key=len, reverse=True))
    ends = "|".join(sorted(verbs, key=len, reverse=True))
    joints = "|".join(between)
    tail = rf"(?:{DUTIES}|{joints})*(?:{ends}|{DUTIES}分工)(?:{ends}|{joints})*"
    other = [word for some in table["others"].values() for word in some]
    others = "|".join(sorted(other, key=len, reverse=True))
    return UnitWords(
        tuple(table["suffixes"]),
        tuple(table["areas"]),
        roles,
        verbs,
        re.compile(rf"(?P<role>{words})[{SPACE}]*[：:]"),
        re.compile(
            rf"(?:(?P<role>{words})|{others}|(?P<unknown>[\u4e00-\u9fff]{{2,6}}(?:单位|部门|主体)))"
            rf"[{SPACE}]*[：:]"
        ),
        re.compile(rf"[（(](?P<role>{words}|{tail})[）)]$"),
        re.compile(rf"{ends}|{DUTIES}分工"),
        re.compile(rf"(?P<verb>{tail})$"),
    )


def role_of(words: str) -> Role:
    """The role that verbs in a row give: 牵头 of 牵头负责, 配合 of 按职责组织配合."""
    names = unit_words()
    if words in names.roles:
        return names.roles[words]
    given = {role for verb, role in names.verbs.items() if verb in words}
    return next((role for role in ROLES if role in given), "责任")


def announces_units(text: str, span: Span, *, whole: bool = False) -> bool:
    """Whether a list of units is announced in `span`; with `whole`, whether it begins with one."""
    if whole:
        start = span.start + (text[span.start : span.start + 1] in tuple(OPEN))
        return unit_words().announced.match(text, start, span.end) is not None
    return unit_words().announced.search(text, span.start, span.end) is not None


def is_printed_list(text: str, group: Span) -> bool:
    """Whether the group of a duty is a list of units and not a sentence that says it."""
    return text[group.start] in OPEN or announces_units(text, group, whole=True)


def unit_lists(text: str, body: Span) -> list[Span]:
    """Bracketed groups that could list units, and lines that begin with an announcing word."""
    names = unit_words()
    announces = names.announced.search(text, body.start, body.end) is not None
    openings = _OPENING if announces else _BRACKET_OPENS
    brackets: dict[int, int] = {}
    found: list[Span] = []
    position = body.start
    verb = names.verb.search(text, body.start, body.end)  # the next one, looked for once
    for opening in openings.finditer(text, body.start, body.end):
        start = opening.start()
        if start < position:
            continue
        words = _SPACES.match(text, opening.end(), body.end)
        announced = names.announced.match(text, words.end() if words else start, body.end)
        if opening[0]:
            if verb is not None and verb.start() < start:
                verb = names.verb.search(text, start, body.end)
            if not announced and verb is None:
                continue
            brackets = brackets or _brackets(text, body)
            group = Span(start, brackets[start])
            tail = text[max(start, group.end - 20) : group.end].rstrip(CLOSE + "。" + SPACE)
            wanted = announced or names.closing_verb.search(tail)
        else:
            group = _sentences(text, start, body.end) if announced else Span(start, start)
            wanted = announced
        if wanted and len(group) <= MAX_GROUP:
            found.append(group)
            position = group.end
    return found


def _sentences(text: str, start: int, most: int) -> Span:
    """The sentences of a line from `start` on, as long as each begins with an announcing word."""
    line_end = text.find("\n", start, most)
    end = most if line_end < 0 else line_end
    stop = text.find("。", start, end)
    while stop >= 0:
        words = _SPACES.match(text, stop + 1, end)
        after = words.end() if words else stop + 1
        if not unit_words().parts.match(text, after, end):
            end = stop + 1
            break
        stop = text.find("。", after, end)
    return trim(text, Span(start, end))


def _brackets(text: str, body: Span) -> dict[int, int]:
    """Where the bracket that opens at each place ends.

    A bracket that is never closed ends with its line, its sentence, or before the next clause of
    a text whose line breaks were lost.
    """
    ends: dict[int, int] = {}
    stack: list[int] = []
    for mark in _BRACKET.finditer(text, body.start, body.end):
        if mark[0] in OPEN:
            stack.append(mark.start())
        elif mark[0] in CLOSE:
            if stack:
                ends[stack.pop()] = mark.end()
        else:
            for start in stack:
                ends[start] = mark.start()
            stack.clear()
    for start in stack:
        ends[start] = body.end
    return ends
