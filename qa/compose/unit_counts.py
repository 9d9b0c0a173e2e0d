"""Tasks told by how many units they have: 只由一个单位负责, 五个以上单位的任务."""

import re

from ingest.characters import chinese_number
from qa.compose.context import Context
from qa.corpus import ClauseKey
from qa.draft import ITEM, Draft, Statement
from qa.wanted import NUMBER

_UNIT = "(?:责任|牵头|负责|主责|承办)?(?:单位|部门)"
_COUNT = re.compile(
    rf"(?P<before>超过|多于|大于|不止|不少于|不低于|至少|达到|不足|少于|不到|不超过|最多|至多|只|仅|就)?"
    rf"(?:由|有|归|写|列|压|派|交|分|落|摊|放|挂|在|到|是|靠|让|给|涉及|了|的?那?)*(?P<n>{NUMBER})(?:个|家)(?P<more>及?以上|以下|以内)?的?"
    rf"(?:{_UNIT}|(?=负责|承担|牵头|扛|管|做|干))(?P<behind>及?以上|以下|以内)?"
    rf"|{_UNIT}(?:数量|数|个数)?(?:只|仅|就|都)?(?P<before2>超过|多于|不少于|至少|达到|不足|少于|不到|不超过)?"
    rf"(?:有|是|为|在|写了?|列了?)?(?P<n2>{NUMBER})(?:个|家)(?P<behind2>及?以上|以下|以内)?"
)
_ALONE = re.compile(
    "独(?:挑|扛|担)|(?:单独|独立|独自|独家|单家)(?:一家|一个)?(?:单位|部门)?(?:来)?(?:负责|承担|牵头|扛|挑|干|做|管|完成|推进)"
)
_ASKS = re.compile("哪|几[项个条]|多少[项个条]|有没有|有无|是否有|列|找|[项个条]任务")
_TASK = re.compile("任务|工作|事项|[项条]|哪些|哪个")
_COMPARED = {
    **dict.fromkeys(("超过", "多于", "大于", "不止"), ">"),
    **dict.fromkeys(("不少于", "不低于", "至少", "达到"), "≥"),
    **dict.fromkeys(("不足", "少于", "不到"), "<"),
    **dict.fromkeys(("不超过", "最多", "至多"), "≤"),
}
_SAID = {"=": "just", ">": "more_than", "≥": "at_least", "<": "less_than", "≤": "at_most"}
_ROUND = re.compile(
    "^(?:只|仅|就|压|派|交|分|落|摊|给|由|有|归|单独|独立|独自|独挑|独扛|独担|一家|一个|负责|承担|以上|以下|以内|单位|部门|超过"
    rf"|不少于|至少|不到|少于|多于|{NUMBER}|[个家责任的在是哪几项条]| )*$"
)


def compose_unit_count(context: Context) -> Draft | None:
    """Every task with so many units; None if the question does not ask for tasks by that."""
    asked = context.asked
    text = asked.text
    if asked.label or asked.bound is not None or not context.corpus.units:
        return None
    if not (_ASKS.search(text) and _TASK.search(text)):
        return None
    match, alone = _COUNT.search(text), _ALONE.search(text)
    if match is None and alone is None:
        return None
    if asked.topic and not _ROUND.match(_COUNT.sub("", _ALONE.sub("", asked.topic))):
        return None  # 疫苗接种由几个单位负责 is about one matter
    if any(not m.printed for m in asked.units):
        return None
    number, sign = (1, "=") if match is None else _condition(match)
    if number is None:
        return None
    own = {u for m in asked.units for u in m.printed}
    keys = [key for key in sorted(context.corpus.duties) if _fits(context, key, number, sign, own)]
    condition = context.say(_SAID[sign], number=number)
    phrase = "unit_count" if keys else "unit_count_none"
    words = context.say(phrase, condition=condition, count=len(keys))
    known = (str(number), str(len(keys)))
    statements = [Statement(words, computed=known, asked=(condition,), sums_up=True)]
    for key in keys:
        units = f"{context.name(key)}：{context.units(key)}"
        statements.append(Statement(units, context.groups(key), lead=ITEM))
    return Draft("answered" if keys else "partial", tuple(statements))


def _condition(match: re.Match[str]) -> tuple[int | None, str]:
    """The number of units and how it bounds them."""
    number = chinese_number(match["n"] or match["n2"])
    before = match["before"] or match["before2"] or ""
    behind = match["more"] or match["behind"] or match["behind2"] or ""
    if behind.endswith("以上"):
        return number, "≥"
    if behind:
        return number, "≤"
    return number, _COMPARED.get(before, "=")


def _fits(context: Context, key: ClauseKey, number: int, sign: str, own: set[str]) -> bool:
    """Whether a task has so many units; 各部门 and a list left open (等) are no single unit."""
    if context.asked.document not in (None, key[0]):
        return False
    facts = context.duties(key)
    units = {fact.unit for fact in facts}
    if own and not own & units:
        return False
    many = any(f.open_ended for f in facts) or any(u.startswith("各") for u in units)
    count = len(units)
    if sign == "=":
        return count == number and not (many and number == 1)
    if sign in (">", "≥"):
        return count > number or (sign == "≥" and count == number)
    return not many and (count < number or (sign == "≤" and count == number))
