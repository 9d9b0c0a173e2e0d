"""What is marked is the quote, and nothing of a document can act."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import render
from ui.examples import example_questions
from ui.wording import CHINESE

PLAIN = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cf")), max_size=60)


@given(before=PLAIN, quote=PLAIN, after=PLAIN)
def test_the_mark_is_the_quote_and_the_rest_is_there(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    start, end = len(before), len(before) + len(quote)
    shown = render.highlight(text, start, end, (0, len(text)), "a")
    found = re.fullmatch('(.*?)<mark id="a">(.*)</mark>(.*)', shown, re.DOTALL)
    assert found is not None
    parts = tuple(html.unescape(part) for part in found.groups())
    assert parts == (before.lstrip(), quote, after.rstrip())
    assert re.sub('<mark id="a">|</mark>', "", shown).count("<") == 0


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("增长5~10%，约3~5万", "增长5\\~10%，约3\\~5万"),
        ("费用$5至$9", "费用\\$5至\\$9"),
        ("![图](http://example.org/a.png)", "\\![图]\\(http://example.org/a.png)"),
        ("<script>x</script>", "\\<script>x\\</script>"),
        (":red[字] :smile: 9:30", "\\:red[字] \\:smile: 9:30"),
        ("速率<80且>5", "速率<80且>5"),
        ("**区科委**[1][2]", "**区科委**[\\[1\\]](#cite-4-1)[\\[2\\]](#cite-4-2)"),
        ("没有的引文[9]", "没有的引文\\[9\\]"),
        ("[字](http://example.org)", "[字]\\(http://example.org)"),
        ("区科委[1](牵头)", "区科委[\\[1\\]](#cite-4-1)\\(牵头)"),
        ("终端\x1b[31m与方向\u202e", "终端[31m与方向"),
    ],
)
def test_the_answer_in_markdown(given_: str, shown: str) -> None:
    assert render.answer_markdown(given_, 4, [1, 2]) == shown


def test_only_a_web_address_is_a_link() -> None:
    shown = render.linked("https://www.shanghai.gov.cn/a?b=1&c=2")
    assert shown.startswith('<a href="https://www.shanghai.gov.cn/a?b=1&amp;c=2" target="_blank"')
    assert "<a" not in render.linked('https://a.cn/" onclick="x')
    assert "<a" not in render.linked("javascript:alert(1)")


def test_of_two_clauses_alike_the_named_one_is_shown() -> None:
    outline = [{"path": "一/1", "start": 2, "end": 6}, {"path": "二/1", "start": 2, "end": 6}]
    assert render.clause_range(outline, "x" * 9, 3, 5, "二/1") == (2, 6)


def test_status_badges_say_what_was_checked_and_withheld() -> None:
    counts = {"sentences": 3, "checked": 5, "withheld": 2}
    for status in ("answered", "partial", "not_found", "out_of_scope", "clarify"):
        shown = render.badge_html(status, CHINESE, counts)
        assert CHINESE[f"status_{status}"] in shown
        assert "有 2 句未通过核验，已隐去" in shown
        assert ("核验 5 处" in shown) is (status in ("answered", "partial"))
    assert "理解为：&lt;甲&gt;" in render.badge_html("clarify", CHINESE, counts, "<甲>")


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("甲。\n乙。", "甲。\n\n乙。"),
        ("甲：\n\n- 乙\n  丙\n- 丁\n戊", "甲：\n\n- 乙\n  丙\n- 丁\n\n戊"),
        ("1. 甲\n2. 乙", "1. 甲\n2. 乙"),
        ("|甲|乙|\n|-|-|\n|1|2|", "|甲|乙|\n|-|-|\n|1|2|"),
        ("", ""),
    ],
)
def test_lines_of_an_answer_stay_lines(given_: str, shown: str) -> None:
    assert render.paragraphs(given_) == shown


def test_examples_are_few_and_fit_an_empty_corpus() -> None:
    assert example_questions([], [], [], CHINESE) == []
    task = {"heading": "建设一个名称特别特别特别特别长的平台", "units": [{"unit": "各街道"}]}
    assert example_questions([], [task], [], CHINESE) == []
