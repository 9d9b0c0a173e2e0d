"""The sentence that tells what a term means, where a question asks for that.

本办法所称X，是指…; X即…; “X”（…）.  A preference among provisions: a question for a meaning is
answered by the clause that gives it, wherever search has put that clause.
"""

import re
from collections.abc import Iterator, Sequence

from index.folding import fold
from ingest.schema import Span
from ingest.sentences import sentences
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.words import tables


def definitions(corpus: Corpus, plan: Plan, documents: Sequence[str]) -> tuple[Provision, ...]:
    """The sentences of the first document that defines what is asked for, one for each term."""
    asked, together = plan.details.terms, plan.details.quoted
    for document in documents if asked else ():
        found: dict[Span, Provision] = {}
        for term in asked:
            one = next(_defining(corpus, document, term), None)
            if one is not None:
                found[one.span] = one
                if not together:
                    break
        if found:
            return tuple(found.values())
    return ()


def _defining(corpus: Corpus, document: str, term: str) -> Iterator[Provision]:
    """The sentences that define a term, the surest pattern first."""
    text = corpus.text(document)
    folded = fold(text)
    for pattern in tables.toml("question.toml")["definition"]["says"]:
        for match in re.finditer(pattern.replace("◆", re.escape(term)), folded.text):
            place = folded.to_original(*match.span())
            for clause in reversed(corpus.clauses(document)):
                if not clause.span.covers(place):
                    continue
                for one in sentences(text, clause.span):
                    if one.start <= place.start < one.end:
                        yield Provision((document, clause.ordinal), one)
                break
