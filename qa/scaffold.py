"""The scaffolding of a question: what it asks for, and what is left as its topic.

All texts here are folded (half width, lower case, simplified).
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from index.tokens import STOP_WORDS, word_tokens, words
from qa import clause_numbers, tables
from qa.asides import EXCEPT, SELF, without_asides
from qa.assumed import assumption
from qa.corpus import ClauseKey
from qa.document_facts import OF_THINGS, document_facts, facts_ruled_out, means_document
from qa.expectation import expected
from qa.ranges import ranges_written_out
from qa.understood import Expectation, Intent
from qa.units import UnitMention, UnitNames

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?!\d)"
    r"(?=[ ]*(?:年|财年|的|版|计划|要点|$"
    r"|[^\d.%a-z个家项条座处路所台人种类级兆倍元件户名场张次米万亿余多吨套辆盏]))"
)
_DAY = re.compile(r"(?<!\d)月份?\d{1,2}[号日]")
"""A day of no certain month (这个月15号): when, and no figure."""
_INDEFINITE = re.compile("谁(?!是)[^,，。;；?？谁、]{1,8}谁[^,，。;；?？]{0,2}")
"""谁有本事谁来做 asks for nobody."""
_QUOTED = re.compile('[“"]([^”"“\ufffc]{2,16})[”"]')
_HIDE = 0xE0000
_HIDDEN = re.compile("([\U000e0000-\U0010ffff]+)")
_WHICH_TASKS = re.compile("(?:哪些|哪几[项个条]|哪[项条]|几[项个条])(?:任务|工作)")
_TOGETHER = re.compile("同时|共同|一起|一同|都|均|俩")
_UNIT_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"
_OF_MATTERS = ("count", "parts")
"""What a piece may also ask of a matter that another piece names (治理这块, 一共几条)."""
_PRINTED_IN = re.compile(
    "(?:的?(?:名字|名称|大名))?(?:都|还|也|又|一共|总共|分别)*(?:写|列|出现|挂|印|排|署|登)(?:着|在|进|到|了)*"
    "(?:哪|几|多少)(?:些|几|一)?[项条个处]?(?:任务|工作)?(?:里|的|中)*(?:后面?|背后)?的?(?:括号)?(?:责任)?(?:单位|部门)?(?:里|中|名单|栏)*"
    "|(?:别处|别的地方|其他地方|其它地方|别的(?:任务|条目?|项))[^,，。?？]{0,10}(?:写|列|出现|挂|有)(?:着|了)?"
)
"""名字写在哪几项的责任单位里, 别处还写着它: where a unit is printed."""
_POINTS = re.compile("它|他们|这家|这个(?:局|委|办|单位|部门)|该(?:局|委|单位)|名字")
_PIECES = re.compile("[,，。;；!！?？、 ]|和")
_NUMBER = re.compile(r"(?<![a-z0-9.])\d+(?:[.,]\d+)*(?![a-z\d])")
_THINGS = frozenset(
    "肉菜水电气粮米油盐药车房楼路桥树花草狗猫鱼虾鸡鸭蛋奶茶酒烟钱税费饭货书报信票卡证病癌"
)
"""Ideographs that are words by themselves and name what citizens ask about."""
_QUESTION = re.compile("谁|哪|什么|多少|几(?=[个家项条所种类])|啥|怎么|如何|为什么|为何|分别|具体")
_ASKS = re.compile("哪[一]?[个家份种条项]|什么(?!时候)")
_WHO = re.compile("谁|哪|什么|啥|何|几|多少|归|找|问")
_EDGE = (  # particles and punctuation at the edges of a topic
    " ,.?!:;、。？！，：“”()（）\"'的了和与及呢吗吧啊呀"
)


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The parts of one question; `leans` says that it leans on the turn before, `subject` that it
    says what it is about before it asks.

    `assumed` holds the units that the question takes to be responsible without asking for it,
    `bound` is the clause that an earlier turn was about, `within` says that only those of the
    units' tasks are meant that the topic stands in.  `turn` is the place of the earlier question
    that it points at (None: the last), `nth` that of the item of a list, from 1 or from the end,
    that is asked for, `of_item` what is asked of that item ("": which it is).
    """

    text: str
    intent: Intent
    topic: str
    units: tuple[UnitMention, ...]
    label: str
    attribute: str
    yes_no: bool
    years: tuple[int, ...]
    numbers: tuple[str, ...]
    expects: Expectation | None
    leans: bool
    subject: bool
    labels: tuple[str, ...] = ()
    bound: ClauseKey | None = None
    within: bool = False
    assumed: tuple[UnitMention, ...] = ()
    turn: int | None = None
    nth: int = 0
    of_item: str = ""


def scaffold(text: str, names: UnitNames, background: Container[str]) -> Scaffold:
    """Take `text` apart.  `background` holds what names the corpus itself (its titles and
    regions); a topic that says no more than they do is no topic.
    """
    text = ranges_written_out(without_asides(text))
    units = tuple(m for m in names.find(text) if m.printed or m.words not in background)
    if (said := SELF.match(text)) and len(text) - said.end() >= 4:
        units = tuple(m for m in units if m.printed or m.start >= said.end())
    if units and not any(m.printed for m in units) and _of_another_piece(text, units):
        units = ()  # 支不支持居委自己做?责任单位里有街道吗: nobody asks whether 居委 is one
    if given := assumption(text, units):
        return replace(scaffold(given.rest, names, background), assumed=given.units)
    if excepted := EXCEPT.search(text):
        start, end = excepted.span()
        others = tuple(m for m in units if m.end <= start or m.start >= end)
        if others or _topic(text[:start] + " " + text[end:], background):
            # 除了甲局还有谁: what is excepted is not what is asked about
            return scaffold(f"{text[:start]} {text[end:]}".strip(), names, background)
    numbered = clause_numbers.said(text)
    label = numbered[0].label if numbered else ""
    yes_no = any(p.search(text) for p in tables.patterns("yes_no", "patterns"))
    leans = any(p.search(text) for p in tables.patterns("followup", "pointers"))
    bare = text
    for mention in units:
        bare = bare.replace(mention.words, _UNIT_HERE)
    bare = re.sub("[《》]", " ", bare)
    bare = _INDEFINITE.sub(lambda m: _hidden(m[0]), bare)
    bare = _QUOTED.sub(lambda m: m[0][0] + _hidden(m[1]) + m[0][-1], bare)
    for mentioned in numbered:
        bare = bare.replace(mentioned.words, " ")
    bare = _without(bare, tables.patterns("filler", "words"))
    unlabelled = _DAY.sub(" ", _YEAR.sub(" ", clause_numbers.without(text)))
    numbers = tuple(_NUMBER.findall(unlabelled))
    intent, attribute, rest = _intent(bare, units, label, yes_no, background)
    if not label and (facts := document_facts(text)):
        also = _facts_of(attribute)
        if "basis" in facts and "title" in also:
            also.remove("title")  # 根据哪些上位文件定的,名字列一下
        named = [*also, *facts] if set(facts) < set(also) else [*facts, *also]
        intent, attribute, rest = "metadata", " ".join(dict.fromkeys(named)), ""
    if intent == "metadata" and (out := facts_ruled_out(text)):
        attribute = " ".join([a for a in _facts_of(attribute) if a not in out]) or attribute
    if intent == "describe" and yes_no and numbers:
        intent = "target"  # the question states a figure: it is checked against the printed one
    years = tuple(int(y) for y in _YEAR.findall(text))
    topic = _topic(rest, background)
    if topic.replace(" ", "").isdecimal():
        topic = ""  # a number alone is no matter: 一共8项吗
    if intent == "list" and not topic and not units and not label:
        topic = rest.strip(_EDGE)  # 重点任务 is generic, but it may be the heading that is meant
        if topic in ("", "内容"):
            intent, attribute, topic = "metadata", "parts", ""
    return Scaffold(
        text=text,
        intent=intent,
        topic=topic,
        units=units,
        label=label,
        attribute=attribute,
        yes_no=yes_no,
        years=years,
        numbers=numbers,
        expects=expected(text, intent),
        leans=leans,
        labels=tuple(dict.fromkeys(one.label for one in numbered[1:])),
        subject=bool(units or label or _topic(_QUESTION.split(bare)[0], background)),
    )


def _hidden(words: str) -> str:
    """Quoted words in characters that no pattern knows: “谁主管谁负责” asks for nobody."""
    return "".join(chr(_HIDE + ord(c)) if ord(c) < _HIDE // 8 else c for c in words)


def _shown(words: str) -> str:
    return "".join(chr(ord(c) - _HIDE) if ord(c) >= _HIDE else c for c in words)


def _intent(
    bare: str, units: tuple[UnitMention, ...], label: str, yes_no: bool, background: Container[str]
) -> tuple[Intent, str, str]:
    """The intent, the attribute of a metadata question, and the words left for the topic."""
    responsible = _found(bare, "responsible")
    if units and not any(_WHO.search(m[0]) for p in responsible for m in p.finditer(bare)):
        responsible = ()  # 作为责任单位的任务 asks for the tasks of the unit that is named
    if units and _WHICH_TASKS.search(bare) and not _topic(_without(bare, responsible), background):
        responsible = ()  # 甲局哪些任务是牵头、哪些是配合
    together = len(units) > 1 and _TOGETHER.search(bare) is not None
    if (
        together
        and not label
        and not _topic(_TOGETHER.sub(" ", _without(bare, responsible)), background)
    ):
        return "unit_tasks", "", ""
    if units and _all_places(bare, background):
        return "unit_tasks", "", ""
    if units and yes_no and not responsible and _any(bare, "yes_no", "responsible"):
        rest = _without(bare, tables.patterns("yes_no", "responsible"))
        if label or _topic(rest, background):
            return "check", "", rest
    if not label and (attributes := _attributes(bare, background, bool(units))):
        return "metadata", attributes, ""
    if responsible:
        return "responsible", "", _without(bare, responsible)
    target = _found(bare, "target")
    rest = _without(_without(bare, target), _found(bare, "list"))
    if units and not label and (_any(bare, "unit_tasks") or not _topic(rest, background)):
        return "unit_tasks", "", rest
    if (found := _found(bare, "tasks_on")) and _topic(_without(bare, found), background):
        return "tasks_on", "", _without(bare, found)
    if (found := _found(bare, "tasks_wide")) and _topic(_without(bare, found), background):
        return "tasks_on", "", _without(bare, found)
    if target:
        return "target", "", _without(bare, target)
    if found := _found(bare, "list"):
        return "list", "", _without(bare, found)
    if label and not _topic(bare, background):
        return "clause", "", ""
    return "describe", "", bare


def _all_places(bare: str, background: Container[str]) -> bool:
    """Whether a piece of the question asks where else, or in which tasks, a unit is printed."""
    pieces = [p for p in re.split("[,，。;；!！?？]", bare) if p.strip()]
    for i, piece in enumerate(pieces):
        found = _PRINTED_IN.search(piece)
        if found is None or not (_UNIT_HERE in piece or _POINTS.search(piece)):
            continue
        alone = _topic(_PRINTED_IN.sub(" ", piece), background)
        return not alone or (i > 0 and _UNIT_HERE not in piece)
    return False


def _of_another_piece(text: str, units: tuple[UnitMention, ...]) -> bool:
    """Whether another sentence than those with the units speaks of who is responsible."""
    said = [p for p in re.split("[。;；!！?？]", text) if _any(p, "yes_no", "responsible")]
    return bool(said) and not any(m.words in p for p in said for m in units)


def _facts_of(attribute: str) -> list[str]:
    return attribute.replace("dates", "issued published").split()


def _attributes(bare: str, background: Container[str], units: bool) -> str:
    """The facts about the document that a question asks for, joined by spaces.

    The question as a whole may ask for one; else its pieces may, with whatever people say around
    them (我是档案室的，麻烦报一下文号).  Where units are named, only a piece without them counts.
    """
    if units and _any(bare, "unit_tasks"):
        return ""
    pieces = [p for p in _PIECES.split(bare) if p.strip()]
    found = [
        a
        for p in pieces
        if _UNIT_HERE not in p
        and (a := _attribute(p, background))
        and (
            (
                a not in _OF_MATTERS
                and (a not in OF_THINGS or means_document(bare if a == "number" else p))
            )
            or not (
                (units and a in _OF_MATTERS)
                or any(_names_matter(q, background) for q in pieces if q != p)
            )
        )
    ]
    several = " ".join(dict.fromkeys(found))
    if units or " " in several:
        return several
    whole = _attribute(bare, background)
    if whole in OF_THINGS and any(_names_matter(p, background) for p in pieces):
        whole = ""  # 哪个办法要改,叫什么
    if not whole and several in ("count", "parts") and _matter_first(pieces, several, background):
        return ""  # 惠企利民政策,推几项? counts the matter that is named before, not the tasks
    return whole or several


def _names_matter(piece: str, background: Container[str]) -> bool:
    """Whether a piece names something and asks for no fact about the document itself."""
    fact = document_facts(piece) or _attribute(piece, background)
    return not fact and (_ASKS.search(piece) is not None or bool(_topic(piece, background)))


def _matter_first(pieces: list[str], attribute: str, background: Container[str]) -> bool:
    """Whether a piece with a matter of its own stands before the one that asks for a count."""
    first = next(i for i, p in enumerate(pieces) if _attribute(p, background) == attribute)
    return any(len(_topic(p, background)) > 4 for p in pieces[:first])


def _attribute(bare: str, background: Container[str]) -> str:
    """The one fact about the document that a piece asks for, if it asks for nothing else."""
    for attribute in tables.toml("intents.toml")["metadata"]:
        patterns = tables.patterns("metadata", attribute)
        fits = all(p.search(bare) for p in patterns)
        rest = _without(bare, patterns)
        if fits and not _topic(rest, background) and not _thing(rest):
            return str(attribute)
    return ""


def _thing(rest: str) -> bool:
    """Whether a single ideograph is left that is a thing: 肉从哪来 asks for no source."""
    return any(token.text in _THINGS for token in word_tokens(rest))


def _any(text: str, *path: str) -> bool:
    return any(p.search(text) for p in tables.patterns(*path))


def _found(text: str, name: str) -> tuple[re.Pattern[str], ...]:
    patterns = tables.patterns(name)
    return patterns if any(p.search(text) for p in patterns) else ()


def _without(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def _topic(text: str, background: Container[str]) -> str:
    """What is left to look for: pieces without generic words, none that only name the corpus."""
    text = _without(text.replace(_UNIT_HERE, " "), tables.patterns("followup", "pointers"))
    pieces = [
        _shown(part) if ord(part[0]) >= _HIDE else _specific(part.strip(_EDGE), background)
        for piece in re.split(r"[ ,?!;。]+", text)
        for part in _HIDDEN.split(piece)
        if part
    ]
    return " ".join(p for p in pieces if p and not _names_corpus(p, background))


def _specific(piece: str, background: Container[str]) -> str:
    """A piece with its generic words blanked; empty if nothing specific is left."""
    for word in STOP_WORDS:
        if len(word) > 1 and not word.isascii():
            piece = piece.replace(word, " " * len(word))
    tokens = word_tokens(piece)
    generic = tables.generic_words()
    specific = [t for t in tokens if t.text not in generic]
    chars = list(piece)
    for token in tokens:
        if token.text in generic and not any(s.span.covers(token.span) for s in specific):
            chars[token.span.start : token.span.end] = " " * len(token.span)
    parts = [p.strip(_EDGE) for p in "".join(chars).split()]
    grammatical = tables.function_characters()
    parts = [_without_particles(p, grammatical) for p in parts]
    kept = [p for p in parts if not grammatical.issuperset(p) and not _names_corpus(p, background)]
    return " ".join(kept)


def _without_particles(part: str, grammatical: frozenset[str]) -> str:
    """A part without the single grammatical characters that it begins or ends with (对残疾人)."""
    alone = [t for t in word_tokens(part) if len(t.text) == 1 and t.text in grammatical]
    places = {t.span.start for t in alone}
    covered = {
        i for t in word_tokens(part) if len(t.text) > 1 for i in range(t.span.start, t.span.end)
    }
    start, end = 0, len(part)
    while start < end and (start in places - covered or part[start] in _EDGE):
        start += 1
    while end > start and (end - 1 in places - covered or part[end - 1] in _EDGE):
        end -= 1
    return part[start:end]


def _names_corpus(piece: str, background: Container[str]) -> bool:
    """Whether a piece says only when and where, or what every document here is about."""
    plain = re.sub(r"(?:19|20)\d{2}年?|年度?|区里|本区|我区|全区|市里|[的个项条]", "", piece)
    if len(plain) <= 1:
        return not re.search("[a-z0-9]", plain)
    return plain in background or all(word in background for word in words(plain))
