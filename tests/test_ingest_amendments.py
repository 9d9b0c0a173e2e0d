"""What a document does to others, read from its words; all texts but two pairs are invented."""

from pathlib import Path

import pytest

from ingest.amendments import amendments
from ingest.parse import parse_bytes
from ingest.schema import Fact

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples/policies"

DECISION = """关于修改和废止部分规定的决定
甲府〔2031〕8号
一、对《甲区修桥办法》（甲府〔2025〕1号）作出修改：
（一）将第三条第二款中的“三万元”修改为“五万元”。
（二）第五条修改为：
“第五条　修桥由水务局负责。
“水务局应当每年报告。”
（三）增加一条，作为第六条之一：“桥应当验收。”
（四）第七条增加一款，作为第二款：“旧桥不验收。”
（五）删去第八条。
（六）将第九条、第十条中的“路”修改为“街”。
二、下列文件予以废止：
1.《甲区旧桥办法》（甲府〔2019〕2号）
2.《甲区渡船规定》
三、《甲区木桥规定》（甲府〔2020〕3号）、《甲区石桥规定》自2031年5月1日起废止。
四、将《甲区索桥办法》（甲府〔2022〕3号）的有效期延长5年。
五、根据《甲区许可办法》废止许可证的，应当公告。
本决定自2031年4月1日起施行。
"""


def read(text: str) -> tuple[str, list[Fact]]:
    parsed = parse_bytes(text.encode(), "x.txt")
    found = parsed.facts_of("amendment")
    assert found == amendments(parsed.document, parsed.clauses)
    for fact in found:
        assert fact.group.covers(fact.span)
        clause = parsed.clauses[fact.clause]
        assert clause.span.covers(fact.span) or clause.ordinal == 0
    return text, found


def of(text: str, role: str) -> list[tuple[str, str, str]]:
    """Who, what and when of the facts of a role."""
    return [(f.who, f.what, f.when) for f in read(text)[1] if f.role == role]


def test_clauses_of_the_document_that_is_amended() -> None:
    text, found = read(DECISION)
    changed = [f for f in found if f.what.startswith("第")]
    assert {(f.who, f.measure, f.when) for f in changed} == {
        ("甲区修桥办法", "甲府〔2025〕1号", "2031-04-01")
    }
    assert [(f.role, f.what) for f in changed] == [
        ("修改", "第三条第二款"),
        ("修改", "第五条"),
        ("增加", "第六条之一"),
        ("增加", "第七条第二款"),
        ("删去", "第八条"),
        ("修改", "第九条"),
        ("修改", "第十条"),
    ]
    assert changed[0].span.of(text) == "五万元"
    assert "每年报告" in changed[1].span.of(text)
    assert changed[2].span.of(text) == "桥应当验收。"


def test_documents_that_are_repealed_in_a_list_or_a_sentence() -> None:
    assert of(DECISION, "废止") == [
        ("甲区旧桥办法", "", "2031-04-01"),
        ("甲区渡船规定", "", "2031-04-01"),
        ("甲区木桥规定", "", "2031-05-01"),
        ("甲区石桥规定", "", "2031-05-01"),
    ]


@pytest.mark.parametrize(
    ("sentence", "who", "number"),
    [
        ("2009年印发的《乙市试行办法》同时废止。", "乙市试行办法", ""),
        ("原《乙市办法》（乙府〔2022〕7号）即日起废止。", "乙市办法", "乙府〔2022〕7号"),
        ("2003年市人民政府令第107号颁布的《乙市若干规定》同时废止。", "乙市若干规定", "市人民政府令第107号"),
        ("经研究，决定废止《乙市意见》（乙府〔2009〕51号）。", "乙市意见", "乙府〔2009〕51号"),
        ("决定废止乙府〔2009〕51号文件。", "乙府〔2009〕51号", ""),
        ("《乙市办法》自2031年6月1日起失效。", "乙市办法", ""),
    ],
)  # fmt: skip
def test_how_a_repeal_is_said(sentence: str, who: str, number: str) -> None:
    _, found = read(f"乙市修桥办法\n第一条 修桥。\n第二条 本办法自2031年3月1日起施行。{sentence}")
    (fact,) = [f for f in found if f.role == "废止"]
    assert (fact.who, fact.measure) == (who, number)
    assert fact.when == ("2031-06-01" if "6月" in sentence else "2031-03-01")


@pytest.mark.parametrize(
    "sentence",
    [
        "依据《乙市办法》废止许可证。",
        "《乙市办法》规定的许可不得废止。",
        "违反《乙市办法》的，责令修改方案。",
        "各单位应当执行《乙市办法》，不得延长办理时间。",
    ],
)
def test_what_only_sounds_like_it(sentence: str) -> None:
    assert read(f"乙市修桥办法\n第一条 修桥。\n第二条 {sentence}")[1] == []


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("《乙市办法》（乙府〔2022〕7号）需继续实施，有效期延长至2035年10月31日。", "2035-10-31"),
        ("将《乙市办法》的有效期延长至2035年10月31日。", "2035-10-31"),
        ("《乙市办法》继续执行至2035年10月31日。", "2035-10-31"),
        ("将《乙市办法》有效期延长5年。", "5年"),
    ],
)
def test_extensions(sentence: str, until: str) -> None:
    text = f"关于延长《乙市办法》有效期的通知\n各区：\n{sentence}\n乙市水务局\n2031年9月2日"
    assert of(text, "延长") == [("乙市办法", until, "2031-09-02")]


def test_a_title_alone_tells_what_is_replaced_or_in_force() -> None:
    text = "乙市修桥办法\n第一条 本办法替代《乙市旧桥办法》。\n第二条 《乙市船办法》自2031年1月1日起施行。"
    assert of(text, "替代") == [("乙市旧桥办法", "", "")]
    assert of(text, "施行") == [("乙市船办法", "", "2031-01-01")]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
@pytest.mark.parametrize(
    ("file", "role", "number", "until"),
    [
        ("repeal_owners_assembly_2025.txt", "废止", "沪府办发〔2009〕51号", ""),
        ("extend_major_projects_2022.txt", "延长", "沪府办发〔2017〕64号", "2027-10-31"),
        ("lingang_pv_reward.txt", "废止", "沪自贸临管规范〔2022〕7号", ""),
    ],
)
def test_real_notices(file: str, role: str, number: str, until: str) -> None:
    _, found = read((SAMPLES / file).read_text("utf-8"))
    assert (role, number, until) in [(f.role, f.measure, f.what) for f in found]
