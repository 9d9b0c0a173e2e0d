"""The one member of a list or table that a question names, where all members are alike.

甲类 5元、乙类 3元: whoever asks for 乙类 is told that row, under its header, and no other one.
Members are alike where each gives a figure of its own, as the rows of a table do; a list of another
kind is told whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.tokens import bigrams
from ingest.items import parts
from ingest.schema import Clause, Fact, Span
from ingest.sentences import trim
from ingest.table_rows import rows
from qa.draft import ClauseKey
from qa.execute.paragraphs import lead_in
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.concepts import Topic, folded
from qa.retrieval.corpus import Corpus

ROW = "行"
ALIKE = 0.8
"""Share of the members that must give a figure, so that they are alike."""
RUNNER_UP = 0.5
"""Share of the best member's weight that no other member may reach."""
SAME_WORDS = 0.5
"""Share of the bigrams beside their figures that two provisions of one make have in common."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A row or an item: its clause, its words, its place, and the lead-in that it needs."""

    key: ClauseKey
    span: Span
    words: str
    lead: Span | None


def narrowed(corpus: Corpus, plan: Plan, asked: Topic, one: Provision) -> Provision:
    """The member of a provision that the question names; the provision where there is none."""
    if plan.wants_list or plan.shape not in ("text", "count") or plan.english:
        return one
    members = _members(corpus, one)
    if plan.shape == "count" and corpus.clause(members[0].key if members else one.key).kind != ROW:
        return one
    if len(members) < 2:
        member = members[0] if members and corpus.clause(one.key).kind == ROW else None
    else:
        member = _named(asked, members)
    if member is None:
        return one
    made = Provision(member.key, member.span, member.lead, duties=one.duties)
    cell = _cell(corpus, asked, member)
    return made if cell is None else replace(made, highlights=(cell.span,), cell=cell)


def alike(corpus: Corpus, one: Provision, other: Provision) -> bool:
    """Whether two provisions of a document say the same of two cases, each with its figure."""
    if one.key[0] != other.key[0]:
        return False
    text, said = corpus.text(one.key[0]), []
    for provision in (one, other):
        figures = corpus.figures.of(one.key[0]).get(provision.key, ())
        inside = [f.span for f in figures if provision.span.covers(f.span)]
        if len(inside) != 1:
            return False
        start = max(provision.span.start, corpus.clause(provision.key).body.start)
        before, after = Span(min(start, inside[0].start), inside[0].start), inside[0].end
        words = before.of(text) + Span(after, provision.span.end).of(text)
        said.append(set(bigrams(folded(words))))
    return len(said[0] & said[1]) >= SAME_WORDS * len(said[0] | said[1])


def lists(corpus: Corpus, one: Provision) -> bool:
    """Whether a provision is a list of items."""
    clause = corpus.clause(one.key)
    below = [c for c in corpus.children(one.key) if c.label and one.span.covers(c.span)]
    return len(below) > 1 or any(
        p.kind == "项" and p.number > 1 and one.span.covers(p.span)
        for p in parts(corpus.text(one.key[0]), clause)
    )


def _members(corpus: Corpus, one: Provision) -> list[_Member]:
    text = corpus.text(one.key[0])
    clause = corpus.clause(one.key)
    below = [clause] if clause.kind == ROW else corpus.children(one.key)
    if printed := [c for c in below if c.kind == ROW]:
        table = rows(text)
        made = [(c, table[c.span.start]) for c in printed if c.span.start in table]
        return [
            _Member((one.key[0], c.ordinal), r.span, folded(r.cells[r.name].of(text)), r.header)
            for c, r in made
        ]
    below = [c for c in below if c.label and one.span.covers(c.span)]
    found = [_item(text, clause, c) for c in below] or [
        _Member(one.key, p.span, folded(p.span.of(text)), p.lead)
        for p in parts(text, clause)
        if p.kind == "项" and one.span.covers(p.span)
    ]
    figured = [f.span for facts in corpus.figures.of(one.key[0]).values() for f in facts]
    giving = sum(any(m.span.covers(f) for f in figured) for m in found)
    return found if giving >= ALIKE * len(found) else []


def _item(text: str, above: Clause, clause: Clause) -> _Member:
    span = trim(text, clause.span)
    return _Member(
        (clause.document_id, clause.ordinal), span, folded(span.of(text)), lead_in(text, above)
    )


def _named(asked: Topic, members: Sequence[_Member]) -> _Member | None:
    """The member that has the question's words that tell members apart, if it is one alone."""
    whole = [m for m in members if len(m.words) > 1 and m.words in asked.text]
    if len(whole) == 1:
        return whole[0]
    weights = {c.word: c.weight for c in asked.concepts}
    weights |= {pair: weight / 2 for pair, weight in asked.pairs.items()}
    equivalents = {c.word: c.equivalents for c in asked.concepts}
    scores = [0.0] * len(members)
    for word, weight in weights.items():
        has = [any(w in m.words for w in (word, *equivalents.get(word, ()))) for m in members]
        if not all(has):
            scores = [s + weight * h for s, h in zip(scores, has, strict=True)]
    order = sorted(range(len(members)), key=lambda i: -scores[i])
    best, other = order[0], order[1]
    if scores[best] <= 0 or scores[other] > RUNNER_UP * scores[best]:
        return None
    return members[best]


def _cell(corpus: Corpus, asked: Topic, member: _Member) -> Fact | None:
    """The cell under the column that the question names, if it is one alone."""
    cells = corpus.cells.of(member.key[0]).get(member.key, [])
    if len(cells) == 1:
        return cells[0]
    named = [_Member(member.key, fact.span, folded(fact.what), None) for fact in cells]
    found = _named(asked, named) if len(named) > 1 else None
    return None if found is None else next(f for f in cells if f.span == found.span)
