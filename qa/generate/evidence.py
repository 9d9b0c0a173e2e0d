"""What a language model is given to write from: pieces of the documents under handles.

The pieces are those that the extractive answer quotes, the other sentences of its clauses, and the
best sentence of the next clauses; their number and length are bounded.  Handles count for one
request only, so that none can be known beforehand.
"""

from dataclasses import dataclass

from ingest.schema import Span
from ingest.sentences import sentences
from qa.verify.claims import plain
from qa.compose.context import Context
from qa.retrieval.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement
from qa.verify.entailment import speaks_to_machine
from qa.understood import Intent
from qa.words.wording import say

PIECES, CHARACTERS, LONGEST = 12, 2400, 320
"""Most pieces, most characters of all of them, most of one; as many as a short answer can use."""

OTHERS, NEAR = 2, 0.7
"""Further clauses that give a sentence each, and the share of the best score that they reach."""

WRITTEN: frozenset[Intent] = frozenset({"responsible", "check", "target", "clause", "describe"})
"""Questions whose answers are sentences; lists and counts stay as facts give them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A place under a handle of this request, with the headings that it stands under."""

    handle: str
    heading: str
    quote: Quote
    words: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A draft taken apart: what stays as it is, before and after what a model may write anew."""

    before: tuple[Statement, ...]
    after: tuple[Statement, ...]
    replaced: tuple[Statement, ...]


def parts_to_write(context: Context, draft: Draft) -> Parts | None:
    """The draft in parts, or None where it stays whole.

    A refusal is never handed to a model, nor is a counted list, a verdict, or a fact about the
    document: a model could only make them incomplete.  Answers in English stay too: a translation
    can't be compared with the text word by word.  The list of responsible units stays beside what
    a model writes.
    """
    if context.asked.english or context.asked.intent not in WRITTEN:
        return None
    if any(s.sums_up or s.lead == ITEM for s in draft.statements):
        return None
    own = [s for s in draft.statements if not s.quotes]
    hedge = say(context.asked.script, "hedge")
    unsure = draft.status == "partial" and [s.text for s in own] == [hedge]
    if draft.status != "answered" and not unsure:
        return None
    quoted = [i for i, s in enumerate(draft.statements) if _describes(context, s)]
    if not quoted:
        return None
    first = quoted[0]
    rest = [i for i in range(len(draft.statements)) if i not in quoted]
    return Parts(
        tuple(draft.statements[i] for i in rest if i < first),
        tuple(draft.statements[i] for i in rest if i > first),
        tuple(draft.statements[i] for i in quoted),
    )


def _describes(context: Context, statement: Statement) -> bool:
    """Whether a statement quotes what a text says, and is no list of units."""
    if not statement.quotes or statement.computed:
        return False
    groups = {
        Quote((f.document_id, f.clause), f.group)
        for quote in statement.quotes
        for f in context.duties(quote.clause)
    }
    return not all(quote in groups for quote in statement.quotes)


def pieces(context: Context, parts: Parts) -> tuple[Piece, ...]:
    """The evidence, best first, within the bounds above."""
    quoted = [quote for statement in parts.replaced for quote in statement.quotes]
    wanted = [(q.clause, _whole(context, q)) for q in quoted]
    for key in dict.fromkeys(q.clause for q in quoted):
        wanted += [(key, span) for span in context.sentences(key)]
    ranked = context.ranking.clauses
    own = {q.clause for q in quoted}
    near = [r.key for r in ranked if r.key not in own and r.score >= NEAR * ranked[0].score]
    for key in near[:OTHERS] if context.asked.bound is None else ():
        wanted += [(key, e.span) for e in context.evidence(key)[:1]]
    found: list[Piece] = []
    room = CHARACTERS
    for key, span in dict.fromkeys(wanted):
        words = span.of(context.text(key))
        if len(found) == PIECES or len(words) > room:
            break
        inside = any(p.quote.clause == key and p.quote.span.covers(span) for p in found)
        if inside or len(words) > LONGEST or speaks_to_machine(plain(words)):
            continue
        room -= len(words)
        found.append(Piece(f"E{len(found) + 1}", _heading(context, key), Quote(key, span), words))
    return tuple(found)


def _whole(context: Context, quote: Quote) -> Span:
    """The sentence around a quotation, or the quotation where that is too long or not one."""
    text, clause = context.text(quote.clause), context.clause(quote.clause)
    for span in sentences(text, clause.span):
        if span.covers(quote.span) and len(span) <= LONGEST:
            for group in {fact.group for fact in context.duties(quote.clause)}:
                if span.start < group.start < span.end:
                    span = Span(span.start, group.start)
            return span if span.covers(quote.span) else quote.span
    return quote.span


def _heading(context: Context, key: ClauseKey) -> str:
    title = context.corpus.infos[key[0]].title
    return " › ".join([f"《{title}》", *context.clause(key).heading_path])
