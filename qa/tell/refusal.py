"""Refusals: typed, honest, and of use: what is missing, what comes nearest, whom to ask."""

from qa.draft import PARAGRAPH, Draft, Quote, Statement
from qa.execute.responsible import with_duties
from qa.execute.result import Missing, Result
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.tell.provisions import printed, quotes
from qa.words.language import Script
from qa.words.wording import say

_PHRASES = {
    "not_found": "not_found", "not_given": "not_given", "place": "place_not_covered",
    "year": "year_not_covered", "not_held": "not_held", "unknown_title": "title_not_held",
    "no_clause": "no_clause", "unknown_unit": "unknown_unit", "name": "name_not_covered",
    "unclear": "unclear",
    "out_of_scope": "out_of_scope", "small_talk": "smalltalk",
}  # fmt: skip
_STATUS = {"unclear": "clarify", "out_of_scope": "out_of_scope", "small_talk": "out_of_scope"}


ELSEWHERE = ("place", "year", "unknown_title", "name")
"""What is not covered: the neighbour's rule is named and never told, since it is not the answer."""


def _alike(corpus: Corpus, missing: Missing, script: Script) -> list[Statement]:
    """Where the documents held say something of the kind about others."""
    where = [
        f"{names.title(corpus, one.key[0])}{names.clause(corpus, one.key, script, heading=False)}"
        for one in missing.near
    ]
    places = tuple(q for one in missing.near for q in quotes(one)[:1])
    return [Statement(say(script, "alike", where="、".join(where)), places, PARAGRAPH)]


def tell(corpus: Corpus, result: Result, missing: Missing) -> Draft:
    """What is missing, then the nearest provision and the units to ask."""
    script = result.plan.script
    what = missing.what
    words = say(
        script, _PHRASES[missing.kind],
        what=what, place=what, year=what, title=what, label=what, unit=what,
    )  # fmt: skip
    statements = [Statement(words, asked=(what,) if what else ())]
    if missing.near and missing.kind in ELSEWHERE:
        statements += _alike(corpus, missing, script)
    elif missing.near:
        phrase = "referred" if missing.kind == "not_held" else "nearest"
        statements.append(Statement(say(script, phrase), lead=PARAGRAPH))
        statements += printed(corpus, missing.near, script, True)
        units = dict.fromkeys(f.who for f in with_duties(corpus, missing.near[0]).duties)
        if units and missing.kind in ("not_found", "not_given"):
            facts = with_duties(corpus, missing.near[0]).duties
            named = list(units)[:6]
            lists = dict.fromkeys(
                Quote((f.document_id, f.clause), f.group) for f in facts if f.who in named
            )
            ask = say(script, "ask_there", units="、".join(named))
            statements.append(Statement(ask, tuple(lists), PARAGRAPH))
    return Draft(_STATUS.get(missing.kind, "not_found"), tuple(statements))  # type: ignore[arg-type]
