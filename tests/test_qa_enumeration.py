"""Enumerations: exact spans, whole items, what leads in and what noun stands behind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.schema import Span
from qa.enumeration import Enumeration, between, enumerations, marked
from qa.wanted import wanted

_WORD = st.text(alphabet="甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=4)
_ITEM = st.one_of(
    _WORD,
    st.builds("“{}”".format, _WORD),
    st.builds("{}（含{}、{}）".format, _WORD, _WORD, _WORD),
    st.builds("《{}（{}）》".format, _WORD, _WORD),
)


def _found(text: str) -> list[Enumeration]:
    return enumerations(text, Span(0, len(text)))


def _items(text: str) -> list[list[str]]:
    return [[item.of(text) for item in e.items] for e in _found(text) if e.form == "items"]


@settings(deadline=None)  # the first call reads the dictionary
@given(st.lists(_ITEM, min_size=3, max_size=7, unique=True), st.sampled_from(["、", "和", "以及"]))
def test_every_item_is_found_whole(items: list[str], last: str) -> None:
    text = "聚焦" + "、".join(items[:-1]) + last + items[-1] + "等重点区域。"
    outer = next(e for e in _found(text) if e.open_ended)
    assert [i.of(text) for i in outer.items] == items
    assert (outer.lead.of(text), outer.head.of(text)) == ("聚焦", "重点区域")


@settings(deadline=None)
@given(st.text(alphabet="甲乙打造推进的等和及与、，。：“”（）《》一是二12 ", max_size=60))
def test_items_and_what_lies_between_make_up_the_text(text: str) -> None:
    found = [*_found(text), *filter(None, [marked(text, Span(0, len(text)))])]
    for listed in found:
        assert all(0 <= i.start < i.end <= len(text) for i in listed.items)
        gaps = between(listed)
        assert all(gap.start <= gap.end for gap in gaps)
        pieces = [listed.items[0].of(text)]
        for gap, item in zip(gaps, listed.items[1:], strict=True):
            pieces += [gap.of(text), item.of(text)]
        assert "".join(pieces) == text[listed.items[0].start : listed.items[-1].end]
        assert all(listed.span.covers(item) for item in listed.items)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("重点引进培育一批甲设施、乙机构、丙中心。", ["甲设施", "乙机构", "丙中心"]),
        ("支持城东路、柳巷、月牙河路商圈构建互动平台。", ["城东路", "柳巷", "月牙河路商圈"]),
        ("打造“甲乙”“丙丁”“戊己”等场景。", ["“甲乙”", "“丙丁”", "“戊己”"]),
        ("建立定期例会、分头落实、考核评估工作机制。", ["定期例会", "分头落实", "考核评估"]),
        ("由高等学校、平等社、等级站组成。", ["高等学校", "平等社", "等级站组成"]),
        (
            "覆盖商圈、医院等密集区域及风貌区、河岸沿线的网络。",
            ["商圈", "医院", "风貌区", "河岸沿线"],
        ),
    ],
)
def test_items_without_what_leads_in_and_what_follows(text: str, items: list[str]) -> None:
    assert items in _items(text)


def test_a_quoted_list_takes_its_noun_from_behind_the_quotation() -> None:
    text = "按照“一口采集、一数一源、多源稽查”的原则，建立专题库。"
    (listed,) = [e for e in _found(text) if e.form == "items"]
    assert (listed.lead.of(text), listed.head.of(text)) == ("按照", "原则")


def test_parallel_steps_are_one_enumeration() -> None:
    text = "推进甲乙改造，打造丙丁平台，实现戊己共享。"
    (steps,) = [e for e in _found(text) if e.form == "steps"]
    assert [i.of(text) for i in steps.items] == ["推进甲乙改造", "打造丙丁平台", "实现戊己共享"]


def test_brackets_that_never_close_hide_nothing() -> None:
    assert ["甲乙", "丙丁", "戊己"] in _items("围绕建设示范区”，支持甲乙、丙丁、戊己（责任单位。")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("下列情形：（一）未登记的；（二）伪造材料的；（三）其他情形。", 3),
        ("一是减免房租。二是延期缴税。", 2),
        ("按第一款和（二）项办理。", 0),
    ],
)
def test_marked_items(text: str, count: int) -> None:
    listed = marked(text, Span(0, len(text)))
    assert (len(listed.items) if listed else 0) == count


@pytest.mark.parametrize(
    ("question", "noun", "measure", "number"),
    [
        ("标杆校建设里点名了哪些学校?", "学校", "", None),
        ("重点区域有哪些?", "重点区域", "", None),
        ("要增强哪些关键环节的智能化水平?", "关键环节", "", None),
        ("是哪三个商圈?", "商圈", "个", 3),
        ("列了几类问题", "问题", "类", None),
        ("街区要解决的问题举了哪些例子?", "问题", "", None),
    ],
)
def test_what_a_question_asks_a_list_of(
    question: str, noun: str, measure: str, number: int | None
) -> None:
    asked = wanted(question)
    assert asked is not None
    assert (asked.noun, asked.measure, asked.number) == (noun, measure, number)


def test_a_question_for_figures_asks_for_no_list() -> None:
    assert wanted("企业数量方面提了哪两个数?") is None
