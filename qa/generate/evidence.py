"""What a language model is given to write from: pieces of the documents under handles.

The pieces are the sentences of the provisions that the extractive answer prints, without headings
and lists of units, which a model could only cut short; their number and length are bounded.
Handles count for one request only, so that none can be known beforehand.
"""

from dataclasses import dataclass

from ingest.schema import Span
from ingest.sentences import sentences
from qa.draft import ClauseKey, Draft, Quote, Statement
from qa.execute.result import Evidence, Result
from qa.question.orders import speaks_to_machine
from qa.retrieval.corpus import Corpus
from qa.verify.claims import plain

PIECES, CHARACTERS, LONGEST = 12, 2400, 320
"""Most pieces, most characters of all of them, most of one; as many as a short answer can use."""


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


def parts_to_write(result: Result, draft: Draft) -> Parts | None:
    """The draft in parts, or None where it stays whole.

    Only provisions are written anew: a refusal is never handed to a model, nor is a counted list
    or a fact about the document, which a model could only make incomplete.  Answers in English
    stay too: a translation can't be compared with the text word by word.  The direct line above
    the provisions stays.
    """
    found = result.found
    if not isinstance(found, Evidence) or result.plan.english or result.further:
        return None
    spans = {(p.key, p.span) for p in found.provisions}
    body = [
        s
        for s in draft.statements
        if any((q.clause, q.span) in spans for q in s.quotes) and not s.computed
    ]
    if not body:
        return None
    first = draft.statements.index(body[0])
    rest = [s for s in draft.statements if s not in body]
    before = tuple(s for s in rest if draft.statements.index(s) < first)
    return Parts(before, tuple(s for s in rest if s not in before), tuple(body))


def pieces(corpus: Corpus, parts: Parts) -> tuple[Piece, ...]:
    """The evidence, best first, within the bounds above."""
    wanted: list[tuple[ClauseKey, Span]] = []
    for statement in parts.replaced:
        for quote in statement.quotes:
            text = corpus.text(quote.clause[0])
            head = corpus.clause(quote.clause).heading_span  # stands beside each piece
            lists = [f.group for f in corpus.duties.get(quote.clause) or () if f.role]
            wanted += [
                (quote.clause, span)
                for span in sentences(text, quote.span)
                if not any(one.covers(span) for one in lists)
                and (not len(head) or span.end > head.end + 1)
            ]
    found: list[Piece] = []
    room = CHARACTERS
    for key, span in dict.fromkeys(wanted):
        words = span.of(corpus.text(key[0]))
        if len(found) == PIECES or len(words) > room:
            break
        if len(words) > LONGEST or speaks_to_machine(plain(words)):
            continue
        room -= len(words)
        path = (f"《{corpus.infos[key[0]].title}》", *corpus.clause(key).heading_path)
        found.append(Piece(f"E{len(found) + 1}", " › ".join(path), Quote(key, span), words))
    return tuple(found)
