"""The plain baseline: the best clauses whole, in the order of retrieval, and nothing else.

It never refuses and picks no words, so whatever an answering program adds has to beat it.  It fails
every unanswerable question by construction.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from index.folding import fold_text
from ingest.schema import Clause, Span
from qa.answer import Answer, Citation, Request

if TYPE_CHECKING:
    from index.encoder import Encoder
    from qa.retrieval.corpus import Corpus

CHARACTERS = 400
"""Code points of all clauses together; the first is given anyhow, cut there if it is longer."""

TextOf = Callable[[str], str]


def plain_over(corpus: "Corpus", encoder: "Encoder") -> Callable[[Request], Answer]:
    """Answers from a corpus by its ranking alone; earlier questions are put before the question."""
    from qa.retrieval.concepts import topic
    from qa.retrieval.ranking import rank

    def ask(request: Request) -> Answer:
        asked = " ".join([*(turn.question for turn in request.history), request.question])
        about = topic(fold_text(asked), corpus.frequencies, corpus.importance)
        ranking = rank(about, corpus, encoder)
        clauses = (corpus.clause(ranked.key) for ranked in ranking.clauses)
        return plain_answer(clauses, lambda one: corpus.document(one).text)

    return ask


def plain_answer(clauses: Iterable[Clause], text_of: TextOf) -> Answer:
    """The first clause, then each that still fits into `CHARACTERS`.

    Passed over are those that do not fit, and those that are part of one before or hold it.  (To
    end at the first that does not fit is right for 2.5 points fewer of the worked questions.)
    """
    taken: list[tuple[Clause, Span]] = []
    left = CHARACTERS
    for clause in clauses:
        span = whole(clause, text_of(clause.document_id))
        if not len(span) or any(_meet(clause.document_id, span, *one) for one in taken):
            continue
        if not taken:
            span = Span(span.start, min(span.end, span.start + CHARACTERS))
        if len(span) <= left:
            taken.append((clause, span))
            left -= len(span)
    citations = tuple(
        _citation(clause, span, text_of(clause.document_id), marker)
        for marker, (clause, span) in enumerate(taken, start=1)
    )
    lines = [f"{citation.quote}[{citation.marker}]" for citation in citations]
    return Answer("answered", "\n\n".join(lines), citations)


def whole(clause: Clause, text: str) -> Span:
    """All of a clause with what stands below it where that is short enough, else its own words."""
    if len(clause.span) <= CHARACTERS:
        return _trimmed(clause.span, text)
    own = Span(clause.heading_span.start, max(clause.body.end, clause.heading_span.end))
    return _trimmed(own, text)


def _trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _meet(document_id: str, span: Span, other: Clause, place: Span) -> bool:
    same = document_id == other.document_id
    return same and span.start < place.end and place.start < span.end


def _citation(clause: Clause, span: Span, text: str, marker: int) -> Citation:
    return Citation(
        marker=marker,
        document_id=clause.document_id,
        document_title="",
        document_number="",
        clause=clause.label,
        clause_path=clause.path,
        heading_path=clause.heading_path,
        quote=span.of(text),
        start=span.start,
        end=span.end,
        page=None,
        source="",
    )
