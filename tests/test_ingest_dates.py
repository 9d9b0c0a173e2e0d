"""The days that a document gives, form by form; all texts invented."""

import pytest

from ingest.parse import parse_bytes
from ingest.schema import ParsedDocument


def parsed(body: str) -> ParsedDocument:
    text = f"甲市乙局关于印发补贴办法的通知\n成文日期：2023-06-30\n第一条 修桥。\n第二条 {body}\n"
    return parse_bytes(text.encode(), "a.txt")


def days(body: str) -> list[tuple[str, str, str]]:
    """What a day is, the day, the words that give it."""
    found = parsed(body)
    text = found.document.text
    facts = found.facts_of("date")
    for fact in facts:
        assert fact.group.covers(fact.span)
        assert found.clauses[fact.clause].span.covers(fact.group)
    assert (facts[0].what, facts[0].when) == ("成文", "2023-06-30")
    return [(fact.what, fact.when, fact.span.of(text)) for fact in facts[1:]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "本办法自2023年7月15日起施行，有效期5年。",
            [("施行", "2023-07-15", "2023年7月15日"), ("失效", "2028-07-14", "有效期5年")],
        ),
        (
            "本实施细则自2024年1月1日起施行。有效期为五年。",
            [("施行", "2024-01-01", "2024年1月1日"), ("失效", "2028-12-31", "有效期为五年")],
        ),
        (
            "本办法自印发之日起施行，有效期3年。",
            [("施行", "2023-06-30", "印发之日"), ("失效", "2026-06-29", "有效期3年")],
        ),
        (
            "本通知自2024年2月29日起执行，试行1年。",
            [("施行", "2024-02-29", "2024年2月29日"), ("失效", "2025-02-28", "试行1年")],
        ),
        (
            "本通知自2024年2月1日起执行，有效期至2026年1月31日。",
            [("施行", "2024-02-01", "2024年2月1日"), ("失效", "2026-01-31", "2026年1月31日")],
        ),
        (
            "本办法有效期自2020年1月1日至二〇二四年十二月三十一日止。",
            [("失效", "2024-12-31", "二〇二四年十二月三十一日")],
        ),
        ("本决定自2024年8月1日起失效。", [("失效", "2024-08-01", "2024年8月1日")]),
        (
            "本办法已经会议通过，现予公布，自2024年8月1日起施行。",
            [("施行", "2024-08-01", "2024年8月1日")],
        ),
        (
            "申请时间为2024年3月1日至3月31日。",
            [("期限", "2024-03-31", "3月31日")],
        ),
        ("请于2024年5月11日前报送材料。", [("期限", "2024-05-11", "2024年5月11日")]),
        ("至2025年6月13日17:00止，逾期不予受理。", [("期限", "2025-06-13", "2025年6月13日")]),
        ("2025年6月底前完成改造。", [("期限", "2025-06-30", "2025年6月底前")]),
        ("到2025年底前建成3座。", [("期限", "2025-12-31", "2025年底前")]),
        ("完成时限：2026年4月30日。", [("期限", "2026-04-30", "2026年4月30日")]),
        ("《旧办法》自2019年2月1日起施行。", []),
        ("自2019年2月1日起施行的《旧办法》同时废止。", []),
        ("运营许可证有效期三年。", []),
        ("《旧办法》有效期延长至2027年10月31日。", []),
        ("2010年1月15日公布的《旧办法》同时废止。", []),
        ("2010年1月15日前出生的居民免费。", []),
        ("2023年2月30日前办结。", []),
    ],
)
def test_a_day_has_its_meaning(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert days(body) == expected


def test_days_of_the_head_and_of_the_signature() -> None:
    text = (
        "发布日期：2024-02-03 施行日期：2024-03-01 失效日期：2029-02-28\n"
        "甲市乙局关于印发补贴办法的通知\n一、修桥\n修3座。\n甲市乙局\n2024年2月1日\n"
    )
    found = parse_bytes(text.encode(), "a.txt").facts_of("date")
    assert [(fact.what, fact.when) for fact in found] == [
        ("发布", "2024-02-03"),
        ("施行", "2024-03-01"),
        ("失效", "2029-02-28"),
        ("成文", "2024-02-01"),
    ]
