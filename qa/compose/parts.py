"""What a chapter, a section or a group of tasks is made of: its parts, counted and listed.

The question must speak of parts (几个小节, 多少项任务, 哪几条); `qa.chapters` tells which chapter.
"""

from qa.chapters import asks_for_parts, chapter_meant
from qa.compose.context import Context
from qa.compose.listing import parts_of
from qa.draft import Draft


def compose_parts(context: Context) -> Draft | None:
    """The parts of the chapter that a question names; None if it asks for no parts."""
    asked = context.asked
    task = asked.bound is not None and asked.label.isdecimal()
    if task or asked.units or not asks_for_parts(asked.text):
        return None
<<<<<<< HEAD
    found = chapter_meant(context.corpus, context.only_document, asked.text)
    return parts_of(context, found) if found is not None else None
=======
    numbered = numbered_part(context, text)
    if numbered is not None:
        return parts_of(context, numbered)
    if not _POINTED.search(text) and "清单" not in text:
        return None
    named = part_named(context, text)
    return parts_of(context, named) if named is not None else None


def chapter_meant(context: Context, text: str) -> ClauseKey | None:
    """The chapter that folded words name by its number, or by its heading where they point."""
    numbered = _numbered(context, text)
    if numbered is not None or not _POINTED.search(text):
        return numbered
    return _named(context, text)


def _groups(context: Context) -> list[ClauseKey]:
    """The clauses of the documents in question that have parts with headings."""
    document = context.only_document
    if document is None:
        return []
    return [
        (document, clause.ordinal)
        for clause in context.corpus.clauses(document)
        if clause.ordinal
        and clause.heading
        and sum(bool(c.heading) for c in context.corpus.children((document, clause.ordinal))) > 1
    ]


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


def part_named(context: Context, text: str) -> ClauseKey | None:
    """The chapter whose heading the words of the question cover best, the shortest of several."""
    printed = [(len(h), k) for k in _groups(context) if (h := folded(context.clause(k).heading))]
    verbatim = [(n, k) for n, k in printed if folded(context.clause(k).heading) in folded(text)]
    if verbatim:
        return max(verbatim)[1]
    words = _REST.sub(" ", _ASKED.sub(" ", _POINTED.sub(" ", text)))
    words = re.sub(r"[\s?？,，。、“”\"']+", " ", words).strip()
    if len(words) < 2:
        return None
    frequencies, importance = context.corpus.frequencies, context.corpus.importance
    asked = topic(words, frequencies, importance)
    rows = [
        (
            coverage(asked, folded(context.clause(key).heading)),
            -len(context.clause(key).heading),
            key,
        )
        for key in _groups(context)
    ]
    best = max(rows, default=None)
    return best[2] if best is not None and best[0] >= LEAST else None
>>>>>>> compare
