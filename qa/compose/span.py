"""The exact words that answer a free question: where they are looked for, how they are quoted."""

from ingest.schema import Span
from ingest.sentences import sentences
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import Draft, Quote, clause_at
from qa.evidence import without_trailing_comma
from qa.reading import Run
from qa.reading_regions import regions

MAX_TEXT = 8_000
"""Longest text, in code points, that is read as a whole."""
AROUND = 1_500
"""How far before and after the found passages a longer text is read, in code points."""


OVERLAP = 0.75
"""Share of the reader's words that a list or a figure must quote to answer in their place."""


def read_span(context: Context, key: ClauseKey) -> Run | None:
    """What the reader takes as the answer; None if there is no text or none is to be read.

    It looks through the document of a clause, since the best passage may only lead to the answer.
    Not so in a plan, whose tasks have responsible units: facts and the best sentences of a task
    answer there; nor where the question names the clause.
    """
    asked = context.asked
    named = asked.label or asked.bound is not None or not asked.topic
    if asked.english or named or is_plan(context, key):
        return None
    text = context.text(key)
    where = regions(text, context.corpus.clauses(key[0]), (), _around(context, key))
    return context.reader().read(text, where, asked.text, context.corpus.frequencies)


def is_plan(context: Context, key: ClauseKey) -> bool:
    """Whether a clause belongs to a document whose clauses have responsible units."""
    return any(
        context.duties((key[0], clause.ordinal)) for clause in context.corpus.clauses(key[0])
    )


def elsewhere(draft: Draft, key: ClauseKey, run: Run | None) -> bool:
    """Whether a draft quotes less than `OVERLAP` of what the reader takes as the answer."""
    if run is None:
        return False
    quoted = {
        place
        for statement in draft.statements
        for quote in statement.quotes
        if quote.clause[0] == key[0]
        for place in range(max(quote.span.start, run.span.start), min(quote.span.end, run.span.end))
    }
    return len(quoted) < max(1, OVERLAP * len(run.span))


def clause_of(context: Context, key: ClauseKey, run: Run) -> ClauseKey:
    """The clause that a run stands in."""
    return key[0], clause_at(context.corpus, key[0], run.span).ordinal


def quoted(context: Context, place: ClauseKey, run: Run) -> tuple[str, Quote]:
    """The words of a run in its clause, with … for what was left out of its sentences."""
    text = context.text(place)
    clause = context.clause(place)
    edges = [s for part in (clause.heading_span, clause.body) for s in sentences(text, part)]
    begins = any(s.start == run.span.start for s in edges)
    ends = any(s.end == run.span.end for s in edges)
    span = run.span if ends else without_trailing_comma(text, run.span)
    words = span.of(text)
    shown = ("" if begins else "……") + (words if ends else words.rstrip("。") + "……")
    return shown, Quote(place, span)


def _around(context: Context, key: ClauseKey) -> list[Span]:
    """The parts of the document that are worth reading, in reading order, apart."""
    text = context.text(key)
    if len(text) <= MAX_TEXT:
        return [Span(0, len(text))]
    spans = [
        stored.passage.span
        for ranked in context.ranking.clauses[:3]
        if ranked.key[0] == key[0]
        for stored in ranked.passages[:2]
    ] or [context.clause(key).span]
    found: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found
