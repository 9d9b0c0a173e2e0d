"""Whether a document was issued by the body that a question takes for its issuer."""

import re

from qa.compose.context import Context
from qa.compose.printed_facts import printed_place, quote_of
from qa.concepts import folded
from qa.draft import Draft, Statement

_ISSUED = "(?:联合|统一|正式)?(?:印发|发布|发文|下发|制定|出台|公布|颁布|签发|发|出)"
_END = r"(?:吗|吧|么|对吗|对吧|是吗|是吧|没错吧|对不对)?[?？。! ]*$"
_BODY = "(?P<n>(?!.{0,12}(?:谁|哪|什么|几|时候|年|月|今|去|昨|前|当|后))[\u3400-\u9fff]{2,24}?)"
_ASKS = (
    re.compile(
        "^(?:请问|听说|那|那么|,|，)*(?:(?:这|那|该|本|整)(?:份|个|篇)?|上面|它)"
        f"[^,，。?？是由]{{0,16}}?(?:不?是不?是?|由)(?:由)?{_BODY}{_ISSUED}"
        f"(?:的|出来的|出的|出台的)[,， ]*(?:是|对|没错)?{_END}"
    ),
    re.compile(
        "(?:发布机构|落款单位|落款机构|署名单位|落款|发布单位|发文单位|发文机关|印发单位|印发机关|制定机关|发布机关)"
        f"(?:就|应该)?(?:是不是|是否是?|不?是|为){_BODY}[,， ]*{_END}"
    ),
)


def compose_issuer_check(context: Context) -> Draft | None:
    """Yes or no with the printed issuer; None if nobody asks, or if it is not known."""
    asked = context.asked
    match = next((m for p in _ASKS if (m := p.search(asked.text))), None)
    if match is None or not asked.yes_no or (document := context.only_document) is None:
        return None
    info = context.corpus.infos[document]
    found = printed_place(context, info, "issuer")
    if found is None:
        return None
    value, span = found
    agree = _same(match["n"], folded(value))
    verdict = Statement(context.say("yes" if agree else "no"), sums_up=True)
    words = context.say("meta_issuer", value=value)
    fact = Statement(words, (quote_of(context, info, span),))
    return Draft("answered" if agree else "partial", (verdict, fact))


def _same(asked: str, issuer: str) -> bool:
    """Whether a body is the issuer, who may be named shortly: its characters in their order."""
    short = asked.replace("人民政府", "政府").removeprefix("咱们").removeprefix("我们")
    full = issuer.replace("人民政府", "政府")
    rest = iter(full)
    return short[-2:] in full[-4:] and all(char in rest for char in short)
