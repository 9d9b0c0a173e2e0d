"""One draft for what was found, whatever it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qa.draft import PARAGRAPH, Draft, Statement
from qa.execute.result import (
    About,
    Comparison,
    Evidence,
    Figures,
    Groups,
    Missing,
    Outline,
    Result,
    Tasks,
)
from qa.retrieval.corpus import Corpus
from qa.tell import about, comparison, outline, provisions, refusal, rows, standing

_TELLERS: dict[type, Callable[[Corpus, Result, Any], Draft]] = {
    Evidence: provisions.tell,
    Tasks: rows.tasks,
    Groups: rows.groups,
    Outline: outline.tell,
    Figures: rows.figures,
    About: about.tell,
    Comparison: comparison.tell,
    Missing: refusal.tell,
}


def told(corpus: Corpus, result: Result) -> Draft:
    """The draft for a result, and for those of what else the question asks."""
    draft = _one(corpus, result)
    first, last = standing.around(corpus, result)
    draft = replace(draft, statements=standing.joined(first, draft.statements, last))
    for other in result.further:
        draft = _joined(draft, _one(corpus, other))
    return draft


def _one(corpus: Corpus, result: Result) -> Draft:
    found = result.found
    return _TELLERS[type(found)](corpus, result, found)


def _joined(one: Draft, other: Draft) -> Draft:
    """Two answers as one; what is said twice only once.  `answered` only if both are."""
    said = {(s.text, s.quotes) for s in one.statements}
    new: list[Statement] = []
    for statement in other.statements:
        if (statement.text, statement.quotes) not in said:
            lead = statement.lead or PARAGRAPH
            new.append(replace(statement, lead=lead))
    statuses = {one.status, other.status}
    if len(statuses) == 1:
        status = one.status
    else:
        status = "partial" if statuses & {"answered", "partial"} else one.status
    suggestions = tuple(dict.fromkeys((*one.suggestions, *other.suggestions)))[:3]
    return Draft(status, (*one.statements, *new), suggestions)
