"""Duties in both directions: the clauses that are a unit's, and how many each unit has.

Nothing is merged across documents: the same name in two districts is two units.
"""

import re
from collections.abc import Collection, Sequence

from index.folding import fold_text
from ingest.schema import Fact, Span
from ingest.sentences import sentences
from qa.draft import ClauseKey
from qa.execute.result import Groups, TaskList
from qa.question.plan import Plan
from qa.question.units import UnitMention
from qa.retrieval.corpus import Corpus

MENTIONS = 80
"""Passages looked at for a unit that no list of units names."""

_COLLECTIVE = re.compile("^(?:各|相关|有关|其他|全体|全区|全市)")
_ACTS = re.compile(
    "负责|牵头|会同|配合|组织|承担|制定|制订|应当|要|须|推进|建立|开展|加强|落实|做好|审核|受理|监督|指导|协调|管理|实施|提供|依法|将|可以|统筹|核发|编制|公布|发布|办理|查处|责令"
)


def tasks(
    corpus: Corpus, plan: Plan, documents: Collection[str] | None, units: Sequence[UnitMention]
) -> list[TaskList]:
    """The clauses that are the units' in each document, in reading order, most tasks first.

    Of several units those that any of them has, or all of them, if the plan wants them together.
    """
    found: dict[ClauseKey, list[Fact]] = {}
    who: dict[ClauseKey, set[str]] = {}
    for unit in units:
        facts = _of_unit(corpus, unit, documents)
        for fact in facts:
            key = (fact.document_id, fact.clause)
            found.setdefault(key, []).append(fact)
            who.setdefault(key, set()).add(unit.words)
    if not units and plan.excluded:
        for document in documents or [i.id for i in corpus.held[:1]]:
            found.update({key: list(facts) for key, facts in corpus.duties.of(document).items()})
    shut = {unit for one in plan.excluded for unit in one.printed}
    if shut:
        found = {k: f for k, f in found.items() if not shut & {d.who for d in corpus.duties.get(k, [])}}
    if plan.together:
        found = {k: f for k, f in found.items() if len(who.get(k, ())) == len(units)}
    if plan.roles:
        leading = {k: [f for f in some if f.role in plan.roles] for k, some in found.items()}
        found = {k: some for k, some in leading.items() if some}
    by_document: dict[str, list[tuple[ClauseKey, tuple[Fact, ...]]]] = {}
    for key in sorted(found):
        by_document.setdefault(key[0], []).append((key, tuple(found[key])))
    lists = [TaskList(document, tuple(some)) for document, some in by_document.items()]
    return sorted(lists, key=lambda one: -len(one.tasks))


def _of_unit(
    corpus: Corpus, unit: UnitMention, documents: Collection[str] | None
) -> list[Fact]:
    """The duties of a unit by lists of units, and by sentences that say what it does."""
    facts = [
        fact
        for fact in corpus.duties_of(unit.printed)
        if documents is None or fact.document_id in documents
    ]
    listed = {(fact.document_id, fact.clause) for fact in facts}
    return [*facts, *(f for f in mentions(corpus, unit, documents) if (f.document_id, f.clause) not in listed)]


def mentions(
    corpus: Corpus, unit: UnitMention, documents: Collection[str] | None
) -> list[Fact]:
    """Sentences in which a unit is said to do something, as duties with that sentence as group."""
    if len(unit.words) < 3:
        return []
    names = dict.fromkeys([fold_text(unit.words), *map(fold_text, unit.printed)])
    found: dict[tuple[str, int, int], Fact] = {}
    for name in names:
        hits = corpus.backend.search_lexical(name, MENTIONS, documents=documents)
        for stored in corpus.passages([hit.key for hit in hits]):
            folded = fold_text(stored.text)
            if name not in folded or len(folded) != len(stored.text):
                continue
            passage = stored.passage
            text = corpus.text(passage.document_id)
            for sentence in sentences(text, passage.span):
                words = fold_text(sentence.of(text))
                at = words.find(name)
                if at < 0 or not _ACTS.search(words[at + len(name) : at + len(name) + 40]):
                    continue
                start = sentence.start + at
                key = (passage.document_id, passage.clause, sentence.start)
                found[key] = Fact(
                    "duty", passage.document_id, passage.clause,
                    Span(start, start + len(name)), sentence, who=sentence.of(text)[at : at + len(name)],
                )  # fmt: skip
    return list(found.values())


def groups(corpus: Corpus, document: str, keep: Collection[str] = ()) -> Groups:
    """How many clauses each unit of a document has, the most first; collective names are left out."""
    count: dict[str, dict[ClauseKey, None]] = {}
    for key, facts in corpus.duties.of(document).items():
        for fact in facts:
            if keep and fact.who not in keep:
                continue
            if not keep and _COLLECTIVE.search(fact.who):
                continue
            count.setdefault(fact.who, {})[key] = None
    ordered = sorted(count.items(), key=lambda one: -len(one[1]))
    return Groups(document, tuple((name, tuple(keys)) for name, keys in ordered))


def task_groups(corpus: Corpus, document: str) -> Groups:
    """How many units each clause of a document has, the most first."""
    found = [
        (key, dict.fromkeys(fact.who for fact in facts))
        for key, facts in corpus.duties.of(document).items()
    ]
    found.sort(key=lambda one: -len(one[1]))
    return Groups(document, tuple((str(len(units)), (key,)) for key, units in found))
