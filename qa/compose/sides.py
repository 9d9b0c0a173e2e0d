"""What the sides of a comparison are in the corpus: units, clauses, parts of a document.

A side is asked for like a question of its own, within the document that the whole question names.
One that resolves to nothing stays None, and whoever composes says so; nothing is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.folding import fold_text
from qa.chapters import chapter_named, chapter_numbered
from qa.compose.context import Context
from qa.compose.responsible import responsible_clauses
from qa.concepts import coverage, folded, topic
from qa.corpus import ClauseKey
from qa.draft import Statement
from qa.history import labelled
from qa.ranking import rank
from qa.sides import Comparison, Side, agrees
from qa.understood import Intent
from qa.units import UnitMention

HEADED = 0.6
"""Coverage of a side's words by a heading from which that clause is meant."""
COVERED = 0.6
"""Coverage by the whole clause from which it says the matter of a side."""

MAX_DOCUMENTS = 20
"""Documents whose parts are looked through, where the question names none."""
CANDIDATES, BETTER = 6, 0.1
"""Clauses among which one that covers a side by so much more is preferred to the best."""

FEWEST = re.compile("最(?:少|轻|闲)")
"""What asks for the fewest of several."""
_LEVEL = "[市区县省]"
_BODY = "(?:委员会|办公室|管理局|分局|中心|局|委|办|部|院|处|厅|站|队|会)"
_POINTERS = re.compile(
    "(?:这|那|该)(?:一|个)?(?:项|条|个|块|件|头|边|家|任务|工作|部分|方面|板块)?|(?:任务|工作|内容|方面)(?:里面?|中)?$|[里中]面?$"
)
_QUOTES = re.compile("[“”\"'《》]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A side with the clause that it is, and the clauses whose units count as its own."""

    side: Side
    key: ClauseKey
    tasks: tuple[ClauseKey, ...]


def side_context(context: Context, side: Side, intent: Intent) -> Context:
    """The question that a side would be by itself, asked of the same document."""
    asked = context.asked
    key = labelled(side.label, context.corpus)
    words = side.topic or plain(side)
    own = replace(
        asked,
        intent=intent,
        text=_QUOTES.sub("", side.words),
        topic=words,
        units=(),
        label=side.label,
        bound=key,
        also=(),
        yes_no=False,
        numbers=(),
        expects=None,
        further=(),
        comparison=None,
    )
    corpus = context.corpus
    parts = topic(words, corpus.frequencies, corpus.importance)
    named = asked.document
    documents = [named] if named is not None and corpus.infos[named].held else None
    own_words = words if intent not in ("responsible", "unit_tasks") else ""
    ranking = rank(parts, corpus, context.encoder, documents, own_words)
    return Context(own, corpus, context.encoder, ranking, context.reader)


def plain(side: Side) -> str:
    """The words of a side without quotation marks and pointing words."""
    return _POINTERS.sub("", _QUOTES.sub("", side.words)).strip(" 的,，")


def unit_of(context: Context, side: Side, bodies: bool) -> UnitMention | None:
    """The unit that a side is; `bodies` says that the question speaks of units (这两家).

    Then the bare matter of one unit's name names that unit: 民政 for 区民政局.
    """
    if side.units and not side.topic:
        return side.units[0]
    words = plain(side)
    if not bodies or side.label or len(words) < 2:
        return None
    named = [unit for unit in context.corpus.units if _bare(fold_text(unit)) == words]
    if len(named) != 1:
        return None
    return UnitMention(words, (named[0],), 0, len(words))


def _bare(unit: str) -> str:
    """A unit's name without its area and its kind: 民政 of 区民政局."""
    return re.sub(f"{_BODY}$", "", re.sub(f"^{_LEVEL}委?", "", unit))


def clause_of(context: Context, side: Side, with_units: bool) -> ClauseKey | None:
    """The clause that a side names by its number, its heading or its matter.

    `with_units` asks for one with responsible units.
    """
    own = side_context(context, side, "responsible" if with_units else "describe")
    if own.asked.bound is not None:
        return (responsible_clauses(own) or [own.asked.bound])[0] if with_units else own.asked.bound
    if side.label:
        return None
    if (headed := _headed(own, with_units)) is not None:
        return headed
    if with_units:
        found = responsible_clauses(own)[:1]
    else:
        best = own.ranking.best
        found = [best.key] if best is not None and own.near(best) else []
    found = [_better(own, key, with_units) for key in found]
    return found[0] if found and _says(own, found[0]) else None


def _better(own: Context, key: ClauseKey, with_units: bool) -> ClauseKey:
    """The clause that covers a side clearly better than the one that was found, and is as near."""
    rows = [r for r in own.ranking.clauses[:CANDIDATES] if own.duties(r.key) or not with_units]
    now = next((r for r in rows if r.key == key), None)
    if now is None:
        return key
    above = [r for r in rows if r.coverage >= now.coverage + BETTER]
    above = [r for r in above if r.similarity >= now.similarity]
    return max(above, key=lambda r: r.coverage).key if above else key


def _headed(own: Context, with_units: bool) -> ClauseKey | None:
    """The clause among the best whose heading covers the side's words, if one does."""
    corpus = own.corpus
    whole = topic(own.asked.topic, corpus.frequencies, corpus.importance)
    rows = [
        (coverage(whole, folded(own.clause(r.key).heading)), -place, r.key)
        for place, r in enumerate(own.ranking.clauses)
        if own.clause(r.key).label and (own.duties(r.key) or not with_units)
    ]
    best = max(rows, default=None)
    return best[2] if best is not None and best[0] >= HEADED else None


def _says(own: Context, key: ClauseKey) -> bool:
    """Whether a clause covers the words of a side, or comes nearer than chance to them."""
    ranked = next((r for r in own.ranking.clauses if r.key == key), None)
    return own.found(ranked) or (ranked is not None and ranked.coverage >= COVERED)


def by_document(context: Context) -> list[Context]:
    """The question as asked of each document by itself: of the one it names, or of the first few
    that are held.
    """
    only = context.only_document
    named = [only] if only else [info.id for info in context.corpus.held[:MAX_DOCUMENTS]]
    return [replace(context, asked=replace(context.asked, document=one)) for one in named]


def part_of(context: Context, side: Side) -> ClauseKey | None:
    """The chapter or group of tasks that a side names by number or by words of its heading."""
    if side.units:
        return None
    if side.label and (key := labelled(side.label, context.corpus)) is not None:
        return key if len(context.corpus.children(key)) > 1 else None
    only = context.only_document
    found = chapter_numbered(context.corpus, only, side.words)
    return found if found is not None else chapter_named(context.corpus, only, plain(side))


def tasks_below(context: Context, key: ClauseKey) -> list[ClauseKey]:
    """The clauses of a part that are counted: all of the kind that names units (one list may stand
    for several of them), else its own children.
    """
    inside: list[ClauseKey] = []
    open_keys = [key]
    while open_keys:
        open_keys = [(key[0], c.ordinal) for k in open_keys for c in context.corpus.children(k)]
        inside += open_keys
    kinds = {context.clause(k).kind for k in inside if context.duties(k)}
    tasks = sorted(k for k in inside if context.clause(k).kind in kinds)
    if tasks:
        return tasks
    return [(key[0], c.ordinal) for c in context.corpus.children(key) if c.label or c.heading]


def answered_first(
    context: Context, compared: Comparison, values: Sequence[Decimal | int]
) -> list[Statement]:
    """Yes or no, where two sides are asked about in that way and are in that order."""
    if len(values) != 2 or not context.asked.yes_no:
        return []
    agree = agrees(compared, Decimal(values[0]), Decimal(values[1]))
    if agree is None:
        return []
    return [Statement(context.say("yes" if agree else "no"), sums_up=True)]
