"""Page furniture: headers, footers and page numbers that stand around the text of each page.

Only what stands at the very top or bottom of its page, and comes back at the same height on other
pages, is furniture.  A line that opens with a numbering mark (附件1 …) never is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from ingest.numbering import mark_at
from ingest.patterns import pattern
from ingest.readers.pdf.lines import Line

EDGE = 0.15
"""Furniture stands within this part of the height of a page from its top or bottom edge."""

DEPTH = 3
"""So many lines of furniture may stand at one edge."""

SAME_HEIGHT = 6.0
"""Furniture comes back within so many points of the same height."""

MIN_PAGES = 3
"""On so many pages furniture comes back; in a document of two pages it stands on both."""

_DASH = "[-–—―－~·•\u2500\u3000\\s]"
_NUMBER = r"(?:\d{1,4}|[ivxlIVXL]{1,7})"
_MARKED_NUMBER = pattern(
    rf"{_DASH}*(?:[-–—―－]{_DASH}*{_NUMBER}{_DASH}*[-–—―－]|第\s*\d{{1,4}}\s*页.{{0,12}}"
    rf"|\d{{1,4}}\s*(?:/|of)\s*\d{{1,4}}|Page\s*\d{{1,4}}.{{0,10}}){_DASH}*"
)
"""What nothing but a page number looks like: — 3 —, 第3页 共10页, 3/10, 3 of 10."""

_BARE_NUMBER = pattern(rf"{_DASH}*{_NUMBER}{_DASH}*")
_DIGITS = pattern(r"\d+")

Sizes = Mapping[int, float]
"""The height of each page in points, by its number."""


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sizes) -> list[list[Line]]:
    """The lines of each page that are no furniture, in their order."""
    left = [list(lines) for lines in pages]
    for bottom in (False, True):
        for _ in range(DEPTH):
            outer = {n: line for n, lines in enumerate(left) if (line := _outer(lines, bottom))}
            found = _furniture(outer, left, heights, bottom)
            if not found:
                break
            for number in found:
                left[number].remove(outer[number])
    return left


def _outer(lines: Sequence[Line], bottom: bool) -> Line | None:
    if not lines:
        return None
    return (max if bottom else min)(lines, key=lambda line: line.baseline)


def _furniture(
    outer: Mapping[int, Line], pages: Sequence[Sequence[Line]], heights: Sizes, bottom: bool
) -> list[int]:
    """The pages whose outermost line is furniture."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, line in outer.items():
        height = heights[line.page]
        from_edge = height - line.baseline if bottom else line.top
        if from_edge <= EDGE * height and mark_at(line.text, 0, len(line.text)) is None:
            alike[_form(line.text)].append(number)
    found: list[int] = []
    for form, numbers in alike.items():
        for group in _at_one_height(numbers, outer, heights, bottom):
            if _comes_back(form, group, outer, pages):
                found += group
    return found


def _form(text: str) -> str:
    """A line without its spaces, and with # for numbers, which change from page to page."""
    text = re.sub(r"\s+", "", text)
    if _BARE_NUMBER.fullmatch(text) or _MARKED_NUMBER.fullmatch(text):
        return re.sub(_NUMBER, "#", re.sub(_DASH, "", text))
    return _DIGITS.sub("#", text)


def _at_one_height(
    numbers: Sequence[int], outer: Mapping[int, Line], heights: Sizes, bottom: bool
) -> list[list[int]]:
    def height(number: int) -> float:
        line = outer[number]
        return heights[line.page] - line.baseline if bottom else line.baseline

    groups: list[list[int]] = []
    for number in sorted(numbers, key=height):
        if groups and height(number) - height(groups[-1][-1]) <= SAME_HEIGHT:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _comes_back(
    form: str, group: Sequence[int], outer: Mapping[int, Line], pages: Sequence[Sequence[Line]]
) -> bool:
    texts = [outer[number].text for number in group]
    if all(_MARKED_NUMBER.fullmatch(text.strip()) for text in texts):
        return True  # even once: no line of a text looks like that
    number = _BARE_NUMBER.fullmatch(texts[0].strip()) is not None
    if len(group) < MIN_PAGES and not (
        len(group) == len(pages) == 2 and (number or all(_apart(outer[n], pages[n]) for n in group))
    ):
        return False
    if "#" not in form or len(set(texts)) == 1:
        return not number
    return _counts(texts, group) or (number and len(set(texts)) == len(texts))


def _apart(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is smaller than the others of its page, or far from them."""
    others = [other for other in lines if other is not line]
    if not others:
        return False
    nearest = min(abs(other.baseline - line.baseline) for other in others)
    return line.size < 0.95 * median(other.size for other in others) or nearest > 3 * line.size


def _counts(texts: Sequence[str], group: Sequence[int]) -> bool:
    """Whether the numbers of the texts either stay the same or count the pages."""
    columns = zip(*(_DIGITS.findall(text) for text in texts), strict=False)
    for column in columns:
        steps = {int(shown[:6]) - number for shown, number in zip(column, group, strict=True)}
        if len(set(column)) > 1 and len(steps) > 1:
            return False
    return True
