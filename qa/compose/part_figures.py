"""All figures of one place: of a task, a section or a chapter with the tasks below it.

The place is told by its number, by its heading, or by words of it (一网通办那项任务).
"""

import re

from ingest.schema import Target
from qa.chapters import chapter_meant
from qa.compose.context import Context
from qa.compose.figure_answers import listed_figures
from qa.compose.figure_fit import figure_segment
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import Draft

MIN_HEADING = 4
"""Shortest heading, in code points, that names a clause by itself."""
MAX_DOCUMENTS = 200
"""Documents whose headings are looked through."""
_FIGURES = re.compile(
    "(?:量化|数字|数据|数量|硬性|考核|约束性|具体)(?:的)?(?:指标|目标|要求)|指标(?!体系)|目标值|数值"
    "|量化的?(?:东西|内容|表述|部分|地方)|百分(?:比|数)"
    "|(?:(?<=[的个些有里中部是把各几比a-z\\d])|(?<=所有)|(?<=金额)|(?<=相关)|(?<=哪两)|^)(?:数字|数据)"
    "(?=[,，。?？! 、有是全都请给列汇各和与]|$|一共|分别|拎|找|摘|抄|整|罗)"
)
_ALL = re.compile(
    "全部|所有|哪些|哪几|哪[两二三四五六七八九十\\d]|都|汇总|罗列|列|拎|梳理|整理|归纳|一共|总共|摘|抄"
    "|(?:几|多少)个"
)
_KINDS = (
    (re.compile('百分(?:比|数)|[“"]?%[”"]?'), re.compile("[%％]$")),
    (re.compile("金额|钱数|多少钱"), re.compile("元$")),
)
"""Kinds of figures that a question may ask all of, with the units that show them."""
_WHOLE = ("全文", "通篇", "整份", "整篇", "带", "出现")
_POINTS = re.compile("[这那该](?:一|几)?[项条个块]|任务|[一]?[段节章]|部分|里|中")


def asks_all_figures(context: Context) -> bool:
    """Whether a question asks for the figures of a place, all of them."""
    asked = context.asked
    if asked.units or asked.intent in ("responsible", "check", "unit_tasks", "metadata"):
        return False
    return bool(_FIGURES.search(asked.text) and _ALL.search(asked.text))


def compose_part_figures(context: Context) -> Draft | None:
    """All figures of the place that the question names; None if it names none that has any."""
    if not asks_all_figures(context):
        return None
    text = context.asked.text
    key = _place(context)
    if key is None:
        return _everywhere(context)
    below = [k for k in _within(context, key) if context.corpus.targets.get(k)]
    if not below:
        return None
    items = [(k, fact) for k in below for fact in context.corpus.targets[k] if _of_kind(text, fact)]
    if not items:
        return None
    return listed_figures(context, _on_topic(context, key, items), context.name(key))


def _everywhere(context: Context) -> Draft | None:
    """The figures of the whole document that say the topic (5G的数字) or are percentages."""
    document = context.only_document
    if document is None:
        return None
    rows = [(k, f) for k, facts in context.corpus.targets.of(document).items() for f in facts]
    text = context.asked.text
    rest = context.asked.topic
    for words_of, _ in _KINDS:
        rest = words_of.sub(" ", rest)
    words = [w for w in re.sub("数字|数据|指标", " ", rest).split() if w not in _WHOLE]
    if not words and not any(words_of.search(text) for words_of, _ in _KINDS):
        return None
    rows = [(k, f) for k, f in rows if _of_kind(text, f)]
    for word in words:
        rows = [
            (k, f)
            for k, f in rows
            if word in folded(figure_segment(context, k, f).of(context.text(k)))
        ]
    if len(rows) < 2:
        return None
    return listed_figures(context, rows, context.say("whole"))


def _of_kind(text: str, fact: Target) -> bool:
    """Whether a figure is of the kind that the question asks all figures of, if it names one."""
    return all(unit.search(fact.unit) for words, unit in _KINDS if words.search(text))


def _on_topic(
    context: Context, key: ClauseKey, items: list[tuple[ClauseKey, Target]]
) -> list[tuple[ClauseKey, Target]]:
    """Those that say what the question names beside the place (5G数字); all, if none does."""
    heading = folded("".join(context.clause(key).heading_path))
    words = [w for w in context.asked.topic.split() if len(w) > 1 and w not in heading]
    said = [(figure_segment(context, k, f).of(context.text(k)), (k, f)) for k, f in items]
    return [one for words_of, one in said if any(w in folded(words_of) for w in words)] or items


def _place(context: Context) -> ClauseKey | None:
    asked = context.asked
    if asked.bound is not None and (asked.label or not asked.topic):
        return asked.bound
    if (named := _headed(context)) is not None:
        return named
    words = _ALL.sub(" ", _FIGURES.sub(" ", asked.text))
    if (part := chapter_meant(context.corpus, context.only_document, words)) is not None:
        return part
    best = context.ranking.best
    if best is None or not _POINTS.search(asked.text):
        return None
    topic = re.sub('[\\s“”"]', "", asked.topic)
    heading = re.sub('[\\s“”"]', "", folded(context.clause(best.key).heading))
    return best.key if len(topic) > 2 and topic in heading else None


def _headed(context: Context) -> ClauseKey | None:
    """The clause that the question names by its heading, word for word."""
    only = context.only_document
    if only is None and len(context.corpus.held) > MAX_DOCUMENTS:
        return None
    text = folded(context.asked.text)
    found = [
        (len(heading.folded), (document, heading.ordinal))
        for document in ([only] if only else [info.id for info in context.corpus.held])
        for heading in context.corpus.headings(document)
        if len(heading.folded) >= MIN_HEADING and heading.folded.replace(" ", "") in text
    ]
    longest = [key for size, key in found if size == max(found)[0]]
    return longest[0] if len(longest) == 1 else None


def _within(context: Context, key: ClauseKey) -> list[ClauseKey]:
    """A clause and all that stands below it, in reading order."""
    below = [
        place
        for child in context.corpus.children(key)
        for place in _within(context, (key[0], child.ordinal))
    ]
    return [key, *below]
