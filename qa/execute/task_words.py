"""The words of a task: which part of a clause a duty is about, and whether a list gives it."""

from collections.abc import Sequence

from ingest.items import parts
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import trim
from qa.draft import ClauseKey
from qa.retrieval.corpus import Corpus

LIST = pattern(
    r"[（(\[［【](?![一二三四五六七八九十\d]{1,3}[）)])|[^，,。；;：:]{0,12}(?:单位|部门|主体|机构|科室|分工)[：:]"
)
"""How a list of units begins; a sentence that says a duty does not."""


def listed(corpus: Corpus, facts: Sequence[Fact]) -> bool:
    """Whether units are named in a list (a bracket, a cell, a line) and not in a sentence."""
    fact = facts[0]
    if not fact.role:
        return False
    clause = corpus.clause((fact.document_id, fact.clause))
    if clause.kind == "行":
        return True
    return LIST.match(fact.group.of(corpus.text(fact.document_id))) is not None


def said(corpus: Corpus, key: ClauseKey, facts: Sequence[Fact]) -> tuple[Span, ...]:
    """The words of a task: those up to its list of units, or the sentences, with their items."""
    text, clause = corpus.text(key[0]), corpus.clause(key)
    if not facts:
        return (trim(text, clause.span),)
    if listed(corpus, facts):
        return (_up_to_list(corpus, key, facts[0].group),)
    found: list[Span] = []
    for group in dict.fromkeys(fact.group for fact in facts):
        if clause.heading_span.covers(group) and len(clause.heading) < len(clause.body):
            return (
                trim(text, Span(clause.body.start, clause.span.end)),
            )  # its heading is the unit
        whole = _with_items(text, clause, group)
        if found and not text[found[-1].end : whole.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, whole.end))
        elif not any(other.covers(whole) for other in found):
            found.append(whole)
    return tuple(found)


def _up_to_list(corpus: Corpus, key: ClauseKey, group: Span) -> Span:
    """The words from the heading, or the list of units before, to the end of this list."""
    text, clause = corpus.text(key[0]), corpus.clause(key)
    if clause.kind == "行":
        return trim(text, clause.span)
    start = min(clause.heading_span.end - len(clause.heading), clause.body.start)
    groups = {fact.group.end for fact in corpus.duties.get(key, [])}
    start = max([start, *(end for end in groups if end <= group.start)])
    while start < group.start and text[start] in "。；;，,":
        start += 1
    span = trim(text, Span(min(start, group.start), group.start))
    return Span(span.start, group.end) if len(span) > 3 else trim(text, clause.span)


def _with_items(text: str, clause: Clause, sentence: Span) -> Span:
    """A sentence that opens a list with the items below it."""
    if not sentence.of(text).rstrip().endswith(("：", ":")):
        return sentence
    below = [p.span.end for p in parts(text, clause) if p.kind == "款" and p.span.covers(sentence)]
    return trim(text, Span(sentence.start, max([sentence.end, *below])))
