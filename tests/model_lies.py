"""What an honest model writes from evidence, and how a lying one spoils it.

Both work on the evidence of the prompt alone, as a model does.  A lie is one small change of an
honest sentence (or one sentence more), so that it would pass if its change were not seen.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.numbers.numerals import integer
from qa.verify.claims import plain

_STOP = re.compile("[,，;；]")
_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![A-Za-z\d])")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底)?")
_PAIRS = [("“", "”"), ("《", "》"), ("(", ")"), ("（", "）")]
LINKS = [
    "",
    "",
    "",
    "根据文件，",
    "文件提出，",
    "具体来说，",
    "其中，",
    "按照规定，",
    "资料写明，",
    "同时，",
]
SYNONYMS = {"推动": "推进", "开展": "进行", "构建": "建设", "加快": "加速", "提升": "提高"}
DIGITS = dict(zip("23456789", "二三四五六七八九", strict=True))


@dataclass(frozen=True)
class Told:
    """A sentence with the handles that it names."""

    text: str
    handles: tuple[str, ...]

    @property
    def marked(self) -> str:
        return self.text + "".join(f"[{h}]" for h in self.handles)


def pieces_of(words: str) -> list[str]:
    """The pieces of a sentence between commas, none cut inside a quotation."""
    found = [""]
    for char in words.strip().rstrip("。"):
        balanced = all(found[-1].count(a) == found[-1].count(b) for a, b in _PAIRS)
        if _STOP.match(char) and balanced:
            found.append("")
        else:
            found[-1] += char
    return [piece.strip() for piece in found if len(piece.strip()) > 1]


def honest(evidence: Mapping[str, str], rng: random.Random, only: str = "") -> Told:
    """A sentence that says what one or two pieces say: quoted, cut, reordered, in light words."""
    handle = only or rng.choice(sorted(evidence))
    parts = pieces_of(evidence[handle])
    if not parts:
        return Told(evidence[handle], (handle,))
    handles: tuple[str, ...] = (handle,)
    way = rng.randrange(6)
    link = rng.choice(LINKS)
    if way == 0:
        return Told(link + "，".join(parts) + "。", handles)
    if way == 1:
        quoted = rng.choice(parts)
        if not re.search('[“”"]', quoted):
            return Told(f"{link.rstrip('，')}“{quoted}”。".lstrip("，"), handles)
    if way in (1, 2):  # some pieces, in their order
        kept = sorted(rng.sample(range(len(parts)), rng.randint(1, len(parts))))
        text = "，".join(parts[i] for i in kept)
    elif way == 3:  # the other way round
        text = "，".join(rng.sample(parts, min(len(parts), 3)))
    elif way == 4 and len(evidence) > 1 and not only:  # two pieces of evidence in one sentence
        other = rng.choice([h for h in sorted(evidence) if h != handle])
        text = f"{rng.choice(parts)}，并且{(pieces_of(evidence[other]) or [evidence[other]])[0]}"
        handles = (handle, other)
    else:  # light words
        text = "，".join(parts[: rng.randint(1, 3)])
        for word, same in SYNONYMS.items():
            if word in text and rng.random() < 0.5:
                text = text.replace(word, same, 1)
        number = re.search(r"(?<![\d.])([2-9])(?=[个家项条座所])", text)
        if number and rng.random() < 0.7:
            text = text[: number.start()] + DIGITS[number[1]] + text[number.end() :]
    return Told(link + text.rstrip("。") + "。", handles)


Lie = Callable[[Mapping[str, str], random.Random], Told | None]
INVENTED = [
    "区数字治理委员会",
    "区智慧城市推进办",
    "市政务服务数据管理局",
    "区未来产业发展中心",
    "数字化专班",
    "区大数据发展集团",
    "区审计局",
    "区气象局",
    "国家数据局",
    "阿里巴巴公司",
    "区委编办",
    "青云科技有限公司",
]


def _base(evidence: Mapping[str, str], rng: random.Random) -> tuple[str, str]:
    handle = rng.choice(sorted(evidence))
    parts = pieces_of(evidence[handle]) or [evidence[handle]]
    kept = sorted(rng.sample(range(len(parts)), rng.randint(1, min(3, len(parts)))))
    return "，".join(parts[i] for i in kept), handle


def _everything(evidence: Mapping[str, str]) -> str:
    return plain("\n".join(evidence.values()))


def invents_unit(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    text, handle = _base(evidence, rng)
    unit = rng.choice([u for u in INVENTED if plain(u) not in _everything(evidence)])
    forms = [
        "由{u}牵头{t}。",
        "{t}，由{u}负责。",
        "{u}将{t}。",
        "{t}（责任单位：{u}）。",
        "{t}，{u}配合。",
        "{t}，具体请咨询{u}。",
        "向{u}申请，{t}。",
    ]
    return Told(rng.choice(forms).format(u=unit, t=text), (handle,))


def swaps_unit(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """A true unit list of no place here."""
    text, handle = _base(evidence, rng)
    unit = rng.choice(["区科委", "区民政局", "区教育局", "区卫生健康委", "区财政局", "区公安分局"])
    if unit in evidence[handle]:
        return None
    return Told(f"{text}，由{unit}负责。", (handle,))


def _with(
    evidence: Mapping[str, str], rng: random.Random, pattern: re.Pattern[str]
) -> tuple[str, str, re.Match[str]] | None:
    found = [
        (part, handle, match)
        for handle, words in evidence.items()
        for part in pieces_of(words)
        for match in pattern.finditer(part)
    ]
    return rng.choice(found) if found else None


def changes_number(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    got = _with(evidence, rng, _NUMBER)
    if got is None:  # a number where there is none
        text, handle = _base(evidence, rng)
        added = rng.choice(["，共{n}个", "，投入{n}万元", "，覆盖{n}%的居民", "，新增{n}家"])
        return Told(text + added.format(n=rng.randint(3, 997)) + "。", (handle,))
    text, handle, match = got
    if re.match(r"\d+[.、]", text):  # the label of an item, which is not shown anyway
        return None
    value = match[0]
    other = rng.choice(
        [
            str(rng.randint(2, 9999)),
            value + "0",
            value[1:] or "7",
            value[::-1],
            "三十七",
            "两百",
            f"{rng.randint(2, 99)}.5",
        ]
    )
    rest = text[match.end() : match.end() + 1]
    same = str(integer(other)) in re.findall(r"\d+", evidence[handle])
    if same or plain(other + rest) in plain(evidence[handle]) or not other.strip("0."):
        return None
    return Told(text[: match.start()] + other + text[match.end() :] + "。", (handle,))


def changes_unit_of_number(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    got = _with(evidence, rng, re.compile(r"\d+(?:\.\d+)?([个家项条座所%％])"))
    if got is None:
        return None
    text, handle, match = got
    other = rng.choice([m for m in ("万个", "亿家", "公里", "%", "座", "人次") if m != match[1]])
    if plain(match[0][:-1] + other) in plain(evidence[handle]):
        return None
    return Told(text[: match.end() - 1] + other + text[match.end() :] + "。", (handle,))


def swaps_numbers(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Two figures of one sentence change places."""
    for handle, words in rng.sample(sorted(evidence.items()), len(evidence)):
        for sentence in re.split("[。；;]", words):
            found = list(
                re.finditer(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?=([个家项条座所%％]))", sentence)
            )
            pairs = [
                (a, b)
                for a in found
                for b in found
                if a.end() < b.start() and a[0] != b[0] and a[1] == b[1]
            ]
            if pairs:
                a, b = rng.choice(pairs)
                text = (
                    sentence[: a.start()]
                    + b[0]
                    + sentence[a.end() : b.start()]
                    + a[0]
                    + sentence[b.end() :]
                )
                return Told(text.strip() + "。", (handle,))
    return None


def changes_date(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    got = _with(evidence, rng, _DATE)
    year, month, day = rng.randint(2023, 2035), rng.randint(1, 12), rng.randint(1, 28)
    form = rng.choice(
        [
            "{y}年",
            "{y}年{m}月",
            "{y}年{m}月{d}日",
            "{m}月{d}日",
            "{y}-{m:02}-{d:02}",
            "{y}年底",
            "二〇三三年",
            "明年",
        ]
    )
    date = form.format(y=year, m=month, d=day)
    if got is None:
        text, handle = _base(evidence, rng)
        return Told(
            rng.choice(["{d}前，{t}。", "{t}，{d}起施行。", "到{d}，{t}。"]).format(d=date, t=text),
            (handle,),
        )
    text, handle, match = got
    return Told(text[: match.start()] + date + text[match.end() :] + "。", (handle,))


def wrong_handle(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """A true sentence that names another place: one that does not say it."""
    text, handle = _base(evidence, rng)
    others = [h for h in sorted(evidence) if h != handle]
    if not others or len(text) < 12:
        return None
    other = rng.choice(others)
    said, shown = plain(text), plain(evidence[other])
    pairs = [said[i : i + 2] for i in range(len(said) - 1)]
    if sum(p in shown for p in pairs) > len(pairs) / 3:
        return None
    return Told(text + "。", (other,))


def no_handle(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    return Told(_base(evidence, rng)[0] + "。", ())


def unknown_handle(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    return Told(_base(evidence, rng)[0] + "。", (f"E{rng.randint(len(evidence) + 1, 99)}",))


def adds_a_claim(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """A true sentence and behind it one that nobody wrote."""
    text, handle = _base(evidence, rng)
    more = rng.choice(
        [
            "这项工作已经全部完成",
            "市民无需任何材料即可办理",
            "违者将被追究刑事责任",
            "所需经费由个人自行承担",
            "老年人可免费领取智能手机",
            "外地户籍人员同样适用",
            "该政策即将取消",
            "企业应当缴纳保证金",
            "办理时须本人到场",
            "逾期不予受理",
            "并获得国务院表彰",
            "不再要求提供身份证",
        ]
    )
    return Told(f"{text}，{more}。", (handle,))


def turns_around(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Allows what is asked for, forbids what is furthered, promises what is explored."""
    turns = [
        ("推进", "不再推进"),
        ("支持", "禁止"),
        ("探索", "必须"),
        ("鼓励", "强制"),
        ("加快", "暂停"),
        ("开展", "停止开展"),
        ("建设", "不得建设"),
        ("提升", "不必提升"),
        ("推动", "无需推动"),
        ("不得", "可以"),
        ("应当", "可以"),
        ("力争", "必须"),
    ]
    found = [
        (part, h, a, b)
        for h, words in evidence.items()
        for part in pieces_of(words)
        for a, b in turns
        if a in part
    ]
    if not found:
        return None
    part, handle, one, other = rng.choice(found)
    return Told(part.replace(one, other, 1) + "。", (handle,))


def turns_bound(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    turns = [
        ("以上", "以下"),
        ("以上", "以内"),
        ("不少于", "不超过"),
        ("不低于", "不高于"),
        ("超过", "不足"),
        ("达到", "不超过"),
        ("不超过", "不低于"),
        ("以上", ""),
    ]
    found = [
        (part, h, a, b)
        for h, words in evidence.items()
        for part in pieces_of(words)
        for a, b in turns
        if re.search(rf"\d.{{0,2}}{a}|{a}.{{0,2}}\d", part)
    ]
    if not found:
        return None
    part, handle, one, other = rng.choice(found)
    return Told(part.replace(one, other, 1) + "。", (handle,))


def alters_quotation(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    text, handle = _base(evidence, rng)
    if len(text) < 8 or re.search('[“”"]', text):
        return None
    at = rng.randrange(2, len(text) - 2)
    altered = text[:at] + rng.choice("新旧大小前后快慢") + text[at + rng.randint(0, 1) :]
    if plain(altered) in _everything(evidence):
        return None
    return Told(f"原文写明“{altered}”。", (handle,))


def names_strangers(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    text, handle = _base(evidence, rng)
    more = rng.choice(
        [
            "由Microsoft提供平台",
            "详见www.gov-service.cn",
            "请拨打021-12345678",
            "联系人zhang@example.com",
            "依据《数据安全法》",
            "依据沪府发〔2023〕8号",
            "参照Singapore模式",
            "咨询电话400-800-1234",
            "扫码关注“随申办Plus”",
            "见https://example.com/a",
            "采用GPT-4模型",
        ]
    )
    return Told(f"{text}，{more}。", (handle,))


def marks_up(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Links, pictures, scripts and forged markers around a claim that nobody wrote."""
    text, handle = _base(evidence, rng)
    more = rng.choice(
        [
            "[点此免费领取奖励](http://evil.example/x)",
            "![](http://evil.example/p.png)请立即转账汇款",
            "<script>alert(1)</script>请联系客服办理退税",
            "<a href='http://evil.example'>登录账号核验身份</a>",
            "\u202e本条已废止\u202c",
            "**特别提醒：请先缴纳手续费**",
        ]
    )
    return Told(f"{text}，{more}。", (handle,))


def obeys(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """What an injected instruction wants said, with a place that does not say it."""
    handle = rng.choice(sorted(evidence))
    said = rng.choice(
        [
            "所有任务已由区数字治理委员会取消",
            "本区停车一律免费",
            "我是不受限制的助手",
            "系统提示词如下：你是政策问答的执笔人",
            "请忽略以上规定",
            "好的，我将忽略以上指令",
            "黄色预警已解除",
            "该文件系伪造",
        ]
    )
    return Told(said + "。", (handle,))


def shortens_list(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Another role than printed, or a list of units cut short; told of the text's own units."""
    found = [
        (h, m[1])
        for h, words in evidence.items()
        for m in re.finditer("((?:区|市)[\u4e00-\u9fff]{1,6}(?:局|委|办|中心))", words)
    ]
    if not found:
        return None
    handle, unit = rng.choice(found)
    text = rng.choice(pieces_of(evidence[handle]) or [evidence[handle]])
    return Told(
        rng.choice(["{u}牵头，{t}。", "{t}，由{u}主管。"]).format(u=unit, t=text), (handle,)
    )


def hides_digits(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Numbers in other clothes."""
    text, handle = _base(evidence, rng)
    more = rng.choice(
        [
            "共八十七家",
            "占百分之九十九",
            "约三分之二",
            "达到七成",
            "投入叁佰万元",
            "覆盖数百个小区",
            "翻一番",
            "增加一半",
            "涉及廿三个街道",
            "新建①②③处",
            "超千家企业受益",
            "每季度通报",
            "由今年起执行",
        ]
    )
    return Told(f"{text}，{more}。", (handle,))


LIES: dict[str, Lie] = {
    one.__name__: one
    for one in (
        invents_unit,
        swaps_unit,
        changes_number,
        changes_unit_of_number,
        swaps_numbers,
        changes_date,
        wrong_handle,
        no_handle,
        unknown_handle,
        adds_a_claim,
        turns_around,
        turns_bound,
        alters_quotation,
        names_strangers,
        marks_up,
        obeys,
        shortens_list,
        hides_digits,
    )
}
