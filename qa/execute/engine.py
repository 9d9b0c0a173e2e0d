"""Executing a plan: scope, select, match, group, combine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from index.encoder import Encoder
from index.folding import fold_text
from index.reranker import Reranker
from qa.execute import duties
from qa.execute.amended import inserted, with_changes
from qa.execute.choosing import choose
from qa.execute.documents import Documents
from qa.execute.evidence import Evidences
from qa.execute.matching import Matching
from qa.execute.provisions import provision
from qa.execute.reach import Reach
from qa.execute.result import (
    Comparison,
    Evidence,
    Found,
    Missing,
    Result,
    Side,
    TaskList,
    Tasks,
)
from qa.execute.scope import Scoping
from qa.execute.state import FEW, State
from qa.execute.validity import in_force_first, standing_of
from qa.execute.versions import compared, outdated
from qa.question.out_of_scope import out_of_scope
from qa.question.parse import content
from qa.question.plan import Plan
from qa.question.sides import sides
from qa.question.units import UnitMention
from qa.reader.reading import Reader, shipped_reader
from qa.retrieval.concepts import folded
from qa.retrieval.corpus import Corpus
from qa.retrieval.ranking import RankedClause, Ranking

COVERED = 0.6
"""A question that a clause covers this well is about policy, whatever words it uses."""


class Engine:
    """Executes plans over one generation of an index."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        reranker: Reranker | None = None,
        rerank_top: int = 20,
        reader: Callable[[], Reader] = shipped_reader,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.corpus = corpus
        self.scoping = Scoping(corpus)
        self._today = today
        self._matching = Matching(corpus, encoder, self.scoping, reranker, rerank_top)
        self._evidence = Evidences(corpus, self._matching, reader)
        self._documents = Documents(corpus, self._matching, self.scoping)

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

    def _one(self, plan: Plan, side: bool = False) -> Result:
        on = plan.as_of or self._today()
        searched = self.scoping.resolve(plan)
        if searched.documents and len(searched.documents) > 1:
            behind = outdated(self.corpus, searched.documents, on, plan.scope.years)
            known = sorted(searched.documents, key=lambda one: one in behind)
            searched = replace(searched, documents=tuple(known))
        state = State(plan, searched, on, side)
        found = self._found(state)
        if isinstance(found, Missing) and found.kind == "no_clause":
            documents = searched.documents or [one.id for one in self.corpus.held[:FEW]]
            added = [p for lab in plan.labels for p in inserted(self.corpus, lab, documents, on)]
            found = Evidence(tuple(added), 1.0, True) if added else found
        elif isinstance(found, Evidence):
            given = found.provisions
            if plan.as_of is not None:
                given = in_force_first(self.corpus, given, on)
            provisions = with_changes(self.corpus, given, on)
            found = replace(found, provisions=provisions)
        standings = () if side else standing_of(self.corpus, found, on, plan.as_of is not None)
        return Result(plan, found, state.ranking, state.ms, state.verdict, standings)

    def _found(self, state: State) -> Found:
        plan, searched = state.plan, state.searched
        if plan.details.to_machine:
            return Missing("out_of_scope")
        if plan.select in ("text", "duty") and not (plan.labels or plan.near):
            best = self._matching.ranked(state).best if content(plan.topic) else None
            if best is None or best.coverage < COVERED:
                kind = out_of_scope(plan.question, plan.text)
                if kind == "smalltalk":
                    return Missing("small_talk")
                if kind:
                    return Missing("out_of_scope", kind)
        if plan.select == "outline":
            if (outlined := self._documents.outline(state)) is not None:
                return outlined
            plan = state.plan = plan.but(select="text", topic=plan.topic or plan.text)
        if not state.side and plan.shape == "compare" and len(plan.scope.years) > 1:
            documents = searched.documents or self._matching.documents(state)
            if (differing := compared(self.corpus, plan, documents)) is not None:
                return differing
        parts = () if state.side else plan.sides or sides(plan, self.scoping.documents_at)
        if len(parts) > 1 and (sided := self._comparison(state, parts)) is not None:
            return sided
        unheld = searched.unheld if not searched.documents else ""
        if unheld and (plan.select != "duty" or not self.corpus.referring(unheld)):
            return self._documents.unheld(state)
        if plan.anchor is not None:
            return self._evidence.anchored(plan, plan.anchor, state)
        if plan.near is not None and self._evidence.stays(state):
            return self._evidence.anchored(plan, plan.near, state)
        if plan.labels:
            return self._evidence.labelled(state)
        if plan.select == "task" and (found := self._tasks(state)) is not None:
            return found
        if plan.select == "figure" and (figures := self._documents.figures(state)) is not None:
            return figures
        if plan.select == "metadata":
            if (facts := self._documents.about(state)) is not None:
                return facts
            plan = state.plan = plan.but(select=plan.otherwise)
        if plan.shape in ("most", "fewest") and (document := self._documents.document(state)):
            found_groups = (
                duties.task_groups(self.corpus, document)
                if "of_tasks" in plan.marks
                else duties.groups(self.corpus, document)
            )
            if found_groups.groups and "of_units" in plan.marks:
                return found_groups
        found = self._evidence.provisions(state)
        if isinstance(found, Missing) and plan.leans and plan.near and plan.near[1]:
            found = replace(found, near=(provision(self.corpus, plan.near, Reach()),))
        return found

    def _tasks(self, state: State) -> Found | None:
        plan, searched = state.plan, state.searched
        names = tuple(unit.words for unit in (*plan.units, *plan.excluded))
        documents = searched.documents
        if state.plan.scope.places and documents is None:
            allowed = [
                i.id for i in self.corpus.held if self._matching.of_places(i.id, plan.scope.places)
            ]
            if not allowed:
                return Missing("place", "、".join(plan.scope.places))
            documents = tuple(allowed)
        lists = duties.tasks(self.corpus, plan, documents, plan.units)
        if not lists:
            if searched.named and not self._says(searched.documents or (), plan.units):
                return Missing("unknown_unit", "、".join(names))
            if plan.units and not any(unit.printed for unit in plan.units):
                near = self._matching.ranked(state)
                if not any(
                    fold_text(u.words) in folded(self._words(c))
                    for u in plan.units
                    for c in near.clauses[:5]
                ):
                    return Missing("unknown_unit", "、".join(names))
            if plan.roles or plan.excluded or plan.together:
                return Tasks(names, (), "")
            return None
        ranking = self._matching.ranked(state) if len(lists) > 1 and plan.topic else None
        some = duties.on_topic(self.corpus, plan, lists)
        if not some and content(plan.topic) and not searched.named and plan.expects:
            return None  # no task of theirs is about it: what the text says of it is told
        return Tasks(
            names, tuple(self._by_rank(some or lists, ranking)[:FEW]), plan.topic if some else ""
        )

    def _says(self, documents: Sequence[str], units: Sequence[UnitMention]) -> bool:
        """Whether documents say the name of one of some units, as printed or as asked."""
        names = [fold_text(n) for unit in units for n in (unit.words, *unit.printed)]
        return not names or any(n in self.corpus.folded(d) for d in documents for n in names)

    def _by_rank(self, lists: Sequence[TaskList], ranking: Ranking | None) -> list[TaskList]:
        if ranking is None:
            return list(lists)
        order = list(dict.fromkeys(c.key[0] for c in ranking.clauses))
        place = {document: i for i, document in enumerate(order)}
        return sorted(lists, key=lambda one: place.get(one.document_id, len(order)))

    def _words(self, ranked: RankedClause) -> str:
        return "".join(p.text for p in ranked.passages)

    def _comparison(self, state: State, parts: Sequence[Plan]) -> Found | None:
        """Each side with its provision; None where they are one, or a side of words has none."""
        found = []
        for part in parts:
            result = self._one(part, side=True)
            what = result.found
            own = part.scope.documents != state.plan.scope.documents
            if isinstance(what, Missing) and what.kind in ("not_found", "not_given") and own:
                # what the side's own document has that is nearest
                near = choose(self.corpus, result.ranking, Reach()) if result.ranking else ()
                what = Evidence(what.near or near)
            if isinstance(what, Evidence):
                what = replace(what, provisions=what.provisions[:1])
            elif isinstance(what, Missing) and what.kind not in ("place", "year", "no_clause"):
                return None
            found.append(Side(part.standalone, what))
            state.ms += result.ms
        told = [side.found.provisions for side in found if isinstance(side.found, Evidence)]
        if len(told) == len(found) and all(one == told[0] for one in told):
            return None
        return Comparison(tuple(found))
