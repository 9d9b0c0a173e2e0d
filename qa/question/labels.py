"""Provisions that a question names by number: 第五条第二款第（三）项, 第16项, 附件2, 4.2.1.

A label is a path of (kind, number) steps from the outside in.  Kinds are those of the outline
(编 章 节 条 附件), 款 and 项, and "#" for a bare number (第16项任务, 三、) whose kind only the
document can tell.
"""

import re
from dataclasses import dataclass

from ingest.characters import CHINESE_NUMBER, chinese_number

_N = rf"(?:{CHINESE_NUMBER}|\d{{1,4}})"
_STEP = re.compile(
    rf"第?(?P<attached>附件|附录|附表)(?P<na>{_N})?"
    rf"|第[ (（]*(?P<n>{_N})[)） ]*"
    "(?P<kind>编|章|节|条|款|项|点|部分|目|个?行动|个?任务|步|问|号(?!楼|线|文))"
    rf"(?:之(?P<sub>{CHINESE_NUMBER}))?"
    rf"|[(（](?P<nb>{_N})[)）](?:项|点)?"
)
_PART = re.compile(
    rf"(?<![\d第])(?P<n>{CHINESE_NUMBER})[(（](?P<m>{_N})[)）](?P<rest>\d{{1,3}})?"
    r"|(?<![\d.])(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%]|[\u4e00-\u9fff]*?(?:元|倍|万|亿))"
    r"(?=[条款节项的是]|[ ]|讲|说|规定|内容|$|[?？,，。])"
)
_COUNTED = frozenset("个几")
_SAME = {
    "部分": "#",
    "点": "#",
    "行动": "#",
    "个行动": "#",
    "任务": "#",
    "个任务": "#",
    "步": "#",
    "问": "#",
    "号": "#",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A provision by number: its steps from the outside in, and the words that name it."""

    steps: tuple[tuple[str, int], ...]
    printed: str
    start: int = 0
    end: int = 0
    inserted: int = 0
    """The number of an inserted article (第二条之一: 1), else 0."""


def labels(text: str) -> tuple[Label, ...]:
    """The provisions that a folded question names, in order.

    >>> [one.steps for one in labels("第五条第二款第(三)项和第七条")]
    [(('条', 5), ('款', 2), ('项', 3)), (('条', 7),)]
    >>> labels("第三方机构要做什么?")
    ()
    """
    found: list[Label] = []
    place = 0
    while match := _STEP.search(text, place):
        if match["nb"]:  # a bracket alone names nothing; behind another step it does
            place = match.end()
            continue
        steps, end, inserted = [_step(match)], match.end(), _inserted(match)
        while following := _STEP.match(text, _gap(text, end)):
            step = _step(following)
            if step[0] not in ("款", "项", "目", "#", "节", "条") or step[0] == steps[-1][0] != "#":
                break
            steps.append(step)
            inserted = inserted or _inserted(following)
            end = following.end()
        whole = tuple(step for step in steps if step[1] >= 0)
        if whole:
            found.append(Label(whole, text[match.start() : end], match.start(), end, inserted))
        place = end
    for match in _PART.finditer(text):
        if any(one.start <= match.start() < one.end for one in found):
            continue
        if match["decimal"]:
            found.append(Label((("path", 0),), match["decimal"], *match.span()))
            continue
        numbers = [chinese_number(n) for n in (match["n"], match["m"], match["rest"] or "")]
        steps = [("#", n) for n in numbers if n is not None]
        found.append(Label(tuple(steps), match[0], *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def _gap(text: str, end: int) -> int:
    while end < len(text) and text[end] in " 的之":
        end += 1
    return end


def _step(match: re.Match[str]) -> tuple[str, int]:
    if match["attached"]:
        return "附件", chinese_number(match["na"] or "") or 0
    if match["nb"]:
        return "项", chinese_number(match["nb"]) or 0
    kind = match["kind"]
    return _SAME.get(kind, kind), chinese_number(match["n"]) or 0


def _inserted(match: re.Match[str]) -> int:
    return chinese_number(match["sub"]) or 0 if match["sub"] else 0
