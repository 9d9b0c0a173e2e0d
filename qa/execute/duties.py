"""Duties in both directions: what a unit has to do, and how many tasks each unit has.

A task is a provision of a list of units, or the sentences of one clause in which the unit acts.
Nothing is merged across documents: the same name in two districts is two units.
"""

from collections.abc import Collection, Sequence
from itertools import groupby

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.schema import Fact, Span
from qa.draft import ClauseKey
from qa.execute.agents import acting
from qa.execute.result import Groups, Task, TaskList
from qa.execute.task_words import LIST, listed, said
from qa.question.parse import content
from qa.question.plan import Plan
from qa.question.units import UnitMention
from qa.retrieval.concepts import coverage, folded, topic
from qa.retrieval.corpus import Corpus

MENTIONS, DOCUMENTS = 40, 6
"""Passages looked at for a unit that no list of units names, and documents then read whole."""

SOME, MOST = 0.45, 0.6
"""Share of a matter's words that a task on it says, and that the best one says."""

_COLLECTIVE = pattern("^(?:各|相关|有关|其他|全体|全区|全市)")


def tasks(
    corpus: Corpus, plan: Plan, documents: Collection[str] | None, units: Sequence[UnitMention]
) -> list[TaskList]:
    """The tasks that are the units' in each document, in reading order, most tasks first.

    Of several units those that any of them has, or all of them, if the plan wants them together.
    """
    found: dict[tuple[ClauseKey, Span | None], list[Fact]] = {}
    who: dict[tuple[ClauseKey, Span | None], set[str]] = {}
    for unit in units:
        for key, facts in _of_unit(corpus, unit, documents):
            one = (key, facts[0].group if listed(corpus, facts) else None)
            found.setdefault(one, []).extend(facts)
            who.setdefault(one, set()).add(unit.words)
    if not units and plan.excluded:
        for document in documents or [i.id for i in corpus.held]:
            for key, facts in corpus.duties.of(document).items():
                found[key, facts[0].group] = list(facts)
    shut = {unit for one in plan.excluded for unit in one.printed}
    if shut:
        found = {
            k: f
            for k, f in found.items()
            if not shut & {d.who for d in corpus.duties.get(k[0], [])}
        }
    if plan.together:
        found = {k: f for k, f in found.items() if len(who.get(k, ())) == len(units)}
    if plan.roles:
        found = _in_roles(corpus, found, plan.roles)
    by_document: dict[str, list[Task]] = {}
    for (key, _), facts in sorted(found.items(), key=lambda one: (one[0][0], one[1][0].span)):
        by_document.setdefault(key[0], []).append((key, tuple(facts)))
    lists = [TaskList(document, _outermost(corpus, some)) for document, some in by_document.items()]
    return sorted(lists, key=lambda one: -len(one.tasks))


def _in_roles(
    corpus: Corpus, found: dict[tuple[ClauseKey, Span | None], list[Fact]], roles: Sequence[str]
) -> dict[tuple[ClauseKey, Span | None], list[Fact]]:
    """Tasks in these roles; all of a document that gives every unit the same role."""
    kept = {}
    for one, facts in found.items():
        printed = {f.role for some in corpus.duties.of(one[0][0]).values() for f in some}
        some = facts if len(printed) < 2 else [f for f in facts if f.role in roles]
        if some:
            kept[one] = some
    return kept


def _of_unit(
    corpus: Corpus, unit: UnitMention, documents: Collection[str] | None
) -> list[tuple[ClauseKey, list[Fact]]]:
    """What is a unit's by lists of units, and by the sentences that say what it does."""
    facts = [
        fact
        for fact in corpus.duties_of(unit.printed)
        if documents is None or fact.document_id in documents
    ]
    lists = [fact for fact in facts if listed(corpus, [fact])]
    found = [((f.document_id, f.clause), [f]) for f in lists]
    taken = {key for key, _ in found}
    acts = [f for f in facts if f not in lists]
    known = {(f.document_id, f.group) for f in acts}
    for document in _documents(corpus, unit, documents, facts):
        acts += [
            f
            for f in acting(corpus, document, _names(corpus, unit, document))
            if (document, f.group) not in known
            and not LIST.match(f.group.of(corpus.text(document)))
        ]
    acts.sort(key=lambda fact: (fact.document_id, fact.clause, fact.span))
    for key, some in groupby(acts, key=lambda fact: (fact.document_id, fact.clause)):
        if key not in taken:
            found.append((key, list(some)))
    return found


def _documents(
    corpus: Corpus, unit: UnitMention, documents: Collection[str] | None, facts: Sequence[Fact]
) -> Collection[str]:
    """The documents that are read for sentences in which a unit acts."""
    if len(unit.words) < 3:
        return ()
    if documents is not None and len(documents) <= DOCUMENTS:
        return documents
    known = dict.fromkeys(fact.document_id for fact in facts)
    hits = corpus.backend.search_lexical(fold_text(unit.words), MENTIONS, documents=documents)
    named = [
        p.passage.document_id
        for p in corpus.passages([hit.key for hit in hits])
        if fold_text(unit.words) in fold_text(p.text)
    ]
    return list(dict.fromkeys([*named, *known]))[:DOCUMENTS]


def _names(corpus: Corpus, unit: UnitMention, document: str) -> list[str]:
    """What a document calls a unit: a printed name of it, else the words of the question."""
    text = fold_text(corpus.text(document))
    printed = [name for name in map(fold_text, unit.printed) if name in text]
    return printed or [fold_text(unit.words)]


def on_topic(corpus: Corpus, plan: Plan, lists: Sequence[TaskList]) -> list[TaskList]:
    """The tasks on the matter that a question names beside the unit; none if it names no matter.

    It names one if some tasks say most of its words, those of the document's title aside.
    """
    found = []
    for one in lists:
        info = corpus.infos[one.document_id]
        title = fold_text(f"{info.title} {info.region} {info.issuer}")
        words = [w for w in content(plan.topic) if len(w) > 1 and w not in title]
        asked = topic(" ".join(words), corpus.frequencies, corpus.importance) if words else None
        if asked is None or "besides" in plan.marks:
            continue
        shares = [coverage(asked, folded(_words(corpus, key, facts))) for key, facts in one.tasks]
        kept = tuple(t for t, share in zip(one.tasks, shares, strict=True) if share >= SOME)
        if max(shares) >= MOST:
            found.append(TaskList(one.document_id, kept))
    return found if sum(len(f.tasks) for f in found) < sum(len(f.tasks) for f in lists) else []


def _words(corpus: Corpus, key: ClauseKey, facts: Sequence[Fact]) -> str:
    """The headings above a task and its words, without its list of units."""
    words = " ".join(span.of(corpus.text(key[0])) for span in said(corpus, key, facts))
    if listed(corpus, facts):
        words = words.replace(facts[0].group.of(corpus.text(key[0])), "")
    return " ".join((*corpus.clause(key).heading_path, words))


def _outermost(corpus: Corpus, some: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks without those that another one says already: an item below its lead-in."""
    spans = [said(corpus, key, facts) for key, facts in some]
    return tuple(
        task
        for i, task in enumerate(some)
        if not any(
            i != j
            and all(any(a.covers(b) and (a != b or j < i) for a in spans[j]) for b in spans[i])
            for j in range(len(some))
        )
    )


def groups(corpus: Corpus, document: str, keep: Collection[str] = ()) -> Groups:
    """How many clauses each unit of a document has, the most first, collective names aside."""
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
