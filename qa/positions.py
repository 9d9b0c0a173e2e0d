"""Clauses by their place in a row: 最后一项, 倒数第二条, and 第二个 of what was listed.

What a turn listed is worked out from its question: a unit's tasks, or the parts of a chapter.
"""

import re

from ingest.characters import chinese_number
from qa.chapters import asks_for_parts, chapter_headed, chapter_meant
from qa.corpus import ClauseKey, Corpus
from qa.scaffold import Scaffold

_IN_ROW = re.compile(
    "其中|按(?:照)?顺序|里|当中|上面|上述|(?:这|那)[几些]|第[^,，]{1,3}[个件]|(?:它|他)们|头一?[条项个]|首[条项]"
)
"""Words that say that a number counts what was listed, and is none of the document's own."""
_LISTS = ("list", "tasks_on", "unit_tasks", "metadata", "describe", "target")


def listed(asked: Scaffold, corpus: Corpus) -> list[ClauseKey]:
    """The clauses that the answer to a question lists, in order; none if it lists no clauses."""
    if asked.intent == "unit_tasks" and asked.units:
        if asked.topic or not all(m.printed for m in asked.units):
            return []
        rows = [set(corpus.tasks_of(m.printed)) for m in asked.units]
        return sorted(set.intersection(*rows))
    if asked.bound is not None and asked.intent in ("clause", "list"):
        below = [c for c in corpus.children(asked.bound) if c.heading]
        if len(below) > 1:
            return [(asked.bound[0], c.ordinal) for c in below]
    document = _only(corpus)
    if document is None or asked.label or asked.units or asked.intent not in _LISTS:
        return []
    chapter = chapter_meant(corpus, document, asked.text) if asks_for_parts(asked.text) else None
    if chapter is None and asked.topic and asked.intent in ("list", "tasks_on", "target"):
        chapter = chapter_headed(corpus, document, asked.topic)
    if chapter is None:
        return []
    return [(document, c.ordinal) for c in corpus.children(chapter) if c.heading]


def in_row(now: Scaffold, row: list[ClauseKey], corpus: Corpus) -> ClauseKey | None:
    """The clause of a row that a question names by its place there.

    A number that is also printed at a clause of the row is that clause's, unless the question says
    that it counts.
    """
    number = chinese_number(re.sub("[-第条项]", "", now.label))
    if not number or number > len(row):
        return None
    if now.label.startswith("-"):
        return row[-number]
    labels = {re.sub("[第条]", "", corpus.clause(key).label): key for key in row}
    if str(number) in labels and not _IN_ROW.search(now.text):
        return labels[str(number)]
    return row[number - 1]


def from_end(label: str, corpus: Corpus) -> ClauseKey | None:
    """The task of the only document that a label counts from the end ("-1": the last one)."""
    document = _only(corpus)
    if document is None:
        return None
    row = sorted(corpus.duties.of(document))
    row = row or [(document, c.ordinal) for c in corpus.clauses(document) if c.label]
    return row[int(label)] if -int(label) <= len(row) else None


def _only(corpus: Corpus) -> str | None:
    return corpus.held[0].id if len(corpus.held) == 1 else None
