"""Whether words are the name of a public body, judged without the help of a printed list.

Lists that are announced (责任单位：) may hold any name.  In prose and headings the words themselves
must tell: how they end, what they do not contain, and the area before a vague ending (区中心).
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.characters import CJK, SPACE
from ingest.numbers.bounds import one_of
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim
from ingest.unit_lists import unit_words
from ingest.words import word_table

MIN_FIELDS = 2
"""So many fields at least make a list that shares its 部门."""

MAX_NAME = 20
"""Longest name in prose, in code points, without a remark in brackets behind it."""

_SEPARATED = "、|以及|和|及|与|或者?"
_SEPARATOR = pattern(_SEPARATED)
_PARTED = pattern(f"{_SEPARATED}|[由等（(]")
"""What longer words hold if they are more than one name: 由甲局, 甲局（乙办）, 甲局等部门."""

_MARK = pattern(f"{_SEPARATED}|[（(）)]")
_REMARK = pattern(r"[（(][^（）()]{1,20}[）)]$")
_BY = pattern("(?<!自)由")
_SHORT_FORM = pattern(r"[（(]以下[简统]?称[^（）()]{1,30}[）)]$")
_GENERIC = pattern(
    rf"(?:各|其他|[省市区县]级?)?(?:有关|相关|其他)[{CJK}]{{0,6}}(?:部门|单位|机构|机关)"
)
"""Names that name nobody (相关行业部门)."""

_OF_LEVEL = pattern("^(?:各|[省市区县])级?")
_FIELD = pattern(rf"[{CJK}]{{2,8}}")
_SHARED = pattern("(?<=..)部门$")
"""组织、人事和教育部门: the kind of body is said once, of all."""

_LEVELS = pattern("[省市区县](?:、|和)(?:[市区县镇乡]、)*(?=[市区县镇乡](?:[两三]级|级))")
"""市、区两级财政部门 is one name."""

_DIVISION = pattern(rf"[{CJK}]{{2,8}}(?:(?<!之)处|(?<![干内全外局上下东西南北中乐底顶支总])部)")
"""A division or a ministry, which prose names without an area: 发展改革处, 生态环境部."""

_OF_A_CITY = pattern(rf"^[{CJK}]{{2,4}}[省市]的(?=[区市县])|(?<=^中国)（[{CJK}]{{2,4}}）")
"""What a name may hold between its parts: 甲市的区社保经办机构, 中国（上海）自由贸易试验区…."""

_ACTS_ON = pattern(f"(?!管理|人事|执法|协调|工作|审批|服务|领导|宣传|监督|指导|保障)[{CJK}]{{3}}")

_OPEN_END = pattern(rf"等(?:[相有]关|各|其他)?[{CJK}]{{0,12}}$")
_AREA = pattern(
    "^(?:[区市县省州旗国镇乡]|各|中央|中共|全[区市县省]|[\u4e00-\u9fff]{2,6}?(?:省|市|区|县|州|镇|乡)"
    "|[\u4e00-\u9fff]{0,4}(?:所在|户籍|居住|注册|参保|登记|经办|转[入出]|迁[入出])(?:地|区域))"
)


@lru_cache(maxsize=8_192)  # the same names are met again and again
def is_name(words: str) -> bool:
    """Whether the words are one name of a public body.

    >>> [is_name(w) for w in ("区园林局", "公安机关", "用人单位", "对口支援的部门", "应急局")]
    [True, True, False, False, True]
    """
    words = _OF_A_CITY.sub("", _REMARK.sub("", words))
    table = word_table("units.toml")["no_names"]
    if not 2 <= len(words) <= MAX_NAME or words in table["whole"] or words in table["generic"]:
        return False
    if not words.endswith(unit_words().suffixes) or words.startswith(tuple(table["starts"])):
        return False
    plain = _LEVELS.sub("", words)
    if any(part in words for part in table["inside"]) or re.search(rf"[^{CJK}“”]", plain):
        return False
    if _GENERIC.fullmatch(words) or _acted_on(words):
        return False
    vague = words.endswith(tuple(table["vague"])) and not words.endswith(tuple(table["certain"]))
    return not vague or _AREA.match(words) is not None


def _acted_on(words: str) -> bool:
    """Whether a verb stands before a name: 支持市教委, but not 监督管理局."""
    acts = _acts()
    return words.startswith(acts) and any(
        words.startswith(act)
        and _ACTS_ON.match(words, len(act)) is not None
        and words[len(act) :].endswith(unit_words().suffixes)
        for act in acts
    )


@cache
def _acts() -> tuple[str, ...]:
    return tuple(word_table("units.toml")["prose"]["acts"])


@lru_cache(maxsize=8_192)
def _is_part(words: str) -> bool:
    """Whether words name a body by its part only: 有关部门, 区相关行业主管部门, 财政处."""
    table = word_table("units.toml")["no_names"]
    if _GENERIC.fullmatch(words) or _OF_LEVEL.sub("", words) in table["generic"]:
        return True
    if not _DIVISION.fullmatch(words) or words.startswith(tuple(table["starts"])):
        return False
    return not any(part in words for part in table["inside"]) and not _acted_on(words)


def names(text: str, span: Span, *, generic: bool = True) -> Sequence[Span]:
    """The names in `span` if it is a list of names and nothing else; otherwise nothing.

    A list may end in 等 and a word for the rest.  Members that name a body by its part (有关部门)
    are left out unless `generic`.  What stands before 由 is what the body does, and no part of its
    name.

    >>> t = "区经委、区文化和旅游局和各街镇等有关单位"
    >>> [s.of(t) for s in names(t, Span(0, len(t)))]
    ['区经委', '区文化和旅游局', '各街镇']
    >>> t = "组织、人事和教育部门"
    >>> [s.of(t) for s in names(t, Span(0, len(t)))]
    ['教育部门']
    """
    # By the words alone, since the same lists are met again and again.
    return [
        Span(span.start + start, span.start + end) for start, end in _places(span.of(text), generic)
    ]


@lru_cache(maxsize=8_192)
def _places(text: str, generic: bool) -> Sequence[tuple[int, int]]:
    """Where the names of a list stand in it."""
    return [(one.start, one.end) for one in _names(text, Span(0, len(text)), generic)]


def _names(text: str, span: Span, generic: bool) -> Sequence[Span]:
    span = trim(text, span)
    if len(span) > MAX_NAME and not _PARTED.search(text, span.start, span.end):
        return ()
    for by in _BY.finditer(text, span.start, span.end):
        span = Span(by.end(), span.end)
    if tail := _OPEN_END.search(span.of(text)):
        span = Span(span.start, span.start + tail.start())
    shared = _SHARED.search(span.of(text)) is not None
    found: list[Span] = []
    pieces = _pieces(text, span)
    for piece in pieces:
        if short := _SHORT_FORM.search(piece.of(text)):
            piece = Span(piece.start, piece.start + short.start())
        words = piece.of(text)
        if is_name(words) or (generic and _is_part(words)):
            found.append(piece)
        elif not _is_part(words):
            return _sharing(text, span) if shared else ()
    return found


def _sharing(text: str, span: Span) -> Sequence[Span]:
    """The last of several fields, whose end says 部门 for all of them: 教育部门 of 公安、教育部门.

    The others are no names that could be looked up: 国家、省级部门, 卫生、教育部门.
    """
    table = word_table("units.toml")["no_names"]
    whole = one_of(table["compounds"])
    found: list[Span] = []
    start = span.start
    for mark in re.compile(rf"{whole}|(?P<mark>[、和及与])|$").finditer(text, span.start, span.end):
        if mark["mark"] or mark.end() == span.end:
            end = mark.start() if mark["mark"] else span.end
            found.append(trim(text, Span(start, end)))
            start = mark.end()
    words = [piece.of(text) for piece in found]
    if len(found) < MIN_FIELDS or not all(_FIELD.fullmatch(word) for word in words):
        return ()
    inside, starts = table["inside"], tuple(table["starts"])
    if any(word.startswith(starts) or any(x in word for x in inside) for word in words):
        return ()
    return found[-1:] if _SHARED.search(words[-1]) else ()


def _pieces(text: str, span: Span) -> list[Span]:
    """The parts of a list; 和 parts two only where a name ends before it and one begins behind."""
    found, start, depth = [], span.start, 0
    for mark in _MARK.finditer(text, span.start, span.end):
        depth += (mark[0] in "（(") - (mark[0] in "）)")
        if depth or mark[0] in "（()）" or _LEVELS.match(text, start, span.end):
            continue
        at = mark.start()
        if mark[0] != "、" and not _parts_two(text, Span(start, at), Span(mark.end(), span.end)):
            continue
        found.append(trim(text, Span(start, at)))
        start = mark.end()
    found.append(trim(text, Span(start, span.end)))
    return [piece for piece in found if len(piece)]


def _parts_two(text: str, before: Span, behind: Span) -> bool:
    words = before.of(text).strip(SPACE)
    return (is_name(words) or _is_part(words)) and len(behind) > 1
