"""Refusals: typed, honest, and of use: the nearest clause and whom to ask."""

import re
from difflib import SequenceMatcher

from index.tokens import dictionary_words
from qa import tables
from qa.compose.context import Context
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement

NEIGHBOURS, SECOND = 2, 0.85
"""Clauses that a refusal names at most, and the share of the first one's score that the second
must reach."""
SHARED, MATTER = 3, 24
"""The least and the most code points in a row with which a refusal names its matter."""
_COUNT = re.compile("\\d+.{0,2}")
SHORT = 4
"""A topic of so few code points beside a unit is only the fact that is asked of it (电话)."""
QUOTE = 60
_EDGES = " 的了在是和与及等有为将把对到要中里，。、,.;；:：“”\"'《》（）()"


def not_found(context: Context) -> Draft:
    """Nothing answers; the nearest clause, if one is near at all."""
    first = Statement(context.say("not_found"))
    return Draft("not_found", (first, *nearest(context)), suggestions(context))


def not_given(context: Context, what: str) -> Draft:
    """The matter stands in the documents, but not what was asked of it."""
    near = nearest(context)
    matter = _units_named(context)
    if not matter and near and context.ranking.best is not None:
        matter = matter_of(context, context.ranking.best.key)
    if matter:
        words = context.say("not_given_of", matter=matter, what=what)
    else:
        words = context.say("not_given", what=what)
    first = Statement(words, asked=tuple(w for w in (matter, what) if w))
    return Draft("partial" if near else "not_found", (first, *near), suggestions(context))


def _units_named(context: Context) -> str:
    """The units of a question that asks for nothing but a fact about them."""
    named = list(dict.fromkeys(m.words for m in context.asked.units))
    rest = context.asked.topic.replace(" ", "")
    alone = not rest or (context.asked.expects is not None and len(rest) <= SHORT)
    return context.join(named) if named and alone else ""


def matter_of(context: Context, key: ClauseKey) -> str:
    """What the question and a clause both say, in one run of words; "" if they share too few.

    It is asked for in these words and printed in them, so a refusal may name it.
    """
    asked = folded(context.asked.text)
    clause = context.clause(key)
    text = context.text(key)
    own = clause.heading_span.of(text) + clause.body.of(text)
    printed = folded(own)
    shared = SequenceMatcher(None, asked, printed, autojunk=False).find_longest_match()
    words = _whole_words(asked, shared.a, shared.a + shared.size).strip(_EDGES)
    if words.count("“") != words.count("”"):
        words = max(re.split("[“”]", words), key=len)  # half a quotation
    if not SHARED <= len(words) <= MATTER or _COUNT.fullmatch(words):
        return ""
    info = context.corpus.infos[key[0]]
    if words in folded(info.title + info.region) or any(words in p.names for p in tables.places()):
        return ""  # 黄浦区GDP is not about 黄浦区
    spaced = r"\s*".join(map(re.escape, words))
    as_printed = re.search(spaced, own, re.IGNORECASE)
    return as_printed[0] if as_printed else words


def _whole_words(text: str, start: int, end: int) -> str:
    """The words that lie wholly between two places (of 分管数字化 no 管数字化).

    All that stands between them, where too little is left.
    """
    edges = [0]
    for word in dictionary_words(text):
        edges.append(edges[-1] + len(word))
    inside = [edge for edge in edges if start <= edge <= end]
    whole = len(inside) > 1 and inside[-1] - inside[0] >= SHARED
    return text[inside[0] : inside[-1]] if whole else text[start:end]


def place_not_covered(context: Context) -> Draft:
    """Another district or city than the documents are about."""
    words = context.join(list(context.asked.places))
    statement = Statement(context.say("place_not_covered", place=words), asked=(words,))
    return Draft("not_found", (statement,), suggestions(context))


def year_not_covered(context: Context) -> Draft:
    """Another year than the documents are about."""
    words = context.join([str(y) for y in context.asked.years])
    statement = Statement(context.say("year_not_covered", year=words), asked=(words,))
    return Draft("not_found", (statement,), suggestions(context))


def unit_unknown(context: Context) -> Draft:
    """A unit that no document here names as responsible."""
    words = next(m.words for m in context.asked.units if not m.printed)
    statement = Statement(context.say("unit_none", unit=words), asked=(words,))
    return Draft("not_found", (statement,), suggestions(context))


def no_clause(context: Context) -> Draft:
    """A clause number that no document here has."""
    label = context.asked.label
    words = f"第{label}项" if label.isdecimal() else label.replace("/", "")
    statement = Statement(context.say("no_clause", label=words), asked=(words,))
    return Draft("not_found", (statement,), suggestions(context))


def out_of_scope(context: Context, kind: str) -> Draft:
    """Nothing that policy documents answer."""
    phrase = "smalltalk" if kind == "smalltalk" else "out_of_scope"
    return Draft("out_of_scope", (Statement(context.say(phrase)),), suggestions(context))


def clarify(context: Context) -> Draft:
    """The question names no matter at all."""
    return Draft("clarify", (Statement(context.say("clarify")),), suggestions(context))


def nearest(context: Context) -> list[Statement]:
    """The nearest clauses, two at most, each with whom to ask about it."""
    best = context.ranking.best
    if best is None or not context.nameable(best):
        return []
    found: list[Statement] = []
    for place, ranked in enumerate(context.ranking.clauses[:NEIGHBOURS]):
        evidence = context.evidence(ranked.key)
        if not evidence or (place and ranked.score < SECOND * best.score):
            continue
        shown, quote = context.quote(ranked.key, evidence[0].span, QUOTE)
        words = "also" if found else "nearest"
        text = context.say(words, clause=context.name(ranked.key), quote=shown)
        found.append(Statement(text, (quote,), lead=PARAGRAPH))
        place_of_units = context.units_place(ranked.key)
        if facts := context.duties(place_of_units):
            units = context.join([fact.unit for fact in facts])
            groups = context.groups(place_of_units)
            found.append(Statement(context.say("ask_there", units=units), groups, lead=PARAGRAPH))
    return found


def suggestions(context: Context) -> tuple[str, ...]:
    """Questions that the documents do answer, made from what the corpus holds."""
    found = []
    for ranked in context.ranking.clauses[:2]:
        clause = context.clause(ranked.key)
        if clause.heading and context.duties(ranked.key):
            found.append(f"“{clause.heading}”由谁负责?")
    if not found and context.corpus.units:
        found.append(f"{context.corpus.units[-1]}有哪些任务?")
    return tuple(found)
