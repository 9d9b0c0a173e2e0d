"""The day for which a question is asked: 2021年时…, 截至2023年5月, 2030年还有效吗."""

from calendar import monthrange
from datetime import date

from ingest.patterns import pattern

_DAY = r"(?P<y>(?:19|20)\d{2})年(?:(?P<m>\d{1,2})月)?(?:(?P<d>\d{1,2})[日号])?(?:底|末)?"
_MONTH = _DAY.replace("月)?", "月)", 1)
_STILL = "(?:还|仍然?|是否|是不是|能不能|可不可以|已经?)*"
_VALID = "(?:有效|适用|生效|在用|能用|管用|算数|失效|作废|过期)(?!期)"
_MADE = "(?:印发|发布|出台|施行|制定|公布|实施|发的|出的|版)"
_AS_OF = (
    pattern(rf"截(?:至|止)?(?:到|至)?{_DAY}"),
    pattern(rf"{_DAY}(?:那时候?|的?时候|时(?![间段期限效])|当时|那会儿|那天|当天)"),
    pattern(rf"{_DAY}(?:以后|之后)?{_STILL}{_VALID}"),
    # With its month, a day stands further off; a year alone may be that of the document.
    pattern(rf"{_MONTH}(?![^,，。?？]{{0,4}}{_MADE})[^,，。?？;；]{{0,30}}?{_STILL}{_VALID}"),
)


def without_day(text: str) -> str:
    """Folded words without those that say for which day they are meant.

    >>> without_day("2021年时企业补多少"), without_day("2021年要点")
    ('企业补多少', '2021年要点')
    """
    for asked in _AS_OF[:2]:
        text = asked.sub("", text)
    return text


def as_of(text: str) -> date | None:
    """The last day of the time that folded words name as the one that is meant; None: today.

    >>> [str(as_of(t)) for t in ("2021年时补多少", "截至2023年2月的标准", "2030年还有效吗", "2021年要点")]
    ['2021-12-31', '2023-02-28', '2030-12-31', 'None']
    """
    for asked in _AS_OF:
        if found := asked.search(text):
            year, month = int(found["y"]), int(found["m"] or 12)
            if 1 <= month <= 12:
                last = monthrange(year, month)[1]
                return date(year, month, min(int(found["d"] or last), last) or last)
    return None
