"""The provision that says what follows from breaking another one: 违反本办法第X条的，处…"""

from ingest.patterns import pattern
from qa.execute.provisions import provision
from qa.execute.reach import Reach
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus

_PENALTY = pattern("罚|处分|责令|吊销|没收|拘留|警告|追究")
_BREAKS = pattern("违反|未按|不按|不履行|有[^。]{0,20}行为")


def with_penalties(
    corpus: Corpus, plan: Plan, chosen: tuple[Provision, ...]
) -> tuple[Provision, ...]:
    """The provisions with the penalty for breaking the first one before it, where that is asked."""
    if "penalty" not in plan.marks or not chosen:
        return chosen
    document, ordinal = chosen[0].key
    text = corpus.text(document)
    if _PENALTY.search(chosen[0].span.of(text)):
        return chosen
    told = {one.key for one in chosen}
    for key, facts in corpus.crossrefs.of(document).items():
        named = any(fact.value == ordinal for fact in facts)
        words = corpus.clause(key).span.of(text)
        if named and key not in told and _BREAKS.search(words) and _PENALTY.search(words):
            return (provision(corpus, key, Reach()), *chosen)
    return chosen
