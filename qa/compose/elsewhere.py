"""Documents that a question names and that are not here: say so, and where they are referred to."""

import re

from index.folding import fold_text
from ingest.schema import Span
from qa.compose.context import Context
from qa.compose.description import compose_description
from qa.compose.refusal import suggestions
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement
from qa.titles import document_meant, names_title

QUOTE = 120
"""Longest quotation of the place that refers to it, in code points."""

_TITLE = re.compile("《(?P<t>[^《》]{4,60})》")
_DONE_TO = re.compile('(?:修订|制定|编制|起草|出台|落实|贯彻|执行|依据|根据|按照|遵照)[“"]?$')
"""Before a title: the question is about what is done with the document, not about its text."""
_QUOTED_CLAUSE = re.compile(
    r"[“\"「](?P<t>[^“”\"「」]{4,40})[”\"」](?:的|中|里)?"
    r"第[ ]*[\d一二三四五六七八九十百]+[ ]*[条项款章节]"
)


def compose_elsewhere(context: Context) -> Draft | None:
    """Word that a named document is not held, with the place that refers to it; None if it is."""
    title = _named(context)
    if not title:
        return None
    place = _referred(context, title)
    if place is None:
        words = context.say("not_mentioned", title=title)
        return Draft("not_found", (Statement(words, asked=(title,)),), suggestions(context))
    if context.found(context.ranking.best):
        said = compose_description(context)
        first = Statement(context.say("not_held", title=title), asked=(title,))
        return Draft("partial", (first, *said.statements), said.suggestions)
    key, span = place
    shown, quote = context.quote(key, span, QUOTE)
    statements = [
        Statement(context.say("not_held", title=title), asked=(title,)),
        Statement(
            context.say("referred", clause=context.name(key), quote=shown),
            (quote,),
            lead=PARAGRAPH,
        ),
    ]
    return Draft("partial", tuple(statements), suggestions(context))


def _named(context: Context) -> str:
    """A title in brackets, or in quotation marks before a clause number, that nothing here has."""
    text = context.asked.question
    if context.asked.intent in ("responsible", "check", "unit_tasks"):
        return ""  # who revises 《…》 is told here, whatever the document itself says
    for pattern in (_TITLE, _QUOTED_CLAUSE):
        for match in pattern.finditer(text):
            title = match["t"].strip()
            if not _DONE_TO.search(text[: match.start()]) and not _known(context, title):
                return title
    return ""


def _known(context: Context, title: str) -> bool:
    """Whether a document of the corpus, held or only referred to, has this title or most of it."""
    if context.corpus.holds_title(title):
        return True
    meant = document_meant(fold_text(title), context.corpus.holdings)
    return meant is not None and names_title(title, context.corpus.infos[meant].title)


def _referred(context: Context, title: str) -> tuple[ClauseKey, Span] | None:
    """The sentence that names the title, looked for among references and in what was found."""
    for reference in context.corpus.referring(title)[:1]:
        key = (reference.document_id, reference.clause)
        return key, _sentence(context, key, reference.span)
    for ranked in context.ranking.clauses[:5]:
        text, clause = context.text(ranked.key), context.clause(ranked.key)
        at = text.find(title, clause.body.start, clause.body.end)
        if at >= 0:
            return ranked.key, _sentence(context, ranked.key, Span(at, at + len(title)))
    return None


def _sentence(context: Context, key: ClauseKey, part: Span) -> Span:
    return next((s for s in context.sentences(key) if s.covers(part)), part)
