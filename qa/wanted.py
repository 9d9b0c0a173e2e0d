"""What a question for a list asks a list of: its noun, its measure word, its number.

聚焦哪些重点区域 asks for 重点区域, 学校有几所 for 学校 counted in 所, 是哪三个商圈 for three 商圈.
All texts here are folded.
"""

import re
from dataclasses import dataclass
from functools import cache

from index.tokens import dictionary_words
from ingest.characters import CHINESE_NUMBER, chinese_number
from qa import tables

NUMBER = rf"(?:\d+|{CHINESE_NUMBER})"
MEASURE = "个|项|类|所|家|条|大|种|处|块|座|间|句|款|点|门|只|位|名|样|片|级|批|档|张|份"
_ASKS = re.compile(
    rf"(?:哪|什么|啥|几|多少)(?:些|几)?(?:(?P<n>{NUMBER})(?=个|项|类|所|家|条|大|种|处|块|座|点|句|张|样|位|份|门|幢|栋))?"
    rf"(?P<m>(?!个[人体性别]){MEASURE})?(?P<noun>[\u3400-\u9fff]{{0,12}})"
)
_BEFORE = re.compile(
    "(?:都|分别|主要|具体|一共|总共|共|各)*"
    "(?:有|是|包括|包含|分为|涉及|列了?|写了?|提到了?|点名了?|举了?|举出|为)*$"
)
_PLEASE = re.compile("[,，、 ]*(?:麻烦|请|帮我|给我|帮忙|把它|都|逐|一|全部)*$")
LISTS = re.compile(
    "哪些|哪几|什么样的|(?:包括|包含|涵盖)(?:了|有)?(?:什么|啥)|(?:都|还)?有啥|(?:逐|一)(?:条|项|个)"
    "|列(?:出|举|一下|给|个|份)|哪\\d|(?:报|说|念|数|点)(?:一下|出来|一遍|给)"
    "|(?:给|要|开|来|提供|整理)(?:我|出|个|成)*一?[份个]?(?:完整的?)?(?:名单|清单|目录|列表)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks a list of: the noun, its measure word, the number that it states."""

    noun: str
    measure: str
    number: int | None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(tables.toml("enumeration.toml")["question"][name].split())


def wanted(text: str) -> Wanted | None:
    """What a folded question asks a list of; None if it asks for none.

    >>> wanted("聚焦哪三个重点区域?")
    Wanted(noun='重点区域', measure='个', number=3)
    >>> wanted("标杆校涉及的学校有几所")
    Wanted(noun='学校', measure='所', number=None)
    """
    match = _ASKS.search(text)
    if match is None:
        told = LISTS.search(text)
        run = (
            re.search("[\u3400-\u9fff]+$", _PLEASE.sub("", text[: told.start()])) if told else None
        )
        return Wanted(_without_measure(run[0].split("的")[-1][-8:]), "", None) if run else None
    noun = _noun_at_start(match["noun"])
    if noun in ("数", "数字"):
        return None
    if len(noun) < 2 or noun in _words("generic"):
        before = _BEFORE.sub("", text[: match.start()])
        run = re.search("[\u3400-\u9fff]+$", before)
        last = re.split("的|里面?|中|要|在", run[0])[-1] if run else ""
        noun = _without_measure(last[-8:])
    number = chinese_number(match["n"]) if match["n"] else None
    if number == 1:
        number = None  # 哪一条 asks for one place, whatever stands there
    if len(noun) < 2 or noun.startswith("第"):
        noun = ""
    return Wanted("" if noun in _words("generic") else noun, match["m"] or "", number)


def _without_measure(noun: str) -> str:
    """A noun without the measure word of the number before it (8项政策)."""
    return re.sub(rf"^(?:{MEASURE})(?=..)", "", noun)


def _noun_at_start(words: str) -> str:
    """The noun that words begin with: up to a verb, and to 的 (关键环节的水平 asks for 环节)."""
    noun = ""
    for piece in dictionary_words(words.removeprefix("的").removeprefix("方面的")):
        if piece in _words("noun_ends") or piece == "的":
            break
        noun += piece
    return noun
