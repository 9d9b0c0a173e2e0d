"""Question facts: the questions of a page of questions and answers, each with its whole answer."""

from collections.abc import Sequence

from ingest.schema import Clause, Fact, Span
from ingest.sentences import trim


def question_facts(text: str, clauses: Sequence[Clause]) -> list[Fact]:
    """The questions that are answered, in reading order; one without an answer is none."""
    found: list[Fact] = []
    for clause in clauses:
        if clause.kind == "问" and clause.heading:
            start = min(max(clause.body.start, clause.heading_span.end), clause.span.end)
            answer = trim(text, Span(start, clause.span.end))
            if len(answer):
                found.append(
                    Fact(
                        *("question", clause.document_id, clause.ordinal, answer, clause.span),
                        what=clause.heading,
                    )
                )
    return found
