"""Statements as Markdown with markers, and the citations that they stand on."""

from qa.answer import Citation
from qa.draft import Draft, Quote
from qa.retrieval.corpus import Corpus


def render(draft: Draft, corpus: Corpus) -> tuple[str, tuple[Citation, ...]]:
    """The answer's Markdown with markers, and the citations in order of their markers."""
    markers: dict[tuple[object, object], int] = {}
    quotes: list[Quote] = []
    parts = []
    for statement in draft.statements:
        marks = ""
        for quote in statement.quotes:
            place = (quote.clause, quote.span)
            if place not in markers:
                markers[place] = len(markers) + 1
                quotes.append(quote)
            marks += f"[{markers[place]}]"
        parts.append(f"{statement.lead}{statement.text}{marks}")
    citations = tuple(_citation(quote, n, corpus) for n, quote in enumerate(quotes, start=1))
    return "".join(parts).strip(), citations


def _citation(quote: Quote, marker: int, corpus: Corpus) -> Citation:
    document = corpus.document(quote.clause[0])
    clause = corpus.clause(quote.clause)
    return Citation(
        marker=marker,
        document_id=document.id,
        document_title=document.title,
        document_number=document.info.number,
        clause=clause.label,
        clause_path=clause.path,
        heading_path=clause.heading_path,
        quote=quote.span.of(document.text),
        start=quote.span.start,
        end=quote.span.end,
        page=document.info.page(quote.span.start),
        source=document.info.source,
        highlights=tuple(
            (one.start, one.end) for one in quote.highlights if quote.span.covers(one)
        ),
    )
