"""What a question takes for granted, held against what is printed: figures, units and names."""

import re
from dataclasses import replace

from index.tokens import dictionary_words, may_name
from qa import tables
from qa.compose.context import Context
from qa.compose.situation import asks_as_one
from qa.concepts import folded
from qa.corpus import ClauseKey
from qa.draft import PARAGRAPH, Draft, Statement

HEADINGS = 10
"""Clauses found whose headings are looked through for a name."""

_FIGURE = re.compile(
    r"(?P<n>\d+(?:[.,]\d+)*)\s*(?P<m>%|个百分点|个工作日|小时|分钟|公里|万元|亿元|mbps|[a-z]+"
    r"|[个家项条路所台人座处种类级兆倍岁天年月日次件户名场张元米])?"
)
_PIECES = frozenset("个家项条所处种类件座路名")
"""Measure words that people exchange freely: 10个企业 is 10家企业."""

_ROLE = "(?:来)?(?:牵头|主管|负责|承担|分管|主抓|推进|落实)"
_NAMED = (
    "商圈|商场|医院|学校|中学|小学|大学|幼儿园|公司|集团|银行|小区|街道|广场|园区|产业园|公园|酒店"
    "|菜场|菜市场|车站|商城|博物馆|图书馆|养老院"
)
_CLASS = re.compile(f"^(?:{_NAMED})$")
_ENDS = re.compile(f"^(?P<n>.{{2,}})(?:{_NAMED})$")
_QUOTED = re.compile('[“"「『](?P<q>[^“”"「」『』]{2,20})[”"」』]')
_OWN = re.compile("(?:我|我们|咱|咱们|自己|本人)[^,，。;；?？是叫]{0,8}$")
_SPEAKS = re.compile("(?:老板|员工|负责人)?(?:想|来){0,2}(?:问|咨询|打听|了解)")
"""What stands before and behind the asker's own kind of company."""
_DOER = re.compile(
    "(?P<n>[\u4e00-\u9fff]{2,8}?)(?:都|要|主要|具体)?(?:负责|承担|牵头|参与)(?:了)?(?:什么|哪些|啥|吗|几)"
)
"""Somebody whose share in the work is asked for: 某公司负责什么."""
_WHY = re.compile("为什么|为何|为啥|(?:什么|啥)原因|原因是|(?<![治管办处清监受审代])理由(?!谁|哪)")
_REASON = re.compile("因为|由于|为了|旨在|原因|以便|鉴于|^\\s*为|[。，,]为(?!主|准)")
_TITLE = re.compile("《[^《》]*》")
_TOWN = re.compile("(?P<n>[\u4e00-\u9fff]{2})(?:县|镇|街道)")
_NO_TOWN = re.compile("[拜期周月天次各区市全本我这那哪个几些的和在到给乡村城每所多两有]")
_CHOICE = re.compile("(?:是|用|选|给|找)(?:的|了)?(?P<a>[\u4e00-\u9fff]{2,8})还是")
_POINTS = re.compile("[哪什几某这那多每各本我你他全老新大小]|附近|周边|旁边|隔壁|楼下|门口|家门")


def wrong_numbers(context: Context, key: ClauseKey, anywhere: bool = False) -> bool:
    """Whether the question takes for granted a figure that the clause does not have.

    With `anywhere`, a figure of another clause of the document will do: who asks for the units of
    a matter may name the figure that the goals set for it.  A figure is a number with what it
    counts: 10家 is not shown by 10分钟.
    """
    if not context.asked.numbers or not context.found(context.ranking.best):
        return False
    printed = _figures(folded(context.clause(key).body.of(context.text(key))))
    if anywhere:
        facts = (f for some in context.corpus.targets.of(key[0]).values() for f in some)
        printed |= _figures(
            "\n".join(folded(fact.sentence.of(context.text(key))) for fact in facts)
        )
    numbers = set(context.asked.numbers)
    asked = {one for one in _figures(context.asked.text) if one[0] in numbers}
    return any(not _stated(one, printed) for one in asked)


def _figures(text: str) -> set[tuple[str, str]]:
    found = set()
    for match in _FIGURE.finditer(text):
        measure = match["m"] or ""
        found.add((match["n"], "个" if measure in _PIECES else measure))
    return found


def _stated(asked: tuple[str, str], printed: set[tuple[str, str]]) -> bool:
    """A number without a measure will do on either side."""
    number, measure = asked
    return any(n == number and (m == measure or not m or not measure) for n, m in printed)


def wrong_unit(context: Context, key: ClauseKey) -> Statement | None:
    """The printed units of a clause, where the question takes another one to be responsible."""
    asked = context.asked
    place = with_units(context, key)
    taken = [m for m in asked.units if re.search(re.escape(m.words) + _ROLE + "的", asked.text)]
    taken += asked.assumed
    if place is None or not taken:
        return None
    key, facts = place, context.duties(place)
    units = {fact.unit for fact in facts}
    if all(set(mention.printed) & units for mention in taken):
        return None
    words = context.say(
        "responsible_roles" if {f.role for f in facts} != {"责任"} else "responsible",
        clause=context.name(context.units_place(key)),
        count=len(facts),
        units=context.units(key),
    )
    groups = context.groups(key)
    text = context.say("premise") + words + context.say("stop")
    return Statement(text, groups, lead=PARAGRAPH, computed=(str(len(facts)),))


def with_assumption_corrected(context: Context, draft: Draft) -> Draft:
    """A draft with the printed units first, where the question assumes others to be responsible."""
    places = [quote.clause for s in draft.statements for quote in s.quotes]
    if not context.asked.assumed or not places:
        return draft
    wrong = wrong_unit(context, next((p for p in places if context.duties(p)), places[0]))
    if wrong is None or any(s.text == wrong.text for s in draft.statements):
        return draft
    return replace(draft, status="partial", statements=(wrong, *draft.statements))


def with_units(context: Context, key: ClauseKey) -> ClauseKey | None:
    """The clause itself or the nearest one above it that names units."""
    number: int | None = key[1]
    while number is not None:
        if context.duties((key[0], number)):
            return key[0], number
        number = context.clause((key[0], number)).parent
    return None


def unmentioned_name(context: Context) -> str:
    """A shop, school or company that the question names and no document mentions; else "".

    It is a word that no passage has, right before what kind of thing it is (徐家汇商圈).
    """
    for quoted in _QUOTED.finditer(context.asked.text):
        if not _mentioned(context, quoted["q"]):
            return f"“{quoted['q']}”"
    if (doer := _DOER.match(context.asked.text)) and not context.asked.units:
        name = doer["n"]
        if _names_one(name) and not context.corpus.mentions(name):
            return name
    if other := _neither(context):
        return other
    for run in re.findall("[\u4e00-\u9fff]+", context.asked.text):
        before = ""
        for word in dictionary_words(run):
            if word.endswith("公司") and _askers_own(context.asked.text, before, word):
                break
            if _CLASS.match(word) and _names_one(before) and not context.corpus.mentions(before):
                return before + word
            named = _ENDS.match(word)
            if named and _names_one(named["n"]) and not context.corpus.mentions(named["n"]):
                return word
            before = word
    return ""


def _askers_own(text: str, before: str, word: str) -> bool:
    """Whether a company is the asker's: 我做小软件公司, 做AI的创业公司想问一声."""
    at = text.find(before + word)
    return at >= 0 and bool(_OWN.search(text[:at]) or _SPEAKS.match(text, at + len(before + word)))


def _neither(context: Context) -> str:
    """The first of two names that a question lets choose between, where no document has it."""
    choice = _CHOICE.search(context.asked.text)
    if choice is None:
        return ""
    name = dictionary_words(choice["a"])[-1]
    return name if _names_one(name) and not _mentioned(context, name) else ""


def _mentioned(context: Context, words: str) -> bool:
    """Whether a passage or a heading of the clauses that were found says these words."""
    if context.corpus.mentions(words):
        return True
    ranked = context.ranking.clauses[:HEADINGS]
    return any(words in folded("".join(context.clause(r.key).heading_path)) for r in ranked)


def _names_one(word: str) -> bool:
    """Whether a word before 商圈 or 医院 can tell one of them from the others."""
    plain = word in tables.generic_words() or word in tables.lay_terms()
    return len(word) >= 2 and not plain and not _POINTS.match(word) and may_name(word)


def _names_town(word: str) -> bool:
    """Whether the two characters before 镇 or 街道 can be its name: 要求街道 names none."""
    return may_name(word) and not _NO_TOWN.search(word)


def unmentioned_place(context: Context, key: ClauseKey) -> str:
    """A place or a body that the question names and the clause's document does not; else ""."""
    info = context.corpus.infos[key[0]]
    text = context.asked.text
    named = [p.names for p in tables.places() if any(len(n) > 1 and n in text for n in p.names)]
    units = () if asks_as_one(context) else context.asked.units
    named += [(m.words, m.words[-3:], *m.printed) for m in units]
    named += [(m[0], m["n"]) for m in _TOWN.finditer(text) if _names_town(m["n"])]
    if not named:
        return ""
    held = folded("".join([info.title, info.region, info.issuer, context.text(key)]))
    return next((names[0] for names in named if not any(folded(n) in held for n in names)), "")


def with_place_cautioned(context: Context, draft: Draft) -> Draft:
    """An answer with word of a place that the question names and its document does not."""
    places = [quote.clause for s in draft.statements for quote in s.quotes]
    if draft.status != "answered" or not places or context.asked.bound is not None:
        return draft
    missing = unmentioned_place(context, places[0])
    if not missing:
        return draft
    first = Statement(context.say("place_not_mentioned", place=missing), asked=(missing,))
    rest = replace(draft.statements[0], lead=PARAGRAPH), *draft.statements[1:]
    return replace(draft, status="partial", statements=(first, *rest))


def years_printed(context: Context) -> bool:
    """Whether the clause that was found prints every year that the question names, titles aside."""
    best = context.ranking.best
    if best is None or not context.near(best):
        return False
    body = _TITLE.sub("", folded(context.clause(best.key).body.of(context.text(best.key))))
    return all(f"{year}年" in body for year in context.asked.years)


def asks_why(context: Context) -> bool:
    """Whether a reason is asked for."""
    return _WHY.search(context.asked.text) is not None


def unexplained(context: Context, key: ClauseKey) -> bool:
    """Whether the question asks why and the clause gives no reason for anything."""
    return asks_why(context) and not _REASON.search(context.clause(key).body.of(context.text(key)))
