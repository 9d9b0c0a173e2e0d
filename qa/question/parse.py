"""From the words of one question to its `Plan`, by tables; nothing downstream parses it again.

The tables are `qa/words/data/question.toml` (what asks for what), `places.toml` and the names of
the units that the corpus prints.  `parse` knows no history: that is `qa.question.dialogue`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from index.tokens import words
from ingest.document_numbers import NUMBER
from ingest.patterns import pattern as lazy
from qa.question.as_of import as_of, without_day
from qa.question.labels import Label, labels
from qa.question.places import places
from qa.question.plan import Expectation, Plan, Scope, Select, Shape
from qa.question.units import UnitMention
from qa.words import tables
from qa.words.language import Script

TABLE = "question.toml"

_TITLE = lazy("《([^》]+)》")
_QUOTED = lazy(
    '[“"]([^“”"]{4,40}?(?:办法|条例|规定|细则|规划|方案|意见|计划|要点|通知|决定|规程|准则|章程))[”"]'
    "(?=的?(?:第|里|中|上|规定))"
)
_YEAR = lazy(
    r"(?<!\d)((?:19|20)\d{2})(?=年|[-—~至到 ]|$|[^\d.]{0,2}(?:要点|计划|规划|方案|工作))"
    r"(?!年?度?.{0,3}(?:买|出生|毕业))"
)
_EDGES = lazy(
    "(?:^|(?<= ))(?:那么?|这|请|把|对于?|关于|至于|其中)(?=[^ ]{2})"
    "|(?<=[^ ])(?:的|了|是|有|由|要)+(?= |$)"
)
"""Function words at the ends of the pieces of a topic."""
_BEFORE = lazy("^(?:在|从|对|把|由|看看?|查查?|请问|按照?|根据|依据|和|与)+(?=[\u4e00-\u9fff]{2})")
_BESIDE = lazy("除(?:了|去|开)?第?[一二三四五六七八九十\\d]{1,3}[项条款](?:之?外|以外)?")
"""A provision that is not asked for: 除了第12项."""
_SURE = frozenset({"number", "issued", "title", "changed"})
"""Facts about a document that no question about units asks for."""
EVERYWHERE = Scope()
_SHAPES: tuple[Shape, ...] = ("compare", "most", "fewest", "each", "count")


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled tables; `asks` are single patterns by name."""

    scaffold: tuple[re.Pattern[str], ...]
    duty: re.Pattern[str]
    task: re.Pattern[str]
    asks: dict[str, re.Pattern[str]]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[tuple[re.Pattern[str], str], ...]
    shapes: dict[str, re.Pattern[str]]
    marks: dict[str, re.Pattern[str]]
    metadata: tuple[tuple[str, re.Pattern[str]], ...]
    about_words: re.Pattern[str]
    due: re.Pattern[str]
    expects: tuple[tuple[re.Pattern[str], Expectation], ...]


@cache
def rules() -> Rules:
    """The tables, compiled on first use."""
    table: dict[str, Any] = tables.toml(TABLE)
    return Rules(
        tuple(lazy(p) for p in table["scaffold"]),
        lazy("|".join(table["duty"])),
        lazy("|".join(table["task"])),
        {name: lazy(p) for name, p in table["asks"].items()},
        tuple((role, lazy(p)) for role, p in table["roles"].items()),
        tuple((lazy(one["asks"]), one["holds"]) for one in table["kinds"]),
        {name: lazy(p) for name, p in table["shapes"].items()},
        {name: lazy(p) for name, p in table["marks"].items()},
        tuple((name, lazy("|".join(p))) for name, p in table["metadata"].items()),
        lazy(table["about_words"]["pattern"]),
        lazy(table["about_words"]["due"]),
        tuple(
            (
                lazy(one["asks"]),
                Expectation(
                    one["name"],
                    one["name_en"],
                    one["holds"],
                    one.get("certain", False),
                    one.get("here", False),
                ),
            )
            for one in table["expects"]
        ),
    )


def parse(
    question: str,
    text: str,
    script: Script,
    units: Sequence[UnitMention],
    scope: Scope = EVERYWHERE,
    known_place: Callable[[str], bool] = lambda _: True,
) -> Plan:
    """The plan of one question, taken by itself.

    `text` is folded, corrected and in Chinese; `units` are those that it names; `scope` holds what
    the caller fixes.  `known_place` tells whether an area that no table has is one (甲区).
    """
    rule = rules()
    found = _named(text, scope, known_place)
    named = labels(_BESIDE.sub(" ", _without(text, [*found.titles, *found.numbers])))
    plain = _TITLE.sub("", text)
    asked = _without(plain, found.numbers)
    attributes = tuple(name for name, pattern in rule.metadata if pattern.search(asked))
    attributes = () if rule.due.search(plain) else attributes
    others = tuple(u for u in units if rule.asks["not_among"].search(text[: u.start]))
    beside = tuple(u for u in units if rule.asks["besides"].search(text[: u.start]))
    issuers = [u for u in units if rule.asks["issues"].search(text[u.end :])]
    own = tuple(u for u in units if u not in (*others, *beside, *issuers))
    shape: Shape = next((one for one in _SHAPES if rule.shapes[one].search(plain)), "text")
    select = _select(plain, own, others, attributes, named, rule)
    counted = rule.asks["counted"].search(plain) is not None
    yes_no = rule.asks["yes_no"].search(plain) is not None
    checks = own and yes_no and rule.asks["duty_verb"].search(plain)
    if select in ("duty", "text") and checks and not rule.duty.search(plain):
        select, shape = "duty", "check"
    kind = next((holds for asks, holds in rule.kinds if asks.search(plain)), "")
    if select == "clause" and kind and shape == "count":
        select = "duty"  # 第16项写了几个街道
    roles = tuple(role for role, pattern in rule.roles if pattern.search(plain))
    together = len(own) > 1 and rule.asks["together"].search(plain) is not None
    if re.search("分别|各自", plain) and not re.search("共同|一起|同时|联合", plain):
        together = False
    return Plan(
        question=question,
        script=script,
        text=text,
        topic=_topic(without_day(text), named, [*own, *others, *beside], select, found, rule),
        select=select,
        shape=shape,
        scope=found,
        units=own,
        excluded=others,
        as_of=as_of(asked),
        beside=beside,
        roles=roles if len(roles) == 1 and not rule.asks["any_role"].search(plain) else (),
        kind=kind,
        together=together,
        labels=() if select == "metadata" else named,
        attributes=attributes,
        subject=_subject(text, attributes, found, rule) if select == "metadata" else (),
        otherwise=_select(plain, own, others, (), named, rule),
        expects=_expected(plain, select == "task" and counted, rule),
        marks=frozenset(n for n, p in rule.marks.items() if p.search(text)),
        wants_list=rule.shapes["list"].search(plain) is not None,
        yes_no=yes_no,
    )


def _select(
    text: str,
    units: Sequence[UnitMention],
    excluded: Sequence[UnitMention],
    attributes: Sequence[str],
    named: Sequence[Label],
    rule: Rules,
) -> Select:
    asks = rule.asks
    if asks["all_figures"].search(text):
        return "figure"
    bare = _without(text, [unit.words for unit in (*units, *excluded)])
    duty = rule.duty.search(bare)
    if not (_SURE.isdisjoint(attributes) or named or asks["task"].search(bare)):
        return "metadata"
    if len(units) > 1 and rule.shapes["compare"].search(bare) and asks["counted"].search(bare):
        return "task"
    if units or excluded:
        alone = not asks["unit"].search(bare) or asks["partners"].search(bare)
        if asks["task"].search(bare) and alone:
            return "task"
        if rule.task.search(text) and not duty:
            return "task"
    elif not (asks["unit"].search(text) or asks["yes_no"].search(text)) and (
        "structure" in attributes or (asks["outline"].search(text) and not attributes)
    ):
        return "outline"
    if tuple(attributes) == ("issuer",) and asks["leads"].search(text):
        attributes = ()
    if attributes and all(label.steps == (("附件", 0),) for label in named):
        return "metadata"
    if duty or (asks["unit"].search(text) and asks["takes_part"].search(text)):
        return "duty"
    return "clause" if named else "text"


def _named(text: str, fixed: Scope, known_place: Callable[[str], bool]) -> Scope:
    """What the question says of the documents that it is about."""
    titles = tuple(dict.fromkeys([*_TITLE.findall(text), *_QUOTED.findall(text)]))
    numbers = tuple(dict.fromkeys(_BEFORE.sub("", m[0]) for m in NUMBER.finditer(text)))
    rest = _without(text, [*numbers, *titles])
    years = tuple(dict.fromkeys(int(y) for y in _YEAR.findall(rest)))
    return Scope(
        fixed.documents, titles, numbers, places(_without(text, titles), known_place), years
    )


def _without(text: str, pieces: Sequence[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, " ")
    return text


def _topic(
    text: str,
    named: Sequence[Label],
    units: Sequence[UnitMention],
    select: Select,
    scope: Scope,
    rule: Rules,
) -> str:
    """The words on the matter itself."""
    text = _without(text, [label.printed for label in named])
    text = _without(text, scope.numbers)
    if select == "task":
        text = rule.asks["exception"].sub(" ", _without(text, [unit.words for unit in units]))
    elif select == "duty" and content(bare := _without(text, [unit.words for unit in units])):
        text = bare  # a body that is asked about finds its own tasks, not the matter
    for pattern in rule.scaffold:
        text = pattern.sub(" ", text)
    if select in ("task", "outline", "duty"):
        text = rule.asks[f"{select}_words"].sub(" ", text)
    text = re.sub(r"[\s?？!！,，。;；:：、\"“”'()（）《》]+", " ", text).strip()
    return _EDGES.sub("", text)


def _subject(text: str, attributes: Sequence[str], scope: Scope, rule: Rules) -> tuple[str, ...]:
    """The words that tell which document is meant, beside what is asked about it and its title."""
    text = _without(text, [f"《{title}》" for title in scope.titles])
    for name, pattern in rule.metadata:
        text = pattern.sub(" ", text) if name in attributes else text
    topic = _topic(text, (), (), "metadata", scope, rule)
    plain = tables.function_characters()
    return tuple(
        w for w in content(rule.about_words.sub(" ", topic)) if len(w) > 1 and w not in plain
    )


def _expected(text: str, counted: bool, rule: Rules) -> tuple[Expectation, ...]:
    """The kinds of answers that are expected; of one name the first, which is the strictest.

    Where tasks are `counted`, their number is no figure of the text.
    """
    found: dict[str, Expectation] = {}
    for pattern, one in rule.expects:
        if pattern.search(text) and not (counted and one.name == "具体数值"):
            found.setdefault(one.name, one)
    return tuple(found.values())


def content(topic: str) -> list[str]:
    """The words of a topic that say what it is about."""
    generic = tables.generic_words()
    return [w for w in words(topic) if w not in generic and not w.isdecimal()]
