"""Executing a plan: scope, select, match, group, combine, check."""

import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from index.encoder import Encoder
from index.folding import fold_text
from index.reranker import Reranker
from index.tokens import words
from ingest.metadata import NUMBER
from ingest.references import title_key
from ingest.schema import Fact, Span
from ingest.sentences import sentences
from qa.draft import ClauseKey
from qa.execute import about, amendments, clauses, duties
from qa.execute.compare import sides
from qa.execute.definitions import definitions
from qa.execute.out_of_scope import out_of_scope
from qa.execute.outline import parts_of
from qa.execute.provisions import (
    Reach,
    choose,
    covers,
    lead_before,
    provision,
    texts,
    with_duties,
)
from qa.execute.responsible import with_units
from qa.execute.result import (
    About,
    Absence,
    Comparison,
    Evidence,
    Figures,
    Found,
    Missing,
    Outline,
    Provision,
    Result,
    Side,
    TaskList,
    Tasks,
)
from qa.execute.scope import SHORT, Scoping, Searched
from qa.execute.unnamed import unnamed
from qa.question.named import named_things
from qa.question.orders import speaks_to_machine
from qa.question.parse import content
from qa.question.plan import Plan
from qa.reader.answerability import probability, shipped
from qa.reader.highlights import highlighted
from qa.reader.reading import Reader, shipped_reader
from qa.retrieval.concepts import Topic, coverage, folded, topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import DESCRIBED, RankedClause, Ranking, rank
from qa.retrieval.reranking import reranked_clauses

SIDE_ROOM = 320
"""Code points for each side of a comparison."""
ENOUGH = 12
"""Clauses that are ranked anew within a document."""
CONSIDERED = 12
"""Clauses whose documents are looked at for the place or the year that a question names."""
COVERED = 0.6
"""A question that a clause covers this well is about policy, whatever words it uses."""
HEAD = 30
"""A line before the first numbered clause that is shorter than this is a part of the head."""
_HANDS_ON = re.compile(
    "印发给你们|现(?:将|予)?印发|请(?:认真|遵照|结合|按照)[^。]{0,12}执行|特?制定本|现公布|予以公布"
)
AT_PLACE = 0.75
"""Share of the best score with which the rules of the very place that is named go first."""
BESIDE = 0.6
"""Share of the best score with which the document of the conversation goes first."""
TITLED = 0.6
"""Share of the words that tell a document that must stand in its title, number or issuer."""
STAYS, COVERED_WELL, NEARLY, KEPT = 0.5, 0.8, 0.05, 0.25
"""Coverage of a follow-up's own words with which it stays with the provision of the turn before,
that of a question that could stand alone, how much better another one may cover them, and
coverage with which it stays with the document."""
GENERAL = ("具体数值", "具体时间")
"""Kinds that nearly every provision gives; where another one is expected, too, that one decides."""
FEW = 3
"""Documents whose tasks or provisions are told one by one."""


class Engine:
    """Executes plans over one generation of an index."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = 20,
        reader: Callable[[], Reader] = shipped_reader,
    ) -> None:
        self.corpus = corpus
        self._encoder = encoder
        self._reranker, self._rerank_top = reranker, rerank_top
        self._reader = reader
        self.scoping = Scoping(corpus)

    def run(self, plan: Plan) -> Result:
        """What the documents hold for a plan."""
        if plan.further:
            first = self._one(plan.but(further=()))
            return replace(first, further=tuple(self._after(part, first) for part in plan.further))
        return self._one(plan)

    def _after(self, part: Plan, first: Result) -> Result:
        """A further part of a question, which keeps to the document of the first part."""
        scope, anchor = part.scope, first.anchor
        if anchor is not None and not (scope.titles or scope.numbers or scope.documents):
            fixed = part.select == "metadata" and not part.subject
            kept = replace(scope, beside=anchor[0], documents=(anchor[0],) if fixed else ())
            part = part.but(scope=kept)
        return self._one(part)

    def _one(self, plan: Plan) -> Result:
        searched = self.scoping.resolve(plan)
        state = _State(plan, searched)
        found = self._found(state)
        ranking = state.ranking
        return Result(plan, found, ranking, state.ms, state.verdict)

    def _found(self, state: "_State") -> Found:
        plan, searched = state.plan, state.searched
        if speaks_to_machine(folded(plan.text)):
            return Missing("out_of_scope")
        if kind := out_of_scope(plan.question, plan.text):
            covered = self.ranked(state).best
            if kind == "smalltalk":
                return Missing("small_talk")
            if covered is None or covered.coverage < COVERED:
                return Missing("out_of_scope", kind)
        if plan.select == "outline":
            if (outlined := self._outline(state)) is not None:
                return outlined
            plan = state.plan = plan.but(select="text", topic=plan.topic or plan.text)
        parts = plan.sides or sides(plan, self.scoping.documents_at)
        if len(parts) > 1 and (compared := self._comparison(state, parts)) is not None:
            return compared
        unheld = searched.unheld if not searched.documents else ""
        if unheld and (plan.select != "duty" or not self.corpus.referring(unheld)):
            return self._unheld(state)
        if plan.anchor is not None:
            return self._anchored(plan, plan.anchor, state)
        if plan.near is not None and self._stays(state):
            return self._anchored(plan, plan.near, state)
        if plan.labels:
            return self._labelled(state)
        if plan.select == "task" and (found := self._tasks(state)) is not None:
            return found
        if plan.select == "figure" and (figures := self._figures(state)) is not None:
            return figures
        if plan.select == "metadata":
            if (facts := self._about(state)) is not None:
                return facts
            plan = state.plan = plan.but(select=plan.otherwise)
        if plan.shape in ("most", "fewest") and (document := self._document(state)):
            found_groups = (
                duties.task_groups(self.corpus, document)
                if re.search("(?:哪|什么)[一个项条些]*(?:任务|工作|项|条)", plan.text)
                else duties.groups(self.corpus, document)
            )
            if found_groups.groups and re.search("单位|部门|任务|局|委|谁", plan.text):
                return found_groups
        found = self._provisions(state)
        if isinstance(found, Missing) and plan.leans and plan.near and plan.near[1]:
            found = replace(found, near=(provision(self.corpus, plan.near, None, Reach()),))
        return found

    # --- search -----------------------------------------------------------------------------------

    def ranked(self, state: "_State") -> Ranking:
        """The clauses for the plan's topic, of the documents in scope, best first."""
        if state.ranking is None:
            started = time.perf_counter()
            found = self._kept(state.plan) if state.searched.documents is None else None
            found = found or self._scoped(
                state, self._ranking(state.plan, state.searched.documents)
            )
            state.ranking = self._within(state, found)
            state.ms += (time.perf_counter() - started) * 1000
        return state.ranking

    def _kept(self, plan: Plan) -> Ranking | None:
        """The clauses of the conversation's document, where that has a follow-up's own words."""
        document = plan.scope.beside
        if not (plan.leans and plan.own and document) or len(self.corpus.held) == 1:
            return None
        found = self._ranking(plan, [document])
        asked = topic(plan.own, self.corpus.frequencies, self.corpus.importance)
        met = max((self._covers(asked, c.key)[0] for c in found.clauses[:3]), default=0.0)
        return found if met >= KEPT else None

    def _ranking(
        self, plan: Plan, documents: Collection[str] | None, most: int = DESCRIBED
    ) -> Ranking:
        corpus = self.corpus
        question = plan.topic or plan.text
        own = "" if plan.english or plan.leans or plan.select in ("duty", "task") else plan.text
        found = rank(
            topic(question, corpus.frequencies, corpus.importance),
            corpus, self._encoder, documents, own, most,
        )  # fmt: skip
        return reranked_clauses(question, found, self._reranker, self._rerank_top)

    def _within(self, state: "_State", ranking: Ranking) -> Ranking:
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

    def _naming(self, plan: Plan, document: str) -> list[str]:
        """The words of a question that name a document: titles in 《》, and words of its title."""
        info = self.corpus.infos[document]
        title = folded(f"{info.title}{info.region}{info.issuer}")
        titles = [f"《{t}》" for t in plan.scope.titles]
        rest = _without(plan.topic or plan.text, titles)
        said = [w for w in dict.fromkeys(words(rest)) if len(w) > 1 and w in title]
        places = [p for p in plan.scope.places if self.scoping.at_place(document, p)]
        short = [p[:-1] for p in places if len(p) > 2]
        return sorted(dict.fromkeys([*titles, *places, *short, *said]), key=len, reverse=True)

    def _scoped(self, state: "_State", ranking: Ranking) -> Ranking:
        """The clauses of documents that may speak for the place and the year that are named."""
        scope = state.plan.scope
        kept = [c for c in ranking.clauses if not self._head(c)] or list(ranking.clauses)
        if scope.places and kept:
            able = [c for c in kept if self._speaks_for(c.key[0], scope.places)]
            if not able:
                state.missing = ("place", "、".join(scope.places))
            else:
                near = [c for c in able if c.score >= AT_PLACE * able[0].score]
                at = [c for c in near if self._of_places(c.key[0], scope.places)]
                kept = [*at, *(c for c in able if c not in at)]
        for year in scope.years if kept else ():
            plan = state.plan.but(scope=replace(scope, years=(year,)))
            able = [c for c in kept if self.scoping.foreign_year(plan, c.key[0]) is None]
            if not able or (kept[0] not in able[:1] and state.searched.named):
                state.missing = state.missing or ("year", str(year))
                break
            kept = able
        if scope.beside and kept:
            near = [
                c for c in kept if c.key[0] == scope.beside and c.score >= BESIDE * kept[0].score
            ]
            kept = [*near, *(c for c in kept if c not in near)]
        return replace(ranking, clauses=tuple(kept))

    def _speaks_for(self, document: str, places: Sequence[str]) -> bool:
        return any(self.scoping.of_place(document, place) for place in places)

    def _of_places(self, document: str, places: Sequence[str]) -> bool:
        return any(self.scoping.at_place(document, place) for place in places)

    def _head(self, ranked: RankedClause) -> bool:
        """Whether what was found is the head or the end of a document: evidence for facts about it.

        A notice says its matter before the first numbered clause, too; its title, number,
        addressees and the sentence that hands it on are the head.
        """
        clause = self.corpus.clause(ranked.key)
        if clause.kind == "落款":
            return True
        if clause.ordinal or len(self.corpus.clauses(ranked.key[0])) <= FEW or not ranked.passages:
            return False
        said = ranked.passages[0].text
        info = self.corpus.infos[ranked.key[0]]
        named = folded(info.title) in folded(said) or (info.number and info.number in said)
        return bool(named) or len(said) < HEAD or _HANDS_ON.search(said) is not None

    # --- select -----------------------------------------------------------------------------------

    def _provisions(self, state: "_State") -> Found:
        plan = state.plan
        ranking = self.ranked(state)
        if not content(plan.topic) and state.searched.documents and state.searched.named:
            return self._opening(state.searched.documents)
        if not content(plan.topic) and not (plan.topic and state.searched.named):
            return Missing("unclear")
        if not ranking.clauses:
            return Missing("not_found")
        reach = Reach(whole_lists=plan.wants_list and plan.select != "duty")
        chosen = choose(self.corpus, ranking, reach)
        if state.missing is None and (name := self._unsaid(plan, ranking)):
            state.missing = ("name", name)
        if state.missing:
            kind, what = state.missing
            return Missing(kind, what, chosen[:1])
        likely = probability(
            plan, ranking, self.corpus,
            named=state.searched.named, shown=texts(self.corpus, chosen),
        )  # fmt: skip
        if plan.select == "text" and (meant := self._defined(plan, ranking)):
            room = reach.room - sum(one.length for one in meant)
            near = [one for one in chosen if not any(covers(m, one) for m in meant)]
            return Evidence((*meant, *(one for one in near[:1] if one.length <= room)), 1.0, True)
        if plan.select == "duty":
            chosen = with_units(self.corpus, plan, ranking, chosen)
            state.verdict = self._verdict(plan, chosen)
        if (absent := self._not_given(plan, ranking, chosen)) is not None:
            return Missing("not_given", absent, chosen[:2])
        if likely < shipped().near:
            return Missing("not_found", "", chosen[:1] if likely >= shipped().named else ())
        chosen = self._highlighted(plan, chosen)
        return Evidence(chosen, likely, likely >= shipped().answered)

    def _opening(self, documents: Sequence[str]) -> Found:
        """What a document begins with, where nothing of it is asked for but what it is about."""
        found = []
        for document in documents[:FEW]:
            first = [c for c in self.corpus.clauses(document) if c.ordinal and c.kind != "落款"][:1]
            key = (document, first[0].ordinal if first else 0)
            found.append(provision(self.corpus, key, None, Reach(most=1)))
        return Evidence(tuple(found), 1.0, True)

    def _unsaid(self, plan: Plan, ranking: Ranking) -> str:
        """A company, code or body of the question that none of the documents found says."""
        found = dict.fromkeys(c.key[0] for c in ranking.clauses[:CONSIDERED])
        said = [self.corpus.folded(d) for d in found]
        for name in named_things(plan.text):
            if not any(folded(name) in one for one in said):
                return name
        return ""

    def _defined(self, plan: Plan, ranking: Ranking) -> tuple[Provision, ...]:
        """The provisions that tell what a term means, where that is asked for."""
        documents = list(dict.fromkeys(c.key[0] for c in ranking.clauses[:CONSIDERED]))[:FEW]
        found: list[Provision] = []
        for one in definitions(self.corpus, plan.text, documents):
            whole = provision(self.corpus, one.key, ranking, Reach(), one.span)
            if not any(covers(other, whole) for other in found):
                found.append(replace(whole, highlights=(one.span,)))
        return tuple(found)

    def _highlighted(self, plan: Plan, chosen: Sequence[Provision]) -> tuple[Provision, ...]:
        if plan.wants_list or plan.english or not chosen:
            return tuple(chosen)
        marked = highlighted(
            self.corpus.text(chosen[0].key[0]), chosen[0].span, plan.text,
            self.corpus.frequencies, self._reader(),
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
        if unnamed(plan, self.corpus, tuple(chosen)):
            return "the names" if plan.english else "具体名单"
        wanted = [one for one in plan.expects if one.certain]
        special = [one for one in wanted if one.name not in GENERAL] or wanted
        if not wanted:
            return None
        looked = [provision(self.corpus, c.key, ranking, Reach()) for c in ranking.clauses[:5]]
        told, said = texts(self.corpus, chosen), texts(self.corpus, [*chosen, *looked])
        if any(re.search(one.holds, told if one.here else said) for one in special):
            return None
        return special[0].name_en if plan.english else special[0].name

    def _labelled(self, state: "_State") -> Found:
        plan, searched = state.plan, state.searched
        documents: Sequence[str] = searched.documents or ()
        ranking: Ranking | None = None
        if not documents:
            if len(self.corpus.held) == 1:
                documents = [self.corpus.held[0].id]
            else:
                ranking = self.ranked(state)
                least = AT_PLACE * ranking.clauses[0].score if ranking.clauses else 0.0
                able = [c.key[0] for c in ranking.clauses if not plan.topic or c.score >= least]
                documents = list(dict.fromkeys(able))[: FEW * 2]
        found: list[Provision] = []
        for label in plan.labels:
            found += clauses.provisions(self.corpus, label, documents)[
                : FEW if not searched.named else 1
            ]
        if not found:
            near = choose(self.corpus, self.ranked(state), Reach(most=1)) if plan.topic else ()
            return Missing("no_clause", "、".join(one.printed for one in plan.labels), near)
        if plan.select == "duty":
            found = [with_duties(self.corpus, one) for one in found]
            state.verdict = self._verdict(plan, found)
        return Evidence(tuple(found), 1.0, True)

    def _anchored(self, plan: Plan, key: ClauseKey, state: "_State") -> Found:
        """The provision that an earlier turn was about, or the item of it that is pointed at."""
        if plan.within is not None:
            lead = lead_before(
                self.corpus.text(key[0]), self.corpus.clause(key).span, plan.within.start
            )
            found = Provision(key, plan.within, lead)
        else:
            reach = Reach(whole_lists=plan.wants_list)
            found = provision(self.corpus, key, None, reach, self._sentence(plan.own, key))
        if unnamed(plan, self.corpus, (found,)):
            return Missing("not_given", "the names" if plan.english else "具体名单", (found,))
        if plan.select == "duty":
            found = with_duties(self.corpus, found)
            state.verdict = self._verdict(plan, [found])
        return Evidence((found,), 1.0, True)

    def _sentence(self, words: str, key: ClauseKey) -> Span | None:
        """The sentence of a clause that covers some words best."""
        text, clause = self.corpus.text(key[0]), self.corpus.clause(key)
        asked = topic(words, self.corpus.frequencies, self.corpus.importance)
        said = sentences(text, clause.span) if words else []
        return max(said, key=lambda s: coverage(asked, folded(s.of(text))), default=None)

    def _stays(self, state: "_State") -> bool:
        """Whether a follow-up is about the provision of the turn before, by its own words."""
        plan, near = state.plan, state.plan.near
        if near is None or not near[1]:
            return False
        said = self._clause_words(near)
        one = self._sentence(plan.own, near)
        given = one.of(self.corpus.text(near[0])) if one is not None else said
        if any(e.certain and not re.search(e.holds, given) for e in plan.expects):
            return False
        if not plan.own:
            return True
        asked = topic(plan.own, self.corpus.frequencies, self.corpus.importance)
        here = self._covers(asked, near)
        there = max(
            (self._covers(asked, c.key) for c in self.ranked(state).clauses[:3]), default=(0, 0)
        )
        if plan.select == "duty" and plan.leans:
            return max(there) < COVERED or all(
                one >= two - NEARLY for one, two in zip(here, there, strict=True)
            )
        least = STAYS if plan.leans else COVERED_WELL
        return here[0] >= least and all(
            one >= two - NEARLY for one, two in zip(here, there, strict=True)
        )

    def _covers(self, asked: Topic, key: ClauseKey) -> tuple[float, float]:
        """How well a clause covers a topic, and how well its heading does."""
        heading = folded(self.corpus.clause(key).heading)
        return coverage(asked, folded(self._clause_words(key))), coverage(asked, heading)

    def _tasks(self, state: "_State") -> Found | None:
        plan, searched = state.plan, state.searched
        names = tuple(unit.words for unit in (*plan.units, *plan.excluded))
        documents = searched.documents
        if state.plan.scope.places and documents is None:
            allowed = [i.id for i in self.corpus.held if self._of_places(i.id, plan.scope.places)]
            documents = tuple(allowed) or None
        lists = duties.tasks(self.corpus, plan, documents, plan.units)
        if not lists:
            if plan.units and not any(unit.printed for unit in plan.units):
                near = self.ranked(state)
                if not any(
                    fold_text(u.words) in folded(self._words(c))
                    for u in plan.units
                    for c in near.clauses[:5]
                ):
                    return Missing("unknown_unit", "、".join(names))
            if plan.roles or plan.excluded or plan.together:
                return Tasks(names, (), "")
            return None
        ranking = self.ranked(state) if len(lists) > 1 and plan.topic else None
        some = duties.on_topic(self.corpus, plan, lists)
        if not some and content(plan.topic) and not searched.named and plan.expects:
            return None  # no task of theirs is about it: what the text says of it is told
        return Tasks(
            names, tuple(self._by_rank(some or lists, ranking)[:FEW]), plan.topic if some else ""
        )

    def _by_rank(self, lists: Sequence[TaskList], ranking: Ranking | None) -> list[TaskList]:
        if ranking is None:
            return list(lists)
        order = list(dict.fromkeys(c.key[0] for c in ranking.clauses))
        place = {document: i for i, document in enumerate(order)}
        return sorted(lists, key=lambda one: place.get(one.document_id, len(order)))

    def _words(self, ranked: RankedClause) -> str:
        return "".join(p.text for p in ranked.passages)

    def _clause_words(self, key: ClauseKey) -> str:
        clause = self.corpus.clause(key)
        return " ".join((*clause.heading_path, clause.span.of(self.corpus.text(key[0]))))

    def _document(self, state: "_State") -> str | None:
        """The document in question: named, the only one, or the one that the topic is found in."""
        if state.searched.documents:
            return state.searched.documents[0]
        if len(self.corpus.held) == 1:
            return self.corpus.held[0].id
        if not state.plan.topic:
            return None
        ranking = self.ranked(state)
        return ranking.clauses[0].key[0] if ranking.clauses else None

    def _outline(self, state: "_State") -> Found | None:
        document = self._document(state)
        if document is None:
            return None
        title = folded(self.corpus.infos[document].title)
        asked = [one for one in state.plan.topic.split() if one not in title]
        parts = parts_of(self.corpus, state.plan.but(topic=" ".join(asked)), document)
        return Outline(document, parts) if parts else None

    def _figures(self, state: "_State") -> Found | None:
        document = self._document(state)
        if document is None:
            return None
        facts: list[Fact] = [f for some in self.corpus.figures.of(document).values() for f in some]
        facts.sort(key=lambda f: f.span)
        return Figures(self.corpus.infos[document].title, tuple(facts)) if facts else None

    def _about(self, state: "_State") -> Found | None:
        plan = state.plan
        if "mention" in plan.attributes and plan.subject:
            named = about.mentions(self.corpus, plan.subject)
            return About(named[0].document_id, named) if named else None
        unheld = [t for t in plan.scope.titles if not self.scoping.held(t, plan.text)]
        if "number" not in plan.attributes and not state.searched.named:
            unheld += plan.scope.numbers
        if unheld:
            return self._fate(plan, unheld[0])
        if not (plan.subject or state.searched.named or plan.scope.beside or self._only):
            return Missing("unclear")
        document = self._document(state)
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
        facts = about.about(self.corpus, document, plan.attributes)
        return facts if facts.facts or not plan.subject else None

    @property
    def _only(self) -> bool:
        """Whether one document is all that is held."""
        return len(self.corpus.held) == 1

    def _called(self, plan: Plan, ranking: Ranking) -> str | None:
        """Of the documents found the first that is called so, of its year; none only names it."""
        found = list(dict.fromkeys(c.key[0] for c in ranking.clauses))[: FEW * 2]
        able = {d: title_key(self.corpus.infos[d].title) for d in found if self._titled(plan, d)}
        years, said = set(plan.scope.years), title_key(plan.text)

        def behind(document: str) -> tuple[bool, bool, bool]:
            title, day = able[document], self.corpus.infos[document].issued
            names_another = any(one in title for d, one in able.items() if d != document)
            other_year = bool(years) and (day is None or day.year not in years)
            return title.removeprefix("关于") not in said, names_another, other_year

        return min(able, key=behind, default=None)

    def _titled(self, plan: Plan, document: str, named: bool = False) -> bool:
        """Whether the words that tell the document are mostly those of its title.

        Where it is named, or the only one, they tell none, unless they name a matter of it by its
        heading.
        """
        info = self.corpus.infos[document]
        said = folded(f"{info.title} {info.number} {info.issuer}")
        if named or self._only:
            headings = " ".join(h.folded for h in self.corpus.headings(document))
            return not any(w in headings and w not in said for w in plan.subject)
        return sum(w in said for w in plan.subject) >= TITLED * len(plan.subject)

    def _unheld(self, state: "_State") -> Found:
        title = state.searched.unheld
        if (fate := self._fate(state.plan, title)) is not None:
            return fate
        referring = self.corpus.referring(title)
        declared = (
            any(not i.held and title in i.title for i in self.corpus.infos.values())
            if len(self.corpus.infos) != len(self.corpus.held)
            else False
        )
        if referring or declared:
            near = tuple(
                provision(self.corpus, (f.document_id, f.clause), None, Reach(room=200), f.span)
                for f in referring[:1]
            )
            if near and self._said_of(state.plan, title, near[0].key):
                near = (provision(self.corpus, near[0].key, None, Reach(), near[0].span),)
                if state.plan.select == "duty":
                    near = (with_duties(self.corpus, near[0]),)
                return Evidence(near, 1.0, True)
            return Missing("not_held", title, near)
        state.plan = state.plan.but(topic=state.plan.topic or title)
        ranking = self.ranked(state)
        near = choose(self.corpus, ranking, Reach(most=1)) if ranking.clauses else ()
        return Missing("unknown_title", title, near)

    def _said_of(self, plan: Plan, title: str, key: ClauseKey) -> bool:
        """Whether the clause that refers to a document says itself what is asked of that one."""
        if plan.labels:
            return False
        if re.search(r"(?:19|20)\d{2}", title) and re.search("[哪几]个?年|年份|年度", plan.text):
            return True
        rest = [w for w in content(plan.topic) if w not in fold_text(title)]
        said = folded(self._clause_words(key))
        return bool(rest) and key[1] > 0 and all(w in said for w in rest)

    def _fate(self, plan: Plan, name: str) -> Found | None:
        """What is told of a document that is not held: what changes it, when it is in force."""
        wanted = amendments.CHANGED if {"changed", "expiry"} & set(plan.attributes) else ()
        wanted = (*wanted, *(("in_force",) if "effective" in plan.attributes else ()))
        number = name if NUMBER.fullmatch(name) else ""
        known = (
            amendments.changes(self.corpus, () if number else (name,), number, wanted=wanted)
            if wanted
            else ()
        )
        if known:
            return About(known[0].document_id, tuple(about.told(known)))
        return None

    def _comparison(self, state: "_State", parts: Sequence[Plan]) -> Found | None:
        """Each side with its provision; None where they are one, or a side of words has none."""
        found = []
        for part in parts:
            result = self._one(part)
            what, ranking = result.found, result.ranking
            own = part.scope.documents != state.plan.scope.documents
            if isinstance(what, Missing) and what.kind in ("not_found", "not_given") and own:
                what = Evidence(what.near, 0.0)  # what the side's own document has that is nearest
            worded = part.select != "duty" and not part.labels
            if isinstance(what, Evidence) and ranking and ranking.clauses and worded:
                chosen = self._of_side(ranking, part, own)
                if part.select == "duty":
                    chosen = tuple(with_duties(self.corpus, one) for one in chosen)
                what = replace(what, provisions=chosen)
            elif isinstance(what, Evidence):
                what = replace(what, provisions=what.provisions[:1])
            elif isinstance(what, Comparison) or (
                isinstance(what, Missing) and what.kind not in ("place", "year", "no_clause")
            ):
                return None
            found.append(Side(part.standalone, what))
            state.ms += result.ms
        told = [side.found.provisions for side in found if isinstance(side.found, Evidence)]
        if len(told) == len(found) and all(one == told[0] for one in told):
            return None
        return Comparison(tuple(found))

    def _of_side(self, ranking: Ranking, part: Plan, own: bool) -> tuple[Provision, ...]:
        """The provision for one side: around the sentence that says most of what is asked.

        A side of words is looked for in so many words first, with the kind of answer expected.
        """
        said: list[tuple[bool, bool, float, RankedClause, Span]] = []
        for ranked in ranking.clauses[:CONSIDERED]:
            near = ranked.score >= BESIDE * ranking.clauses[0].score
            clause = self.corpus.clause(ranked.key)
            text = self.corpus.text(ranked.key[0])
            for one in sentences(text, clause.span):
                words = folded(one.of(text))
                named = not own and folded(part.standalone) in re.sub("[“”]", "", words)
                gives = all(re.search(e.holds, words) for e in part.expects)
                score = ranked.score + coverage(ranking.topic, words)
                if named or near:
                    said.append((named, named and gives, score, ranked, one))
        if not said:
            return choose(self.corpus, ranking, Reach(room=SIDE_ROOM, most=1))
        *_, best, hit = max(said, key=lambda one: one[:3])
        return (provision(self.corpus, best.key, ranking, Reach(room=SIDE_ROOM, most=1), hit),)


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


class _State:
    """One plan under way: what was searched, found missing, and how long it took."""

    def __init__(self, plan: Plan, searched: Searched) -> None:
        self.plan = plan
        self.searched = searched
        self.ranking: Ranking | None = None
        self.missing: tuple[Absence, str] | None = None
        self.verdict: bool | None = None
        self.ms = 0.0
