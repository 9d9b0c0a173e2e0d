"""Numbering marks at the start of a line: 第X章, 一、, (一), 1., (1), ①, 4.2.1, 行动1 and the like.

Traditional 條, 節 and 編 and the one-character forms ㈠, ⑴ and ⒈ count as the common ones.

Only the form of a mark is decided here.  Whether a mark opens a clause depends on the marks
around it, which is `outline`'s business.
"""

import re
from dataclasses import dataclass

from ingest.characters import CJK, SPACE
from ingest.numbers.numerals import CHINESE_NUMBER, integer
from ingest.patterns import pattern as lazy

_SP = f"[{SPACE}]"
_COMMON = str.maketrans("０１２３４５６７８９．條節編", "0123456789.条节编")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_BRACKETS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_DIGIT_IN_BRACKETS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DIGIT_AND_DOT = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
SINGLE = dict(zip(_IN_BRACKETS, "一二三四五六七八九十", strict=True)) | {
    mark: str(number)
    for marks in (CIRCLED, _DIGIT_IN_BRACKETS, _DIGIT_AND_DOT)
    for number, mark in enumerate(marks, start=1)
}
"""Marks of one character, with the number that they print."""


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
    return Kind(name, rank, lazy(pattern), label, statutory)


_N = rf"(?P<n>{CHINESE_NUMBER}|\d{{1,4}})"
_CN = rf"(?P<n>{CHINESE_NUMBER})"
_AFTER = (
    rf"(?:(?={_SP}|$|[\n（(【：:])"
    rf"|(?![的、和至与及或以规所])(?=[{CJK}“《][^。；;：:，,、\n]{{1,19}}$))"
)
"""Behind 第一章: a space or bracket, or a short heading that has its line for itself."""

_REFERENCE = (
    "[款项項目第至和、，与與及或的之]|所[称稱列指述]|规定[的，]|规定(?:执行|办理|处理|处罚)"
    "|處?处?[理罚]|[执執]行[。，；]|办理[。，；]|以[外上下]"
)
"""Behind 第五条 these words refer to the article; they do not open it."""

REFERS = "(?:所|规定|規定|[和与與至或、，]|之一|中的?|情形|以[外上下])"
"""Behind （一）项 these words refer to the item."""
_NO_FIGURE = r"(?!\d(?!\d{3}年))"
"""Behind 1. a figure makes it a decimal; but 1.2031年的指标 is an item that begins with a year."""

_MEASURES = "万亿千百元倍个%％米吨公平年月日次人家台度级分秒小时折号期版"
_HEAD = rf"(?:{_SP}+(?=\S)|(?=[{CJK}])(?![{_MEASURES}]))"
_NAMED = ("行动", "任务", "举措", "工程", "专栏", "步骤", "阶段", "专项")


def _named(word: str) -> Kind:
    """行动1, 任务二：, ——举措3: a word with its number, as plans name their parts."""
    return _kind(
        word,
        6,
        rf"(?:[—－-]{{1,2}}|[◆●■▲★])?{_SP}*(?P<word>{word}){_SP}*{_N}"
        rf"(?:{_SP}*[：:、.．]|(?=$|{_SP})|(?<=\d)(?=[{CJK}“])(?![个项条次期轮批年月]))",
        "{}",
    )


_ANNEX = (
    rf"[【〔\[]?附{_SP}*[件录錄表]{_SP}*"
    rf"(?P<n>\d{{1,2}}(?:[-－—–]\d{{1,2}})?|{CHINESE_NUMBER}|[A-Z]|){_SP}*[】〕\]]?"
)
ATTACHMENT = _kind("附件", 0, rf"{_ANNEX}{_SP}*[：:]?(?=$|\n)", "附件{}")
"""附件1, 附表二：, 附录A, 【附件2】 on a line of its own."""

_TITLE = r"(?![的所中、和与及等为是])[^。；;：:，,？！|\t\n]{2,45}"
_TITLED = lazy(
    rf"{_ANNEX}(?:(?:{_SP}*[：:]|(?<=[】〕\]{SPACE}])){_SP}*(?={_TITLE}$)"
    rf"|(?<=\d)(?={_TITLE}[表单册录书函图例案法则]$))"
)
"""附件1：任务分工表, 附录A 检查表, 附件2名单: with a title behind it."""

DECIMALS = ("1.1", "1.1.1", "1.1.1.1")
KINDS = (
    ATTACHMENT,
    _kind("部分", 1, rf"第{_SP}*{_N}{_SP}*部分[、：:]?{_AFTER}", "第{}部分", True),
    _kind("编", 1, rf"第{_SP}*{_N}{_SP}*[编編]{_AFTER}", "第{}编", True),
    _kind("分编", 1, rf"第{_SP}*{_N}{_SP}*分{_SP}*[编編]{_AFTER}", "第{}分编", True),
    _kind("章", 2, rf"第{_SP}*{_N}{_SP}*章{_AFTER}", "第{}章", True),
    _kind("节", 3, rf"第{_SP}*{_N}{_SP}*[节節]{_AFTER}", "第{}节", True),
    _kind(
        "条",
        4,
        rf"第{_SP}*{_N}{_SP}*[条條](?:之{CHINESE_NUMBER})?(?!{_REFERENCE})",
        "第{}条",
        True,
    ),
    _kind(
        "一、",
        5,
        rf"{_CN}(?:{_SP}*[、．]{_NO_FIGURE}(?!{CHINESE_NUMBER}[条條项項款]{REFERS})|{_SP}{{1,4}}(?=\S))",
        "{}",
    ),
    _kind(
        "(一)",
        6,
        rf"(?:[（(]{_SP}*{_CN}{_SP}*[）)]|(?P<one>[{_IN_BRACKETS}])){_SP}*[、．.]?"
        rf"(?![项項款目]{REFERS})",
        "({})",
    ),
    *(_named(word) for word in _NAMED),
    _kind(
        "第一步",
        7,
        rf"第{_SP}*{_N}{_SP}*(?P<word>步|阶段)(?:{_SP}*[：:，,、．.]|(?=[{SPACE}（(]|$))",
        "{}",
    ),
    *(
        _kind(name, 8, rf"(?P<n>\d{{1,2}}(?:[.．]\d{{1,2}}){{{dots}}})(?![\d.．%]){_HEAD}", "{}")
        for dots, name in enumerate(DECIMALS, start=1)
    ),
    _kind(
        "1.",
        7,
        rf"(?:(?P<n>\d{{1,3}}){_SP}*(?:[．、]|\.{_NO_FIGURE})|(?P<one>[{_DIGIT_AND_DOT}]))",
        "{}",
    ),
    _kind(
        "(1)",
        9,
        rf"(?:[（(]{_SP}*(?P<n>\d{{1,3}}){_SP}*[）)]|(?P<one>[{_DIGIT_IN_BRACKETS}])){_SP}*[、．.]?",
        "({})",
    ),
    _kind("1)", 10, rf"(?P<n>\d{{1,3}})[）)]{_SP}*[、．.]?", "{})"),
    _kind("①", 11, f"(?P<n>[{CIRCLED}])", "{}"),
    _kind("1", 7, rf"(?P<n>\d{{1,2}}){_SP}{{1,4}}(?=[{CJK}][^。；;：:，,\n]{{1,30}}$)", "{}"),
)
"""In the order in which they are tried.  The bare "1" opens a clause only above 1.1: `nesting`."""

_FIRST = {
    **dict.fromkeys("附【〔[", (ATTACHMENT,)),
    **dict.fromkeys("第", tuple(k for k in KINDS if k.statutory or k.name == "第一步")),
    **dict.fromkeys(
        CHINESE_NUMBER[1 : CHINESE_NUMBER.index("]")],
        tuple(kind for kind in KINDS if kind.name == "一、"),
    ),
    **dict.fromkeys("（(", tuple(kind for kind in KINDS if kind.name in ("(一)", "(1)"))),
    **dict.fromkeys(CIRCLED, tuple(kind for kind in KINDS if kind.name == "①")),
    **dict.fromkeys(_IN_BRACKETS, tuple(kind for kind in KINDS if kind.name == "(一)")),
    **dict.fromkeys(_DIGIT_IN_BRACKETS, tuple(kind for kind in KINDS if kind.name == "(1)")),
    **dict.fromkeys(_DIGIT_AND_DOT, tuple(kind for kind in KINDS if kind.name == "1.")),
    **dict.fromkeys("—－-◆●■▲★" + "".join(_NAMED), tuple(k for k in KINDS if k.name in _NAMED)),
}
"""By the first character of a mark, the kinds that can begin with it."""

_DIGIT_KINDS = tuple(k for k in KINDS if k.name in (*DECIMALS, "1.", "1)", "1"))
"""The only kinds that can begin with a digit, which `_FIRST` does not have: \\d has hundreds."""

_LEAD = lazy(rf"[{SPACE}]*(?:#+[{SPACE}]*|\*\*)?")


def mark_at(text: str, start: int, end: int, titled: bool = False) -> Mark | None:
    """The numbering mark that opens the line `text[start:end]`, if there is one.

    Markdown's heading signs before it are passed over.  With `titled`, 附件1 may have the title of
    the annex behind it, as it also has in a list of annexes.

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
        if found is None and titled and kind is ATTACHMENT:
            found = _TITLED.match(text, begin, end)
        if found is None:
            continue
        given = found.groupdict()
        printed = re.sub(_SP, "", found["n"] or "").translate(_COMMON)
        printed = SINGLE.get(given.get("one") or printed, printed)
        number = _value(kind, printed)
        if number is None:
            continue
        label = found[0] if kind.name == "①" else kind.label.format(printed)
        if kind.statutory or given.get("word"):
            label = re.sub(rf"{_SP}|[—－：:、，,.．◆●■▲★-]", "", found[0]).translate(_COMMON)
        behind = found.end()
        if text.startswith("**", behind) and text[begin - 2 : begin] == "**":
            behind += 2
        return Mark(kind, number, label, begin, behind)
    return None


def _value(kind: Kind, printed: str) -> int | None:
    if kind is ATTACHMENT:
        return (
            integer(re.split("[-－—–]", printed)[0]) or ord(printed) - ord("A") + 1
            if printed
            else 1
        )
    if "." in printed:
        return int(printed.rsplit(".", 1)[1]) or None
    return integer(printed) or None
