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
from ingest.metadata import NUMBER
from qa.question.labels import Label, labels
from qa.question.language import Script
from qa.question.plan import Expectation, Plan, Scope, Select, Shape
from qa.question.units import UnitMention
from qa.words import tables

TABLE = "question.toml"

_TITLE = re.compile("《([^》]+)》")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—~至到]|$|[^\d.]{0,2}(?:要点|计划|规划|方案|工作))")
_SEPARATOR = re.compile("[?？!！;；。]+")
_NOT_AMONG = re.compile(
    "(?:没有|没|不含|不包括|不包含|未列|不是|排除)(?:列|写|含)?(?:的|上|有|入)?[^,，。?？]{0,2}$"
)
_YES_NO = re.compile(
    "(?:吗|么|嘛|伐)[?？!！。 ]*$|是不是|是否|对吗|对不对|能不能|可不可以|能否|可否|行不行|会不会|要不要|有没有|需不需要|用不用|行吗|没记错|算不算|该不该|属实|属于.{1,10}吗"
)
_PLACE_AFTER = re.compile("[东西南北中]?[一二三]?(?:路|街|大道|站|桥|河|里弄|话|人|菜|龙井|湖)")
_AREA = re.compile("([\u4e00-\u9fff]{2,4}?(?:自治州|自治县|新区|区|县))(?=的|[,，。?？、和与]|要|补|有|今|去|对|市民|居民|户籍|政府|$)")
_NO_AREA = re.compile(
    "[这那该本全各每某哪何什几多我你他她在到从和与跟对给把被让向及或等为是有来去下上]|地区|园区|社区|小区|校区|厂区|城区|片区|库区|景区|辖区|郊区|山区|市区|街区|区域|分区|功能区|示范区|开发区|试验区|高新区|管理区|住宅区|办公区|商业区|自贸区|自治区|时区|禁区|误区|保护区|禁放区|限制区|集聚区|风貌区|试点区|工业区"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled tables."""

    scaffold: tuple[re.Pattern[str], ...]
    duty: re.Pattern[str]
    duty_verb: re.Pattern[str]
    task: re.Pattern[str]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    shapes: dict[str, re.Pattern[str]]
    all_figures: re.Pattern[str]
    metadata: tuple[tuple[str, re.Pattern[str]], ...]
    expects: tuple[tuple[re.Pattern[str], Expectation], ...]


@cache
def rules() -> Rules:
    """The tables, compiled on first use."""
    table: dict[str, Any] = tables.toml(TABLE)
    return Rules(
        tuple(re.compile(p) for p in table["scaffold"]),
        re.compile("|".join(table["duty"])),
        re.compile(table["duty_verb"]),
        re.compile("|".join(table["task"])),
        tuple((role, re.compile(p)) for role, p in table["roles"].items()),
        {name: re.compile(p) for name, p in table["shapes"].items()},
        re.compile(table["figures"]["all"]),
        tuple((name, re.compile("|".join(p))) for name, p in table["metadata"].items()),
        tuple(
            (
                re.compile(one["asks"]),
                Expectation(one["name"], one["name_en"], one["holds"], one.get("certain", False)),
            )
            for one in table["expects"]
        ),
    )


def parse(
    question: str,
    text: str,
    script: Script,
    units: Sequence[UnitMention],
    scope: Scope = Scope(),
    known_place: Callable[[str], bool] = lambda _: True,
) -> Plan:
    """The plan of one question, taken by itself.

    `text` is folded, corrected and in Chinese; `units` are those that it names; `scope` holds what
    the caller fixes.  `known_place` tells whether an area that no table has is one (甲区).
    """
    rule = rules()
    found = _named(text, scope, known_place)
    named = labels(_without(text, [*found.titles, *found.numbers]))
    plain = _TITLE.sub("", text)
    attributes = tuple(name for name, pattern in rule.metadata if pattern.search(plain))
    others = tuple(u for u in units if _NOT_AMONG.search(text[: u.start]))
    own = tuple(u for u in units if u not in others)
    shape = _shape(plain, rule)
    select = _select(plain, own, others, attributes, named, rule)
    topic = _topic(text, named, own if select == "task" else (), found, rule)
    yes_no = _YES_NO.search(plain) is not None
    if select in ("duty", "text") and own and yes_no and rule.duty_verb.search(plain):
        if not rule.duty.search(plain):
            select, shape = "duty", "check"
    return Plan(
        question=question,
        script=script,
        text=text,
        topic=topic,
        select=select,
        shape=shape,
        scope=found,
        units=own,
        excluded=others,
        roles=tuple(role for role, pattern in rule.roles if pattern.search(plain)),
        together=len(own) > 1 and re.search("共同|一起|都有|同时|联合|都列|均", plain) is not None,
        labels=named,
        attributes=attributes,
        expects=tuple(e for pattern, e in rule.expects if pattern.search(plain)),
        wants_list=rule.shapes["list"].search(plain) is not None,
        yes_no=yes_no,
    )


def _shape(text: str, rule: Rules) -> Shape:
    for shape in ("compare", "most", "fewest", "each", "count"):
        if rule.shapes[shape].search(text):
            return shape  # type: ignore[return-value]
    return "text"


def _select(
    text: str,
    units: Sequence[UnitMention],
    excluded: Sequence[UnitMention],
    attributes: Sequence[str],
    named: Sequence[Label],
    rule: Rules,
) -> Select:
    if rule.all_figures.search(text):
        return "figure"
    duty = rule.duty.search(text)
    if (units or excluded) and rule.task.search(text) and not (duty and not units):
        bare = text
        for unit in units:
            bare = bare.replace(unit.words, "")
        if not rule.duty.search(bare):
            return "task"
    if attributes and not named:
        return "metadata"
    if duty:
        return "duty"
    return "clause" if named else "text"


def _named(text: str, fixed: Scope, known_place: Callable[[str], bool]) -> Scope:
    """What the question says of the documents that it is about."""
    titles = tuple(dict.fromkeys(_TITLE.findall(text)))
    numbers = tuple(dict.fromkeys(m[0] for m in NUMBER.finditer(text)))
    rest = _without(text, numbers)
    years = tuple(dict.fromkeys(int(y) for y in _YEAR.findall(_TITLE.sub(" ", rest))))
    return Scope(fixed.documents, titles, numbers, places(_TITLE.sub(" ", text), known_place), years)


def places(text: str, known_place: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """The places that a folded question names, the innermost of nested ones first.

    >>> places("黄浦区装电梯补多少?")
    ('黄浦区',)
    """
    said = set(words(text))
    found: dict[str, None] = {}
    taken: list[tuple[int, int]] = []
    for place in tables.places():
        for name in place.names:
            start = text.find(name)
            if start < 0 or (len(name) == 2 and not name.isascii() and name not in said):
                continue
            if name.isascii() and re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is None:
                continue
            if _PLACE_AFTER.match(text, start + len(name)):
                continue
            if any(a <= start < b for a, b in taken):
                continue
            found[place.name] = None
            taken.append((start, start + len(name)))
            break
    for match in _AREA.finditer(text):
        name = match[1]
        if any(a < match.end(1) and match.start(1) < b for a, b in taken) or _NO_AREA.search(name):
            continue
        if known_place(name):
            found[name] = None
    return tuple(found)


def _without(text: str, pieces: Sequence[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, " ")
    return text


def _topic(
    text: str, named: Sequence[Label], units: Sequence[UnitMention], scope: Scope, rule: Rules
) -> str:
    """The words on the matter itself."""
    for label in named:
        text = text.replace(label.printed, " ")
    for unit in units:
        text = text.replace(unit.words, " ")
    text = _without(text, scope.numbers)
    for pattern in rule.scaffold:
        text = pattern.sub(" ", text)
    return re.sub(r"[\s?？!！,，。;；:：、\"“”'()（）《》]+", " ", text).strip()


def content(topic: str) -> list[str]:
    """The words of a topic that say what it is about."""
    generic = tables.generic_words()
    return [w for w in words(topic) if w not in generic and not w.isdecimal()]
