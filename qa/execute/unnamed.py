"""A list of names that is asked for, where the text only tells how many: 8项政策是哪8项."""

from ingest.items import parts
from ingest.numbers.quantities import quantities
from ingest.patterns import pattern
from ingest.schema import Span
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

_PIECE = pattern(r"[^,，。；;:：\n]+")
_BETWEEN = pattern("、|和|及|以及|与")


def unnamed(plan: Plan, corpus: Corpus, provisions: tuple[Provision, ...]) -> bool:
    """Whether a question wants the names of things that the provisions count and do not name."""
    if "names" not in plan.marks:
        return False
    asked = plan.details.counts
    some = plan.details.several if not asked else frozenset()
    counted = False
    for one in provisions:
        text = corpus.text(one.key[0])
        for stated in quantities(text, one.span):
            if (stated.value, stated.unit) in asked or (stated.unit in some and stated.value > 1):
                counted = True
                if _named(corpus, one, stated.span, int(stated.value)):
                    return False
    return counted


def _named(corpus: Corpus, one: Provision, at: Span, number: int) -> bool:
    """Whether as many names stand beside a number, or as many items below it."""
    text = corpus.text(one.key[0])
    clause = corpus.clause(one.key)
    items = [p for p in parts(text, clause) if p.kind == "项" and p.span.start >= at.start]
    if len(items) >= number or len(corpus.children(one.key)) >= number:
        return True
    pieces = list(_PIECE.finditer(text, one.span.start, one.span.end))
    near = [m[0] for m in pieces if m.start() <= at.end and at.start <= m.end()]
    after = [m[0] for m in pieces if m.start() > at.end][:1]
    return any(len(_BETWEEN.findall(piece)) + 1 >= number for piece in (*near, *after))
