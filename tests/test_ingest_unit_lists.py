"""Facts of documents that print their lists of units in other places than behind each task."""

from layouts import MEASURES, SCHEME

from ingest.parse import parse_bytes
from ingest.schema import ParsedDocument


def parsed(text: str) -> ParsedDocument:
    return parse_bytes(text.encode(), "layout.txt")


def units(document: ParsedDocument) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in document.responsibilities:
        path = document.clauses[fact.clause].path
        found.setdefault(path, []).append((fact.unit, fact.role))
    return found


def test_a_list_that_closes_a_group_of_items_is_the_groups() -> None:
    found = units(parsed(SCHEME))
    assert found["二/(一)"] == [
        ("市水务局", "牵头"),
        ("市财政局", "配合"),
        ("市生态环境局", "配合"),
    ]
    assert "二/(一)/2" not in found


def test_items_with_lists_of_their_own_keep_them() -> None:
    found = units(parsed(SCHEME))
    assert found["二/(二)/1"] == [("市水务局", "责任"), ("各区县政府", "责任")]
    assert found["二/(二)/2"] == [("市林业局", "责任")]


def test_a_deadline_beside_the_units_is_no_unit() -> None:
    printed = {fact.unit for fact in parsed(SCHEME).responsibilities}
    assert not any("时限" in unit or "2033" in unit for unit in printed)


def test_a_role_in_brackets_behind_a_unit_is_its_role() -> None:
    found = units(parsed(MEASURES))
    assert found["第一条"] == [("县交通运输局", "牵头"), ("县财政局", "责任")]


def test_every_unit_is_the_text_under_its_span() -> None:
    for text in (SCHEME, MEASURES):
        document = parsed(text)
        for fact in document.responsibilities:
            assert fact.span.of(text) == fact.unit
            assert document.clauses[fact.clause].span.covers(fact.group)


def test_a_line_with_a_full_stop_above_items_is_their_heading() -> None:
    headings = {c.path: c.heading for c in parsed(SCHEME).clauses if c.kind != "款"}
    assert headings["二/(一)"] == "治理黑臭水体"
    assert headings["二/(二)"] == "管护堤岸"


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


def test_a_title_as_published_names_the_issuer() -> None:
    assert parsed(SCHEME).document.info.issuer == "岚溪市人民政府办公室"
