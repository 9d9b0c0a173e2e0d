"""The region that a document is for, as it says itself: 上海市松江区.

Read from the issuer, the title, the signature and the head of the document number, in that order.
A district alone is completed where another of them prints the whole name, or where the number
begins with the sign of a municipality (沪松府办 is of 上海市).
"""

from collections.abc import Sequence

from ingest.characters import CJK, without_spaces
from ingest.patterns import pattern
from ingest.words import word_table

_AREA = pattern(
    rf"(?P<top>{'|'.join(word_table('regions.toml')['provinces'])})?"
    rf"(?P<city>[{CJK}]{{2,6}}?(?:市|自治州|盟))?"
    rf"(?P<part>浦东新区|[{CJK}]{{2,5}}?(?:自治县|新区|区|县|旗))?"
)
_NO_PART = pattern(
    "(?:社|园|小|城|街|片|辖|全|本|各|山|地|校|景|灾|牧|林|库|矿|战|禁|风貌|开发|示范|试验|保护|功能|高新|经开|保税)区$"
    "|^(?:推进|关于|加强|促进|规范|深化|推动|建设|优化|实施)|全县$|各县$"
)
_NO_CITY = pattern(
    "^(?:关于|促进|推进|加强|鼓励|支持)|[区县和与及]|(?:上|超|股|(?<![厦江荆天])门|夜|集|城)市$"
)
_OPENING = pattern(
    r"^(?:关于)?(?:印发|公布|修订|转发|发布|调整|修改|废止|延长)?[《“]?(?:\d{4}年(?:度)?)?"
)


def region(places: Sequence[str], number: str = "") -> str:
    """The region of a document, given where it may be printed, the surest place first.

    >>> region(["黄浦区人民政府办公室", "上海市黄浦区人民政府办公室"], "黄府办发〔2022〕9号")
    '上海市黄浦区'
    >>> region(["", "关于印发《2026年松江区清水行动方案》的通知"], "沪松绿容发〔2026〕64号")
    '上海市松江区'
    >>> region(["国务院办公厅", "国务院办公厅关于印发要点的通知"], "国办发〔2018〕128号")
    ''
    """
    found = [area for place in places if (area := _area(place))]
    sign: str = word_table("regions.toml")["signs"].get(number[:1], "")
    if not found:
        return sign
    top, city, part = found[0]
    for other in found[1:]:
        if _goes_on(other, (top, city, part)) and len("".join(other)) > len(top + city + part):
            top, city, part = other
    if not top and not city and sign.endswith("市"):
        city = sign
    return top + city + part


def _goes_on(longer: tuple[str, str, str], shorter: tuple[str, str, str]) -> bool:
    """Whether one name goes on with the other: 上海市黄浦区 with 黄浦区."""
    return all(not name or name == other for name, other in zip(shorter, longer, strict=True))


def _area(place: str) -> tuple[str, str, str] | None:
    words = _OPENING.sub("", without_spaces(place))
    found = _AREA.match(words)
    if found is None:
        return None
    top, city, part = (found[name] or "" for name in ("top", "city", "part"))
    if city and _NO_CITY.search(city):
        city = part = ""
    if part and _NO_PART.search(part):
        part = ""
    return (top, city, part) if top or city or part else None
