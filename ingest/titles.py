"""The title of a document, and the names by which others call it.

A title may be wrapped over lines, and a notice that passes a document on has that document's title
inside its own: 甲市政府办公室关于印发《甲市修桥办法》的通知 is what 《甲市修桥办法》 means.
"""

from collections.abc import Sequence

from ingest.characters import CJK, SPACE, without_spaces
from ingest.document_numbers import NUMBER
from ingest.lines import lines
from ingest.numbering import mark_at
from ingest.patterns import pattern as lazy
from ingest.references import title_key

MIN_TITLE = 6
MAX_TITLE = 80
"""Shortest and longest title, in code points without white space."""

HEAD_LINES = 60
"""How many lines at most are read as the head."""

WRAPPED = 4
"""Lines over which a title may be wrapped."""

_KINDS = (
    "通知|办法|规定|条例|细则|方案|计划|规划|要点|意见|决定|公告|通告|指南|指引|规则|法"
    "|纲要|措施|制度|报告|标准|目录|清单|解释|批复|函|令|章程|问答|解读|汇总|[计指一汇].表|汇总表"
    "|预案|规程|规范|名单|倡议书?"
)
_BRACKETS = r"(?:[（(].{1,20}[)）])"
_TITLE = lazy(rf"^.{{2,}}(?:{_KINDS}|\d+问){_BRACKETS}{{0,2}}$")
_TITLE_ENDS = frozenset([*(kind[-1] for kind in _KINDS.split("|")), "书", "问", ")", "）"])
_GAPS = lazy(f"[{SPACE}]+")
_LABELLED = lazy(r"^(?:【[^】]{1,6}】|[（(]转载[）)])")
_MENU = lazy(rf"(?:\S{{1,6}}[{SPACE}]+){{3}}")
_NO_TITLE = lazy("[。；;：:，|]|[年月日]$")
_NO_START = lazy(rf"[。；;：:，|]|[月日]$|^[^{CJK}《“（(0-9０-９]")
_ADDED = lazy(r"[（(][^（）()。，]{2,12}[)）]")
_DATED = lazy(r"\d{4}年\d|通过|公布|令第?\d|发布|[一二三四五六七八九十][）)]")
_ORDER = lazy(rf"[{CJK}]{{3,30}}令")
_RED_HEAD = lazy(rf"[{CJK}]{{4,40}}文件")
_GOES_ON = lazy("^(?:关于|印发|转发|发布|公布|的)")
_OPEN_END = lazy("关于|印发|转发|《")


def title(text: str) -> str:
    """The first line that reads like the name of a document, else the first line.

    A first line shorter than `MIN_TITLE` is navigation of a web page and no title.
    """
    rows = [line.span.of(text) for line in lines(text)[:HEAD_LINES] if not line.furniture]
    rows = [words for words in rows if without_spaces(words)]
    place = -1
    for place, words in enumerate(rows):
        name = _name(words)
        if mark_at(words, 0, len(words)) or _ORDER.fullmatch(name) or _NO_TITLE.search(name):
            continue
        if _is_title(name) and not _is_menu(words):
            return _joined(rows, place, name)
    first = next((words for words in rows if not mark_at(words, 0, len(words))), "")
    top = _name(first)
    return top[:MAX_TITLE] if len(top) >= MIN_TITLE and not _MENU.match(first) else ""


def _joined(rows: Sequence[str], place: int, name: str) -> str:
    """A title with the lines above that it goes on from, and a bracket that stands below."""
    whole = name
    for above in range(place - 1, max(place - WRAPPED, -1), -1):
        words = _name(rows[above])
        if not _begins(words, whole, above == 0) or len(words + whole) > MAX_TITLE * 2:
            break
        whole = words + whole
    below = without_spaces(rows[place + 1]) if place + 1 < len(rows) else ""
    if _ADDED.fullmatch(below) and not _DATED.search(below) and not NUMBER.search(below):
        whole += below
    return whole


def _begins(words: str, rest: str, top: bool) -> bool:
    """Whether a title that ends with `rest` begins in the line above it; `top` is the first one."""
    if len(words) < MIN_TITLE or _NO_START.search(words) or mark_at(words, 0, len(words)):
        return False
    if _RED_HEAD.fullmatch(words) or _ORDER.fullmatch(words) or NUMBER.search(words):
        return False
    if _is_title(words) and words.count("《") == words.count("》"):
        return False
    opened = words.count("《") > words.count("》") and rest.count("》") > rest.count("《")
    return opened or top or bool(_GOES_ON.search(rest) or _OPEN_END.search(words))


def _name(words: str) -> str:
    """A line as a possible title, or its part up to the first space where only that can be one."""
    bare = words.strip("#*" + SPACE)
    name = _LABELLED.sub("", without_spaces(bare))
    parts = _GAPS.split(bare)
    if MIN_TITLE <= len(parts[0]) <= MAX_TITLE and parts[0] not in name[: len(name) - 1]:
        return _LABELLED.sub("", parts[0])
    if MIN_TITLE <= len(parts[0]) <= MAX_TITLE and (len(name) > MAX_TITLE or _is_title(parts[0])):
        name = _LABELLED.sub("", parts[0])
    return name


def _is_menu(words: str) -> bool:
    """Whether a line is several short words beside each other, as in the head of a web page."""
    parts = _GAPS.split(words.strip(SPACE))
    return len(parts) > 2 and all(1 < len(one) <= 8 for one in parts)


def _is_title(name: str) -> bool:
    return name[-1:] in _TITLE_ENDS and _TITLE.search(name) is not None


_PASSES_ON = lazy(
    "^[^《]*?(?:印发|公布|发布|转发|批转|下发|颁布|颁发|修订)"
    rf"(?P<rest>.+?)(?:等?的(?:通知|公告|决定|函)|的?令){_BRACKETS}?$"
)
_INNER = lazy("^(?P<before>[^《]*)《(?P<title>.+)》")
_CHANGES = lazy("废止|修改|延长")
_STATUS = lazy(r"[（(](?:草案|(?:公开)?征求意见稿|试行|暂行|\d{4}年?(?:版|修订|修正))[^）)]*[)）]$")


def passed_on(printed: str) -> str:
    """The title of the document that a notice passes on; "" where it passes on none.

    >>> passed_on("甲市水务局关于印发《甲市修桥办法》的通知"), passed_on("乙区转发甲市修桥办法的通知")
    ('甲市修桥办法', '甲市修桥办法')
    >>> passed_on("关于废止《甲市修桥办法》的通知"), passed_on("关于公布第一批名镇的通知")
    ('', '')
    """
    found = _PASSES_ON.match(printed)
    if found is None:
        return ""
    inner = _INNER.match(found["rest"])
    if inner is not None:
        return "" if _CHANGES.search(inner["before"]) else inner["title"]
    return found["rest"] if _is_title(found["rest"]) else ""


def name_key(printed: str) -> str:
    """A title as others may print it, for comparing: without 关于 at its start, and without 的.

    >>> name_key("关于修桥的若干意见") == name_key("修桥若干意见")
    True
    """
    return title_key(printed).removeprefix("关于").replace("的", "")


def name_keys(printed: str) -> tuple[str, ...]:
    """The keys under which a title is referred to, the whole first.

    The title and that of the document it passes on, each also without the mark of its status and
    without who issues it.

    >>> name_keys("甲市水务局关于印发《甲市修桥办法（试行）》的通知")
    ('甲市水务局关于印发甲市修桥办法试行通知', '印发甲市修桥办法试行通知', '甲市修桥办法试行', '甲市修桥办法')
    """
    found = dict[str, None]()
    for one in (printed, passed_on(printed)):
        for name in (one, _STATUS.sub("", one)):
            about = name.find("关于")
            issued = about > 0 and "《" not in name[:about]
            found.update(
                dict.fromkeys([name_key(name), *([name_key(name[about:])] if issued else [])])
            )
    return tuple(key for key in found if key)
