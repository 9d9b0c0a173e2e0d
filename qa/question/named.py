"""Companies and codes that a question names: they are the matter itself, and nothing like them is.

A code holds Latin letters and digits (QX-2023-017); a company ends in its legal form.
"""

from ingest.patterns import pattern

_CODE = pattern(
    r"(?<![a-z0-9])(?=[a-z0-9/-]*\d)(?=[a-z0-9/-]*[a-z])[a-z]{1,6}[-/]?\d{2,}(?:[-/]\d+)*(?![a-z0-9])"
)
_COMPANY = pattern("[\u4e00-\u9fff]{2,12}(?:有限责任公司|股份有限公司|有限公司)")


def named_things(text: str) -> list[str]:
    """The companies and codes of a folded question, in order.

    >>> named_things("qx-2023-017是什么事项?"), named_things("百川医疗有限公司在名单里吗?")
    (['qx-2023-017'], ['百川医疗有限公司'])
    >>> named_things("ipv6和5g由谁负责?")
    []
    """
    found = [m[0] for m in _CODE.finditer(text) if sum(c.isdigit() for c in m[0]) > 2]
    return [*found, *(m[0] for m in _COMPANY.finditer(text))]
