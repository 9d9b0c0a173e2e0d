"""Who is responsible for a matter: the provisions found, each with the units that it names."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.schema import Clause, Fact, Span
from qa.draft import ClauseKey
from qa.execute.provisions import provision
from qa.execute.reach import ROOM, Reach
from qa.execute.result import Provision
from qa.execute.task_words import listed, said
from qa.question.plan import Plan
from qa.retrieval.concepts import coverage, folded, topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

LOOKED_AT, NEAR = 6, 0.6
"""Clauses among which one that names units is looked for, and its share of the best score."""
SAYS, ALIKE = 0.3, 0.75
"""Share of the topic that the part of a provision says whose units are meant, and share of that
from which another part says as much."""


def with_units(
    corpus: Corpus, plan: Plan, ranking: Ranking, chosen: Sequence[Provision]
) -> tuple[Provision, ...]:
    """Provisions with their units; the first that names any goes first, if it is near."""
    given = [with_duties(corpus, one) for one in chosen]
    if given and not given[0].duties:
        best = ranking.clauses[0]
        for ranked in ranking.clauses[1:LOOKED_AT]:
            if ranked.coverage < best.coverage or ranked.score < NEAR * best.score:
                continue
            other = with_duties(corpus, provision(corpus, ranked.key, Reach()))
            if other.duties:
                given = [other, *given[:1]]
                break
    return tuple(narrowed(corpus, plan, one) if i == 0 else one for i, one in enumerate(given))


def narrowed(corpus: Corpus, plan: Plan, one: Provision) -> Provision:
    """A provision of several lists of units, with those of its part that says the topic."""
    groups: dict[tuple[ClauseKey, Span], list[Fact]] = {}
    for fact in dict.fromkeys([*one.duties, *corpus.duties.get(one.key, [])]):
        groups.setdefault(((fact.document_id, fact.clause), fact.group), []).append(fact)
    if len(groups) < 2 or not plan.topic:
        return one
    asked = topic(plan.topic, corpus.frequencies, corpus.importance)
    text = corpus.text(one.key[0])
    shares = {
        (key, group): coverage(
            asked, folded(" ".join(s.of(text) for s in said(corpus, key, facts)))
        )
        for (key, group), facts in groups.items()
    }
    best = max(shares.values())
    kept = [where for where, share in shares.items() if share >= ALIKE * best]
    if best < SAYS or len(kept) == len(groups):
        return one  # no part of it is meant more than the others
    duties = tuple(fact for where in kept for fact in groups[where])
    if len(kept) > 1:
        return replace(one, duties=duties)
    key, group = kept[0]
    if not listed(corpus, duties) and one.span.covers(group):
        return replace(one, duties=duties, highlights=(group,))
    words = said(corpus, key, duties)[0]
    if one.length <= ROOM and key == one.key and one.span.covers(group):
        return replace(one, duties=duties)
    return Provision(key, Span(min(words.start, group.start), group.end), duties=duties)


def with_duties(corpus: Corpus, one: Provision) -> Provision:
    """The provision with the units that it, or else a clause above it, makes responsible."""
    document, ordinal = one.key
    inside = [
        fact
        for key, facts in corpus.duties.of(document).items()
        for fact in facts
        if one.span.covers(fact.span) and corpus.clause(key).ordinal >= ordinal
    ]
    if not inside:
        inside = duties_above(corpus, one.key)
    return replace(one, duties=tuple(inside))


def duties_above(corpus: Corpus, key: ClauseKey) -> list[Fact]:
    """The units of a clause, or of the nearest clause above that has any."""
    clause: Clause | None = corpus.clause(key)
    while clause is not None:
        if facts := corpus.duties.get((key[0], clause.ordinal)):
            return facts
        clause = corpus.clause((key[0], clause.parent)) if clause.parent is not None else None
    return []
