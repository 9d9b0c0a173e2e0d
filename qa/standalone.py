"""The question as it was understood, written out, for the reader to see.

A question with words of its own keeps them, behind the matter that it left out (第16项：盯着哪几类
问题?); one that only points or asks gets the matter put into a plain form (护学路由谁负责?).
"""

import re
from collections.abc import Iterable

from index.tokens import word_tokens
from qa.corpus import Corpus
from qa.scaffold import Scaffold

_FORMS = {
    "responsible": "{matter}由谁负责?",
    "check": "{matter}由{units}负责吗?",
    "unit_tasks": "{matter}有哪些任务?",
    "target": "{matter}的指标是多少?",
    "list": "{matter}包括哪些内容?",
    "clause": "{matter}的内容是什么?",
    "describe": "{matter}的内容是什么?",
}
_PARTICLES = frozenset("是也都还又再的了在把对给被让就中里向从跟和与及呢吗吧挑往") | {
    "属于",
    "关于",
    "涉及",
    "以及",
}
"""Words that no phrase begins or ends with."""
_OPENS = re.compile(
    "^(?:那么|那(?!一?[件项条个块边头种些家])|再?问(?:一下)?|另外|还有|好的?|嗯|哦|请问|麻烦|顺便|对了"
    "|[,，。、 ])+(?=.{3})"
    "|^(?:那|这)?(?:它们?|其(?!中)|(?:这|那|同|该)一?(?:项|条|个任务|件事|个事))(?:里面?|中(?=[有的,，]))?"
    "的?[,，]?(?=.{3})"
)
_ASKS = re.compile("谁|哪|什么|多少|几|啥|怎|如何|为何|吗|么|有没有|是不是")
MAX_GAP = 4
"""Most code points between two pieces of a topic that are shown as they stand in the question."""


def standalone(parts: Scaffold, corpus: Corpus) -> str:
    """The question written out; `parts` is what it was resolved to."""
    matter = topic_words(parts) or "、".join(u.words for u in parts.units)
    label, own = parts.label, _own_words(parts)
    if parts.nth:
        place = f"第{parts.nth}个" if parts.nth > 0 else "最后一个"
        place = f"倒数第{-parts.nth}个" if parts.nth < -1 else place
        listed = parts.text.rstrip("?？。 ")
        return f"“{listed}”中的{place}{parts.of_item or '是什么'}?"
    if parts.bound is not None and not label:
        clause = corpus.clause(parts.bound)
        straight = clause.kind == "1." and corpus.numbered_once(clause.document_id, clause.label)
        label = clause.label if straight else clause.path
    if label:
        number = label if label.startswith("第") or "/" in label else f"第{label}项"
        if own:
            return f"{number}：{own}"
        matter = f"{number}{'中' + matter if parts.topic else ''}"
    elif (inherited := _inherited(parts)) and own:
        return f"{inherited}：{own}"
    units = "、".join(u.words for u in parts.units)
    if parts.within:
        return f"{units}的任务中与{topic_words(parts)}有关的有哪些?"
    if parts.intent == "unit_tasks" and len(parts.units) > 1:
        return f"{units}共同负责哪些任务?"
    return _FORMS.get(parts.intent, "{matter}").format(matter=matter, units=units)


def topic_words(parts: Scaffold) -> str:
    """The topic as one phrase: its pieces as they stand in the question, without particles."""
    pieces = [_bare(piece) for piece in parts.topic.split()]
    found = ""
    for piece in dict.fromkeys(filter(None, pieces)):
        if not found:
            found = piece
            continue
        gap = re.search(f"{re.escape(found)}(.{{0,{MAX_GAP}}}?){re.escape(piece)}", parts.text)
        if gap and not _ASKS.search(gap[1]) and not re.search("[,，。;；?？]", gap[1]):
            found = gap[0]
        elif piece not in found:
            found = f"{found}的{piece}"
    return found


def _bare(piece: str) -> str:
    """A piece of a topic without the particles at its edges."""
    tokens = [token.text for token in word_tokens(piece)]
    if "".join(tokens) != piece:
        return piece.rstrip("是也的了呢吗")
    while len(tokens) > 1 and tokens[0] in _PARTICLES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1] in _PARTICLES:
        tokens = tokens[:-1]
    return "".join(tokens).rstrip("是也的了呢吗")


def _inherited(parts: Scaffold) -> str:
    """What of the topic stands in a question before, where the rest stands in this one."""
    pieces = [p for p in parts.topic.split() if p not in parts.text]
    return "、".join(filter(None, map(_bare, pieces)))


def _own_words(parts: Scaffold) -> str:
    """The question's own words, if they say what is asked of a matter that they leave out."""
    text = parts.text
    while (opened := _OPENS.match(text)) is not None:
        text = text[opened.end() :]
    pieces = parts.topic.split()
    if (only := re.search("呢(?:[?？ ]|$)", text)) and not _ASKS.search(text[: only.start()]):
        return ""  # 那5G呢 says nothing but the matter
    said = any(piece in parts.text for piece in pieces)
    return f"{text.rstrip('?？。 ')}?" if said and _ASKS.search(text) else ""


def as_written(words: str, questions: Iterable[str]) -> str:
    """Folded words with names in Latin letters spelled as they were in one of the questions.

    >>> as_written("5g基站由谁负责?", ["5G基站要建多少?"])
    '5G基站由谁负责?'
    """
    spelled: dict[str, str] = {}
    for question in questions:
        for name in re.findall(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*", question):
            spelled[name.lower()] = name
    return re.sub(r"[a-z0-9]*[a-z][a-z0-9]*", lambda m: spelled.get(m[0], m[0]), words)
