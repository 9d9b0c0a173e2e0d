"""Clauses that a question names by number: 第3项, 第十九条, 19., 二(三), 最后一项.

A label is the number as documents print it ("19", "第十九条", "二/(三)"); what is counted from the
end is negative ("-1": the last one).
"""

import re
from dataclasses import dataclass

from ingest.characters import CHINESE_NUMBER, chinese_number

_NUMBER = rf"\d{{1,3}}|{CHINESE_NUMBER}"
_KIND = '条|项|款|点|个任务|号任务|个(?!(?:好像|似乎|应该|大概|词|字)*[是叫为]?[“"]|词|字)|件|章|节'
_PATTERN = re.compile(
    rf"倒数第(?P<back>{_NUMBER})(?:{_KIND})(?:重点)?(?:任务|工作)?"
    rf"|(?:最后|最末|末尾)(?:面)?的?[那这]?(?P<last>一)(?:{_KIND})(?:重点)?(?:任务|工作)?"
    rf"|第[ ]*(?P<n>{_NUMBER})[ ]*(?P<k>{_KIND})(?:重点)?(?:任务|工作)?"
    r"|(?:任务|工作|条款)[ ]*(?P<m>\d{1,3})(?!\d|[ ]*(?:年|个|项|家))"
    r"|(?P<o>\d{1,3})[ ]*号(?:任务|条款?)|^那?(?P<q>\d{1,3})呢"
    r"|^(?P<s>\d{1,2})[ ]*[.、](?!\d)"
    r"|第?(?P<p>[一二三四五六七八九十]+(?:(?:个?部分|大?块|章)[的里]?|[/、 ])?"
    r"第?\([一二三四五六七八九十]+\)(?:小?节|部分)?"
    r"(?:[/、第 ]*\d{1,2}(?:[项条点]|(?=由|的|有|是|里|中|讲|说|$|[?,。呢])))?)"
)
_ELSEWHERE = re.compile(r"[”》\"]的?$")


@dataclass(frozen=True, slots=True)
class ClauseNumber:
    """A clause number with the words that name it."""

    words: str
    label: str


def said(text: str) -> list[ClauseNumber]:
    """The clause numbers in folded text, in order; those of a title that stands there don't count.

    >>> [one.label for one in said("第3项和第十条")], said("倒数第二项归谁管")[0].label
    (['3', '第十条'], '-2')
    """
    found = [m for m in _PATTERN.finditer(text) if not _ELSEWHERE.search(text[: m.start()])]
    if found and found[0]["p"] and (inner := [m for m in found if not m["p"]]):
        found = inner  # 二(五)里的第20项 is task 20
    return [ClauseNumber(match[0], _label(match)) for match in found]


def without(text: str) -> str:
    """Folded text with its clause numbers blanked."""
    return _PATTERN.sub(" ", text)


def _label(match: re.Match[str]) -> str:
    if match["last"]:
        return "-1"
    if match["k"] in ("条", "章", "节"):
        return "第" + match["n"] + match["k"]
    if match["p"]:
        path = re.findall(r"[一二三四五六七八九十]+|\d+", match["p"])
        return "/".join([path[0], f"({path[1]})", *path[2:]])  # 二(四)3 is the third item there
    written = (match[name] for name in ("back", "n", "m", "o", "q", "s"))
    number = chinese_number(next(filter(None, written)))
    if not number:
        return ""
    return f"-{number}" if match["back"] else str(number)
