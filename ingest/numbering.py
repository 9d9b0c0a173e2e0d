"""Numbering marks at the start of a line: 第X章, 一、, (一), 1., (1), ① and their likes.

Only the form of a mark is decided here.  Whether a mark opens a clause depends on the marks
around it, which is `outline`'s business.
"""

import re
from dataclasses import dataclass

from ingest.characters import CHINESE_NUMBER, SPACE, chinese_number

_SP = f"[{SPACE}]"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Kind:
    """One style of numbering; a smaller `rank` stands higher in an outline by custom."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    label: str
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: `start` of the mark and `end` (where its text begins), in code points.

    `number` is the ordinal value, `label` the mark's canonical short form ("19", "(二)").
    """

    kind: Kind
    number: int
    label: str
    start: int
    end: int


def _kind(name: str, rank: int, pattern: str, label: str, statutory: bool = False) -> Kind:
    return Kind(name, rank, re.compile(pattern), label, statutory)


_N = rf"(?P<n>{CHINESE_NUMBER}|\d{{1,4}})"
_CN = rf"(?P<n>{CHINESE_NUMBER})"
_AFTER = rf"(?={_SP}|$|[\n（(【：:])"

ATTACHMENT = _kind(
    "附件",
    0,
    rf"附{_SP}*[件录表]{_SP}*(?P<n>\d{{1,2}}|{CHINESE_NUMBER}|){_SP}*[：:]?(?=$|\n)",
    "附件{}",
)
KINDS = (
    ATTACHMENT,
    _kind("编", 1, rf"第{_SP}*{_N}{_SP}*编{_AFTER}", "第{}编", True),
    _kind("章", 2, rf"第{_SP}*{_N}{_SP}*章{_AFTER}", "第{}章", True),
    _kind("节", 3, rf"第{_SP}*{_N}{_SP}*节{_AFTER}", "第{}节", True),
    _kind(
        "条",
        4,
        rf"第{_SP}*{_N}{_SP}*条(?:之{CHINESE_NUMBER})?(?![款项第至和、，与及的])",
        "第{}条",
        True,
    ),
    _kind("一、", 5, rf"{_CN}(?:{_SP}*[、．](?!\d)|{_SP}{{1,4}}(?=\S))", "{}"),
    _kind("(一)", 6, rf"[（(]{_SP}*{_CN}{_SP}*[）)]{_SP}*[、．.]?", "({})"),
    _kind("1.1.1", 8, rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{2}})(?![\d.%]){_SP}+(?=\S)", "{}"),
    _kind("1.1", 8, rf"(?P<n>\d{{1,2}}\.\d{{1,2}})(?![\d.%]){_SP}+(?=\S)", "{}"),
    _kind("1.", 7, rf"(?P<n>\d{{1,3}}){_SP}*(?:[．、]|\.(?!\d))", "{}"),
    _kind("(1)", 9, rf"[（(]{_SP}*(?P<n>\d{{1,3}}){_SP}*[）)]{_SP}*[、．.]?", "({})"),
    _kind("1)", 10, rf"(?P<n>\d{{1,3}})[）)]{_SP}*[、．.]?", "{})"),
    _kind("①", 11, f"(?P<n>[{_CIRCLED}])", "{}"),
)

_DIGIT_KINDS = tuple(kind for kind in KINDS if kind.name in ("1.1.1", "1.1", "1.", "1)"))
"""The only kinds that can begin with a character which `_FIRST` does not have: \\d has hundreds."""

_FIRST = {
    **dict.fromkeys("附", (ATTACHMENT,)),
    **dict.fromkeys("第", tuple(kind for kind in KINDS if kind.statutory)),
    **dict.fromkeys(
        CHINESE_NUMBER[1 : CHINESE_NUMBER.index("]")],
        tuple(kind for kind in KINDS if kind.name == "一、"),
    ),
    **dict.fromkeys("（(", tuple(kind for kind in KINDS if kind.name in ("(一)", "(1)"))),
    **dict.fromkeys(_CIRCLED, tuple(kind for kind in KINDS if kind.name == "①")),
}
"""By the first character of a mark, the kinds that can begin with it."""

_LEAD = re.compile(rf"[{SPACE}]*(?:#+[{SPACE}]*|\*\*)?")


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The numbering mark that opens the line `text[start:end]`, if there is one.

    Markdown's heading signs before it are passed over.

    >>> m = mark_at("  12.加强管理。", 0, 10)
    >>> (m.kind.name, m.number, m.label, m.start, m.end)
    ('1.', 12, '12', 2, 5)
    >>> mark_at("2.0版上线", 0, 6) is None
    True
    """
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    if begin >= end:
        return None
    first = text[begin]
    for kind in _DIGIT_KINDS if first.isdecimal() else _FIRST.get(first, ()):
        found = kind.pattern.match(text, begin, end)
        if found is None:
            continue
        printed = re.sub(_SP, "", found["n"]).translate(_HALF_WIDTH)
        number = _value(kind, printed)
        if number is None:
            continue
        label = kind.label.format(printed)
        if kind.statutory:
            label = re.sub(_SP, "", found[0])
        return Mark(kind, number, label, begin, found.end())
    return None


def _value(kind: Kind, printed: str) -> int | None:
    if kind is ATTACHMENT and not printed:
        return 1
    if kind.name == "①":
        return _CIRCLED.index(printed) + 1
    if "." in printed:
        return int(printed.rsplit(".", 1)[1]) or None
    return chinese_number(printed) or None
