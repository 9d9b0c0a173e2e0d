"""Bodies in a sentence: printed as they are in the text, and in the role that the text gives them.

A name of a body is known by its ending (局, 委员会, 中心 …) and not by a table alone, so that one
which nobody ever printed is seen.  Over folded text without white space.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.schema import Fact
from qa.question.units import UnitNames
from qa.words import tables

_ENDING = pattern(
    "委员会|领导小组|联席会议|指挥部|办公室|管理局|有限公司|集团|公司|中心|支队|大队|总队|街道|"
    "学院|大学|医院|学校|银行|协会|学会|商会|基金会|联合会|研究院|研究所|事务所|派出所|法院|检察院|"
    "政府|人大|政协|总局|分局|专班|理事会|局|委(?![托员派任])|厅(?!堂)|署(?!名)|"
    "(?<=[\u4e00-\u9fff]{2})(?:办(?![理事公法好学案展了件结税证])|部(?![分署件落门])|院(?!前|内|线)|"
    "处(?![理置罚分于在方境])|站(?!点|在)|所(?![有需在以示述谓]))"
)
_CJK = pattern("[\u3400-\u9fff]")
_LINK = "[由和与及向在的是为对经按请归将并且或至到从给让使把被等以要会还也]"
_ROLES = {
    "牵头": "牵头|主办|领衔",
    "配合": "配合|协助|协办",
    "责任": "负责|责任单位|主管|承办|承担|主责|负主",
}
_ROLE = pattern("|".join(f"(?P<r{i}>{p})" for i, p in enumerate(_ROLES.values())))
_LISTED = pattern(r"(?:牵头|主办|责任|配合|协助|协办|主管|承办)(?:单位|部门)")
_SEGMENT = pattern("[,;。!?:\n]")


@cache
def _boundary() -> re.Pattern[str]:
    """What may stand right before a name: no ideograph, a linking word or a verb."""
    verbs = tables.toml("force.toml")["verbs"].split()
    return re.compile(rf"(?:[^\u3400-\u9fff]|{_LINK}|{'|'.join(verbs)})$")


def invented(said: str, shown: str, regions: Collection[str] = ()) -> list[str]:
    """Names of bodies that the text does not print, as far as they are covered by nothing.

    `regions` are folded names of areas that may stand before a name (甲市乙区科委 for 区科委).

    >>> invented("由区数字治理委员会负责。", "由区治理委员会负责。")
    ['区数字治理委员会']
    >>> invented("由甲区治理委员会负责。", "由区治理委员会负责。", ["甲区", "甲"])
    []
    """
    found = []
    for ending in _ENDING.finditer(said):
        end = ending.end()
        start = end
        while start and _CJK.match(said, start - 1) and said[start - 1 : end] in shown:
            start -= 1
        if end - start < len(ending[0]):
            found.append(_run(said, end))
            continue
        before = said[:start]
        area = end - start > len(ending[0]) and any(before.endswith(r) for r in regions)
        if before and not area and not _boundary().search(before):
            found.append(_run(said, end))
    return found


def _run(said: str, end: int) -> str:
    """The name as it reads: back to the last boundary."""
    start = end - 1
    while start and not _boundary().search(said[:start]):
        start -= 1
    return said[start:end]


def misplaced(said: str, shown: str, duties: Sequence[Fact], names: UnitNames) -> list[str]:
    """Bodies in another role than the cited clauses give them, or a list of them cut short.

    Where a clause lists its units, the units that a sentence calls responsible (leading,
    supporting) must be exactly those; where it lists none, the words from the unit to its role
    must stand in the text.
    """
    found = []
    claimed: dict[str, set[str]] = {}
    for segment in _SEGMENT.split(said):
        roles = [(m.start(), m.end(), _role(m)) for m in _ROLE.finditer(segment)]
        units = [m for m in names.find(segment) if m.end - m.start > 1]
        if not units:
            found += [segment[a:b] for a, b, _ in roles if not _printed(segment, a, b, shown)]
        if not roles or not units:
            continue
        listed = _LISTED.search(segment) is not None
        for unit in units:
            ahead = [r for r in roles if r[0] >= unit.end]
            behind = [r for r in roles if r[1] <= unit.start]
            chosen = (behind[-1:] or ahead[:1]) if listed else (ahead[:1] or behind[-1:])
            if not chosen:
                continue
            start, end, role = chosen[0]
            words = segment[min(start, unit.start) : max(end, unit.end)]
            printed = {f.who for f in duties if fold_text(f.who) == unit.words}
            printed |= {f.who for f in duties if f.who in unit.printed}
            if not duties or not printed:
                if words not in shown:
                    found.append(unit.words)
                continue
            allowed = {f.role for f in duties if f.who in printed}
            if role not in allowed and not (role == "责任" and allowed & {"责任", "牵头"}):
                found.append(unit.words)
            claimed.setdefault(role, set()).update(printed)
    for role, units_of in claimed.items():
        every = {f.who for f in duties if f.role == role or (role == "责任" and f.role == "牵头")}
        if role == "责任" and any(f.role == "责任" for f in duties):
            every = {f.who for f in duties if f.role == "责任"}
        if every - units_of:
            found.append("、".join(sorted(every - units_of)))
    return found


def _printed(segment: str, start: int, end: int, shown: str) -> bool:
    """Whether a word of role stands in the text with the same words around it."""
    return segment[max(0, start - 3) : end + 1] in shown


def _role(match: re.Match[str]) -> str:
    return next(name for i, name in enumerate(_ROLES) if match[f"r{i}"])
