"""Layouts of plans: where units, deadlines and headings stand, form by form; all texts invented."""

import pytest
from layouts import MEASURES, SCHEME

from ingest.deadlines import deadlines
from ingest.outline import outline
from ingest.parse import parse_bytes
from ingest.responsibility import responsibilities
from ingest.schema import Clause, ParsedDocument, Span
from ingest.table_rows import rows


def parsed(text: str) -> ParsedDocument:
    return parse_bytes(text.encode(), "plan.txt")


def units(text: str) -> dict[str, list[tuple[str, str]]]:
    """Units with roles by the path of their clause."""
    clauses = outline("d", text)
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in responsibilities(text, clauses):
        assert fact.who == fact.span.of(text)
        found.setdefault(clauses[fact.clause].path, []).append((fact.who, fact.role))
    return found


UNDER = """一、任务
（一）修桥铺路。
1. 修桥。修桥3座。
2. 铺路。铺路5公里。
（牵头单位：甲局；配合单位：乙局、丙办；完成时限：2031年6月底前）
（二）种树养花。
1. 种树。种树9棵。（责任单位：甲局）
2. 养花。养花7盆。
（责任单位：乙局）
"""


def test_units_on_a_line_under_sub_items_belong_to_the_item_above() -> None:
    found = units(UNDER)
    assert found["一/(一)"] == [("甲局", "牵头"), ("乙局", "配合"), ("丙办", "配合")]
    assert "一/(一)/2" not in found


def test_units_of_one_sub_item_stay_there_where_its_sibling_has_its_own() -> None:
    found = units(UNDER)
    assert found["一/(二)/1"] == [("甲局", "责任")]
    assert found["一/(二)/2"] == [("乙局", "责任")]


def test_a_line_of_one_sentence_above_sub_items_is_a_heading() -> None:
    headed: list[Clause] = [c for c in outline("d", UNDER) if c.kind == "(一)"]
    assert [c.heading for c in headed] == ["修桥铺路", "种树养花"]


def test_a_passage_of_such_a_line_is_of_the_item_above() -> None:
    found = parsed(UNDER)
    text = found.document.text
    places = [p.clause for p in found.passages if "甲局；" in p.span.of(text)]
    assert [found.clauses[place].path for place in places] == ["一/(一)"]


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("（责任单位：甲局；完成时限：2031年6月底前）", "2031年6月底前"),
        ("（责任单位：甲局，时限：长期）", "长期"),
        ("责任单位：甲局。完成时间：2031年第三季度。", "2031年第三季度"),
    ],
)
def test_a_deadline_is_no_unit(printed: str, when: str) -> None:
    text = f"1.修桥。修桥3座。\n{printed}\n2.铺路。铺路5公里。"
    assert units(text) == {"1": [("甲局", "责任")]}
    assert [s.of(text) for s in deadlines(text, [Span(0, len(text))])] == [when]


def test_a_role_behind_a_unit_is_no_part_of_its_name() -> None:
    text = "第一条 修桥。修桥3座。\n责任部门：甲局（牵头）、乙局、丙办(配合)"
    assert units(text) == {"第一条": [("甲局", "牵头"), ("乙局", "责任"), ("丙办", "配合")]}


def test_roles_in_sentences_end_where_the_text_goes_on() -> None:
    text = "1、修桥。修桥3座。牵头单位：甲局。配合单位：乙局、丙办。经费由镇里解决。\n2、铺路。"
    assert units(text) == {"1": [("甲局", "牵头"), ("乙局", "配合"), ("丙办", "配合")]}


def test_every_unit_is_the_text_under_its_span() -> None:
    for text in (SCHEME, MEASURES):
        document = parsed(text)
        for fact in document.facts_of("duty"):
            assert fact.span.of(text) == fact.who
            assert document.clauses[fact.clause].span.covers(fact.group)


def test_articles_numbered_on_through_parts_stand_below_them() -> None:
    clauses = parsed(MEASURES).clauses
    above = {c.label: clauses[c.parent].heading for c in clauses if c.kind == "条" and c.parent}
    assert above == {
        "第一条": "完善设施",
        "第二条": "完善设施",
        "第三条": "加大扶持",
        "第四条": "加大扶持",
    }


def test_parts_inside_an_article_stay_below_it() -> None:
    text = (
        "第一条 申请应当符合：\n一、年满十八岁；\n二、有住所。\n第二条 本办法自印发之日起施行。\n"
    )
    clauses = parsed(text).clauses
    assert [clauses[c.parent or 0].label for c in clauses if c.kind == "一、"] == ["第一条"] * 2


@pytest.mark.parametrize(
    "table",
    [
        "| 序号 | 任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n"
        "| 1 | 修桥3座 | 甲局（牵头）、乙办 | 6月底前 |\n| 2 | 铺路5公里 | 乙办 | 9月底前 |\n",
        "序号\u3000任务\u3000责任单位\u3000完成时限\n"
        "1\u3000修桥3座\u3000甲局（牵头）、乙办\u30006月底前\n2\u3000铺路5公里\u3000乙办\u30009月底前\n",
        "序号\t任务\t责任单位\t完成时限\n1\t修桥3座\t甲局（牵头）、乙办\t6月底前\n"
        "2\t铺路5公里\t乙办\t9月底前\n",
    ],
)
def test_rows_of_a_table_are_items_with_units_and_deadlines(table: str) -> None:
    text = f"甲镇任务分解表\n\n{table}"
    clauses = outline("d", text)
    items = [c for c in clauses if c.kind == "行"]
    assert [(c.path, c.heading) for c in items] == [("第1行", "修桥3座"), ("第2行", "铺路5公里")]
    assert units(text)["第1行"] == [("甲局", "牵头"), ("乙办", "责任")]
    assert [s.of(text) for s in deadlines(text, [items[1].body])] == ["9月底前"]


def test_lines_that_only_have_wide_spaces_are_no_table() -> None:
    assert rows("甲\u3000\u3000乙\u3000\u3000丙\n一\u3000二\u3000三\n四\u3000五\u3000六\n") == {}


def test_respective_values_go_to_their_subjects() -> None:
    text = "1.补贴。对新引进的博士、硕士、学士，分别给予每月30元、20元、10元补贴。"
    found = [(t.what, t.span.of(text)) for t in parsed(text).facts_of("figure")]
    assert found == [("博士", "30元"), ("硕士", "20元"), ("学士", "10元")]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("甲市人民政府办公室关于印发《甲市方案》的通知\n一、目标\n修桥。", "甲市人民政府办公室"),
        ("甲市乙局文件\n\n甲市修桥实施方案\n一、目标\n修桥。", "甲市乙局"),
        ("甲镇修桥工作方案\n甲镇人民政府\n2031年3月1日\n一、目标\n修桥。", "甲镇人民政府"),
    ],
)
def test_the_issuer_is_read_from_title_red_head_or_signature(text: str, issuer: str) -> None:
    assert parsed(text).document.info.issuer == issuer
