"""What a question states of the document itself, held against its records: issuer, number, dates.

这份要点是2021年印发的吧? is told the printed date, with its place; a statement on the way to
another question (甲区发的这个要点, 是几月印发的?) is put right before that is answered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ingest.characters import without_spaces
from ingest.schema import DocumentInfo
from qa.claims import plain
from qa.compose.about_document import compose_metadata, document_meant, stated_fact
from qa.compose.context import Context
from qa.draft import PARAGRAPH, Draft, Statement
from qa.figures import figures

_THIS = "(?:这|那|该|本|此)(?:份|个|次|篇|一份|一个)?"
_KIND = "(?:工作)?(?:文件|要点|通知|方案|措施|意见|办法|规定|计划|规划|细则|政策|文)"
_MADE = "(?:联合|正式|牵头)?(?:发布|印发|颁布|公布|下发|签发|出台|制定|起草|成文|发|出|写|定)"
_ONLINE = re.compile("发布|公布|公开|上网|挂|网上")
_DOCUMENT = re.compile(f"{_THIS}(?:黄|红头)?{_KIND}|^(?:请问|我记得|听说)?{_KIND}|{_KIND}(?:是|由)")
_ISSUER = (
    re.compile(
        rf"(?:是由|由|是)(?P<v>[\u4e00-\u9fff]{{2,24}}?){_MADE}(?:的|出来的)(?!(?:时间|日期))"
    ),
    re.compile(
        rf"^(?:请问|听说)?(?P<v>[\u4e00-\u9fff]{{2,24}}?)(?:去年|今年)?{_MADE}的{_THIS}{_KIND}"
    ),
    re.compile(
        "(?:发布|印发|发文|制定)(?:机构|单位|机关|部门)(?:就|应该|应当)?(?:是不是|是否是?|不?是|为)"
        "(?P<v>[\u4e00-\u9fff]{2,24}?)(?=[,，吧吗对是?？]|$)"
    ),
)
_NUMBER = re.compile(r"(?P<v>[\u4e00-\u9fff]{2,12}[〔\[(（]\s*\d{4}\s*[〕\])）]\s*(?:第)?\d+\s*号)")
_NUMBER_YEAR = re.compile("(?:文号|字号|编号)[^,，。]{0,12}?(?P<v>(?:19|20)\\d{2})(?!\\d)")
_DATED = re.compile(
    f"{_MADE}(?:的|于)|(?:印发|成文|发布|落款|公布)(?:日期|时间|年份)|落款|挂(?:网|出|上)"
)
_OWN_AREA = ("区", "市", "县", "省", "我区", "我市", "本区", "本市")
_OF_YEAR = re.compile("是(?P<v>(?:19|20)\\d{2})年?(?:度)?的(?=[吗吧对是,，?？]|$)")
_ASKED = re.compile("谁|哪|什么|啥|几|多少|何时")
_NOT_NAMES = re.compile("谁|哪|什么|啥|几|多少|何时|\\d|年|月|日")


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact about the document that a question states: which one, and whether it is right."""

    attribute: str
    right: bool


def compose_document_check(context: Context) -> Draft | None:
    """Whether what is stated of the document is so; None if nothing is stated of it.

    A right statement on the way to another question needs no word.
    """
    asked = context.asked
    info = document_meant(context)
    if info is None or not info.held or asked.label or asked.bound is not None:
        return None
    if not _DOCUMENT.search(asked.text) and asked.topic:
        return None
    said = list(_stated(asked.text, info))
    wrong = [one for one in said if not one.right]
    further = asked.intent == "metadata" and _ASKED.search(asked.text) is not None
    if not said or not (wrong or asked.yes_no) or not (asked.yes_no or further):
        return None
    if not wrong and further:
        return None
    facts = [stated_fact(context, info, one.attribute) for one in wrong or said]
    shown = [s for draft in facts for s in draft.statements]
    if any(draft.status != "answered" for draft in facts):
        return None
    first = Statement(context.say("premise" if wrong else "yes"), sums_up=True)
    statements = [first, *(replace(s, lead="") for s in shown)]
    if further:
        rest = [replace(s, lead="") for s in compose_metadata(context).statements]
        statements += [replace(s, lead=PARAGRAPH) for s in rest if s not in statements]
    return Draft("partial" if wrong else "answered", tuple(statements))


def _stated(text: str, info: DocumentInfo) -> Iterator[_Said]:
    """What a folded question states of a document, each with whether the records agree."""
    numbered = _NUMBER.search(text)
    if numbered is not None and info.number:
        yield _Said("number", plain(numbered["v"]).endswith(plain(info.number)))
    elif (year := _NUMBER_YEAR.search(text)) is not None and info.number:
        yield _Said("number", year["v"] in info.number)
    if info.issuer:
        for pattern in _ISSUER:
            if (match := pattern.search(text)) and not _NOT_NAMES.search(match["v"]):
                yield _Said("issuer", _names(match["v"], info.issuer, info.region))
                break
    if (of := _OF_YEAR.search(text)) and re.search(r"(?:19|20)\d{2}", info.title):
        yield _Said("period", of["v"] in info.title)
    dates = [f.key[1:4] for f in figures(plain(text)) if f.key[0] == "date"]
    dates = [d for d in dates if not _names_title(d, text)]
    if dates and _DATED.search(text) and numbered is None:
        attribute = "published" if _ONLINE.search(text) and info.published else "issued"
        known = [when for when in (info.issued, info.published) if when is not None]
        exact: date | None = getattr(info, attribute)
        if exact is not None:
            own = [exact] if _ONLINE.search(text) or re.search("印发|成文|落款", text) else known
            yield _Said(attribute, any(_same(d, when) for d in dates for when in own))


def _same(said: tuple[str, ...], when: date) -> bool:
    parts = (when.year, when.month, when.day)
    return all(not s or int(s) == part for s, part in zip(said, parts, strict=True))


def _names_title(said: tuple[str, ...], text: str) -> bool:
    """Whether a year only says of which year the document is (2022年工作要点)."""
    year, month, _ = said
    return (
        not month
        and re.search(f"{year}年?(?:度)?[^,，。]{{0,16}}{_KIND}", text) is not None
        and (re.search(f"{year}年?{_MADE}", text) is None)
    )


def _names(said: str, issuer: str, region: str) -> bool:
    """Whether words can be short for an issuer: their characters stand in it in this order."""
    if re.search("[省市区县]$", said):
        return without_spaces(region).endswith(said) or said in _OWN_AREA
    rest = iter(without_spaces(issuer).replace("人民政府", "政府"))
    short = re.sub("^(?:咱们|我们)", "", without_spaces(said)).replace("人民政府", "政府")
    return all(character in rest for character in short)
