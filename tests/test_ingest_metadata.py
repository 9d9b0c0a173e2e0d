"""What documents say of themselves: issuer, number, region, status, days; all texts invented."""

from datetime import date

import pytest

from ingest.metadata import metadata

PLAN = "\n一、目标\n修桥。"


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("甲市人民政府办公厅印发关于修桥意见的通知", "甲市人民政府办公厅"),
        ("甲市住房公积金管理中心关于缓缴的通知", "甲市住房公积金管理中心"),
        ("甲市交通部　乙文物局关于公布名单的通知", "甲市交通部、乙文物局"),
        (
            "关于印发《修桥办法》的通知\n甲区财政局\n\n甲区水务局\n2031年3月1日",
            "甲区财政局、甲区水务局",
        ),
        (
            "市政府办公室关于印发《方案》的通知\n甲市人民政府办公室\n2031年3月1日",
            "甲市人民政府办公室",
        ),
        (
            "甲江市条例\n2031年3月1日 甲江市第十六届人民代表大会常务委员会第九次会议通过",
            "甲江市人民代表大会常务委员会",
        ),
    ],
)
def test_issuers(head: str, issuer: str) -> None:
    assert metadata(head + PLAN)["issuer"] == issuer


def test_a_signature_at_the_end_tells_the_issuer() -> None:
    assert (
        metadata(f"关于修桥的通知{PLAN}\n甲区商务委员会\n2031年3月1日")["issuer"]
        == "甲区商务委员会"
    )


@pytest.mark.parametrize(
    ("head", "region"),
    [
        ("上海市松江区人民政府办公室关于转发《甲》的通知", "上海市松江区"),
        (
            "黄浦区人民政府办公室关于印发计划的通知\n上海市黄浦区人民政府办公室\n2031年3月1日",
            "上海市黄浦区",
        ),
        ("关于印发《2026年松江区清水行动方案》的通知\n沪松绿容发〔2026〕64号", "上海市松江区"),
        ("关于印发《浦东新区节能办法》的通知\n沪浦发改规〔2025〕1号", "上海市浦东新区"),
        ("广东省无障碍设施建设管理规定", "广东省"),
        ("国务院办公厅关于印发试点方案的通知\n国办发〔2018〕128号", None),
        ("推进城区数字化转型工作要点", None),
    ],
)
def test_regions(head: str, region: str | None) -> None:
    assert metadata(head + PLAN).get("region") == region


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("关于修桥的通知\n甲办发〔2031〕4号", "甲办发〔2031〕4号"),
        ("关于修桥的通知 甲办〔2031〕4号 各分中心：", "甲办〔2031〕4号"),
        ("修桥问答\n根据《关于修桥的意见》（乙办〔2030〕9号）的精神。", None),
    ],
)
def test_numbers(head: str, number: str | None) -> None:
    assert metadata(head + PLAN).get("number") == number


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("甲区修桥管理办法（试行）", "试行"),
        ("关于印发《甲区修桥办法（征求意见稿）》的通知", "征求意见稿"),
        ("甲省实施《居住证暂行条例》办法（草案）", "草案"),
        ("甲省实施《居住证暂行条例》办法", None),
    ],
)
def test_status_words(title: str, status: str | None) -> None:
    assert metadata(title + PLAN).get("status") == status


def test_in_force_from_the_day_of_issue() -> None:
    text = f"关于修桥的意见\n甲区水务局\n2031年3月1日{PLAN}\n本意见自印发之日起施行。"
    assert metadata(text)["effective"] == date(2031, 3, 1)
