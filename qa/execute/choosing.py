"""Choosing provisions: those of the best clauses, none told twice, as many as there is room for."""

from qa.execute.provisions import provision
from qa.execute.reach import Reach
from qa.execute.result import Provision
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

LOOKED_AT = 10
NEAR, FAR = 0.7, 0.9
"""Share of the best score that a further provision needs, in the same document and in others."""
SCANT = 40
"""Room in which no further provision is looked for."""


def choose(corpus: Corpus, ranking: Ranking, reach: Reach) -> tuple[Provision, ...]:
    """The provisions of the best clauses, the best first, within the room that there is."""
    found: list[Provision] = []
    room = reach.room
    if not ranking.clauses:
        return ()
    best = ranking.clauses[0]
    for ranked in ranking.clauses[:LOOKED_AT]:
        share = NEAR if ranked.key[0] == best.key[0] else FAR
        if found and ranked.score < share * best.score:
            continue
        hit = ranked.passages[0].passage.span if ranked.passages else None
        one = provision(corpus, ranked.key, reach, hit)
        if any(covers(other, one) for other in found):
            continue
        if found and one.length > room:
            continue
        found = [other for other in found if not covers(one, other)]
        found.append(one)
        room = reach.room - sum(other.length for other in found)
        if len(found) == reach.most or room < SCANT:
            break
    return tuple(found)


def covers(one: Provision, other: Provision) -> bool:
    """Whether all that a provision tells is told by another one."""
    return one.key[0] == other.key[0] and one.span.covers(other.span)
