"""The parts of a document, or of one of its parts: 重点任务分几个方面, 第二部分有几项任务."""

from collections.abc import Sequence

from index.folding import fold_text
from ingest.schema import Clause
from qa.draft import ClauseKey
from qa.execute.clauses import provisions
from qa.execute.result import Part
from qa.question.parse import content
from qa.question.parts import AskedParts, asked_parts, joined
from qa.question.plan import Plan
from qa.retrieval.concepts import coverage, folded, topic
from qa.retrieval.corpus import Corpus

NAMED = 0.6
"""Coverage of the topic from which a heading is the part that is asked about."""
SHORTEST = 3
"""Code points from which a heading that the question repeats names its part."""

_PLAIN = frozenset({"款", "正文", "落款", "行", "问", "目", "项"})


def parts_of(corpus: Corpus, plan: Plan, document: str) -> tuple[Part, ...]:
    """The parts that a plan asks about in a document; empty if its topic is none of them."""
    clauses = [c for c in corpus.clauses(document) if c.ordinal and c.kind not in _PLAIN]
    above = [c for c in clauses if len(_below(corpus, c)) > 1]
    by_number = _labelled(corpus, plan, document, above)
    named = by_number if plan.labels else _named(corpus, plan, above)
    if plan.labels and not named:
        return ()
    asked = asked_parts(plan.text, [fold_text(one.heading) for one in named])
    if named:
        return tuple(_part(corpus, one, asked) for one in named)
    if content(plan.topic):
        return ()
    some = [c for c in clauses if c.kind == asked.kind and not c.path.startswith("附件")]
    if some:
        return (Part(None, _keys(some), asked.kind),)
    return tuple(one for one in [_whole(corpus, clauses, above, asked, document)] if one.items)


def _labelled(corpus: Corpus, plan: Plan, document: str, above: Sequence[Clause]) -> list[Clause]:
    """The parts that a question names by number."""
    found = [p.key for label in plan.labels for p in provisions(corpus, label, [document])]
    return [c for c in above if (document, c.ordinal) in found and c.kind != "条"]


def _below(corpus: Corpus, clause: Clause) -> list[Clause]:
    """What stands directly below a clause; nothing where that is not all told by headings."""
    children = corpus.children((clause.document_id, clause.ordinal))
    below = [c for c in children if c.kind not in _PLAIN and (c.label or c.heading)]
    return below if all(c.heading for c in below) else []


def _keys(clauses: Sequence[Clause]) -> tuple[ClauseKey, ...]:
    return tuple((c.document_id, c.ordinal) for c in clauses)


def _named(corpus: Corpus, plan: Plan, above: Sequence[Clause]) -> list[Clause]:
    """The parts whose heading a question repeats, or whose heading its topic is about."""
    if content(plan.topic):
        if found := _about(corpus, plan.topic, above):
            return [found]
        sides = [_about(corpus, side, above) for side in joined(plan.topic) if content(side)]
        whole = [one for one in sides if one is not None]
        if len(whole) == len(sides) > 1 and len(set(whole)) == len(whole):
            return whole
    said = [c for c in above if len(c.heading) >= SHORTEST and fold_text(c.heading) in plan.text]
    return [max(said, key=lambda c: len(c.heading))] if said else []


def _about(corpus: Corpus, words: str, above: Sequence[Clause]) -> Clause | None:
    """The part whose heading covers some words best; None if two do, or none well."""
    asked = topic(words, corpus.frequencies, corpus.importance)
    scored = sorted(
        ((coverage(asked, folded(c.heading)), c.ordinal, c) for c in above), reverse=True
    )
    if not scored or scored[0][0] < NAMED:
        return None
    return scored[0][2] if len(scored) < 2 or scored[1][0] < scored[0][0] else None


def _part(corpus: Corpus, clause: Clause, asked: AskedParts) -> Part:
    """A part with its tasks where those are asked for, else with what stands directly below."""
    below = _below(corpus, clause)
    if asked.leaves and asked.number != len(below):
        while deeper := [d for c in below for d in _below(corpus, c)]:
            below = deeper
        return Part((clause.document_id, clause.ordinal), _keys(below), "项")
    return Part((clause.document_id, clause.ordinal), _keys(below), "部分")


def _whole(
    corpus: Corpus,
    clauses: Sequence[Clause],
    above: Sequence[Clause],
    asked: AskedParts,
    document: str,
) -> Part:
    """The document: its articles or tasks where those are asked for, else its parts."""
    own = corpus.children((document, 0))
    tops = [c for c in own if (c.label or c.kind == "标题") and c.heading and c.kind != "附件"]
    if asked.number is not None:
        fits = [c for c in above if len(_below(corpus, c)) == asked.number]
        if len(tops) != asked.number and fits:
            key = (document, fits[0].ordinal)
            return Part(key, _keys(_below(corpus, fits[0])), "部分")
    if asked.leaves:
        articles = [c for c in clauses if c.kind == "条" and not c.path.startswith("附件")]
        if articles:
            return Part(None, _keys(articles), "条")
        kinds = [c.kind for c in clauses if c.heading and not _below(corpus, c)]
        most = max(dict.fromkeys(kinds), key=kinds.count, default="")
        leaves = [c for c in clauses if c.kind == most and c.heading and not _below(corpus, c)]
        return Part(None, _keys(leaves), "项")
    return Part(None, _keys(tops), "部分")
