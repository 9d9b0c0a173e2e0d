"""Matching a topic to clauses: the only operator that searches.

Two stages: the document, then its provisions.  Clauses of documents that may not speak for the
place or the year of the question are left out, and so are the heads of documents.
"""

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.encoder import Encoder
from index.reranker import Reranker
from index.tokens import words
from ingest.patterns import pattern
from qa.draft import ClauseKey
from qa.execute.scope import Scoping
from qa.execute.state import FEW, State
from qa.execute.versions import outdated
from qa.question.orders import speaks_to_machine
from qa.question.parse import content
from qa.question.plan import Plan
from qa.retrieval.concepts import Topic, coverage, folded, topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import DESCRIBED, RankedClause, Ranking, rank
from qa.retrieval.reranking import reranked_clauses

ENOUGH = 12
"""Clauses that are ranked anew within a document."""
HEAD = 30
"""A line before the first numbered clause that is shorter than this is a part of the head."""
_HANDS_ON = pattern(
    "印发给你们|现(?:将|予)?印发|请(?:认真|遵照|结合|按照)[^。]{0,12}执行|特?制定本|现公布|予以公布"
)
ORDERS = 0.3
"""Coverage by what states policy from which a passage that speaks to a program, too, is kept."""
BESIDE = 0.6
"""Share of the best score with which the document of the conversation goes first."""


class Matching:
    """Searches for plans over one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        scoping: Scoping,
        reranker: Reranker | None,
        rerank_top: int,
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._scoping = scoping
        self._reranker, self._rerank_top = reranker, rerank_top

    def ranked(self, state: State) -> Ranking:
        """The clauses for the plan's topic, of the documents in scope, best first."""
        if state.ranking is None:
            started = time.perf_counter()
            found = self._scoped(state, self._ranking(state.plan, state.searched.documents))
            state.ranking = self._within(state, found)
            state.ms += (time.perf_counter() - started) * 1000
        return state.ranking

    def documents(self, state: State) -> list[str]:
        """The documents of the clauses for the plan's topic, whatever years they are of."""
        found = self._ranking(state.plan, state.searched.documents)
        return list(dict.fromkeys(one.key[0] for one in found.clauses))

    def _ranking(
        self, plan: Plan, documents: Collection[str] | None, most: int = DESCRIBED
    ) -> Ranking:
        corpus = self._corpus
        question = plan.topic or plan.text
        own = "" if plan.english or plan.leans or plan.select in ("duty", "task") else plan.text
        found = rank(
            topic(question, corpus.frequencies, corpus.importance),
            corpus, self._encoder, documents, own, most,
        )  # fmt: skip
        return reranked_clauses(question, found, self._reranker, self._rerank_top)

    def _within(self, state: State, ranking: Ranking) -> Ranking:
        """The clauses of the best document ranked anew, by the words that do not name it.

        Who asks for the dogs of one city names the city; in that city's rules the word says
        nothing, and a clause that repeats it (the title, the day of coming into force) comes first.
        """
        plan = state.plan
        if not ranking.clauses or plan.english:
            return ranking
        document = ranking.clauses[0].key[0]
        names = self._naming(plan, document)
        topic_left, text_left = _without(plan.topic or plan.text, names), _without(plan.text, names)
        if not names or not content(topic_left):
            return ranking
        narrow = plan.but(topic=topic_left, text=text_left)
        full = tuple(c for c in ranking.clauses if c.key[0] == document)
        if len(full) < ENOUGH and len(full) < len(ranking.clauses):
            full = self._ranking(plan, [document], ENOUGH).clauses
        within = _joined(full, self._ranking(narrow, [document], ENOUGH))
        own = [c for c in within.clauses if not self._head(c)]
        if not own:
            return ranking
        scale = own[0].score / ranking.clauses[0].score if ranking.clauses[0].score > 0 else 1.0
        others = [
            replace(c, score=c.score * scale) for c in ranking.clauses if c.key[0] != document
        ]
        return replace(within, clauses=(*own, *others))

    def matter(self, plan: Plan, ranking: Ranking) -> Topic:
        """The topic without the words that only name the document that was found."""
        names = self._naming(plan, ranking.clauses[0].key[0])
        left = _without(plan.topic or plan.text, names)
        return topic(left, self._corpus.frequencies, self._corpus.importance)

    def _naming(self, plan: Plan, document: str) -> list[str]:
        """The words of a question that name a document: titles in 《》, and words of its title."""
        info = self._corpus.infos[document]
        title = folded(f"{info.title}{info.region}{info.issuer}")
        titles = [f"《{t}》" for t in plan.scope.titles]
        rest = _without(plan.topic or plan.text, titles)
        said = [w for w in dict.fromkeys(words(rest)) if len(w) > 1 and w in title]
        places = [p for p in plan.scope.places if self._scoping.at_place(document, p)]
        short = [p[:-1] for p in places if len(p) > 2]
        return sorted(dict.fromkeys([*titles, *places, *short, *said]), key=len, reverse=True)

    def _scoped(self, state: State, ranking: Ranking) -> Ranking:
        """The clauses of documents that may speak for the place and the year that are named."""
        scope = state.plan.scope
        fine = [c for c in ranking.clauses if not self._orders(c, ranking.topic)]
        kept = [c for c in fine if not self._head(c)] or fine
        if scope.places and kept:
            able = [c for c in kept if self._speaks_for(c.key[0], scope.places)]
            if not able:
                state.missing = ("place", "、".join(scope.places))
            kept = able or kept
        for year in scope.years if kept else ():
            plan = state.plan.but(scope=replace(scope, years=(year,)))
            able = [c for c in kept if self._scoping.foreign_year(plan, c.key[0]) is None]
            if not able or (kept[0] not in able[:1] and state.searched.named):
                state.missing = state.missing or ("year", str(year))
                break
            kept = able
        if scope.beside and kept:
            near = [
                c for c in kept if c.key[0] == scope.beside and c.score >= BESIDE * kept[0].score
            ]
            kept = [*near, *(c for c in kept if c not in near)]
        behind = outdated(self._corpus, (c.key[0] for c in kept[:ENOUGH]), state.on, scope.years)
        kept = sorted(kept, key=lambda c: c.key[0] in behind) if behind else kept
        return replace(ranking, clauses=tuple(kept))

    def _speaks_for(self, document: str, places: Sequence[str]) -> bool:
        return any(self._scoping.of_place(document, place) for place in places)

    def of_places(self, document: str, places: Sequence[str]) -> bool:
        """Whether a document is of one of these places itself."""
        return any(self._scoping.at_place(document, place) for place in places)

    def _head(self, ranked: RankedClause) -> bool:
        """Whether what was found is the head or the end of a document: evidence for facts about it.

        A notice says its matter before the first numbered clause, too; its title, number,
        addressees and the sentence that hands it on are the head.
        """
        clause = self._corpus.clause(ranked.key)
        if clause.kind == "落款":
            return True
        if clause.ordinal or not ranked.passages:
            return False
        if sum(one.kind != "行" for one in self._corpus.clauses(ranked.key[0])) <= FEW:
            return False
        said = ranked.passages[0].text
        info = self._corpus.infos[ranked.key[0]]
        named = folded(info.title) in folded(said) or (info.number and info.number in said)
        return bool(named) or len(said) < HEAD or _HANDS_ON.search(said) is not None

    def _orders(self, ranked: RankedClause, asked: Topic) -> bool:
        """Whether what was found speaks to a program, and what else stands there is not asked for.

        A passage may hold both: a line of policy and one that was put in to mislead.
        """
        said = ranked.passages[0].text if ranked.passages else ""
        if not speaks_to_machine(folded(said)):
            return False
        fine = [line for line in said.splitlines() if not speaks_to_machine(folded(line))]
        return coverage(asked, folded("".join(fine))) < ORDERS

    def covers(self, asked: Topic, key: ClauseKey) -> tuple[float, float]:
        """How well a clause covers a topic, and how well its heading does."""
        heading = folded(self._corpus.clause(key).heading)
        return coverage(asked, folded(self.clause_words(key))), coverage(asked, heading)

    def clause_words(self, key: ClauseKey) -> str:
        """The words of a clause with the headings above it."""
        clause = self._corpus.clause(key)
        return " ".join((*clause.heading_path, clause.span.of(self._corpus.text(key[0]))))


def _joined(full: Sequence[RankedClause], narrow: Ranking) -> Ranking:
    """Two rankings of one document as one: the mean of the scores, each as a share of its best."""
    if not full or not narrow.clauses:
        return narrow
    best, other = full[0].score, narrow.clauses[0].score
    scores = {c.key: c.score / best for c in full if best > 0}
    found = [
        replace(c, score=(scores.get(c.key, 0.0) + c.score / other) / 2 * other)
        for c in narrow.clauses
        if other > 0
    ]
    return replace(narrow, clauses=tuple(sorted(found, key=lambda c: (-c.score, c.key))))


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
