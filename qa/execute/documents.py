"""What is asked of a document as a whole: facts, parts, figures; and of one that is not held."""

import re

from index.folding import fold_text
from ingest.document_numbers import NUMBER
from ingest.schema import Fact
from ingest.titles import name_key, name_keys
from qa.draft import ClauseKey
from qa.execute import about, validity
from qa.execute.choosing import choose
from qa.execute.matching import Matching
from qa.execute.outline import parts_of
from qa.execute.provisions import provision
from qa.execute.reach import Reach
from qa.execute.responsible import with_duties
from qa.execute.result import (
    About,
    Evidence,
    Figures,
    Found,
    Missing,
    Outline,
)
from qa.execute.scope import SHORT, Scoping
from qa.execute.state import FEW, State
from qa.question.parse import content
from qa.question.plan import Plan
from qa.retrieval.concepts import folded
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import Ranking

TITLED = 0.6
"""Share of the words that tell a document that must stand in its title, number or issuer."""


class Documents:
    """Answers for whole documents of one corpus."""

    def __init__(self, corpus: Corpus, matching: Matching, scoping: Scoping) -> None:
        self._corpus = corpus
        self._matching = matching
        self._scoping = scoping

    def document(self, state: State) -> str | None:
        """The document in question: named, the only one, or the one that the topic is found in."""
        if state.searched.documents:
            return state.searched.documents[0]
        if len(self._corpus.held) == 1:
            return self._corpus.held[0].id
        if not state.plan.topic:
            return None
        ranking = self._matching.ranked(state)
        return ranking.clauses[0].key[0] if ranking.clauses else None

    def outline(self, state: State) -> Found | None:
        """The parts of the document, or of one of its parts."""
        document = self.document(state)
        if document is None:
            return None
        title = folded(self._corpus.infos[document].title)
        asked = [one for one in state.plan.topic.split() if one not in title]
        parts = parts_of(self._corpus, state.plan.but(topic=" ".join(asked)), document)
        return Outline(document, parts) if parts else None

    def figures(self, state: State) -> Found | None:
        """All stated quantities of the document."""
        document = self.document(state)
        if document is None:
            return None
        facts: list[Fact] = [f for some in self._corpus.figures.of(document).values() for f in some]
        facts.sort(key=lambda f: f.span)
        return Figures(self._corpus.infos[document].title, tuple(facts)) if facts else None

    def about(self, state: State) -> Found | None:
        """Facts about the document; None where the question is about something else."""
        plan = state.plan
        if "mention" in plan.attributes and plan.subject:
            named = about.mentions(self._corpus, plan.subject)
            return About(named[0].document_id, named) if named else None
        unheld = [t for t in plan.scope.titles if not self._scoping.held(t, plan.text)]
        if "number" not in plan.attributes and not state.searched.named:
            unheld += plan.scope.numbers
        if unheld:
            return self._fate(plan, unheld[0])
        if not (plan.subject or state.searched.named or plan.scope.beside or self._only):
            return Missing("unclear")
        document = self.document(state)
        if document is None:
            return Missing("unclear")
        if state.ranking is not None and not state.searched.named:
            document = self._called(plan, state.ranking)
        titled = any(len(title) >= SHORT for title in plan.scope.titles)  # no mere 《办法》
        given = state.searched.named and titled
        if document is None or not self._titled(plan, document, given):
            return None
        if state.ranking is not None and state.missing:
            return None
        facts = about.about(self._corpus, document, plan.attributes)
        return facts if facts.facts or not plan.subject else None

    @property
    def _only(self) -> bool:
        """Whether one document is all that is held."""
        return len(self._corpus.held) == 1

    def _called(self, plan: Plan, ranking: Ranking) -> str | None:
        """Of the documents found the first that is called so, of its year; none only names it."""
        found = list(dict.fromkeys(c.key[0] for c in ranking.clauses))[: FEW * 2]
        infos = self._corpus.infos
        able = {d: name_key(infos[d].title) for d in found if self._titled(plan, d)}
        years, said = set(plan.scope.years), name_key(plan.text)

        def behind(document: str) -> tuple[bool, bool, bool]:
            title, day = able[document], self._corpus.infos[document].issued
            names_another = any(one in title for d, one in able.items() if d != document)
            other_year = bool(years) and (day is None or day.year not in years)
            called = any(name in said for name in name_keys(infos[document].title))
            return not called, names_another, other_year

        called = min(able, key=behind, default=None)
        return self._scoping.changing(plan.text, called) if called else None

    def _titled(self, plan: Plan, document: str, named: bool = False) -> bool:
        """Whether the words that tell the document are mostly those of its title.

        Where it is named, or the only one, they tell none, unless they name a matter of it by its
        heading.
        """
        info = self._corpus.infos[document]
        said = folded(f"{info.title} {info.number} {info.issuer}")
        if named or self._only:
            headings = " ".join(h.folded for h in self._corpus.headings(document))
            return not any(w in headings and w not in said for w in plan.subject)
        return sum(w in said for w in plan.subject) >= TITLED * len(plan.subject)

    def unheld(self, state: State) -> Found:
        """What is known of a document that is named and not held."""
        title = state.searched.unheld
        if (fate := self._fate(state.plan, title)) is not None:
            return fate
        referring = self._corpus.referring(title)
        declared = (
            any(not i.held and title in i.title for i in self._corpus.infos.values())
            if len(self._corpus.infos) != len(self._corpus.held)
            else False
        )
        if referring or declared:
            near = tuple(
                provision(self._corpus, (f.document_id, f.clause), Reach(room=200), f.span)
                for f in referring[:1]
            )
            if near and self._said_of(state.plan, title, near[0].key):
                near = (provision(self._corpus, near[0].key, Reach(), near[0].span),)
                if state.plan.select == "duty":
                    near = (with_duties(self._corpus, near[0]),)
                return Evidence(near, 1.0, True)
            return Missing("not_held", title, near)
        state.plan = state.plan.but(topic=state.plan.topic or title)
        ranking = self._matching.ranked(state)
        near = choose(self._corpus, ranking, Reach(most=1)) if ranking.clauses else ()
        return Missing("unknown_title", title, near)

    def _said_of(self, plan: Plan, title: str, key: ClauseKey) -> bool:
        """Whether the clause that refers to a document says itself what is asked of that one."""
        if plan.labels:
            return False
        if re.search(r"(?:19|20)\d{2}", title) and "years" in plan.marks:
            return True
        rest = [w for w in content(plan.topic) if w not in fold_text(title)]
        said = folded(self._matching.clause_words(key))
        return bool(rest) and key[1] > 0 and all(w in said for w in rest)

    def _fate(self, plan: Plan, name: str) -> Found | None:
        """What is told of a document that is not held: what changes it, when it is in force."""
        wanted = validity.CHANGED if {"changed", "expiry"} & set(plan.attributes) else ()
        wanted = (*wanted, *(("施行",) if "effective" in plan.attributes else ()))
        number = name if NUMBER.fullmatch(name) else ""
        title = "" if number else name
        known = validity.changes(self._corpus, title, number, wanted) if wanted else ()
        if known:
            return About(known[0].document_id, tuple(about.told(known)))
        return None
