"""Refusals: typed, honest, and of use: the nearest clause and whom to ask."""

from qa.compose.context import Context
from qa.draft import PARAGRAPH, Draft, Quote, Statement

MIN_NEAR = 0.2
"""A clause is named as the nearest one only from this coverage or similarity on."""
QUOTE = 60


def not_found(context: Context) -> Draft:
    """Nothing answers; the nearest clause, if one is near at all."""
    first = Statement(context.say("not_found"))
    return Draft("not_found", (first, *_nearest(context)), _suggestions(context))


def not_given(context: Context, what: str) -> Draft:
    """The matter stands in the documents, but not what was asked of it."""
    first = Statement(context.say("not_given", what=what))
    near = _nearest(context)
    return Draft("partial" if near else "not_found", (first, *near), _suggestions(context))


def place_not_covered(context: Context) -> Draft:
    """Another district or city than the documents are about."""
    words = context.join(list(context.asked.places))
    statement = Statement(context.say("place_not_covered", place=words), asked=(words,))
    return Draft("not_found", (statement,), _suggestions(context))


def year_not_covered(context: Context) -> Draft:
    """Another year than the documents are about."""
    words = context.join([str(y) for y in context.asked.years])
    statement = Statement(context.say("year_not_covered", year=words), asked=(words,))
    return Draft("not_found", (statement,), _suggestions(context))


def unit_unknown(context: Context) -> Draft:
    """A unit that no document here names as responsible."""
    words = next(m.words for m in context.asked.units if not m.printed)
    statement = Statement(context.say("unit_none", unit=words), asked=(words,))
    return Draft("not_found", (statement,), _suggestions(context))


def no_clause(context: Context) -> Draft:
    """A clause number that no document here has."""
    label = context.asked.label
    words = f"第{label}项" if label.isdecimal() else label.replace("/", "")
    statement = Statement(context.say("no_clause", label=words), asked=(words,))
    return Draft("not_found", (statement,), _suggestions(context))


def out_of_scope(context: Context, kind: str) -> Draft:
    """Nothing that policy documents answer."""
    phrase = "smalltalk" if kind == "smalltalk" else "out_of_scope"
    return Draft("out_of_scope", (Statement(context.say(phrase)),), _suggestions(context))


def clarify(context: Context) -> Draft:
    """The question names no matter at all."""
    return Draft("clarify", (Statement(context.say("clarify")),), _suggestions(context))


def _nearest(context: Context) -> list[Statement]:
    best = context.ranking.best
    if best is None or max(best.coverage, best.similarity) < MIN_NEAR:
        return []
    evidence = context.evidence(best.key)
    if not evidence:
        return []
    shown, quote = context.quote(best.key, evidence[0].span, QUOTE)
    words = context.say("nearest", clause=context.name(best.key), quote=shown)
    found = [Statement(words, (quote,), lead=PARAGRAPH)]
    if facts := context.duties(best.key):
        units = context.join([fact.unit for fact in facts])
        groups = tuple(Quote(best.key, g) for g in dict.fromkeys(f.group for f in facts))
        found.append(Statement(context.say("ask_there", units=units), groups, lead=PARAGRAPH))
    return found


def _suggestions(context: Context) -> tuple[str, ...]:
    """Questions that the documents do answer, made from what the corpus holds."""
    found = []
    for ranked in context.ranking.clauses[:2]:
        clause = context.clause(ranked.key)
        if clause.heading and context.duties(ranked.key):
            found.append(f"“{clause.heading}”由谁负责?")
    if not found and context.corpus.units:
        found.append(f"{context.corpus.units[-1]}有哪些任务?")
    return tuple(found)
