"""What is marked is the quote, and nothing of a document can act."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import markdown, render
from ui.examples import example_questions
from ui.wording import CHINESE

PLAIN = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cf")), max_size=60)


QUOTED = '<span class="wence-quote">'
SPANS = st.lists(st.tuples(st.integers(0, 190), st.integers(0, 190)), max_size=5)


@given(before=PLAIN, quote=PLAIN.filter(bool), after=PLAIN, spans=SPANS)
def test_what_is_set_off_is_the_quote_and_what_is_marked_lies_in_it(
    before: str, quote: str, after: str, spans: list[tuple[int, int]]
) -> None:
    text = before + quote + after
    start, end = len(before), len(before) + len(quote)
    shown = render.highlight(text, start, end, (0, len(text)), "a", spans)
    found = re.fullmatch(f"(.*?){QUOTED}(.*)</span>(.*)", shown, re.DOTALL)
    assert found is not None
    head, inside, tail = found.groups()
    assert html.unescape(head) == before.lstrip()
    assert html.unescape(tail) == after.rstrip()
    assert inside.count('<mark id="a">') == 1
    assert inside.index("<mark") == inside.index('<mark id="a">')
    marks = r'<mark(?: id="a")?>(.*?)</mark>'
    assert html.unescape(re.sub(marks, r"\1", inside)) == quote
    assert re.sub(f'<mark id="a">|<mark>|</mark>|{QUOTED}|</span>', "", shown).count("<") == 0
    wanted = {place for one in spans for place in range(max(start, one[0]), min(end, one[1]))}
    marked = "".join(html.unescape(one) for one in re.findall(marks, inside, re.DOTALL))
    assert marked == "".join(text[place] for place in sorted(wanted or range(start, end)))


def test_without_its_document_a_quote_keeps_its_marks() -> None:
    citation = {
        **{"marker": 1, "document_title": "办法", "document_number": "", "clause": "四"},
        **{"clause_path": "四", "heading_path": [], "quote": "补贴<40%>。", "start": 90},
        **{"end": 97, "highlights": [[92, 97 - 1]], "page": None, "source": ""},
    }
    shown = render.citation_html(citation, 1, None, CHINESE)
    assert '补贴<mark id="cite-1-1">&lt;40%</mark>&gt;。</span>' in shown


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
        ("长3*5*8米，**共2项**", "长3\\*5\\*8米，**共2项**"),
        ("写作&lt;的", "写作\\&lt;的"),
    ],
)
def test_the_answer_in_markdown(given_: str, shown: str) -> None:
    assert markdown.answer_markdown(given_, 4, [1, 2]) == shown


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
        ("第四条：“甲：  \n（一）乙；  \n（二）丙。”[1]",) * 2,
        ("- “甲  \n乙”[1]\n- 丙",) * 2,
        ("“甲\n乙”", "“甲\n\n乙”"),
        ("“甲：  \n# 乙  \n---  \n1. 丙  \n    丁”", "“甲：  \n\\# 乙  \n\\---  \n1\\. 丙  \n丁”"),
        ("“没有收尾  \n- 甲\n\n- 乙\n- 丙", "“没有收尾  \n\\- 甲\n\n- 乙\n- 丙"),
        ("共2项：  \n- 甲\n- 乙", "共2项：  \n- 甲\n- 乙"),
    ],
)
def test_lines_of_an_answer_stay_lines(given_: str, shown: str) -> None:
    assert markdown.paragraphs(given_) == shown


CITED = {"quote": "甲:乙[3]{丙}|丁", "start": 10, "end": 21}


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "“甲:乙[\\[3\\]](#cite-2-3){丙}|丁”"),
        ([[12, 16]], "“甲\\::orange-background[乙\\[3\\]]\\{丙}|丁”"),
        (
            [[17, 30], [0, 11]],
            "“:orange-background[甲]:乙[\\[3\\]](#cite-2-3){:orange-background[丙}]"
            "|:orange-background[丁]”",
        ),
    ],
)
def test_marked_words_of_an_answer_cannot_break_out(spans: list[list[int]], shown: str) -> None:
    answer = f"“{CITED['quote']}”"
    cited = [{**CITED, "highlights": spans}]
    assert markdown.answer_markdown(answer, 2, [3], cited) == shown


def test_examples_are_few_and_fit_an_empty_corpus() -> None:
    assert example_questions([], [], [], CHINESE) == []
    task = {"heading": "建设一个名称特别特别特别特别长的平台", "units": [{"unit": "各街道"}]}
    assert example_questions([], [task], [], CHINESE) == []
