"""Tasks for which a document names no unit, where it names units for others of their kind."""

import re

from ingest.schema import Clause
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Quote, Statement

_UNIT = "(?:责任|牵头|负责|主责)(?:的)?(?:单位|部门)"
_ASKS = re.compile(
    f"(?:没|没有|未|缺)(?:有)?(?:写|列|标|注|明确|指定|印|规定|安排|落实)?(?:明|出|上|了)?{_UNIT}"
    f"|{_UNIT}(?:是)?(?:空着?|缺失|没写|没列|未写|未列|没有写|没有列)"
)
_TASKS = re.compile("哪|几|多少|有没有|列")


def compose_unassigned(context: Context) -> Draft | None:
    """Every task without a unit, counted; None if nobody asks for such tasks."""
    asked = context.asked
    document = context.only_document
    if document is None or asked.units or asked.label:
        return None
    if not (_ASKS.search(asked.text) and _TASKS.search(asked.text)):
        return None
    with_units = list(context.corpus.duties.of(document))
    kinds = {context.clause(key).kind for key in with_units}
    keys = [
        (document, clause.ordinal)
        for clause in context.corpus.clauses(document)
        if clause.kind in kinds and clause.heading and _lacks(context, clause, with_units)
    ]
    words = context.say("unassigned" if keys else "unassigned_none", count=len(keys))
    statements = [Statement(words, computed=(str(len(keys)),), sums_up=True)]
    for key in keys:
        quote = Quote(key, context.clause(key).heading_span)
        statements.append(Statement(context.name(key), (quote,), lead=ITEM))
    return Draft("answered" if keys else "partial", tuple(statements))


def _lacks(context: Context, clause: Clause, with_units: list[ClauseKey]) -> bool:
    """Whether neither a clause nor what stands above or below it names units, but its kin does."""
    key = (clause.document_id, clause.ordinal)
    if context.duties(key):
        return False
    spans = [context.clause(other).span for other in with_units]
    if any(clause.span.covers(span) for span in spans):
        return False
    chapter = clause
    while chapter.parent:
        if context.duties((key[0], chapter.parent)):
            return False  # the item above lists the units of all that stands below it
        chapter = context.clause((key[0], chapter.parent))
    return any(chapter.span.covers(span) for span in spans)
