"""Units named in a question, matched to the units that the corpus prints.

People say 科委, 区科委, 甲区科技局 or 卫健委; documents print one form.  A table of aliases says
which names mean the same body; the corpus says which of them exist here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.folding import fold_text
from index.tokens import dictionary_words, may_name, word_tokens, words
from ingest.patterns import pattern
from qa.words import tables

_PREFIX = pattern(
    r"^(?:[区市县省]委(?=[\u4e00-\u9fff]{2})|[区市县省](?=[\u4e00-\u9fff]{2})"
    r"|(?:[\u4e00-\u9fff]{2,3}(?:省|市))?(?:[\u4e00-\u9fff]{1,3}(?:区|县))"
    r"|[\u4e00-\u9fff]{2,3}市|区|市|县|省|镇(?=[\u4e00-\u9fff]{2})|乡(?=[\u4e00-\u9fff]{2})|街道(?=[\u4e00-\u9fff]{2}))"
)
_OWN = ("我们", "咱们", "你们", *"本全该各咱这那哪每几多个些和跟的")
"""Words before an area or a street that are no part of its name."""

_GIVEN_TO = pattern("[由归让].")
"""A verb inside a word that was cut wrongly: 享由区 is no area."""
_NOT = ("没有", "没", "无", "有", "含", "不含", "不是")
_LAST_AREA = pattern("[^省市区县]+[区县](?=$)")
_RUN = pattern("[\u4e00-\u9fff]+")
_BODY = pattern(
    "(?:部门|机构|企业|单位|公司|机关|组织|委员会|政府|协会|中心|学校|医院|银行|[局委办厅院站所镇乡]|街道|街镇)$"
)
SHORTEST, LONGEST = 4, 24
"""Code points of the name of a body that no list of units has."""
_COMPANY = pattern("(?:股份|集团|公司|有限公司)+$")
_LEVELS = ("区", "市", "县", "省")
_ANY_KIND = ("部门", "单位", "委办局", "街道", "机构")
"""Collective names that say nothing without 各."""
_BARE = (
    "政府",
    "人民政府",
    "部门",
    "单位",
    "机关",
    "机构",
    "企业",
    "公司",
    "集团",
    "中心",
    "学校",
    "办公室",
)
"""What is left of some names without their area, and names nobody."""
_EVERY = ("各", "所有", "每个", "全部", "全体")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit in a question: the words that name it and the printed units that they mean.

    `printed` is empty for a body that the table knows but the corpus does not have, or that
    belongs to another level or place (市教委 where only 区教育局 is printed); `foreign` says that
    the name begins with an area that the corpus is not about.
    """

    words: str
    printed: tuple[str, ...]
    start: int
    end: int
    foreign: bool = False


def _of_area(unit: str, area: str, name: str) -> bool:
    """Whether a unit may be the one of an area: 区人社局 may be 甲区人社局, and is of no city."""
    if unit.startswith((area[-1], name)):
        return True
    own = _PREFIX.match(unit)
    return own is not None and (own[0] == area or (len(area) == 1 and own[0].endswith(area)))


class UnitNames:
    """All names of the units of one corpus."""

    def __init__(self, printed: Iterable[str], regions: Iterable[str] = ()) -> None:
        self._regions = tuple(regions)
        places = {m[0][:-1] for r in self._regions for m in _LAST_AREA.finditer(r)}
        groups = {name: group for group in tables.aliases() for name in group}
        self._meant: dict[str, dict[str, None]] = {}
        for unit in printed:
            for name in _names(fold_text(unit), groups):
                self._meant.setdefault(name, {})[unit] = None
                for place in places:  # 公安甲分局 is how the public security bureau is signed
                    if name.startswith("公安") and name.endswith("分局"):
                        self._meant.setdefault(f"公安{place}分局", {})[unit] = None
        self._every = set(self._meant) | {n for n in groups if len(n) >= 2}
        lengths: dict[str, set[int]] = {}
        for name in self._every:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: sorted(some, reverse=True) for start, some in lengths.items()}

    def find(self, text: str) -> list[UnitMention]:
        """The units that folded `text` names, in order, the longest name winning."""
        found = []
        said = set(words(text))
        for begin, end in self._places(text):
            name, before = text[begin:end], text[:begin]
            if len(name) == 2 and name not in said and not before.endswith(_LEVELS):
                continue  # 具体委托 does not name the 体委
            area = _area_before(before)
            printed = tuple(self._meant.get(name, ()))
            start = begin - len(area)
            foreign = self._foreign(area)
            if foreign:
                printed = ()
            elif area and not any(_of_area(fold_text(u), area, name) for u in printed):
                printed = ()  # 市科委 is not 区科委
            found.append(UnitMention(text[start:end], printed, start, end, foreign))
        return [*found, *self._streets(text, found)]

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, the longest one at each place, none inside another."""
        place = 0
        while place < len(text) - 1:
            for length in self._lengths.get(text[place : place + 2], ()):
                if text[place : place + length] in self._every:
                    yield place, place + length
                    place += length
                    break
            else:
                place += 1

    def _foreign(self, area: str) -> bool:
        """Whether an area (甲区) is none of those that the corpus is about."""
        return len(area) > 2 and bool(self._regions) and not any(area in r for r in self._regions)

    def _streets(self, text: str, found: list[UnitMention]) -> list[UnitMention]:
        """Streets (街道) that no document prints by name; they still belong to 各街道."""
        streets: list[UnitMention] = []
        breaks = tables.generic_words() | tables.function_characters()
        for run in _RUN.finditer(text):
            start = end = run.start()
            for word in dictionary_words(run[0]):
                if word in breaks or word.startswith(_OWN) or word in _NOT:
                    start = end + len(word)  # a name does not reach across such a word
                end += len(word)
                name = text[start:end]
                inside = any(m.start < end and start < m.end for m in found)
                stem = name.removesuffix("街道")
                named = stem != name and (may_name(stem[-3:]) or may_name(stem[-2:]))
                if named and 4 <= len(name) <= 8 and not inside:
                    streets.append(UnitMention(name, (), start, end))
                    start = end
        return streets


def bodies(text: str, printed: Callable[[str], bool]) -> list[UnitMention]:
    """The body that a question names and no list of units: the longest name that is printed.

    >>> [one.words for one in bodies("劳动保障行政部门有哪些职责?", lambda name: len(name) == 8)]
    ['劳动保障行政部门']
    """
    found: list[UnitMention] = []
    breaks = tables.generic_words() | tables.function_characters()
    for run in _RUN.finditer(text):
        ends = [run.start()]
        for word in dictionary_words(run[0]):
            ends.append(ends[-1] + len(word))
        for end in ends[1:]:
            if not _BODY.search(text[run.start() : end]):
                continue
            for start in ends:
                name = text[start:end]
                if not SHORTEST <= len(name) <= LONGEST or name.startswith((*_OWN, *_EVERY, *_NOT)):
                    continue
                if not any(w in breaks for w in dictionary_words(name)) and printed(name):
                    found.append(UnitMention(name, (), start, end))
                    break
    return sorted(found, key=lambda one: one.start - one.end)[:1]


@lru_cache(maxsize=4)
def unit_names(printed: tuple[str, ...], regions: tuple[str, ...]) -> UnitNames:
    """The names of some units, kept for the next generation, which mostly has the same."""
    return UnitNames(printed, regions)


def _area_before(before: str) -> str:
    """The area that directly precedes a name (区, 甲乙区, 市); 我们 and the like are no part."""
    if not before.endswith(_LEVELS):
        return ""
    for place in tables.places():
        for name in place.names:
            if len(name) > 2 and before.endswith(name):
                return name
    last = word_tokens(before)[-1:]
    if last and last[0].span.end == len(before) and 3 <= len(last[0].text) <= 4:
        own = last[0].text.startswith(_OWN) or _GIVEN_TO.search(last[0].text)
        return last[0].text if not own else before[-1]
    return before[-1]


def _names(unit: str, groups: dict[str, tuple[str, ...]]) -> Sequence[str]:
    """Everything that a printed unit may be called, folded."""
    prefix = _PREFIX.match(unit)
    bare = unit[prefix.end() :] if prefix and len(unit) - prefix.end() >= 2 else unit
    names = [unit, bare]
    for group in {groups.get(unit, ()), groups.get(bare, ())}:
        names += group
        names += [prefix[0] + name for name in group] if prefix and bare != unit else []
    if unit.endswith("街道"):
        names += [unit + "办事处", unit + "办"]
    if unit.startswith("各"):
        names += [every + unit[1:] for every in _EVERY]
        names.remove(bare) if bare != unit and bare in names else None
        if len(unit) > 4 and not unit.endswith(_ANY_KIND):
            names.append(unit[1:])  # 物业服务企业 are 各物业服务企业
    if (company := _COMPANY.sub("", unit)) != unit and len(company) >= 3:
        names.append(company)
    return [n for n in dict.fromkeys(names) if len(n) >= 2 and (n == unit or n not in _BARE)]
