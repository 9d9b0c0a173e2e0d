"""Numbers of all forms have one value, wherever they are read."""

import time
from datetime import date
from decimal import Decimal

import pytest

from ingest.numbers.bounds import bound_before, bound_behind
from ingest.numbers.figures import figures
from ingest.numbers.numerals import integer, value
from ingest.numbers.printed_dates import date_parts, printed_date
from ingest.numbers.quantities import quantities
from ingest.numbers.scanner import numbers
from ingest.schema import Span


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,930", "1930"),
        ("８０", "80"),
        ("2.5万", "25000"),
        ("3.34万", "33400"),
        ("1亿2000万", "120000000"),
        ("4万5千", "45000"),
        ("十", "10"),
        ("一百零二", "102"),
        ("一千〇二十", "1020"),
        ("二○二二", "2022"),
        ("三亿五千万", "350000000"),
        ("一万亿", "1000000000000"),
        ("五万五", "55000"),
        ("两千五", "2500"),
        ("零点五", "0.5"),
        ("一点二万", "12000"),
        ("壹佰贰拾叁", "123"),
        ("伍万", "50000"),
        ("俩", "2"),
    ],
)
def test_a_number_has_its_value(text: str, wanted: str) -> None:
    assert value(text) == Decimal(wanted)


@pytest.mark.parametrize("text", ["", "甲", "十四五", "二十三五", "1.2.3", "万", "一" * 30])
def test_what_is_no_one_number_has_no_value(text: str) -> None:
    assert value(text) is None
    assert integer(text) is None


@pytest.mark.parametrize("number", [*range(1, 1300), 2022, 10_203, 34_000, 120_000_000])
def test_a_number_is_the_same_in_chinese_numerals(number: int) -> None:
    assert integer(chinese(number)) == number


def chinese(number: int) -> str:
    """A number in Chinese numerals, as statutes print it."""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if low and low < size // 10 else ""
            return chinese(high) + name + gap + (chinese(low) if low else "")
    return "零一二三四五六七八九"[number]


@pytest.mark.parametrize(
    "text",
    [
        "2022年7月19日",
        "二〇二二年七月十九日",
        "二O二二年七月十九日",
        "2022-07-19",
        "2022.7.19",
        "2022 年 7 月 19 日",
        "2022/7/19日",
        "2022年7月19号",
    ],
)
def test_a_date_is_the_same_in_every_form(text: str) -> None:
    assert printed_date(f"于{text}起") == date(2022, 7, 19)
    (found,) = numbers(text)
    assert (found.kind, found.end, date_parts(text)) == ("date", len(text), (2022, 7, 19))


@pytest.mark.parametrize("text", ["2022年7月19个项目", "2022年2月30日", "12022-07-19", "7月19日"])
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert printed_date(text) is None


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[n.start : n.end], n.kind, f"{n.value}{n.share}") for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("百分之二点五", [("百分之二点五", "number", "2.5%")]),
        ("万分之一", [("万分之一", "number", "1‱")]),
        ("三分之二", [("三分之二", "number", "2/3")]),
        ("八成，成立", [("八成", "number", "80%")]),
        ("第三、四条", [("三", "ordinal", "3"), ("四", "ordinal", "4")]),
        ("第 12 条", [("12", "ordinal", "12")]),
        ("8:30至17时30分", [("8:30", "time", "None"), ("17时30分", "time", "None")]),
        ("1.2022年工作", [("1", "number", "1"), ("2022年", "date", "None")]),
        ("5G和IPv6", [("5", "name", "None"), ("6", "name", "None")]),
        ("“十四五”", [("十四五", "number", "None")]),
        ("二三类", [("二三", "number", "None")]),
        ("大陆人员，队伍所在", []),
        ("三十千克", [("三十", "number", "30")]),
        ("5百分点", [("5", "number", "5")]),
        ("1~3个", [("1", "number", "1"), ("3", "number", "3")]),
    ],
)
def test_every_number_of_a_text_is_found(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    "unit", ["一", "1", "1,", "点一", "1.1", "百分之", "零月", "1亿1", "一二三〇年", "第 1、", "半"]
)
def test_a_long_run_of_numerals_takes_linear_time(unit: str) -> None:
    text = unit * 20_000
    start = time.perf_counter()
    sum(1 for _ in numbers(text))
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    ("lead", "bound", "exact"),
    [
        ("比例不低于", "≥", True),
        ("不得低于", "≥", True),  # not 低于
        ("不得大于", "≤", True),
        ("不到", "<", True),  # not 到
        ("低于", "<", True),
        ("至少有", "≥", True),
        ("最长为", "≤", True),
        ("约为", "≈", True),
        ("达到", "≥", False),
        ("应当", "", False),
    ],
)
def test_the_bound_before_a_number(lead: str, bound: str, exact: bool) -> None:
    assert (bound_before(lead).bound, bound_before(lead).exact) == (bound, exact)


@pytest.mark.parametrize(
    ("behind", "bound"),
    [
        ("个站点以上", "≥"),
        ("周岁(含)以上", "≥"),
        ("日内", "within"),
        ("个工作日前", "before"),
        ("米以内", "≤"),
        ("%左右", "≈"),
        ("余家", ">"),
        ("家，以上", ""),
    ],
)
def test_the_bound_behind_a_number(behind: str, bound: str) -> None:
    assert bound_behind(behind.replace("，", ","), 0) == bound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("不少于伍万元", "不得少于5万元"),
        ("一点五倍", "1.5倍"),
        ("八成以上", "百分之八十以上"),
        ("二○三〇年六月一日", "2030-06-01"),
        ("8:30前", "8时30分前"),
        ("满60周岁(含)以上", "满六十周岁以上"),
    ],
)
def test_figures_that_say_the_same_agree(one: str, other: str) -> None:
    assert [f.key for f in figures(one)] == [f.key for f in figures(other)] != []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("不得小于八厘米", ("不得小于八厘米", "≥", "8", "厘米")),
        ("最长为十二个月", ("最长为十二个月", "≤", "12", "个月")),
        ("八成以上", ("八成以上", "≥", "80", "%")),
        ("百分之五至百分之八", ("百分之五至百分之八", "≥", "5", "%")),
        ("6个月至2年", ("6个月", "≥", "6", "个月")),
        ("3%-1%", ("3%-1%", "≥", "1", "%")),
        ("伍万元", ("伍万元", "=", "50000", "元")),
        ("不超过三十千克", ("不超过三十千克", "≤", "30", "千克")),
    ],
)
def test_a_quantity_has_value_and_bound(text: str, wanted: tuple[str, ...]) -> None:
    (one,) = quantities(text, Span(0, len(text)))
    assert (one.span.of(text), one.comparator, str(one.value), one.unit) == wanted


@pytest.mark.parametrize("text", ["3．2020年底前", "8点30分", "2008、2009两年", "三分之一至一倍"])
def test_no_quantity_is_read_out_of_a_date_a_time_or_a_fraction(text: str) -> None:
    assert quantities(text, Span(0, len(text))) == []
