"""The words by which a question points at the turns before it, and at what there.

Patterns over folded text.  Each names one kind of reference; `history` says what it resolves to.
"""

import re

from index.tokens import words
from qa import tables

_UNIT = "(?:单位|部门|局|委|机构|公司|企业|街道|集团)"

STEP = re.compile(
    "(?:下|上|前|后)(?:面|边)?(?:的)?(?:那|这)?一?(?:项|条|个任务|款)(?:任务)?"
    "(?=呢|的|是|由|谁|讲|说|有|写|要|管|归|$|[?？,，])|再?往(?:下|上|后|前)(?:面)?(?:一|再)?(?:项|条|个)"
)
"""下一项, 它前面那条: the clause before or after the one that was asked about."""

ITEM = re.compile(
    "(?:这|那|该|此|上述|同|刚才(?:说的)?(?:那)?)一?(?:项|条|个任务|件事|件工作|个?事|个?活儿?)"
    "|它的|其(?=责任|指标|目标|内容|单位)"
)
"""这项, 那条, 该项: the clause that was asked about."""

WITHIN = re.compile(
    "其中|(?:这|那|上述)(?:\\d+|[几两二三四五六七八九十]+|些)(?:项|条|个|件)(?:任务|工作)?(?:里|中|当中)?|里头|里面|当中"
)
"""其中, 这几项里: some of what was listed."""

PAIR = re.compile(
    f"它俩|他俩|两者|二者|这?(?:两|二|俩)(?:个|家){_UNIT}?|(?:它|他)们(?:俩|两)?(?=共|一起|都|有没有)"
)
"""它俩, 这两家: the two units named last."""

FORMER, LATTER = re.compile("前者|前一个"), re.compile("后者|后一个")

UNIT = re.compile(f"它|他(?!们)|(?:这|该|那)(?:个|家)?{_UNIT}")
"""它, 这个单位: the unit named last."""

ELSE = re.compile("还(?!是|款|原)|另外|别(?:的|$)|其他|其它|除此|另(?=有|承)|以外|之外")
"""还管别的吗: what else there is."""

OTHER = re.compile(
    "^(?:那)?(?:另(?:外)?|其他|其它|别的)(?:的)?[一两几二三四]?(?:个(?!问题)|家|所|处|座|条|款|种)"
    "[\u4e00-\u9fff]{0,4}?(?:是|呢|叫|有|被|点名|提到|列|的)*(?:哪|什么|啥|谁|呢|$|[?？])"
)
"""另外一家是: what else is listed of the kind that was asked about."""

MEMBER = re.compile(
    "(?:也|都)?(?:算|包括|包含|列|覆盖|放|写|归)?(?:在)?(?:内|里头|里面|其中|里)(?:吗|么|吧|的吧|对|是|$|[?？])"
    "|^那?(?:也|还)?(?:包括|包含|覆盖|有没有|算不算)|也(?:算|有|在|包括|要|是)"
    "|(?:算不算|在不在)(?:在?(?:内|里面?))?(?:[?？]|$)"
)
"""豫园也在里头吗: whether the clause that was asked about says a word."""

_SAYS = re.compile(
    r"(?:^|(?<=\s))(?:跟|和|与|同|讲到?|提到?|提及|关于|涉及|说到?|写到?|有关)+(?=[^\s]{2})"
)
_SEVERAL = re.compile("(?:这|那)(?:两|二|三|几|些)(?:样|个|件|块|类|种|东西)(?:东西|事)?")
_POINTERS = (_SEVERAL, PAIR, FORMER, LATTER, UNIT, ELSE, WITHIN, ITEM, MEMBER)

CONTENT = re.compile(
    "怎么|如何|咋|内容|讲|说(?:了|的)?(?:什么|啥)|什么意思|(?:做|干|搞)(?:什么|啥|些|哪)|介绍|详细|具体"
)
"""具体怎么做: what the clause says, whatever was asked before."""

COUNT = re.compile(
    "(?:一共|总共|共|合计|加起来)?(?:有|是)?(?:几|多少)(?:项|条|个|件|家|所)?(?:任务|工作)?(?:呢|啊)?[?？]?$"
)
"""一共几项: how many there are of what was listed."""

_OF_KIND = "(?:街道|企业|公司|集团|国企|委办局)"
KIND = re.compile(
    f"(?:有)?(?:几|哪|多少)(?:个|家|些|几个|几家)?{_OF_KIND}(?:参加|参与|负责|在列|在内|一起)?"
    f"|(?:有没有|有无|包不包括|包含|包括|含不含){_OF_KIND}"
    f"|{_OF_KIND}(?:也|都|要|有没有)*(?:参加|参与|在列|在内)"
    f"|{_OF_KIND}(?:都|分别)?(?:是|有)(?:哪|几|谁)"
    f"|(?:属于|(?<!不)是|算){_OF_KIND}的?(?:单位)?(?:是|有|都是)?(?:哪|几|多少|谁)"
    f"|(?:哪|几|多少)(?:个|家|些|几个|几家)?(?:单位)?(?:是|属于|算){_OF_KIND}"
    "|(?:不是|不属于|非)(?:政府|机关|部门|委办局)(?:部门|单位|机关)?的?(?:单位)?(?:是|有|都是)?(?:哪|几|谁)"
)
"""有几个街道参加, 属于企业的是哪几家: units of one kind of the clause asked about."""
COUNTED = re.compile(
    "^(?:那|一共|总共|共|都|有|是|涉及|要|推|推了|包括)*(?:几|多少)(?:项|条|个|类)"
    "(?P<noun>(?!任务|工作|重点|条款)[\u4e00-\u9fff]{2,4}?)(?:呢|啊)?[?？]?$"
)
"""多少项政策: how many of a kind of thing, which is not the document's tasks."""
ALL_OF_THEM = re.compile(
    "^(?:那|都|具体|分别|各自?|到底|主要|一共|是|有|叫|包括|包含)*(?:哪些|哪几[个项条家]|什么)(?:呢|啊)?[?？]?$"
)
"""具体是哪些: which ones they are that were counted."""

KIND_WORDS = re.compile(
    f"{_OF_KIND}|不是|不属于|属于|政府|机关|部门|单位|参加|参与|负责|在列|在内|一起|[非是有都也要算做管的]"
)
"""What a question for units of a kind says beside the words that point."""

GOES_ON = re.compile(
    "它|其(?![实他它中余次])|^(?:那|这)(?:又|都|主要|具体)?(?:是|要|得|得?靠)"
    "|(?:^|(?<=[,，]))(?:同|这|那|该)一?(?:条|项|件事|个事|个?平台|个?系统)|里面|里头|其中"
    "|(?:举|列|点到?|提到?|讲到?|说到?|写到?)(?:了)?的|另外还|^(?:那)?还(?![是款原不有])"
)
"""它, 那件事, 那是, 举的例子: what goes on about the clause asked about, in words of its own."""

HOW_MANY = re.compile(
    "^(?:那|一共|总共|共|合计|加起来|都|有|是|总计)*(?:几|多少)(?:项|条|个|件|家|所|类|种)?(?:呢|啊)?[?？]?$"
)
"""一共几个: how many there are of what was listed, in no other words."""

MORE_OF = re.compile(
    "^(?P<noun>[^,，?？]{2,10}?)(?:还|另外)有(?:没有)?(?:别的|其他的?|其它的?|哪些)(?:了)?(?:吗|么|没有)?[?？]*$"
)
"""点到名的学校还有别的吗: what else of a kind is listed there."""

ITEMS_ASKED = re.compile(
    "(?<![第0-9])(?:几|多少|哪\\d|[0-9二两三四五六七八九十])[项条](?!任务|工作|重点)"
)
"""哪几项服务: a list whose items are counted as documents number clauses."""

ON_TOPIC = re.compile(
    "(?:有关|相关|关于|涉及|提到|讲到?|说到?|管|针对).{0,6}(?:的|哪|$)|(?:跟|和|与).{1,12}(?:有关|相关|沾边)"
)
"""跟消防有关的: those of a list that a topic stands in."""

OF_ITEM = re.compile("怎么|如何|咋|谁|哪|多少|几|搞|做|干|管|负责|要求|内容|具体|详细|介绍|讲|说")
"""What asks something of a listed item, and not which it is."""

AMONG = re.compile(
    "(?:责任|牵头|配合|参与|负责)的?(?:单位|部门).{0,6}(?:有|包|含|算)|有(?:没有|无)?份|在不在(?:内|列|里)"
)
"""责任单位里有没有残联, 党校有份吗: whether a unit is among those of the clause asked about."""

WHOLE = re.compile("文件|政策|要点|通知|全文|方案|规划|计划|办法|整份|通篇|文里")
"""What a question about the document as a whole says."""

CORRECTION = re.compile(
    "^(?:不是?(?:的|啊|呀)?|不对|(?:搞|弄|问|说|讲|打|写)?(?:错|岔)了?|口误|你理解错了|no)"
    "[,，。、!！ ]+"
    "|^(?:我)?(?:要|想)?(?:问|说|指)?的?不是[^,，。;；]{1,16}[,，。 ]+(?:而)?是"
    "|^我(?:刚才|前面|刚刚|其实|本来|真正|先前)*(?:想|要)?(?:问|说|指)的?是"
    "|^我(?:就|只)?是(?:刚才|前面|其实|本来)?(?:想|要)?(?:问|说|指)(?:的是|的)?"
)
"""不对,我问的是X: only X is asked, as before."""


def without_pointers(topic: str) -> str:
    """A topic without the words that only point; empty if nothing else stands in it.

    >>> without_pointers("它另外还承担"), without_pointers("豫园也在里头")
    ('', '豫园')
    """
    for pattern in _POINTERS:
        topic = pattern.sub(" ", topic)
    topic = _SAYS.sub("", topic)
    empty = tables.function_characters()
    kept = [w for w in words(topic) if w not in tables.generic_words() and not empty.issuperset(w)]
    if not kept:
        return ""
    return " ".join(part for part in topic.split() if any(w in part for w in kept))


def uncorrected(text: str) -> tuple[str, bool]:
    """A question without the words that correct the one before, and whether there were any.

    >>> uncorrected("不对,我问的是区民政局")
    ('区民政局', True)
    """
    rest = text
    while (match := CORRECTION.match(rest)) and match.end() < len(rest):
        rest = rest[match.end() :].lstrip(" ,，")
    return rest, rest != text
