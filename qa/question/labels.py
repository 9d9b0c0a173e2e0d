"""Provisions that a question names by number: 第五条第二款第（三）项, 二（三）, 4.2.1, 最后一条.

A label is a path of (kind, number) steps from the outside in; a negative number counts from the
end (倒数第二项: -2).  Kinds are those of the outline (编 章 节 条 附件), 款 and 项, "部分" for a
part at the top, and "#" for a bare number (第16项任务, 三、) whose kind only the document can tell.
"""

import re
from dataclasses import dataclass

from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.patterns import pattern

_N = rf"(?:{CHINESE_NUMBER}|\d{{1,4}})"
_KIND = "分?编|章|小?节|条|款|项|点|大?部分|目|个?行动|个?任务|步|问|块|号(?!楼|线|文)"
_STEP = pattern(
    rf"第?(?P<attached>附件|附录|附表)(?P<na>{_N})?"
    rf"|(?P<back>倒数)?第[ (（]*(?P<n>{_N})[)） ]*(?P<kind>{_KIND})"
    rf"(?:之(?P<sub>{CHINESE_NUMBER}))?"
    rf"|[“\"](?P<quoted>{CHINESE_NUMBER})、[^“”、\"]{{3,24}}[”\"]"
    r"|最后(?:面)?(?:的)?(?:那)?一(?P<last>编|章|小?节|条|款|项|大?部分|个任务)"
    rf"|(?<![个项\d])(?:任务|条目)(?P<task>\d{{1,3}})(?![\d个项条.])"
    r"|(?<![\d第])(?P<called>\d{1,3})(?:号(?=(?:任务|条目|事项))|项(?=里|中(?!心)|讲|说|写))"
    rf"|[(（](?P<nb>{_N})[)）](?:项|点)?"
)
_BARE = pattern(rf"(?P<n>{CHINESE_NUMBER}|\d{{1,3}})(?=是|讲|说|写|规定|内容|$|[?？,，。])")
_PART = pattern(
    rf"(?<![\d第])(?P<n>{CHINESE_NUMBER})[(（](?P<m>{_N})[)）](?P<rest>\d{{1,3}})?"
    r"|(?<![\d.])(?<![a-z酒店务版升到])(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?<!\.0)"
    r"(?![\d.%]|[\u4e00-\u9fff]*?(?:元|倍|万|亿))"
    r"(?=[条款节项的是]|[ ]|讲|说|规定|内容|$|[?？,，。])"
    r"|(?:^|(?<=[ ,，。第]))(?P<dotted>\d{1,3})[.．、](?=[那这]一?[条项])"
)
_SAME = {
    "大部分": "部分", "小节": "节", "块": "#", "点": "#", "步": "#", "问": "#", "号": "#",
    "行动": "#", "个行动": "#", "任务": "#", "个任务": "#",
}  # fmt: skip
_BETWEEN = pattern('(?:[“"][^“”"]{1,24}[”"]| |的|之|里面?|中|下面|下|规定|具体措施|具体)*')
"""What may stand between two steps."""
_INNER = frozenset({"分编", "章", "节", "条", "款", "项", "目", "#"})


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
    >>> labels("第三方机构要做什么?"), labels("倒数第二项")[0].steps
    ((), (('项', -2),))
    """
    found: list[Label] = []
    place = 0
    while match := _STEP.search(text, place):
        if match["nb"] and not _STEP.match(text, _gap(text, match.end())):
            place = match.end()  # a bracket alone names nothing; beside another step it does
            continue
        steps, end, inserted = [_step(match)], match.end(), _inserted(match)
        while following := _STEP.match(text, _gap(text, end)):
            step = _step(following)
            if step[0] not in _INNER or step[0] == steps[-1][0] != "#":
                break
            steps.append(step)
            inserted = inserted or _inserted(following)
            end = following.end()
        if end < len(text) and text[end] in "的之" and (bare := _BARE.match(text, end + 1)):
            steps.append(("#", integer(bare["n"]) or 0))
            end = bare.end()
        found.append(Label(tuple(steps), text[match.start() : end], match.start(), end, inserted))
        place = end
    for match in _PART.finditer(text):
        if any(one.start <= match.start() < one.end for one in found):
            continue
        found.append(_part(match))
    return tuple(sorted(found, key=lambda one: one.start))


def _part(match: re.Match[str]) -> Label:
    if match["decimal"]:
        return Label((("path", 0),), match["decimal"], *match.span())
    if match["dotted"]:
        return Label((("#", int(match["dotted"])),), match[0], *match.span())
    numbers = [integer(n) for n in (match["n"], match["m"], match["rest"] or "")]
    steps = tuple(("#", n) for n in numbers if n is not None)
    return Label(steps, match[0], *match.span())


def _gap(text: str, end: int) -> int:
    match = _BETWEEN.match(text, end)
    return match.end() if match else end


def _step(match: re.Match[str]) -> tuple[str, int]:
    if match["attached"]:
        return "附件", integer(match["na"] or "") or 0
    if match["nb"]:
        return "项", integer(match["nb"]) or 0
    if match["quoted"]:
        return "部分", integer(match["quoted"]) or 0
    if match["called"]:
        return "项", int(match["called"])
    if match["task"]:
        return "项", int(match["task"])
    if kind := match["last"]:
        return _SAME.get(kind, kind), -1
    kind = match["kind"]
    number = integer(match["n"]) or 0
    return _SAME.get(kind, kind), -number if match["back"] else number


def _inserted(match: re.Match[str]) -> int:
    return integer(match["sub"]) or 0 if match["sub"] else 0
