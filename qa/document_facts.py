"""Nouns that can only be facts about a document: 文号, 发布日期, 落款, 主送, 信息来源.

However briefly a question is put and whatever is said around them, they decide; several in one
question are all asked for.  All texts here are folded.
"""

import re

from qa import tables

OF_THINGS = ("title", "issuer", "addressee", "source", "purpose", "number")
DATES = ("issued", "published", "dates")
"""Facts that other things have, too: a platform has a name, a report is published some day."""
_SAYS_DOCUMENT = re.compile(
    "文件(?!里|中|上|规定|要求|写|说|有|提|讲)|通知|要点|方案|办法|规划|计划|公文|红头|附件|标题|题目|的全[名称]|落款|网页|网站|网上"
    "|转载|发文|印发|下发|发布|主送|抄送|[这该]份|署名"
)
_RULED_OUT = re.compile(
    "(?:别|切?勿|莫)(?:跟|和|与|把|拿|给|报|说|写|用|搞|混)[^,，。;；?？!！]*"
    "|(?<!要)不要(?!漏|落(?!款)|忘)[^,，。;；?？!！]*"
    "|(?<!是)不(?:是|问|要)(?!不)[^,，。;；?？!！]*(?=[,，。;；])"
)
"""别跟落款搞混, 不是落款那天,…: what is named there is not asked for."""
_STOPS = re.compile("[,，。;；!！?？]")
_DAY = re.compile(
    "日期|时间|日子|[一哪几那同两]天|几[号月日]|\\d[月日号]|何时|什么时候|啥时候|年月日"
)
_WHO = re.compile("谁|哪[一]?[家个]|单位|机构|机关|部门|署名")
_OWNER = re.compile(
    "文件|要点|通知|方案|办法|规划|计划|意见|政策|材料|公文|文本|网页|页面|网站|[标写印填登注署]的?$"
    "|[这那]份|它|你们?|上面|官方|正式|具体|准确|完整|对应"
)
"""What may stand before 的 and is no matter: 文件的发布日期, 网页上标的发布日期."""
_OWNED = re.compile("的?(?:办公)?(?:电话|地址|联系|邮箱|负责人|领导|网址|官网|微信|热线)")
"""发布机构电话: what the noun only owns."""
_SIGNED = re.compile("落款|署名|(?:末尾|结尾|文末|最后|下面|底下)(?:落|署|签)(?:的|了|着)?")
_WEB = re.compile("上网|挂网|网上|网站|网页|挂出来|公布|公开")


def document_facts(text: str) -> tuple[str, ...]:
    """The facts that a question's nouns name, in their order; empty if it has no such noun.

    >>> document_facts("发文机构和发文字号,一起给我可以吗?")
    ('issuer', 'number')
    >>> document_facts("网页上标的发布日期,报一下。别跟落款搞混。")
    ('published',)
    >>> document_facts("落款一天,上网又是一天,两个日期都报给我")
    ('issued', 'published')
    >>> document_facts("老字号商店怎么扶持?")
    ()
    """
    asked = _RULED_OUT.sub(lambda m: " " * len(m[0]), text)
    found = _named(asked, "document_nouns") + _signature(asked)
    return tuple(dict.fromkeys(attribute for _, attribute in sorted(found)))


def facts_ruled_out(text: str) -> frozenset[str]:
    """The facts that a question says it does not ask for.

    >>> sorted(facts_ruled_out("网上哪天挂出来的?不要落款那个"))
    ['issued', 'issuer']
    """
    words = "。".join(match[0] for match in _RULED_OUT.finditer(text))
    return frozenset(a for _, a in _named(words, "document_nouns") + _signature(words))


def facts_hinted(text: str) -> tuple[str, ...]:
    """The facts that nouns name which other things may have, too: for what nothing else answers.

    >>> facts_hinted("材料题目发我一下")
    ('title',)
    """
    asked = _RULED_OUT.sub(lambda m: " " * len(m[0]), text)
    return tuple(dict.fromkeys(a for _, a in sorted(_named(asked, "document_hints"))))


def _named(text: str, table: str) -> list[tuple[int, str]]:
    return [
        (match.start(), str(attribute))
        for attribute, patterns in tables.toml("intents.toml")[table].items()
        for pattern in patterns
        for match in re.finditer(pattern, text)
        if not (_of_matter(text, match.start()) or _OWNED.match(text, match.end()))
    ]


def means_document(text: str) -> bool:
    """Whether words say that a document is meant, where a name or an author is asked for.

    >>> means_document("这份文件叫什么"), means_document("那种楼叫什么")
    (True, False)
    """
    return _SAYS_DOCUMENT.search(text) is not None


def _signature(text: str) -> list[tuple[int, str]]:
    """What a signature (落款) is asked for: the day, the body, or both where neither is said."""
    match = _SIGNED.search(text)
    if match is None:
        return []
    piece = next(
        (p for p in _STOPS.split(text[match.start() :]) if p.strip()), text[match.start() :]
    )
    day, who = (bool(p.search(piece)) for p in (_DAY, _WHO))
    if not day and not who:
        day, who = (bool(p.search(text)) for p in (_DAY, _WHO))
    both = day == who
    found = [(match.start(), "issuer")] * (who or both) + [(match.start(), "issued")] * (
        day or both
    )
    web = _WEB.search(text)
    if web is not None and (day or both):
        found.append((web.start(), "published"))
    return found


def _of_matter(text: str, start: int) -> bool:
    """Whether the noun belongs to a thing that is named right before it (质量报告的发布日期)."""
    owner = re.search("([\u3400-\u9fff]{2,})(?:的|之)$", text[:start])
    return owner is not None and _OWNER.search(owner[1]) is None
