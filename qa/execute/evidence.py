"""Provisions as evidence: by topic, by number, or where a turn was; and whether they answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.schema import Span
from ingest.sentences import sentences
from qa.draft import ClauseKey
from qa.execute import clauses
from qa.execute.choosing import choose, covers
from qa.execute.definitions import definitions
from qa.execute.matching import Matching
from qa.execute.narrowing import alike, lists, narrowed
from qa.execute.paragraphs import lead_before
from qa.execute.penalties import with_penalties
from qa.execute.provisions import provision, texts
from qa.execute.reach import MOST, ROOM, Reach
from qa.execute.responsible import with_duties, with_units
from qa.execute.result import (
    Evidence,
    Found,
    Missing,
    Provision,
)
from qa.execute.state import FEW, State
from qa.execute.unnamed import unnamed
from qa.execute.working import worked
from qa.question.parse import content
from qa.question.plan import Expectation, Plan
from qa.reader.answerability import probability, shipped
from qa.reader.highlights import highlighted
from qa.reader.reading import Reader
from qa.retrieval.concepts import Topic, coverage, covered, folded, topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

CONSIDERED = 12
"""Clauses whose documents are looked at for the place or the year that a question names."""
COVERED = 0.6
"""A question that a clause covers this well is about policy, whatever words it uses."""
STAYS, COVERED_WELL, NEARLY = 0.5, 0.8, 0.05
"""Coverage of a follow-up's own words with which it stays with the provision of the turn before,
that of a question that could stand alone, and how much better another one may cover them."""
GENERAL = ("具体数值", "具体时间")
"""Kinds that nearly every provision gives; where another one is expected, too, that one decides."""
LOCATED = 0.3
"""Coverage of a question's matter from which a provision is about it."""
AT_LABEL = 0.75
"""Share of the best score with which a document may be the one whose provision is numbered."""


class Evidences:
    """Takes the provisions for plans over one corpus."""

    def __init__(self, corpus: Corpus, matching: Matching, reader: Callable[[], Reader]) -> None:
        self._corpus = corpus
        self._matching = matching
        self._reader = reader

    def provisions(self, state: State) -> Found:
        """The provisions for the plan's topic, or why there are none that answer."""
        plan = state.plan
        ranking = self._matching.ranked(state)
        if not content(plan.topic) and state.searched.documents and state.searched.named:
            return self._opening(state.searched.documents)
        alone = state.searched.named or len(self._corpus.held) == 1
        if not content(plan.topic) and not (plan.topic and alone):
            return Missing("unclear")
        if not ranking.clauses:
            return Missing("not_found")
        counted = plan.shape == "count" and not plan.wants_list
        listed = plan.wants_list or counted
        reach = Reach(whole_lists=listed and plan.select != "duty", counted=counted)
        chosen = choose(self._corpus, ranking, reach)
        if state.missing is None and (name := self._unsaid(plan, ranking)):
            state.missing = ("name", name)
        if state.missing:
            kind, what = state.missing
            return Missing(kind, what, chosen[:1])
        asked = self._matching.matter(plan, ranking)
        chosen = self._narrowed(plan, asked, chosen)
        chosen = with_penalties(self._corpus, plan, chosen)
        likely = probability(
            plan, ranking, self._corpus,
            named=state.searched.named, shown=texts(self._corpus, chosen),
        )  # fmt: skip
        if plan.select == "text" and (meant := self._defined(plan, ranking)):
            room = reach.room - sum(one.length for one in meant)
            near = [one for one in chosen if not any(covers(m, one) for m in meant)]
            return Evidence((*meant, *(one for one in near[:1] if one.length <= room)), 1.0, True)
        if plan.select == "duty":
            chosen = with_units(self._corpus, plan, ranking, chosen)
            state.verdict = self._verdict(plan, chosen)
        if (absent := self._not_given(plan, ranking, chosen)) is not None:
            if (giving := self._giving(plan, ranking)) and not self._located(plan, ranking, chosen):
                return Evidence(giving, likely)
            return Missing("not_given", absent, chosen[:2])
        if likely < shipped().near:
            return Missing("not_found", "", chosen[:1] if likely >= shipped().named else ())
        chosen = self._highlighted(plan, chosen)
        sure = likely >= shipped().answered or chosen[0].cell is not None
        return Evidence(chosen, likely, sure, worked(plan, self._corpus, asked, chosen[0]))

    def _narrowed(
        self, plan: Plan, asked: Topic, chosen: tuple[Provision, ...]
    ) -> tuple[Provision, ...]:
        """The best provision down to what the question names of it, and the others it leaves."""
        best = narrowed(self._corpus, plan, asked, chosen[0])
        if best.cell:
            return (best,)
        said = covered(asked, self._said(best))
        others = [
            one
            for one in chosen[1:]
            if covered(asked, self._said(one)) - said
            or not (
                alike(self._corpus, best, one) or (plan.wants_list and lists(self._corpus, best))
            )
        ]
        return (best, *others)

    def _said(self, one: Provision) -> str:
        """The words of a provision with the headings above it, folded."""
        headings = self._corpus.clause(one.key).heading_path
        return folded(" ".join((*headings, texts(self._corpus, [one]))))

    def _opening(self, documents: Sequence[str]) -> Found:
        """What a document begins with, where nothing of it is asked for but what it is about."""
        found = []
        for document in documents[:FEW]:
            own = [c.ordinal for c in self._corpus.clauses(document) if c.kind != "落款"]
            key = (document, own[1] if len(own) > 1 else 0)  # after the head
            found.append(provision(self._corpus, key, Reach(most=1)))
        return Evidence(tuple(found), 1.0, True)

    def _unsaid(self, plan: Plan, ranking: Ranking) -> str:
        """A company, code or body of the question that none of the documents found says."""
        found = dict.fromkeys(c.key[0] for c in ranking.clauses[:CONSIDERED])
        said = [self._corpus.folded(d) for d in found]
        return next(
            (n for n in plan.details.names if not any(folded(n) in one for one in said)), ""
        )

    def _defined(self, plan: Plan, ranking: Ranking) -> tuple[Provision, ...]:
        """The provisions that tell what a term means, where that is asked for."""
        documents = list(dict.fromkeys(c.key[0] for c in ranking.clauses[:CONSIDERED]))[:FEW]
        found: list[Provision] = []
        for one in definitions(self._corpus, plan, documents):
            whole = provision(self._corpus, one.key, Reach(), one.span)
            if not any(covers(other, whole) for other in found):
                found.append(replace(whole, highlights=(one.span,)))
        return tuple(found)

    def _highlighted(self, plan: Plan, chosen: Sequence[Provision]) -> tuple[Provision, ...]:
        if plan.wants_list or plan.english or not chosen or chosen[0].cell:
            return tuple(chosen)
        marked = highlighted(
            self._corpus.text(chosen[0].key[0]), chosen[0].span, plan.text,
            self._corpus.frequencies, self._reader(),
        )  # fmt: skip
        return (replace(chosen[0], highlights=marked), *chosen[1:])

    def _verdict(self, plan: Plan, chosen: Sequence[Provision]) -> bool | None:
        if plan.shape != "check" or not chosen or not chosen[0].duties:
            return None
        named = {fact.who for fact in chosen[0].duties}
        said = [set(unit.printed) | {unit.words} for unit in plan.units]
        return all(one & named for one in said)

    def _not_given(self, plan: Plan, ranking: Ranking, chosen: Sequence[Provision]) -> str | None:
        """The kind of answer that is asked for and that none of the provisions found gives.

        Every one of the first clauses is compared, whole, before that is said.
        """
        if unnamed(plan, self._corpus, tuple(chosen)):
            return "the names" if plan.english else "具体名单"
        if not (special := _special(plan)):
            return None
        looked = [provision(self._corpus, c.key, Reach()) for c in ranking.clauses[:5]]
        told, said = texts(self._corpus, chosen), texts(self._corpus, [*chosen, *looked])
        if any(re.search(one.holds, told if one.here else said) for one in special):
            return None
        return special[0].name_en if plan.english else special[0].name

    def _located(self, plan: Plan, ranking: Ranking, chosen: Sequence[Provision]) -> bool:
        """Whether the provisions found are about the matter, beyond what their document is about.

        Where none is, another one that search found less near may be the one that answers.
        """
        asked = self._matching.matter(plan, ranking)
        return any(max(self._matching.covers(asked, one.key)) >= LOCATED for one in chosen)

    def _giving(self, plan: Plan, ranking: Ranking) -> tuple[Provision, ...]:
        """The provisions of the first document that give the kind of answer asked for."""
        document, room = ranking.clauses[0].key[0], ROOM
        found: list[Provision] = []
        for ranked in ranking.clauses:
            one = provision(self._corpus, ranked.key, Reach())
            said = texts(self._corpus, [one])
            gives = any(re.search(kind.holds, said) for kind in _special(plan))
            known = one.key[0] != document or any(covers(other, one) for other in found)
            if gives and not known and (not found or one.length <= room):
                found.append(one)
                room -= one.length
        return tuple(found[:MOST])

    def labelled(self, state: State) -> Found:
        """The provisions that are asked for by number, in the documents in question."""
        plan, searched = state.plan, state.searched
        documents: Sequence[str] = searched.documents or ()
        ranking: Ranking | None = None
        if not documents:
            if len(self._corpus.held) == 1:
                documents = [self._corpus.held[0].id]
            else:
                ranking = self._matching.ranked(state)
                least = AT_LABEL * ranking.clauses[0].score if ranking.clauses else 0.0
                able = [c.key[0] for c in ranking.clauses if not plan.topic or c.score >= least]
                documents = list(dict.fromkeys(able))[: FEW * 2]
        found: list[Provision] = []
        for label in plan.labels:
            found += clauses.provisions(self._corpus, label, documents)[
                : FEW if not searched.named else 1
            ]
        if not found:
            ranked = self._matching.ranked(state) if plan.topic else None
            near = choose(self._corpus, ranked, Reach(most=1)) if ranked else ()
            return Missing("no_clause", "、".join(one.printed for one in plan.labels), near)
        found = list(with_penalties(self._corpus, plan, tuple(found)))
        if plan.select == "duty":
            found = [with_duties(self._corpus, one) for one in found]
            state.verdict = self._verdict(plan, found)
        asked = topic(plan.topic, self._corpus.frequencies, self._corpus.importance)
        made = worked(plan, self._corpus, asked, found[0]) if plan.topic else None
        return Evidence(tuple(found), 1.0, True, made)

    def anchored(self, plan: Plan, key: ClauseKey, state: State) -> Found:
        """The provision that an earlier turn was about, or the item of it that is pointed at."""
        if plan.within is not None:
            lead = lead_before(
                self._corpus.text(key[0]), self._corpus.clause(key).span, plan.within.start
            )
            found = Provision(key, plan.within, lead)
        else:
            reach = Reach(whole_lists=plan.wants_list)
            found = provision(self._corpus, key, reach, self._sentence(plan.own, key))
        if unnamed(plan, self._corpus, (found,)):
            return Missing("not_given", "the names" if plan.english else "具体名单", (found,))
        if plan.select == "duty":
            found = with_duties(self._corpus, found)
            state.verdict = self._verdict(plan, [found])
        return Evidence((found,), 1.0, True)

    def _sentence(self, words: str, key: ClauseKey) -> Span | None:
        """The sentence of a clause that covers some words best."""
        text, clause = self._corpus.text(key[0]), self._corpus.clause(key)
        asked = topic(words, self._corpus.frequencies, self._corpus.importance)
        said = sentences(text, clause.span) if words else []
        return max(said, key=lambda s: coverage(asked, folded(s.of(text))), default=None)

    def stays(self, state: State) -> bool:
        """Whether a follow-up is about the provision of the turn before, by its own words."""
        plan, near = state.plan, state.plan.near
        if near is None or not near[1]:
            return False
        said = self._matching.clause_words(near)
        one = self._sentence(plan.own, near)
        given = one.of(self._corpus.text(near[0])) if one is not None else said
        if any(e.certain and not re.search(e.holds, given) for e in plan.expects):
            return False
        if not plan.own:
            return True
        asked = topic(plan.own, self._corpus.frequencies, self._corpus.importance)
        here = self._matching.covers(asked, near)
        there = max(
            (self._matching.covers(asked, c.key) for c in self._matching.ranked(state).clauses[:3]),
            default=(0, 0),
        )
        if plan.select == "duty" and plan.leans:
            return max(there) < COVERED or all(
                one >= two - NEARLY for one, two in zip(here, there, strict=True)
            )
        least = STAYS if plan.leans else COVERED_WELL
        return here[0] >= least and all(
            one >= two - NEARLY for one, two in zip(here, there, strict=True)
        )


def _special(plan: Plan) -> list[Expectation]:
    """The kinds of answers of which one must be given; those that nearly all give count last."""
    wanted = [one for one in plan.expects if one.certain]
    return [one for one in wanted if one.name not in GENERAL] or wanted
