"""Where the items of a list begin and end inside one piece of text between stops.

The words that lead into the list are no part of its first item, and the noun or verb behind it no
part of the last.  Offsets are of the piece; what stands in brackets or quotes is blotted out in it.
"""

import re
from functools import cache

from index.tokens import dictionary_words
from qa import tables

MAX_HEAD = 14
"""Longest noun behind an enumeration that is repeated as what it lists, in code points."""

FILL = "\ufffc"
"""What stands for the inside of brackets and quotes, so that nothing in it parts a list."""
MORE = re.compile("等[^、]{1,12}?(?:以及|(?<!涉)(?<!普)及(?!时)|和(?!谐)|与)(?=[^、]{2,}、)")
_AND = ("以及", "及", "和", "与", "或者", "或", "并")
_COMMA = re.compile("、(?:以及|及|和)?")
ROW = re.compile("(?<=[”》」])(?:以及|[和与及或])?(?=[“《「])")


@cache
def word_set(name: str) -> frozenset[str]:
    """One word list of enumeration.toml."""
    return frozenset(tables.toml("enumeration.toml")[name].split())


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(tables.toml('enumeration.toml')['endings'])})$")


def item_edges(
    words: str, start: int, end: int, closed: bool
) -> tuple[list[tuple[int, int]], tuple[int, int]] | None:
    """The items between two places of a segment, and the noun behind them; None if no list."""
    separators = [m.span() for m in _COMMA.finditer(words, start, end)]
    separators = separators or [m.span() for m in ROW.finditer(words, start, end)]
    separators += [m.span() for m in MORE.finditer(words, start, end)]
    separators.sort()
    separators = [
        one for i, one in enumerate(separators) if not i or one[0] >= separators[i - 1][1]
    ]
    if not separators:
        return None
    edges = [start, *(e for pair in separators for e in pair), end]
    items = list(zip(edges[::2], edges[1::2], strict=True))
    first, *others = items
    items[0] = (_lead_end(words, first, [words[a:b] for a, b in others]), first[1])
    head = (end, end)
    if not closed:
        others_longest = max(b - a for a, b in items[:-1])
        cut, head = _tail(words, items[-1], others_longest, [words[a:b] for a, b in items[:-1]])
        items[-1] = (items[-1][0], cut)
    if (both := _at_and(words, items[-1])) is not None:
        items[-1:] = [(items[-1][0], both[0]), (both[1], items[-1][1])]
    return items, head


def _cut_words(words: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Dictionary words with their places; what is bracketed stays one piece."""
    found = []
    for run in re.finditer("[\u3400-\u9fff]+|[^\u3400-\u9fff]+", words[start:end]):
        place = start + run.start()
        pieces = dictionary_words(run[0]) if "\u3400" <= run[0][0] <= "\u9fff" else [run[0]]
        for piece in pieces:
            found.append((piece, place, place + len(piece)))
            place += len(piece)
    return found


def _lead_end(words: str, item: tuple[int, int], others: list[str]) -> int:
    """Where the first item begins, behind the words that lead into the list."""
    start, end = item
    cuts = _cut_words(words, start, end)
    shortest = min([2, *(len(o) for o in others)])
    if all(begins_with_verb(o) for o in others):
        verbs = [a for piece, a, _ in cuts if piece in word_set("actions")]
        return verbs[-1] if verbs else start
    size = _common_length(others) or _common_length(others[:-1])
    begin = start
    for piece, a, b in cuts:
        if size and end - begin == size:
            return begin
        if end - b < shortest:
            break
        leads = piece in word_set("leads") and not any(piece in o for o in others)
        if leads or (piece in word_set("fillers") and a == begin):
            begin = b
    possessive = words.rfind("的", begin, end - shortest)
    if possessive >= 0 and not any("的" in o for o in others):
        begin = possessive + 1
    bracket = max(words.rfind(c, begin, end) for c in "“《「")
    if bracket > begin and others and all(re.match("[“《「]", o) for o in others):
        begin = bracket  # quoted names in a row: what stands before the first is no part of it
    return begin


def begins_with_verb(item: str) -> bool:
    """Whether an item is something done (打造甲乙) and not a thing."""
    first = dictionary_words(item[:6])[:1] if re.match("[\u3400-\u9fff]", item) else []
    return bool(first) and first[0] in word_set("actions")


def _common_length(items: list[str]) -> int:
    """The length that all of two or more items have, else 0."""
    sizes = {len(item) for item in items}
    if any(FILL in item for item in items):
        return 0  # brackets make any length
    return sizes.pop() if len(items) > 1 and len(sizes) == 1 else 0


def _tail(
    words: str, item: tuple[int, int], longest: int, others: list[str]
) -> tuple[int, tuple[int, int]]:
    """Where the last item ends that no 等 closes, and the noun behind it."""
    start, end = item
    if re.match("[“《「]", words[start:end]) and all(re.match("[“《「]", o) for o in others):
        closers = [i + 1 for i in range(start, end) if words[i] in "”》」"]
        close = closers[0] if closers else end
        return close, (close, head_end(words, close))
    if (ending := _endings().search(words, start + 2, end)) and not any(
        _endings().search(o) for o in others
    ):
        return ending.start(), (ending.start(), ending.start())
    size = _common_length(others)
    rest = end - start - size
    if size and rest >= (2 if size > 3 else 4):
        for piece, a, _ in _cut_words(words, start, end):
            if a - start == size and piece not in _AND:
                noun = a + (words[a] == "的")
                return a, (noun, end) if rest <= MAX_HEAD else (a, a)
    if end - start <= longest + 2:
        return end, (end, end)
    for piece, a, b in _cut_words(words, start, end):
        if a - start >= 2 and end - b >= 2 and not any(piece in o for o in others):
            if piece == "的":
                return a, (b, head_end(words, b))
            if piece in word_set("tails"):
                return a, (a, a)
    return end, (end, end)


def _at_and(words: str, item: tuple[int, int]) -> tuple[int, int] | None:
    """The 和 that parts the last two items, as the end of the one and the start of the other."""
    start, end = item
    for piece, a, b in _cut_words(words, start, end):
        if piece in _AND and a - start >= 2 and end - b >= 2:
            return a, b
    return None


def head_end(words: str, start: int) -> int:
    """Where the noun behind a list ends: at a verb or at the end of the piece."""
    for piece, a, _ in _cut_words(words, start, len(words)):
        if a > start and (piece in word_set("tails") or piece[0] in "的、(（"):
            return a
        if a - start > MAX_HEAD:
            return start + MAX_HEAD
    return len(words)
