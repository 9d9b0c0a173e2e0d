"""Deadlines without a full date; all texts invented."""

import pytest

from ingest.parse import parse_bytes


def due(body: str) -> list[tuple[str, str]]:
    text = f"2031年甲区学徒工作方案\n成文日期：2031-01-15\n第一条 修桥。\n第二条 {body}\n"
    parsed = parse_bytes(text.encode(), "a.txt")
    facts = [fact for fact in parsed.facts_of("date") if fact.what == "期限"]
    return [(fact.when, fact.span.of(parsed.document.text)) for fact in facts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("2031年底前建成三座。", [("2031-12-31", "2031年底前")]),
        ("6月底前完成招收。", [("2031-06-30", "6月底前")]),
        ("2032年启动，2月底前完成招收。", [("2032-02-29", "2月底前")]),
        ("三季度前完成招收。", [("2031-09-30", "三季度前")]),
        ("应在2031年四季度申报。", [("2031-12-31", "2031年四季度")]),
        ("2031年上半年组织培训。", [("2031-06-30", "2031年上半年")]),
        ("集中整治（5-7月）：全面排查。", [("2031-07-31", "5-7月")]),
        ("每年6月15日前报送名单。", [("--06-15", "每年6月15日前")]),
        ("到2035年，建成体系。", [("2035-12-31", "2035年")]),
        ("即日起至2031年6月30日报名。", [("2031-06-30", "2031年6月30日")]),
        ("应于2031年至2033年投产。", [("2033-12-31", "2031年至2033年")]),
        ("2020年上半年已招收30人。", []),
        ("2019年1月1日至2019年12月31日招收30人。", []),
        ("13月底前完成。", []),
        ("执行2031年度计划，三季度情况较好。", []),
    ],
)
def test_a_period_is_due_on_its_last_day(body: str, expected: list[tuple[str, str]]) -> None:
    assert due(body) == expected
