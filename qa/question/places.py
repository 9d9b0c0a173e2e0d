"""The places that a question names: those of the table, and areas that look like one (甲区)."""

import re
from collections.abc import Callable

from index.folding import fold_text
from index.tokens import may_name, words
from ingest.patterns import pattern
from qa.words import tables

_LEVEL = pattern("[省市区县州旗镇乡]$|自治[区州县]$|新区$|街道$")
_PLACE_AFTER = pattern("[东西南北中]?[一二三]?(?:路|街|大道|站|桥|河|里弄|话|人|菜|龙井|湖)")
_AREA = pattern(
    "([\u4e00-\u9fff]{1,4}?(?:自治州|自治县|新区|区|县))(?=的|[,，。?？、和与]|要|补|有|今|去|对|市民|居民|户籍|政府|$)"
)
_NO_AREA = pattern(
    "[这那该本全各每某哪何什几多我你他她在到从和与跟对给把被让向及或等为是有来去下上]|地区|园区|社区|小区|校区|厂区|城区|片区|库区|景区|辖区|郊区|山区|市区|街区|区域|分区|功能区|示范区|开发区|试验区|高新区|管理区|住宅区|办公区|商业区|自贸区|自治区|时区|禁区|误区|保护区|禁放区|限制区|集聚区|风貌区|试点区|工业区"
)


def place_names(place: str) -> list[str]:
    """A place in full and short: 徐汇区, 徐汇."""
    known = next((list(p.names) for p in tables.places() if p.name == place), [])
    name = fold_text(place)
    short = _LEVEL.sub("", name)
    return list(dict.fromkeys([*known, name, *([short] if len(short) > 1 else [])]))


def places(text: str, known_place: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """The places that a folded question names, the innermost of nested ones first.

    >>> places("黄浦区装电梯补多少?")
    ('黄浦区',)
    """
    said = set(words(text))
    found: dict[str, None] = {}
    taken: list[tuple[int, int]] = []
    for place in tables.places():
        if not place.parent:
            continue  # countries: no document here is theirs, and questions speak of them freely
        for name in place.names:
            start = text.find(name)
            if start < 0 or (len(name) == 2 and not name.isascii() and name not in said):
                continue
            if name.isascii() and re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is None:
                continue
            if _PLACE_AFTER.match(text, start + len(name)):
                continue
            if any(a <= start < b for a, b in taken):
                continue
            found[place.name] = None
            taken.append((start, start + len(name)))
            break
    for match in _AREA.finditer(text):
        name = match[1]
        if any(a < match.end(1) and match.start(1) < b for a, b in taken) or _NO_AREA.search(name):
            continue
        stem = re.sub("(?:新区|[区县])$", "", name)
        if known_place(name) and (len(stem) == 1 or may_name(stem)):
            found[name] = None
    return tuple(found)


def short_names(place: str) -> tuple[str, ...]:
    """What a place is called, in full and without its level, the longest first."""
    known = next((one.names for one in tables.places() if one.name == place), ())
    names = dict.fromkeys([place, *known, re.sub("(?:新区|[省市区县])$", "", place)])
    return tuple(sorted((n for n in names if len(n) > 1), key=len, reverse=True))
