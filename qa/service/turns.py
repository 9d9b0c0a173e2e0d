"""What an answer leaves for the next question to point at: its clause, its list, its units."""

from collections.abc import Sequence

from ingest.items import parts
from qa.draft import ClauseKey
from qa.execute.clauses import number_of
from qa.execute.responsible import with_duties
from qa.execute.result import Evidence, Outline, Result, Tasks
from qa.question.dialogue import Earlier, Listed
from qa.question.plan import Plan
from qa.retrieval.concepts import coverage, folded, topic
from qa.retrieval.corpus import Corpus


def earlier(corpus: Corpus, plan: Plan, result: Result) -> Earlier:
    """A turn that was answered."""
    anchor, listed = result.anchor, _listed(corpus, result)
    before, after = _beside_item(corpus, plan, listed)
    if before is after is None and anchor is not None:
        before, after = _beside(corpus, anchor)
    return Earlier(plan, anchor, listed, _units(corpus, result), after, before)


def _listed(corpus: Corpus, result: Result) -> tuple[Listed, ...]:
    """What an answer listed, in its order."""
    found = result.found
    if isinstance(found, Tasks) and found.lists:
        return tuple(_clause(corpus, key) for key, _ in found.lists[0].tasks)
    if isinstance(found, Outline):
        return tuple(_clause(corpus, key) for key in found.parts[0].items)
    if not isinstance(found, Evidence) or not found.provisions:
        return ()
    best = found.provisions[0]
    clause = corpus.clause(best.key)
    items = [p for p in parts(corpus.text(best.key[0]), clause) if p.kind == "项"]
    if len(items) > 1:
        return tuple(Listed(best.key, p.span, p.number) for p in items)
    below = corpus.children(best.key)
    return tuple(_clause(corpus, (best.key[0], one.ordinal)) for one in below)


def _clause(corpus: Corpus, key: ClauseKey) -> Listed:
    return Listed(key, None, number_of(corpus.clause(key)) or 0)


def _units(corpus: Corpus, result: Result) -> tuple[str, ...]:
    """The units that the first provision names, as printed."""
    found = result.found
    if isinstance(found, Evidence) and found.provisions:
        facts = with_duties(corpus, found.provisions[0]).duties
        return tuple(dict.fromkeys(fact.who for fact in facts))
    return ()


def _beside_item(
    corpus: Corpus, plan: Plan, listed: Sequence[Listed]
) -> tuple[Listed | None, Listed | None]:
    """The items before and after the one that a question was about, where it was about one."""
    if len(listed) < 2 or not plan.topic or any(one.span is None for one in listed):
        return None, None
    asked = topic(plan.topic, corpus.frequencies, corpus.importance)
    text = corpus.text(listed[0].key[0])
    covered = [coverage(asked, folded(one.span.of(text))) for one in listed if one.span]
    best = max(covered)
    if covered.count(best) > 1 or not best:
        return None, None
    at = covered.index(best)
    return listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None


def _beside(corpus: Corpus, key: ClauseKey) -> tuple[Listed | None, Listed | None]:
    """The clauses of the same kind before and after one, over the bounds of its part, too."""
    kind = corpus.clause(key).kind
    same = [c.ordinal for c in corpus.clauses(key[0]) if c.kind == kind and c.ordinal]
    if key[1] not in same:
        return None, None
    at = same.index(key[1])
    before = Listed((key[0], same[at - 1])) if at else None
    return before, Listed((key[0], same[at + 1])) if at + 1 < len(same) else None
