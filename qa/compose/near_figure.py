"""The figure of a clause that comes near by meaning, where no words near one cover a topic.

Who asks in lay words (警察那头的画面转给政务网,要多少路) shares few words with the text.  The
figure is then told by its kind, since the clauses near the question rarely hold two of it, and by
late interaction; it is shown with its whole sentence and a word of caution.
"""

import re

from ingest.schema import Target
from qa.claims import plain
from qa.compose.context import Context
from qa.compose.figure_fit import ASKED_UNIT, LOOSE_UNITS, asks_one_kind, figure_segment, unit_fit
from qa.compose.stated_figures import stated
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement
from qa.evidence import word_matches
from qa.figures import figures

CLAUSES, AS_NEAR = 3, 0.8
"""How many clauses are looked through, and the share of the first one's score that each reaches."""
APART = 0.03
"""By how much a figure must meet the question better than one of another sentence."""
QUOTE = 140

_SEVERAL = re.compile("哪些|哪几|分别|各(?:是|为|有|要|达|应|需)")


def compose_near_figure(context: Context) -> Draft | None:
    """The figure of the kind asked for in the clauses nearest by meaning, with care.

    None where no clause is near, none of their figures is of that kind, or two fit as well.
    """
    best = context.ranking.best
    if best is None or not context.near(best) or _SEVERAL.search(context.asked.text):
        return None
    near = [r.key for r in context.ranking.clauses[:CLAUSES] if r.score >= AS_NEAR * best.score]
    found = [(key, fact) for key in near for fact in context.corpus.targets.get(key, ())]
    found = [one for one in found if _of_kind(context, one[1])]
    if not found:
        return None
    scores = _scores(context, found)
    order = sorted(range(len(found)), key=lambda at: (-scores[at], found[at][0]))
    key, fact = found[order[0]]
    rivals = [at for at in order[1:] if found[at][1].sentence != fact.sentence]
    if rivals and scores[rivals[0]] > scores[order[0]] - APART:
        return None
    shown, quote = context.quote(key, fact.sentence, QUOTE)
    if not quote.span.covers(fact.span):
        shown, quote = context.quote(key, figure_segment(context, key, fact), QUOTE)
    differs = stated(context, shown) is False
    words = context.say("says", clause=context.name(key), quote=shown)
    statements = [
        Statement(context.say("near_differs" if differs else "hedge")),
        Statement(words, (quote,), lead=PARAGRAPH),
    ]
    place = context.units_place(key)
    if context.duties(place):
        statements.append(context.ask_units(place))
    return Draft("partial", tuple(statements))


def _of_kind(context: Context, fact: Target) -> bool:
    """Whether a figure is of the kind that is asked for or stated; pieces of any kind alike."""
    wanted = _measures(context)
    if wanted:
        return _loose(folded(fact.unit)) in wanted
    if asks_one_kind(context):
        return unit_fit(context, fact) > 0
    return True


def _measures(context: Context) -> set[str]:
    """The measures of the figures that the question asks for or states (几家, 20家)."""
    text = context.asked.text
    asked = {_loose(match[1]) for match in ASKED_UNIT.finditer(text)}
    if asked or not context.asked.yes_no:
        return asked
    stated_ones = (figure.key for figure in figures(plain(text)))
    return {
        _loose(measure) for kind, value, measure, *_ in stated_ones if kind == "number" and measure
    }


def _loose(unit: str) -> str:
    return "个" if unit and unit[-1] in LOOSE_UNITS else unit


def _scores(context: Context, found: list[tuple[ClauseKey, Target]]) -> list[float]:
    """How well each figure's own words and its sentence meet the question, in [0, 2]."""
    own = [figure_segment(context, key, fact).of(context.text(key)) for key, fact in found]
    whole = [fact.sentence.of(context.text(key)) for key, fact in found]
    asked = context.ranking.topic.text
    met = word_matches(asked, own + whole)
    return [float(met[at] + met[len(found) + at]) for at in range(len(found))]
