"""What a question says beside what it asks: how to count, and what makes no difference.

统写的“各街道”按一个算 and 不分哪个街道 name units, but ask nothing about them.
"""

import re

_END = ",，。.;；:：?？!！"
_CONVENTION = re.compile(
    f"[{_END}、 ]+[^{_END}]{{1,16}}(?:按|只?算|计)(?:作|为|成|做)?"
    "[一1两2]个?[家项条]?(?:单位|部门)?"
    f"(?:来)?(?:算|计)?(?=[{_END} ]*$)"
)
_CONCESSION = re.compile(
    f"(?:不分|不管|不论|无论|甭管)(?:是|具体)?[^{_END}、]{{1,12}}[{_END}、 ]+(?=.{{4}})"
)

EXCEPT = re.compile(
    "除(?:了|去|开)?[^,，。;；?？]{1,24}?(?:之外|以外|外(?=[,，还]))[,，]?|除(?:了|去|开)[^,，。;；?？]{1,24}?(?:[,，]|(?=还))"
)
"""除了甲局还有谁: what is excepted is not what is asked about."""
SELF = re.compile(
    "(?:我|我们|俺|咱)(?:是|在)[^,，。;；?？]{1,16}[,，。]"
    "|在[^,，。;；?？]{1,12}(?:做|干|上班|工作|当差)[^,，。;；?？]{0,8}[,，。]"
)
"""我在物业公司上班: who asks, and not whom they ask about."""


_HESITATION = re.compile(
    "(?P<w>那个|这个|就是说?|然后|内个)(?:[,，…. ]*(?P=w))+"
    "|(?<![\u3400-\u9fff])(?:那个|内个|这个)[,，…. ]+"
    "|[嗯呃唔](?:[,，…. ]*[嗯呃唔])*[,，…. ]*|(?:来这|来着)(?=就是|[,，…. ])"
)
"""那个那个…嗯…: what is said while one thinks."""
_WRITER = re.compile(
    f"^[^{_END}、谁哪什多几怎啥吗]{{0,10}}"
    "(?:[老小][\u3400-\u9fff]|老师|师傅|同志|阿姨|一[名位枚个])[:：]"
    f"|^[^{_END}、谁哪什多几怎啥吗]{{2,8}}一[名位枚个][,，.。]"
)
"""居委会小张:, 物业经理一名。: who asks."""


def without_asides(text: str) -> str:
    """A folded question without its asides.

    >>> without_asides("责任单位共有几个?统写的“各街道”按一个算。")
    '责任单位共有几个。'
    >>> without_asides("不分哪个镇,写了“各镇”的任务有哪些?")
    '写了“各镇”的任务有哪些?'
    """
    text = _WRITER.sub("", _HESITATION.sub("", text)) or text
    return _CONCESSION.sub("", _CONVENTION.sub("", text))
