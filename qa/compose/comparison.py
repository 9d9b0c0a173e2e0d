"""Several sides side by side: units by their tasks, parts, lists of units, figures, what is said.

What a side is decides what can be compared; what is asked of it decides between the rest.  None is
returned where the sides of a question are nothing that can be compared, so that it is answered as
any other.
"""

import re
from dataclasses import replace

from qa.chapters import chapter_numbered, chapters_of_chapters
from qa.compose.compared_clauses import (
    compare_contents,
    compare_mentions,
    compare_places,
)
from qa.compose.compared_figures import compare_figures
from qa.compose.compared_lists import compare_unit_lists, same_unit_list
from qa.compose.compared_parts import compare_parts
from qa.compose.compared_units import compare_units
from qa.compose.context import Context
from qa.compose.enumerated import compose_counted
from qa.compose.sides import (
    Placed,
    by_document,
    clause_of,
    part_of,
    side_context,
    tasks_below,
    unit_of,
)
from qa.compose.unit_tasks import compose_unit_tasks
from qa.corpus import ClauseKey
from qa.draft import Draft, Statement, joined
from qa.sides import STRONG, Comparison, Side

_EACH_PART = re.compile(
    "(?:板块|部分|小节|章|节|领域|块|方面)(?:里|中|下面)?[,，]?都?(?:各自?|分别|每[节块章]){1,2}"
    "(?:有|是|列|含|安排|部署)?(?:了)?(?:几|多少)(?:个|项|条)(?:重点|具体)?(?:任务|工作)"
)
_SECTIONS = re.compile("(?:几|多少)个?(?:小节|节|部分|板块|方面|小块)")
_ONE_PLACE = re.compile("(?:同一|一)个?(?:条|项|任务|节|部分)(?:任务|工作|里|中|的|吗|么|$)")
_HOW_MANY = re.compile("(?:几|多少)[家个项条所种类处]")
_MENTIONS = re.compile(
    "(?:提到|提及|写到|讲到|说到|涉及|用到|出现)(?:了|过)?(?!的)(?P<words>[^,，?？谁哪几什啥]{2,12}?)"
    "(?:这个词|这些|了|的(?:内容|话)?)?(?:吗|么|没有|没|[?？]|$)"
)
_COUNTED = frozenset(("more", "amount", "ratio", "differ", "each", "sum"))


def compose_comparison(context: Context) -> Draft | None:
    """The comparison that is asked for; None if nothing, or no two things, are to be compared."""
    compared = context.asked.comparison
    named = compared is not None and any(_parts_of(o, compared) for o in by_document(context))
    if not named and (draft := _each_part(context)) is not None:
        return draft
    if compared is None:
        return None
    if (draft := _units(context, compared)) is not None:
        return draft
    if any(side.units and not side.topic and not side.label for side in compared.sides):
        return None  # a unit and a matter
    if (draft := _parts(context, compared)) is not None:
        return draft
    if compared.asks("parts") and "任务" in compared.frame:
        return None  # parts that the documents don't have
    if compared.asks("units"):
        return _lists(context, compared)
    figures = compared.asks("figures") and not all(side.label for side in compared.sides)
    draft = compare_figures(context, compared) if figures else None
    return draft or _contents(context, compared)


def _units(context: Context, compared: Comparison) -> Draft | None:
    """Units by their tasks, or the tasks that they share."""
    bodies = compared.asks("bodies") or any(side.units for side in compared.sides)
    units = [unit_of(context, side, bodies) for side in compared.sides]
    found = [unit for unit in units if unit is not None]
    if len(found) < len(units) or len({u.printed or u.words for u in found}) < len(found):
        return None
    if any(unit.foreign for unit in found):
        return None
    if not any(unit.printed for unit in found):
        words = [context.say("unit_none", unit=unit.words) for unit in found]
        said = (Statement(w, asked=(u.words,)) for w, u in zip(words, found, strict=True))
        return Draft("not_found", tuple(said))
    if "together" in compared.cues and compared.cues & {"amount", "more"}:
        return None  # shares of several pairs
    if compared.cues == {"each"} and context.asked.further:
        return None  # a list for each, as for each alone
    if compared.cues & _COUNTED and not compared.matter:
        counted = compared.asks("tasks") or compared.cues & STRONG
        return compare_units(context, compared, found) if counted else None
    if "only" in compared.cues and compared.asks("tasks"):
        return compare_units(context, compared, found, only=True)
    named = {unit.printed for unit in context.asked.units}
    known = context.asked.intent == "unit_tasks" and {u.printed for u in found} == named
    if not known and not compared.matter:
        asked = replace(context.asked, units=tuple(found), topic="", intent="unit_tasks")
        return compose_unit_tasks(replace(context, asked=asked))
    return None


def _parts(context: Context, compared: Comparison) -> Draft | None:
    """Chapters or groups of tasks: how many tasks each has, which units, what it is called."""
    labelled = all(side.label[-1:] in ("章", "节") for side in compared.sides)
    if not labelled and not (compared.asks("parts") or _calls_parts(compared)):
        return None
    rows = [_parts_of(own, compared) for own in by_document(context)]
    whole = [row for row in rows if row is not None]
    if len(whole) != 1:
        return None  # in no document, or in several
    found = whole[0]
    if compared.asks("units") and any(tasks_below(context, key) for key in found):
        sides = [
            Placed(side, key, tuple(k for k in tasks_below(context, key) if context.duties(k)))
            for side, key in zip(compared.sides, found, strict=True)
        ]
        if all(placed.tasks for placed in sides):
            return compare_unit_lists(context, compared, sides)
    sections = _SECTIONS.search(compared.frame) is not None
    return compare_parts(context, compared, found, sections)


def _each_part(context: Context) -> Draft | None:
    """The tasks of each part below one (第二部分的五个小节各有几项任务)."""
    text = context.asked.text
    if _EACH_PART.search(text) is None:
        return None
    for own in by_document(context):
        if (document := own.only_document) is None:
            continue
        key = chapter_numbered(own.corpus, own.only_document, text)
        keys = [key] if key is not None else chapters_of_chapters(own.corpus, own.only_document)
        for parent in keys:
            below = [(document, c.ordinal) for c in context.corpus.children(parent) if c.label]
            if len(below) > 1 and all(context.corpus.children(part) for part in below):
                whole = Comparison(text, (), text, frozenset(("each",)))
                return compare_parts(context, whole, below)
    return None


def _parts_of(own: Context, compared: Comparison) -> list[ClauseKey] | None:
    """The parts of one document that the sides name, if each of them names another."""
    keys = [part_of(own, side) for side in compared.sides]
    found = [key for key in keys if key is not None]
    return found if len(set(found)) == len(compared.sides) else None


def _calls_parts(compared: Comparison) -> bool:
    """Whether the sides themselves are called parts: 经济板块跟治理板块."""
    one = replace(compared, frame=" ".join(side.words for side in compared.sides))
    return one.asks("parts")


def _placed(context: Context, side: Side, with_units: bool) -> Placed | None:
    key: ClauseKey | None = clause_of(context, side, with_units)
    if key is None and not side.label and context.asked.bound is not None:
        key = context.asked.bound
    return Placed(side, key, (key,)) if key is not None else None


def _lists(context: Context, compared: Comparison) -> Draft | None:
    """The units of clauses."""
    sides = [_placed(context, side, True) for side in compared.sides]
    found = [placed for placed in sides if placed is not None]
    one = len({p.key for p in found}) == 1 and len(found) == len(sides)
    if one and compared.cues & {"more", "differ", "shared"} and not compared.cues & {"amount"}:
        return same_unit_list(context, found[0])
    with_units = [placed for placed in found if context.duties(placed.key)]
    if len(with_units) < 2 or len({p.key for p in found}) < len(compared.sides):
        return None
    return compare_unit_lists(context, compared, with_units)


def _counts(context: Context, compared: Comparison) -> Draft | None:
    """How many things each side lists, where no figure is stated (点名的学校有几家)."""
    if (asked := _HOW_MANY.search(compared.frame)) is None:
        return None
    drafts = []
    for side in compared.sides:
        own = side_context(context, side, "target")
        text = f"{side.words}有{asked[0]}"
        bound = clause_of(context, side, False)
        own = replace(own, asked=replace(own.asked, text=text, bound=bound))
        if bound is None or (draft := compose_counted(own)) is None:
            return None
        drafts.append(draft)
    return joined(drafts)


def _contents(context: Context, compared: Comparison) -> Draft | None:
    """What clauses, or sides of one clause, say."""
    tasks = compared.asks("clauses")
    sides = [_placed(context, side, tasks) for side in compared.sides]
    if compared.cues & {"each", "amount", "more"} and (draft := _counts(context, compared)):
        return draft
    found = [placed for placed in sides if placed is not None]
    if found and (match := _MENTIONS.search(compared.frame)) is not None:
        return compare_mentions(context, match["words"], found)
    if len(found) == len(sides) and context.asked.yes_no and _ONE_PLACE.search(compared.frame):
        return compare_places(context, compared, found)
    if len(found) < len(sides):
        lost = [
            side.words for side, placed in zip(compared.sides, sides, strict=True) if not placed
        ]
        if not found or not compared.cues & STRONG:
            return None
        words = [Statement(context.say("compare_unknown", side=w), asked=(w,)) for w in lost]
        draft = compare_contents(context, replace(compared, cues=frozenset()), found)
        if draft is None:
            return None
        return replace(draft, status="partial", statements=(*words, *draft.statements))
    return compare_contents(context, compared, found)
