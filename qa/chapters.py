"""Chapters, sections and groups of tasks by what a question calls them.

A chapter is told by its number (第二部分(四), 第一组), by its heading or by words of it
(数字经济那一节).
"""

import re

from ingest.characters import CHINESE_NUMBER, chinese_number
from qa.concepts import coverage, folded, topic
from qa.corpus import ClauseKey, Corpus

_SECTION = "章|节|部分|板块|一?块(?!钱|儿?地)|组|大类|篇|领域|方面|大项"
_ORDINAL = re.compile(
    rf"第(?P<n>{CHINESE_NUMBER}|\d{{1,2}})个?(?:大)?(?P<kind>章|部分|板块|块|组|大类|篇|方面|大项)"
)
_PART = "(?:大)?(?:章|部分|板块|块|组|大类|篇|方面|大项)"
_LAST = re.compile(f"(?:最后|末尾|末|最末)(?:面)?的?[那这一]*个?{_PART}")
_FIRST = re.compile(f"(?:头|最前面的?|打头的?)[那一]*个?{_PART}")
_NESTED = re.compile(
    rf"第(?P<n>{CHINESE_NUMBER}|\d{{1,2}})个?[大小]?(?:部分|板块|块|组|节|方面|领域)"
)
"""第二部分第五块: the section in the part that is named right before it."""
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
HEADED = 0.9
"""Coverage of words by a heading from which the heading is what was named."""
MAX_COMMON = 6
"""Longest heading, in code points, whose words may stand in a question for something else: 重点任务
may be those of another chapter that it names."""
MAX_TITLE = 30
"""Longest sentence that is the title of the parts below it, in code points."""
LEAST = 0.6
"""Least coverage of the words by a heading that is to be the one meant."""


def chapter_meant(corpus: Corpus, document: str | None, text: str) -> ClauseKey | None:
    """The chapter with parts that a folded question means; None if it names none."""
    numbered = chapter_numbered(corpus, document, text)
    if numbered is not None:
        return numbered
    if not _POINTED.search(text) and "清单" not in text:
        return None
    return chapter_named(corpus, document, text)


def chapter_headed(corpus: Corpus, document: str, words: str) -> ClauseKey | None:
    """The chapter with parts whose heading says all of these words, the shortest of several."""
    asked = topic(words, corpus.frequencies, corpus.importance)
    found = [
        (len(heading), key)
        for key in _groups(corpus, document)
        if coverage(asked, folded(heading := corpus.clause(key).heading)) >= HEADED
    ]
    return min(found)[1] if found else None


def chapters_of_chapters(corpus: Corpus, document: str | None) -> list[ClauseKey]:
    """The clauses of a document that stand above chapters, those at the top first."""
    groups = _groups(corpus, document)
    return [key for key in groups if _has_groups(corpus, key, groups)]


def names_chapter(text: str) -> bool:
    """Whether folded words give the number of a chapter, whether there is one or not."""
    return _ORDINAL.search(text) is not None


def asks_for_parts(text: str) -> bool:
    """Whether a folded question asks what something is made of (几个小节, 哪几条任务)."""
    return _ASKED.search(text) is not None


def _groups(corpus: Corpus, document: str | None) -> list[ClauseKey]:
    """The clauses of a document that have parts with headings."""
    if document is None:
        return []
    return [
        (document, clause.ordinal)
        for clause in corpus.clauses(document)
        if clause.ordinal
        and sum(bool(c.heading) for c in corpus.children((document, clause.ordinal))) > 1
    ]


def chapter_numbered(corpus: Corpus, document: str | None, text: str) -> ClauseKey | None:
    """The chapter that folded words give the number of, and the section within it."""
    groups = _groups(corpus, document)
    match, inner = _ORDINAL.search(text), _INNER.search(text)
    nested = _NESTED.match(text, match.end() + (text[match.end() :][:1] == "的")) if match else None
    found: ClauseKey | None = None
    if match is not None:
        number = chinese_number(match["n"])
        top = [k for k in groups if corpus.clause(k).parent == 0]
        leaves = [k for k in groups if not _has_groups(corpus, k, groups)]
        level = top if nested or match["kind"] in ("章", "部分", "篇") else leaves
        found = _of_number(corpus, level, number)
    if nested is not None:
        below = [k for k in groups if found is not None and corpus.clause(k).parent == found[1]]
        return _of_number(corpus, below, chinese_number(nested["n"]))
    if inner is not None:
        number = chinese_number(inner["n"])
        below = [k for k in groups if found is None or corpus.clause(k).parent == found[1]]
        found = _of_number(corpus, [k for k in below if corpus.clause(k).kind == "(一)"], number)
    return found


def chapter_counted(text: str, row: list[ClauseKey], corpus: Corpus) -> ClauseKey | None:
    """The chapter of a listed row that a folded question names by its place (第三块是什么)."""
    match = _ORDINAL.search(text)
    if not all(corpus.children(key) for key in row):
        return None
    if match is None:
        last, first = _LAST.search(text), _FIRST.search(text)
        return (row[-1] if last else row[0] if first else None) if row else None
    number = chinese_number(match["n"]) or 0
    return row[number - 1] if 0 < number <= len(row) else None


def _has_groups(corpus: Corpus, key: ClauseKey, groups: list[ClauseKey]) -> bool:
    return any(corpus.clause(k).parent == key[1] for k in groups)


def _of_number(corpus: Corpus, keys: list[ClauseKey], number: int | None) -> ClauseKey | None:
    labels = [re.sub("[()（）、第章节条.]", "", corpus.clause(key).label) for key in keys]
    matching = [k for k, label in zip(keys, labels, strict=True) if chinese_number(label) == number]
    return matching[0] if len(matching) == 1 else None


def _title(corpus: Corpus, key: ClauseKey) -> str:
    """What a chapter is called, folded: its heading, or the one short sentence in its place."""
    clause = corpus.clause(key)
    if clause.heading or not 0 < len(clause.body) <= MAX_TITLE:
        return folded(clause.heading)
    return folded(clause.body.of(corpus.text(key[0]))).strip("。.")


def chapter_named(corpus: Corpus, document: str | None, text: str) -> ClauseKey | None:
    """The chapter whose heading folded words cover best, the shortest of several."""
    groups = _groups(corpus, document)
    headings = [(_title(corpus, key), key) for key in groups]
    verbatim = max(((len(h), key) for h, key in headings if h and h in folded(text)), default=None)
    if verbatim is not None and verbatim[0] > MAX_COMMON:
        return verbatim[1]
    words = _REST.sub(" ", _ASKED.sub(" ", _POINTED.sub(" ", text)))
    words = re.sub(r"[\s?？,，。、“”\"']+", " ", words).strip()
    if len(words) < 2:
        return verbatim[1] if verbatim else None
    frequencies, importance = corpus.frequencies, corpus.importance
    asked = topic(words, frequencies, importance)
    rows = [(coverage(asked, heading), -len(heading), key) for heading, key in headings if heading]
    best = max(rows, default=None)
    if best is not None and best[0] >= LEAST:
        return best[2]
    return verbatim[1] if verbatim else None
