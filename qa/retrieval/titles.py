"""Which document a question means by its title, or by a distinctive part of it.

Where many documents are about one matter, nearly every question shares some words with one title
or another: of 234 questions about 599 notices whose words met one title only, 102 were answered by
another notice.  So there the shared words must say the kind of document, or most of the title.
"""

import re
from difflib import SequenceMatcher

import numpy as np

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.references import title_key
from qa.retrieval.holdings import Holdings, Shelf
from qa.retrieval.names import Places

MIN_TITLE_OVERLAP = 5
"""A document is meant when the question shares this many code points in a row with its title, and
the other documents' titles do not."""

MOST = 0.6
"""The share of a title's code points, in one run, with which a question names it without saying
what kind of document it is."""

_KIND = pattern(
    "方案|办法|通知|规定|意见|条例|规划|计划|公告|通告|公示|要点|指南|细则|措施|决定|清单|目录"
    "|标准|规范|倡议|提示|答复|解读|报告|函|纲要|章程|规则"
)

Rows = list[tuple[Shelf, Places]]
"""Documents as rows of their parts."""


def document_meant(text: str, holdings: Holdings) -> str | None:
    """The document that folded `text` names.

    It shares the longest stretch with the text, and no other document does; of several documents
    those of the region that is named, and one that is not held only if none of them is.
    """
    key = title_key(text)
    stretches = _longest_shared(key, holdings)
    if not stretches:
        return None
    # A document goes by the first of its stretches; the one that the first document goes by counts.
    meant: Rows = []
    first, alone = "", False
    before: dict[Shelf, Places] = {}
    for stretch in stretches:
        holders = _holders(stretch, holdings)
        own = [(s, np.setdiff1d(rows, before[s]) if s in before else rows) for s, rows in holders]
        own = [(shelf, rows) for shelf, rows in own if len(rows)]
        if own and (not first or _first(own) < first):
            meant, first = own, _first(own)
            alone = sum(len(rows) for _, rows in own) == sum(len(rows) for _, rows in holders)
        for shelf, rows in holders:
            before[shelf] = np.union1d(before[shelf], rows) if shelf in before else rows
    if not alone:
        return None
    if _count(meant) > 1:
        meant = _of_region(meant, key) or meant
    if _count(meant) > 1 and any(shelf.catalogue.held[rows].any() for shelf, rows in meant):
        return None
    return _first(meant)


def _longest_shared(key: str, holdings: Holdings) -> list[str]:
    """The longest stretches of `key` in any title, in their order; none below the least length."""
    length, found = MIN_TITLE_OVERLAP, dict[str, None]()
    start = 0
    while start + length <= len(key):
        for shelf in holdings.shelves:
            names = shelf.catalogue.titles
            places = _counting(shelf, names.places(key[start : start + length]))
            while len(places):
                found[key[start : start + length]] = None
                if start + length == len(key):
                    break
                places = places[names.codes[places + length] == ord(key[start + length])]
                if len(places):
                    length, found = length + 1, {}
        start += 1
    return list(found)


def _counting(shelf: Shelf, places: Places) -> Places:
    rows = np.searchsorted(shelf.catalogue.titles.ends, places)
    return places[np.isin(rows, shelf.counting(rows))] if len(places) else places


def _holders(stretch: str, holdings: Holdings) -> Rows:
    found = []
    for shelf in holdings.shelves:
        names = shelf.catalogue.titles
        rows = shelf.counting(names.rows(names.places(stretch)))
        if len(rows):
            found.append((shelf, rows))
    return found


def _count(documents: Rows) -> int:
    return sum(len(rows) for _, rows in documents)


def _first(documents: Rows) -> str:
    return min(shelf.catalogue.ids[int(rows[0])] for shelf, rows in documents)


def _of_region(documents: Rows, key: str) -> Rows:
    """Those of the documents whose region is named."""
    found = []
    for shelf, rows in documents:
        one = shelf.catalogue
        named = [
            any(re.search(n, key) for n in _region_names(str(region))) for region in one.regions
        ]
        near = rows[np.array(named, bool)[one.region_of[rows]]]
        if len(near):
            found.append((shelf, near))
    return found


def _region_names(region: str) -> list[str]:
    """Patterns for the last area of a region: 甲市乙区 is meant by 乙区, 乙, 区里 and 全区."""
    last = re.findall("[^省市区县]+[省市区县]", fold_text(region))[-1:]
    named = [n for area in last for n in (area, area[:-1]) if len(n) > 1]
    levels = [n for area in last for n in (f"{area[-1]}里", f"{area[-1]}级", f"[全本]{area[-1]}")]
    return [*map(re.escape, named), *levels]


def names_title(question: str, title: str) -> bool:
    """Whether the run of code points that both share says the kind of document or most of it.

    >>> names_title("绿色出行行动方案的文号是什么?", "甲区2031年绿色出行行动方案")
    True
    >>> names_title("受疫情影响的企业怎么还贷?", "对受疫情影响的企业延长亏损结转年限")
    False
    """
    asked, printed = title_key(fold_text(question)), title_key(fold_text(title))
    if not printed:
        return False
    shared = SequenceMatcher(None, asked, printed, autojunk=False).find_longest_match()
    words = asked[shared.a : shared.a + shared.size]
    return _KIND.search(words) is not None or len(words) >= MOST * len(printed)
