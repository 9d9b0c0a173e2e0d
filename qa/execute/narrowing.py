"""The one member of a list or table that a question names, where all members are alike.

甲类 5元、乙类 3元: whoever asks for 乙类 is told that row, under its header, and no other one.
Members are alike where each gives a figure of its own, as the rows of a table do; a list of another
kind is told whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.tokens import bigrams
from ingest.cell_values import TOTAL
from ingest.items import parts
from ingest.patterns import pattern
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
_HOW_MANY = pattern(r"[（(]\d+[^（）()]{0,3}[）)]$")
"""What a heading says of its length: 东街（2个）."""
ALIKE = 0.8
"""Share of the members that must give a figure, so that they are alike."""
RUNNER_UP = 0.5
"""What another member may have of the question that the best one has not, as a share of what the
best one alone has."""
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
    if plan.english or plan.shape not in ("text", "count"):
        return one
    if (group := _group(corpus, asked, one)) is not None:
        return group
    printed, items = _rows(corpus, one), _items(corpus, one)
    member = None
    if plan.details.place and not plan.labels:
        member = _at(plan.details.place, printed or items)
    elif printed and not plan.wants_list:
        member = _named(asked, printed) if len(printed) > 1 else printed[0]
    elif plan.shape == "text" and not plan.wants_list and _figured(corpus, one, items):
        member = _named(asked, items)
    if member is None:
        return one
    made = Provision(member.key, member.span, member.lead, duties=one.duties)
    cell = _cell(corpus, asked, member) if printed else None
    return made if cell is None else replace(made, highlights=(cell.span,), cell=cell)


def _group(corpus: Corpus, asked: Topic, one: Provision) -> Provision | None:
    """The one part of a list of lists whose heading the question says in so many words."""
    text = corpus.text(one.key[0])
    groups = [
        child
        for child in corpus.children(one.key)
        if child.heading
        and one.span.covers(child.span)
        and corpus.children((one.key[0], child.ordinal))
    ]
    named = [
        g
        for g in groups
        if len(name := _HOW_MANY.sub("", folded(g.heading))) > 1 and name in asked.text
    ]
    if len(groups) < 2 or len(named) != 1:
        return None
    return Provision((one.key[0], named[0].ordinal), trim(text, named[0].span))


def _at(place: int, members: Sequence[_Member]) -> _Member | None:
    """The member at a place of a list, counted from 1, or from its end where below 0."""
    if not 0 < abs(place) <= len(members):
        return None
    return members[place - 1 if place > 0 else place]


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
    return len(_items(corpus, one)) > 1


def _rows(corpus: Corpus, one: Provision) -> list[_Member]:
    text, clause = corpus.text(one.key[0]), corpus.clause(one.key)
    below = [clause] if clause.kind == ROW else corpus.children(one.key)
    if not any(c.kind == ROW for c in below):
        return []
    table = rows(text)
    made = [(c, table[c.span.start]) for c in below if c.span.start in table]
    return [
        _Member((one.key[0], c.ordinal), r.span, folded(r.cells[r.name].of(text)), r.header)
        for c, r in made
    ]


def _items(corpus: Corpus, one: Provision) -> list[_Member]:
    text, clause = corpus.text(one.key[0]), corpus.clause(one.key)
    below = [c for c in corpus.children(one.key) if c.label and one.span.covers(c.span)]
    return [_item(text, clause, c) for c in below] or [
        _Member(one.key, p.span, folded(p.span.of(text)), p.lead)
        for p in parts(text, clause)
        if p.kind == "项" and one.span.covers(p.span)
    ]


def _figured(corpus: Corpus, one: Provision, items: Sequence[_Member]) -> bool:
    """Whether nearly every item gives a figure."""
    figures = [f.span for facts in corpus.figures.of(one.key[0]).values() for f in facts]
    giving = sum(any(m.span.covers(f) for f in figures) for m in items)
    return len(items) > 1 and giving >= ALIKE * len(items)


def _item(text: str, above: Clause, clause: Clause) -> _Member:
    span = trim(text, clause.span)
    return _Member(
        (clause.document_id, clause.ordinal), span, folded(span.of(text)), lead_in(text, above)
    )


def _named(asked: Topic, members: Sequence[_Member]) -> _Member | None:
    """The member that has the question's words that tell members apart, if it is one alone."""
    whole = [m for m in members if len(m.words) > 1 and m.words in asked.text]
    whole = [m for m in whole if not TOTAL.fullmatch(m.words)] or whole
    if whole:
        return whole[0] if len(whole) == 1 else None
    weights, has = _words(asked, members)
    telling = {word for word in weights if any(word in said for said in has)}
    telling -= {word for word in telling if all(word in said for said in has)}
    scores = [sum(weights[word] for word in said & telling) for said in has]
    order = sorted(range(len(members)), key=lambda i: -scores[i])
    if scores[order[0]] <= 0 or scores[order[1]] > RUNNER_UP * scores[order[0]]:
        return None
    return members[order[0]]


def _column(asked: Topic, columns: Sequence[_Member]) -> _Member | None:
    """The column whose name has words of the question that every other one lacks."""
    weights, has = _words(asked, columns)
    best = max(range(len(columns)), key=lambda i: sum(weights[word] for word in has[i]))
    for other, said in enumerate(has):
        own = sum(weights[word] for word in has[best] - said)
        more = sum(weights[word] for word in said - has[best])
        if other != best and (own <= 0 or more > RUNNER_UP * own):
            return None
    return columns[best]


def _words(asked: Topic, members: Sequence[_Member]) -> tuple[dict[str, float], list[set[str]]]:
    """The question's words and pairs of characters with their weights, and who has which."""
    weights = {c.word: c.weight for c in asked.concepts}
    weights |= {pair: weight / 2 for pair, weight in asked.pairs.items()}
    also = {c.word: c.equivalents for c in asked.concepts}
    return weights, [
        {word for word in weights if any(w in m.words for w in (word, *also.get(word, ())))}
        for m in members
    ]


def _cell(corpus: Corpus, asked: Topic, member: _Member) -> Fact | None:
    """The cell under the column that the question names, if it is one alone."""
    cells = corpus.cells.of(member.key[0]).get(member.key, [])
    if len(cells) == 1:
        return cells[0]
    named = [_Member(member.key, fact.span, folded(fact.what), None) for fact in cells]
    found = _column(asked, named) if len(named) > 1 else None
    return None if found is None else next(f for f in cells if f.span == found.span)
