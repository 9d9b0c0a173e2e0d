"""Places and years that a question names and no document here is about or mentions."""

import re

from index.folding import fold_text
from index.tokens import words
from qa import tables
from qa.corpus import Corpus

_OTHER_AREA = re.compile("(?:隔壁|相邻|邻近|邻|兄弟|别的)(?:省|市|区|县)(?![域委直])")
"""Another area than the documents', told by where it lies."""
_TOWN = re.compile(
    "[\u4e00-\u9fff](?<![的各全每本该这那哪几多我们他你在到是和或与个老新城小外区县市])"
    "[\u4e00-\u9fff](?<![的各全每本该这那哪几多我们他你在到是和或与个老新城小外区县市家])"
    "(?:县|镇)(?=的|有|要|分|今年|能|可以|会|由|$|[,，?？])"
)
_PLANS = "方案|要点|计划|规划|措施|文件|通知|办法|意见|任务|工作"
_YEARS_AWAY = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "明年": 1}
_OTHER_YEAR = re.compile(
    f"(?:比|和|跟|与|同|较)(?:起|今年|本年)*(?P<year>{'|'.join(_YEARS_AWAY)})度?"
    "(?=.{0,12}(?:比|差|多|少|高|低|变|增|减|区别|不同|不一样))"
)


class Foreign:
    """Tells the places and years that are foreign to one corpus; holds its units' names."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._units = "\0".join(map(fold_text, corpus.units))

    def places(self, text: str) -> tuple[str, ...]:
        """Places that the question names and no document here is about or mentions."""
        said = set(words(text))
        found = []
        for place in tables.places():
            named = next((n for n in place.names if n in text and _named(n, text, said)), None)
            if named is None or any(
                fold_text(place.name) in r or named in r for r in self.corpus.holdings.regions
            ):
                continue
            if named in self._units or self.corpus.mentions(named):
                continue
            found.append(place.name)
        other = _OTHER_AREA.search(text)
        if other is not None and not self.corpus.mentions(other[0]):
            found.append(other[0])
        found += [name for name in _towns(text) if not self.corpus.mentions(name)]
        return tuple(dict.fromkeys(found))

    def years(self, said: tuple[int, ...], text: str) -> tuple[int, ...]:
        """The foreign years that a question says, or else the one that it compares with."""
        return self._years_said(said, text) or self._year_before(text)

    def _years_said(self, years: tuple[int, ...], text: str) -> tuple[int, ...]:
        """Years that the question names and no document here belongs to or gives figures of.

        Who asks for the plan of a year asks for another document, whatever this one says of it.
        """
        known = self.corpus.holdings.years
        return tuple(
            y
            for y in years
            if known and y not in known and (_plan_of(y, text) or not self._mentions(y))
        )

    def _mentions(self, year: int) -> bool:
        return self.corpus.mentions(f"{year}年", in_titles=False)

    def _year_before(self, text: str) -> tuple[int, ...]:
        """The year that a question compares with, where only one other year is held (比去年)."""
        known = self.corpus.holdings.years
        match = _OTHER_YEAR.search(text)
        if match is None or len(known) != 1:
            return ()
        return tuple(year + _YEARS_AWAY[match["year"]] for year in known)


def _plan_of(year: int, text: str) -> bool:
    """Whether a question asks for the documents or the tasks of a year."""
    return re.search(rf"{year}年?[^,，。;；?？底末]{{0,16}}(?:{_PLANS})", text) is not None


def _towns(text: str) -> list[str]:
    """Counties and towns that a question names: 分到望山县的."""
    return [m[0] for m in _TOWN.finditer(text)]


def _named(name: str, text: str, said: set[str]) -> bool:
    """Whether a name in the text is a place: a word of its own and no part of a street's name."""
    if len(name) == 2 and name not in said:
        return False  # 平安顺利 is not about 安顺
    if name.isascii():
        return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None
    return (
        re.search(name + "(?![东西南北中]?[一二三]?(?:路|街|大道|站|桥|河|里弄))", text) is not None
    )
