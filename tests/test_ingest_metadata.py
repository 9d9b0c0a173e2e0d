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


@pytest.mark.parametrize(
    "head",
    [
        "甲市水务局文件\n甲水发〔2031〕2号\n甲市水务局关于做好2031年\n甲市修桥工作的通知\n各区：",
        "甲省人民政府办公厅转发省水务厅等部门\n关于修好山区的桥后\n养护工作意见的通知",
        "关于印发《甲市积分制\n修桥细则》的通知",
        "甲区修桥办法\n（征求意见稿）\n第一条 修桥。",
        "甲区桥梁名单及计划表\n（小桥）\n镇\t桥\n",
    ],
)
def test_a_title_is_wrapped_over_lines(head: str) -> None:
    found = str(metadata(head + PLAN)["title"])
    rows = head.split("\n")
    start = next(i for i in range(len(rows)) if found.startswith(rows[i]))
    assert start == (2 if "水发" in head else 0)
    assert found in "".join(rows)
    assert found.endswith(("通知", "）"))


@pytest.mark.parametrize(
    ("head", "number", "issuer", "published"),
    [
        (
            "甲 市 人 民 政 府 令\n第 138 号\n《甲市修桥办法》已经同意，现予\n发布。\n"
            "甲市人民政府\n2031年1月2日\n甲市修桥办法",
            "甲市人民政府令第138号", "甲市人民政府", date(2031, 1, 2),
        ),
        (
            "修桥办法\n（2031年1月2日甲部、乙总局令第7号公布）",
            "甲部、乙总局令第7号", "甲部、乙总局", date(2031, 1, 2),
        ),
        (
            "甲省修桥办法\n《甲省修桥办法》已经通过，现予公布。\n省长：甲某\n2031年1月2日",
            None, "甲省人民政府", date(2031, 1, 2),
        ),
    ],
)  # fmt: skip
def test_orders(head: str, number: str | None, issuer: str, published: date) -> None:
    found = metadata(head + "\n第一条 根据《乙办法》（丙部令第11号）修桥。")
    assert found["title"] in ("甲市修桥办法", "修桥办法", "甲省修桥办法")
    assert (found.get("number"), found["issuer"]) == (number, issuer)
    assert found["published"] == published


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("国务院办公厅", "国家"),
        ("甲省水务厅", "省"),
        ("甲市乙区水务局", "区县"),
        ("甲市丙镇人民政府", "乡镇街道"),
    ],
)
def test_levels(issuer: str, level: str) -> None:
    text = f"{issuer}关于修桥的通知{PLAN}\n{issuer}\n二○三一年三月一日"
    assert metadata(text)["level"] == level


def test_a_page_states_validity_with_a_label() -> None:
    head = (
        "甲市修桥规定\n分类名称  水务  公布机关  甲市人民政府  效力状况  已废止\n"
        "公布日期  2031-1-2  施行日期  2031-02-01"
    )
    found = metadata(head + "\n第一条 修桥。")
    assert (found["issuer"], found["status"]) == ("甲市人民政府", "已废止")
    assert (found["published"], found["effective"]) == (date(2031, 1, 2), date(2031, 2, 1))


def test_full_width_and_mixed_digits() -> None:
    text = "关于修桥的意见\n甲府〔２０３１〕８号\n第一条 本意见自二０三一年１１月１日起施行。"
    assert metadata(text)["number"] == "甲府〔２０３１〕８号"
    text = "关于修桥的意见\n第一条 本意见自２０３１年１１月１日起施行。"
    assert metadata(text)["effective"] == date(2031, 11, 1)
    text = "关于修桥的意见\n第一条 本意见自二０三一年一月一日起施行。"
    assert metadata(text)["effective"] == date(2031, 1, 1)
