"""References from one provision of a document to another; all texts invented."""

import pytest

from ingest.parse import parse_bytes


def references(body: str) -> list[tuple[str, str | None]]:
    """The labels, each with the path of the clause that it points to."""
    text = (
        "甲市学徒条例\n第一条 修桥。\n第二条 学徒应当：\n（一）勤学；\n（二）守时。\n"
        f"第三条 {body}\n第四条 施行。\n"
    )
    parsed = parse_bytes(text.encode(), "a.txt")
    facts = parsed.facts_of("crossref")
    for fact in facts:
        assert (fact.target, fact.span.of(parsed.document.text)) == (parsed.document.id, fact.what)
    return [(f.what, None if f.value is None else parsed.clauses[int(f.value)].path) for f in facts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("违反本条例第一条的，由甲局处罚。", [("第一条", "第一条")]),
        ("违反本条例第二条第（二）项规定的，警告。", [("第二条第（二）项", "第二条/(二)")]),
        ("依照第一条第二款、第四条办理。", [("第一条第二款", "第一条"), ("第四条", "第四条")]),
        ("依照本条例第九条办理。", [("第九条", None)]),
        ("依照《某法》第一条的规定办理。", []),
        ("依照《某法》（甲发〔2031〕1号）第一条、第二条办理。", []),
        ("依照行政处罚法第一条办理。", []),
    ],
)
def test_a_label_points_to_its_clause(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert references(body) == expected
