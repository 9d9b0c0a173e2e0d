"""The plan of the corpus is read completely and exactly, with all the slips of its printing."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.lines import lines
from ingest.parse import declared, document_files, parse_bytes, parse_file
from ingest.references import same_title
from ingest.schema import Clause, Fact, ParsedDocument, Span
from ingest.unit_lists import is_printed_list

CORPUS = Path(__file__).parent.parent / "corpus"
(PLAN,) = CORPUS.glob("*.txt")

# label: (section, heading, units in printed order), written down by reading the plan
TASKS: dict[str, tuple[str, str, str]] = {
    "1": ("(一)", "健全工作推进机制", "各部门 各街道"),
    "2": ("(一)", "完善政策规范体系", "区科委 区大数据中心"),
    "3": ("(一)", "优化市场参与机制", "区科委 区国资委"),
    "4": ("(一)", "加强人才队伍建设", "区委组织部 区委党校 区科委 区总工会 区大数据中心"),
    "5": ("(二)", "构筑金融科技增长极", "区金融办 区科委"),
    "6": ("(二)", "打造数字商贸新高地", "区商务委 区科委 新世界集团 豫园股份 淮海集团"),
    "7": ("(二)", "培育科创服务产业优势", "区科委 区金融办 区发展改革委 区文化旅游局"),
    "8": (
        "(二)",
        "探索发展数据要素市场",
        "区科委 区大数据中心 区发展改革委 区金融办 区司法局 科创集团",
    ),
    "9": ("(二)", "建设数字化园区载体", "科创集团 区科委"),
    "10": ("(三)", "延伸“便捷就医服务”场景链", "区卫生健康委 区医保局"),
    "11": ("(三)", "打造信息化标杆校特色场景", "区教育局"),
    "12": ("(三)", "提升“颐养扶助”服务能级", "区民政局 区残联"),
    "13": ("(三)", "深化数字+文旅体验场景", "区委宣传部 区文化旅游局"),
    "14": (
        "(三)",
        "优化“数字家园”服务场景",
        "区民政局 区市场监管局 区建管委 区消防救援支队 区房管局 区商务委 各街道",
    ),
    "15": (
        "(四)",
        "完善“一网通办”全方位服务体系",
        "区政府办公室 区大数据中心 区行政服务中心 区人社局 区卫生健康委 区科委",
    ),
    "16": (
        "(四)",
        "深入拓展“一网统管”应用",
        "区城运中心 豫园街道 淮海中路街道 瑞金二路街道 打浦桥街道 五里桥街道",
    ),
    "17": (
        "(四)",
        "开展两网融合试点",
        "区政府办公室 区城运中心 区大数据中心 区行政服务中心 区绿化市容局 区市场监管局 区建管委",
    ),
    "18": (
        "(四)",
        "深化各领域精细化治理",
        "区大数据中心 区公安分局 区市场监管局 区消防救援支队 区建管委 区生态环境局 区民防办",
    ),
    "19": ("(五)", "提升光纤网络服务能级", "区科委 区建管委 区市场监管局 区房管局"),
    "20": ("(五)", "推动移动网络全域提质", "区科委 区建管委 区规划资源局"),
    "21": ("(五)", "强化“云数网端”支撑", "区科委 区大数据中心 区城运中心 区公安分局"),
    "22": ("(五)", "优化公共数据治理应用", "区大数据中心 区地区办 区科委 各部门 各街道"),
    "23": ("(五)", "夯实网络和信息安全保障", "区委网信办 区科委 区公安分局 各部门 各街道"),
}

# clause label, words of the subject, comparator, value, unit, as printed
TARGETS = [
    ("(二)", "数字经济龙头企业", "≥", "8", "家", "达到8家以上"),
    ("(二)", "高能级金融科技企业", "≥", "2", "家", "2家以上"),
    ("(二)", "网办比例", "≥", "80", "%", "达到80%"),
    ("(二)", "响应解决率", "≥", "100", "%", "达到100%"),
    ("(二)", "5G室外基站", ">", "1930", "个", "超过1930个"),
    ("(二)", "开通5G信号的公共场所", "≥", "250", "个", "达到250个"),
    ("5", "实施细则", "=", "30", "条", "30条"),
    ("5", "高能级金融科技企业", "≥", "2", "家", "2家以上"),
    ("10", "电子健康档案应用水平等级测评", "=", "5", "级", "五级"),
    ("12", "养老机构", "=", "7", "家", "7家"),
    ("14", "数字生活圈", "=", "10", "分钟", "10分钟"),
    ("15", "惠企利民政策", "=", "8", "项", "8项"),
    ("15", "“一件事”专项优化行动", "=", "28", "个", "28个"),
    ("18", "老人", "≥", "60", "岁", "60岁以上"),
    ("19", "家庭宽带用户占比", "≥", "500", "M", "500M以上"),
    ("20", "5G网络平均下载速率", "≥", "600", "Mbps", "达600Mbps"),
    ("21", "转发能力", "≥", "1000", "路", "至1000路"),
    ("22", "开放数据", "≥", "200", "项", "达到200项"),
    ("23", "信息安全资金投入占信息化预算比例", "≥", "10", "%", "不低于10%"),
]


@pytest.fixture(scope="module")
def plan() -> ParsedDocument:
    return parse_file(PLAN)


def by_label(plan: ParsedDocument, label: str) -> Clause:
    (clause,) = [c for c in plan.clauses if c.kind == "1." and c.label == label]
    return clause


def test_the_text_is_kept_byte_for_byte(plan: ParsedDocument) -> None:
    data = PLAN.read_bytes()
    assert plan.document.text.encode() == data
    assert plan.document.info.sha256 == hashlib.sha256(data).hexdigest()
    assert plan.document.info.length == len(plan.document.text)


def test_the_keeper_states_the_metadata(plan: ParsedDocument) -> None:
    info = plan.document.info
    assert (info.title, info.number) == (PLAN.stem, "黄数字化办〔2022〕1号")
    assert info.issuer == "上海市黄浦区城区数字化转型工作领导小组办公室"
    assert (info.issued, info.published) == (date(2022, 7, 19), date(2022, 7, 20))


def test_the_text_itself_gives_the_same_metadata() -> None:
    info = parse_bytes(PLAN.read_bytes(), "x.txt").document.info
    assert info.title == f"关于印发《{PLAN.stem}》的通知"
    assert info.number == "黄数字化办〔2022〕1号"
    assert info.issuer == "上海市黄浦区城区数字化转型工作领导小组办公室"
    assert (info.issued, info.published) == (date(2022, 7, 19), date(2022, 7, 20))


def test_the_outline_has_these_clauses_and_no_others(plan: ParsedDocument) -> None:
    paths = [c.path for c in plan.clauses[1:]]
    sections = ["(一)", "(二)", "(三)", "(四)", "(五)"]
    expected = ["一", "一/(一)", "一/(二)", "二"]
    for section in sections:
        expected.append(f"二/{section}")
        expected += [f"二/{section}/{n}" for n, task in TASKS.items() if task[0] == section]
    assert paths == expected
    assert [c.heading for c in plan.clauses[1:5]] == [
        "总体要求",
        "指导思想",
        "工作目标",
        "重点任务",
    ]


def printed(plan: ParsedDocument) -> list[Fact]:
    """The duties of the lists behind the tasks, without those that a sentence says."""
    text = plan.document.text
    return [d for d in plan.facts_of("duty") if is_printed_list(text, d.group)]


@pytest.mark.parametrize("label", TASKS)
def test_a_task_has_its_heading_parent_and_units(plan: ParsedDocument, label: str) -> None:
    section, heading, units = TASKS[label]
    text, clause = plan.document.text, by_label(plan, label)
    assert clause.heading == heading
    assert clause.heading_span.of(text) == f"{label}.{heading}"
    assert clause.heading_path[0] == "二、重点任务"
    assert clause.heading_path[1].startswith(section)
    assert clause.heading_path[2] == f"{label}.{heading}"
    parent = plan.clauses[clause.parent or 0]
    assert (parent.label, parent.path) == (section, f"二/{section}")
    duties = [d for d in printed(plan) if d.clause == clause.ordinal]
    assert [d.who for d in duties] == units.split()
    assert {d.role for d in duties} == {"责任"}
    assert {d.open for d in duties} == {label == "17"}
    (group,) = {d.group for d in duties}
    assert clause.span.of(text).startswith(f"{label}.")
    assert group.end == clause.body.end == clause.span.end
    assert group.of(text).startswith("(责任单位:")
    assert group.of(text).endswith(")") is (label != "6")


def test_facts_belong_to_tasks_only(plan: ParsedDocument) -> None:
    tasks = {by_label(plan, label).ordinal for label in TASKS}
    assert {d.clause for d in plan.facts_of("duty")} == tasks
    assert len(printed(plan)) == sum(len(t[2].split()) for t in TASKS.values()) == 91


def test_the_targets_are_these(plan: ParsedDocument) -> None:
    text = plan.document.text
    found = [
        (plan.clauses[t.clause].label, t.bound, t.value, t.measure, t.span.of(text))
        for t in plan.facts_of("figure")
    ]
    assert found == [(c, cmp, Decimal(v), u, p) for c, _, cmp, v, u, p in TARGETS]
    for target, (_, words, *_) in zip(plan.facts_of("figure"), TARGETS, strict=True):
        assert words in target.what
        assert not target.when  # the plan is for one year and repeats no date


def test_every_fact_stands_in_the_text(plan: ParsedDocument) -> None:
    text = plan.document.text
    for duty in plan.facts_of("duty"):
        assert duty.span.of(text) == duty.who
        assert plan.clauses[duty.clause].body.covers(duty.group)
        assert duty.group.covers(duty.span)
    for target in plan.facts_of("figure"):
        assert target.what in text
        assert target.group.covers(target.span)
        assert plan.clauses[target.clause].body.covers(target.group)
    for reference in plan.facts_of("reference"):
        assert reference.span.of(text) == reference.what


def test_the_references_are_these(plan: ParsedDocument) -> None:
    titles = list(dict.fromkeys(r.what for r in plan.facts_of("reference")))
    assert titles == [
        PLAN.stem,
        "上海市全面推进城市数字化转型“十四五”规划",
        "黄浦区全面推进城区数字化转型“十四五”规划",
        "黄浦区推进城区数字化转型三年行动计划(2021-2023年)",
        "黄浦区公共数据管理办法",
    ]
    named = [info.title for info in declared(CORPUS)]
    assert len(named) == 3
    assert all(any(same_title(title, other) for title in titles) for other in named)


def test_furniture_is_in_no_passage(plan: ParsedDocument) -> None:
    quoted = "".join(p.span.of(plan.document.text) for p in plan.passages)
    for words in ("温馨提示", "©", ".pdf", "ICP备", "zhengsoso"):
        assert words in plan.document.text
        assert words not in quoted


def test_no_character_is_lost_or_read_twice(plan: ParsedDocument) -> None:
    text = plan.document.text
    times = [0] * len(text)
    for clause in plan.clauses[1:]:
        for i in range(clause.heading_span.start, clause.heading_span.end):
            times[i] += 1
    for passage in plan.passages:
        assert passage.span.of(text).strip() == passage.span.of(text) != ""
        assert plan.clauses[passage.clause].body.covers(passage.span)
        for i in range(passage.span.start, passage.span.end):
            times[i] += 1
    for line in lines(text):
        for i in range(line.span.start, line.span.end):
            stop = text[i] in "。 " and times[i] == 0  # the stop behind a heading
            assert stop or text[i].isspace() or times[i] == (0 if line.furniture else 1), text[i:]


def test_spans_nest_in_reading_order(plan: ParsedDocument) -> None:
    for clause in plan.clauses[1:]:
        above = plan.clauses[clause.parent or 0]
        assert above.span.covers(clause.span)
        assert clause.span.covers(clause.heading_span)
        assert clause.span.covers(clause.body)
    starts = [c.span.start for c in plan.clauses]
    assert starts == sorted(starts)
    assert plan.clauses[0].span == Span(0, plan.clauses[-1].span.end)


def test_the_folder_lists_the_plan_only() -> None:
    assert [path for path, _ in document_files(CORPUS)] == [PLAN]
