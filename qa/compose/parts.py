"""What a chapter, a section or a group of tasks is made of: its parts, counted and listed.

The chapter is told by its number (第二部分(四), 第一组), by its heading or by words of it
(数字经济那一节); the question must speak of parts (几个小节, 多少项任务, 哪几条).
"""

import re

from ingest.characters import CHINESE_NUMBER, chinese_number
from qa.compose.context import Context
from qa.compose.listing import parts_of
from qa.concepts import coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import Draft

_SECTION = "章|节|部分|板块|一?块(?!钱|儿?地)|组|大类|篇|领域|方面|大项"
_ORDINAL = re.compile(
    rf"第(?P<n>{CHINESE_NUMBER}|\d{{1,2}})个?(?:大)?(?P<kind>章|部分|板块|块|组|大类|篇|方面|大项)"
)
_INNER = re.compile(rf"[(（](?P<n>{CHINESE_NUMBER})[)）]")
_POINTED = re.compile(
    rf"(?:这|那|该)(?:一)?(?:{_SECTION})|底下|下面|(?:{_SECTION})(?:里|中|下|底下|内)?(?:面)?"
)
_ASKED = re.compile(
    r"(?:几|多少|哪几|哪些|哪[\d一二两三四五六七八九十]+)(?:个|大|条|项)?(?:重点|主要|具体|小)*"
    r"(?:小节|节|条|项|任务|工作|部分|方面|点|章|块|板块)|任务清单|任务列表|(?:标题|任务|名称)?(?:都|分别)?叫(?:啥|什么)|(?:包括|包含|有)(?:什么|啥|哪些)|(?:任务|标题).{0,6}(?:列|念|逐条)|几[条项]"
)
_REST = re.compile(
    r"(?:一共|总共|共|又|再|都|各|分别|包含|包括|含|有|分了?|分为|分成|列|这|那|该|一|里面?|中|下面|底下|的|了|是|第一|组|块|章|节|部分|小节|板块|任务|工作|项|条|标题|清单|念给我|叫啥|叫什么|哪几|哪些|几个?|多少)"
)
MAX_TITLE = 30
"""Longest sentence that is the title of the parts below it, in code points."""
LEAST = 0.6
"""Least coverage of the words by a heading that is to be the one meant."""


def compose_parts(context: Context) -> Draft | None:
    """The parts of the chapter that a question names; None if it asks for no parts."""
    text = context.asked.text
    task = context.asked.bound is not None and context.asked.label.isdecimal()
    if task or context.asked.units or not _ASKED.search(text):
        return None
    numbered = numbered_part(context, text)
    if numbered is not None:
        return parts_of(context, numbered)
    if not _POINTED.search(text) and "清单" not in text:
        return None
    named = part_named(context, text)
    return parts_of(context, named) if named is not None else None


def _groups(context: Context) -> list[ClauseKey]:
    """The clauses of the document in question that have parts with headings."""
    document = context.only_document
    if document is None:
        return []
    return [
        (document, clause.ordinal)
        for clause in context.corpus.clauses(document)
        if clause.ordinal
        and sum(bool(c.heading) for c in context.corpus.children((document, clause.ordinal))) > 1
    ]


def parts_above(context: Context) -> list[ClauseKey]:
    """The clauses of the document in question that stand above parts, those at the top first."""
    groups = _groups(context)
    return [key for key in groups if _has_groups(context, key, groups)]


def numbered_part(context: Context, text: str) -> ClauseKey | None:
    """The chapter that the question gives the number of, and the section within it."""
    match, inner = _ORDINAL.search(text), _INNER.search(text)
    groups = _groups(context)
    found: ClauseKey | None = None
    if match is not None:
        number = chinese_number(match["n"])
        top = [k for k in groups if context.clause(k).parent == 0]
        leaves = [k for k in groups if not _has_groups(context, k, groups)]
        level = top if match["kind"] in ("章", "部分", "篇") else leaves
        found = _of_number(context, level, number)
    if inner is not None:
        number = chinese_number(inner["n"])
        below = [k for k in groups if found is None or context.clause(k).parent == found[1]]
        found = _of_number(context, [k for k in below if context.clause(k).kind == "(一)"], number)
    return found


def _has_groups(context: Context, key: ClauseKey, groups: list[ClauseKey]) -> bool:
    return any(context.clause(k).parent == key[1] for k in groups)


def _of_number(context: Context, keys: list[ClauseKey], number: int | None) -> ClauseKey | None:
    labels = [re.sub("[()（）、第章节条.]", "", context.clause(key).label) for key in keys]
    matching = [k for k, label in zip(keys, labels, strict=True) if chinese_number(label) == number]
    return matching[0] if len(matching) == 1 else None


def _title(context: Context, key: ClauseKey) -> str:
    """What a part is called, folded: its heading, or the one short sentence that stands for it."""
    clause = context.clause(key)
    if clause.heading or not 0 < len(clause.body) <= MAX_TITLE:
        return folded(clause.heading)
    return folded(clause.body.of(context.text(key))).strip("。.")


def part_named(context: Context, text: str) -> ClauseKey | None:
    """The chapter whose heading the words of the question cover best, the shortest of several."""
    titles = [(_title(context, key), key) for key in _groups(context)]
    verbatim = [(len(title), key) for title, key in titles if title and title in folded(text)]
    if verbatim:
        return max(verbatim)[1]
    words = _REST.sub(" ", _ASKED.sub(" ", _POINTED.sub(" ", text)))
    words = re.sub(r"[\s?？,，。、“”\"']+", " ", words).strip()
    if len(words) < 2:
        return None
    frequencies, importance = context.corpus.frequencies, context.corpus.importance
    asked = topic(words, frequencies, importance)
    rows = [(coverage(asked, title), -len(title), key) for title, key in titles if title]
    best = max(rows, default=None)
    return best[2] if best is not None and best[0] >= LEAST else None
