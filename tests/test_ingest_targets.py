"""Quantities come out with what is counted, how it is bounded and by when, form by form."""

from decimal import Decimal

import pytest

from ingest.outline import outline
from ingest.schema import Fact
from ingest.targets import targets


def quantities(text: str) -> list[Fact]:
    return targets(text, outline("d", text))


@pytest.mark.parametrize(
    ("text", "subject", "comparator", "value", "unit", "deadline"),
    [
        ("网办比例达到80%。", "网办比例", "≥", "80", "%", ""),
        ("新建不少于20个充电站点。", "充电站点", "≥", "20", "个", ""),
        ("室外基站超过1,930个。", "室外基站", ">", "1930", "个", ""),
        ("到2025年，覆盖率达到百分之九十五以上。", "覆盖率", "≥", "95", "%", "到2025年"),
        ("力争2035年满意度达到90%左右。", "满意度", "≥", "90", "%", ""),
        ("2025年底前达到30%，覆盖率另定。", "", "", "", "", ""),
        ("补贴标准为每人每月1309元。", "补贴标准", "=", "1309", "元", ""),
        ("每户给予200元/月的租金补贴。", "租金补贴", "=", "200", "元/月", ""),
        ("处五万元以下罚款。", "罚款", "≤", "50000", "元", ""),
        ("各区要于印发后3个月内出台实施方案。", "出台实施方案", "≤", "3", "个月", ""),
        ("为每个区至少培育1家示范基地。", "示范基地", "≥", "1", "家", ""),
        ("覆盖率每年提升1～3个百分点。", "覆盖率", "≥", "1", "个百分点", ""),
        ("病种数量从5种增加到10种。", "病种数量", "≥", "10", "种", ""),
        ("保存期不得少于三年。", "保存期", "≥", "3", "年", ""),
        ("年满60周岁的老年人免费乘车。", "老年人免费乘车", "≥", "60", "周岁", ""),
        ("年满16周岁，具有本市户籍的居民。", "具有本市户籍的居民", "≥", "16", "周岁", ""),
        ("平均下载速率达600Mbps。", "平均下载速率", "≥", "600", "Mbps", ""),
        ("保护范围向外延伸至五十米以内。", "保护范围向外延伸", "≤", "50", "米", ""),
        ("支持比例上限由原50%提高至70%。", "支持比例上限由原", "≥", "70", "%", ""),
        ("经三分之二以上业主同意。", "业主同意", "≥", "2", "/3", ""),
        ("禁行时段6时至22时。", "禁行时段", "≥", "6", "时", ""),
        ("七个工作日内办结。", "办结", "≤", "7", "个工作日", ""),
        ("按不低于投资额的30%给予补贴。", "按不低于投资额", "≥", "30", "%", ""),
        ("区级给予1:0.5的资金匹配。", "资金匹配", "=", "0.5", "1:", ""),
        ("浮动幅度为-5%。", "浮动幅度", "=", "-5", "%", ""),
        ("每年组织一次评估。", "评估", "=", "1", "次", ""),
        ("每人只能登记一个户口。", "户口", "≤", "1", "个", ""),
        ("奖励0.25元/千瓦时的电价。", "电价", "=", "0.25", "元/千瓦时", ""),
        ("配备三名专家以上的小组。", "专家以上的小组", "≥", "3", "名", ""),
        ("配发护目镜（3M牌防护眼镜）。", "", "", "", "", ""),
    ],
)
def test_a_quantity_has_its_subject(
    text: str, subject: str, comparator: str, value: str, unit: str, deadline: str
) -> None:
    found = quantities(text)
    if not subject:
        assert found == []
        return
    (target,) = found
    assert (target.what, target.bound, target.measure) == (subject, comparator, unit)
    assert (target.value, target.when) == (Decimal(value), deadline)


def test_neighbours_share_what_is_counted() -> None:
    found = quantities("处一万元以上五万元以下罚款；有效期为1年、2年或3年。")
    assert [(t.what, t.bound, int(t.value)) for t in found] == [
        ("罚款", "≥", 10000),
        ("罚款", "≤", 50000),
        ("有效期", "=", 1),
        ("有效期", "=", 2),
        ("有效期", "=", 3),
    ]


def test_both_ends_of_a_fine_are_of_the_fine() -> None:
    found = quantities("没收违法物品，并可处以五百元以上一万元以下罚款。")
    assert [(t.what, t.bound) for t in found] == [("罚款", "≥"), ("罚款", "≤")]


def test_each_item_of_a_row_has_its_own_subject() -> None:
    found = quantities("计划563个，其中公办小学315个、民办小学248个。")
    assert [(t.what, int(t.value)) for t in found][1:] == [("公办小学", 315), ("民办小学", 248)]


def test_a_quantity_that_says_only_when_goes_on_with_the_subject() -> None:
    found = quantities("到2023年，医生数不低于4人，到2025年不低于4.66人。")
    assert [(t.what, str(t.value), t.when) for t in found] == [
        ("医生数", "4", "到2023年"),
        ("医生数", "4.66", "到2025年"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "于2026年5月11日至15日登录。",
        "推进5G和IPv6应用，升级2.0场景。",
        "甲办〔2022〕1号文件第三条第二款。",
        "形成一批成果，一体化推进一个中心。",
        "防止二次污染，5月1日8时开馆。",
        "比分为1:2:3。",
        "统一社会信用代码11440100MB2C90856P。",
        "由三级医院牵头，实施三年行动计划。",
        "一体化推进，形成一批成果，逐一落实。",
        "市卫生健康委等4部门联合发文。",
        "覆盖率=签约人数/总人数*100%。",
        "第2名填报的志愿，电话020-12345678。",
        "按照《甲市50条措施》办理。",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert quantities(text) == []


def test_a_value_in_tens_of_thousands_is_a_plain_number() -> None:
    text = "全市享受补贴3.34万人。"
    (target,) = quantities(text)
    assert (str(target.value), target.measure, target.span.of(text)) == ("33400", "人", "3.34万人")


def test_the_year_beside_an_age_is_no_deadline() -> None:
    (target,) = quantities("今年22岁的接线员值守热线。")
    assert target.when == ""


def test_a_rate_and_its_ceiling_are_both_figures() -> None:
    found = quantities("按40%给予加装补贴，最高不超过28万元。")
    assert [(t.what, t.bound, int(t.value)) for t in found] == [
        ("给予加装补贴", "=", 40),
        ("给予加装补贴", "≤", 280000),
    ]
