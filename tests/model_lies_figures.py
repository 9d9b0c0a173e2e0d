"""Lies about figures and dates: one small change of an honest sentence."""

import random
import re
from collections.abc import Mapping

from model_honest import Told, base, pieces_of, said_with

from ingest.numbers.numerals import integer
from qa.verify.claims import plain

_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![A-Za-z\d])")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底)?")


def changes_number(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    got = said_with(evidence, rng, _NUMBER)
    if got is None:  # a number where there is none
        text, handle = base(evidence, rng)
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
    got = said_with(evidence, rng, re.compile(r"\d+(?:\.\d+)?([个家项条座所%％])"))
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
    got = said_with(evidence, rng, _DATE)
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
        text, handle = base(evidence, rng)
        return Told(
            rng.choice(["{d}前，{t}。", "{t}，{d}起施行。", "到{d}，{t}。"]).format(d=date, t=text),
            (handle,),
        )
    text, handle, match = got
    return Told(text[: match.start()] + date + text[match.end() :] + "。", (handle,))


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


def hides_digits(evidence: Mapping[str, str], rng: random.Random) -> Told | None:
    """Numbers in other clothes."""
    text, handle = base(evidence, rng)
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
