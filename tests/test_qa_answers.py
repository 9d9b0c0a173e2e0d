"""Questions to answers, end to end, over the invented corpus and over the real one."""

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, invented, real

from qa.answer import Answer
from qa.assistant import Assistant


def cited(answer: Answer) -> set[str]:
    return {c.clause for c in answer.citations}


def answered(service: Assistant, question: str) -> Answer:
    answer = ask(service, question)
    assert answer.status == "answered", answer.answer
    assert answer.verification.withheld == 0
    assert_exact(answer, service.corpus)
    return answer


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("谁负责加密公交线网?", "1", "牵头单位：区交通运输局；配合单位：区财政局、各街道"),
        ("改造候车设施由谁负责?", "2", "责任单位共2个：区交通运输局、区城管执法局"),
        ("共享单车停放归谁管?", "3", "责任单位共2个：区城管执法局、区公安分局"),
        ("滨水步道由谁牵头?", "4", "牵头单位：区园林绿化局；配合单位：区水务局、区财政局"),
        ("护学路谁负责?", "5", "责任单位共2个：区教育局、区公安分局等相关部门"),
        ("第6项由谁负责?", "6", "牵头单位：区发展改革委；配合单位：区机关事务管理局、区财政局"),
        ("谁负责宣传教育?", "7", "责任单位共4个：区委宣传部、区教育局、区卫生健康委、各街道"),
    ],
)
def test_all_responsible_units_with_their_roles(question: str, clause: str, words: str) -> None:
    answer = answered(invented(), question)
    assert words in answer.answer
    assert cited(answer) == {clause}


@pytest.mark.parametrize(
    ("unit", "clauses"),
    [
        ("区财政局", ["1", "4", "6"]),
        ("区教育局", ["5", "7"]),
        ("区公安分局", ["3", "5"]),
        ("区城管执法局", ["2", "3"]),
        ("区交通局", ["1", "2"]),
        ("各街道", ["1", "7"]),
    ],
)
def test_all_tasks_of_a_unit_are_listed_and_counted(unit: str, clauses: list[str]) -> None:
    answer = answered(invented(), f"{unit}有哪些任务?")
    assert f"共有{len(clauses)}项任务" in answer.answer
    assert [c.clause for c in answer.citations] == clauses
    assert answer.answer.count("\n- ") == len(clauses)


def test_the_tasks_that_two_units_share() -> None:
    answer = answered(invented(), "区财政局和区水务局共同负责哪些任务?")
    assert "共同负责1项任务" in answer.answer
    assert cited(answer) == {"4"}


def test_two_units_that_share_nothing() -> None:
    answer = ask(invented(), "区水务局和区教育局共同负责哪些任务?")
    assert answer.status == "not_found"
    assert "没有同时列出区水务局、区教育局" in answer.answer


@pytest.mark.parametrize(
    ("question", "figure", "clause"),
    [
        ("绿色出行比例要达到多少?", "72%以上", "一"),
        ("新增公共充电桩多少个?", "460个", "一"),
        ("公交平均候车时间不超过几分钟?", "不超过9分钟", "一"),
        ("护学路要建多少条?", "22条", "5"),
        ("候车亭改造多少座?", "86座", "2"),
        ("新能源汽车占比不低于多少?", "不低于65%", "6"),
        ("留样时间不少于多久?", "48小时", "第三条"),
    ],
)
def test_figures(question: str, figure: str, clause: str) -> None:
    answer = answered(invented(), question)
    assert figure in answer.answer
    assert figure in "".join(c.quote for c in answer.citations)
    assert cited(answer) == {clause}


def test_a_matter_without_a_figure_is_partial_and_quoted() -> None:
    answer = ask(invented(), "夜间照明要装多少盏?")
    assert answer.status == "partial"
    assert "没有给出具体数值" in answer.answer
    assert "夜间照明" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("绿色出行行动方案的文号是什么?", "青绿行〔2031〕12号"),
        ("绿色出行行动方案是谁发布的?", "云泽市青屿区交通运输局"),
        ("绿色出行行动方案什么时候印发的?", "2031年3月8日"),
        ("绿色出行行动方案的附件是什么?", "青屿区2031年绿色出行行动方案"),
        ("绿色出行行动方案发给谁的?", "各街道、各有关部门"),
        ("助餐服务管理办法的文号是什么?", "青屿民规〔2030〕4号"),
        ("助餐服务管理办法是谁印发的?", "云泽市青屿区民政局"),
        ("助餐服务管理办法什么时候印发的?", "2030年5月6日"),
    ],
)
def test_facts_about_one_of_two_documents(question: str, value: str) -> None:
    answer = answered(invented(), question)
    assert value in answer.answer
    wanted = "travel" if "出行" in question else "meals"
    assert {c.document_id for c in answer.citations} == {wanted}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("文号是什么?", "黄数字化办〔2022〕1号"),
        ("谁发布的?", "上海市黄浦区城区数字化转型工作领导小组办公室"),
        ("什么时候发布的?", "2022-07-20"),
        ("什么时候印发的?", "2022年7月19日"),
        ("完整标题是什么?", "2022年黄浦区推进城区数字化转型工作要点"),
        ("附件是什么?", "2022年黄浦区推进城区数字化转型工作要点"),
        ("发给谁的?", "各部门、各街道"),
        ("根据什么文件制定?", "《上海市全面推进城市数字化转型“十四五”规划》"),
        ("信息来源是哪里?", "黄浦区科委"),
        ("一共有多少项任务?", "共23项任务"),
    ],
)
def test_facts_about_the_only_document(question: str, value: str) -> None:
    assert value in answered(real(), question).answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("绿色出行行动方案的文号和印发日期是什么?", ["青绿行〔2031〕12号", "2031年3月8日"]),
        (
            "绿色出行行动方案谁印发的,什么时候印发的,文号多少?",
            ["云泽市青屿区交通运输局", "2031年3月8日", "青绿行〔2031〕12号"],
        ),
    ],
)
def test_several_facts_about_a_document_at_once(question: str, values: list[str]) -> None:
    answer = answered(invented(), question)
    assert len(answer.citations) == len(values)
    for line, value in zip(answer.answer.split("\n\n"), values, strict=True):
        assert value in line


def test_of_two_documents_the_one_meant_is_asked_for() -> None:
    answer = ask(invented(), "文号是什么?")
    assert answer.status == "clarify"
    assert "2份文件" in answer.answer
    assert [ask(invented(), s).status for s in answer.suggestions] == ["answered", "answered"]


def test_tasks_are_counted_by_their_parts() -> None:
    answer = answered(invented(), "绿色出行行动方案一共有几项任务?")
    assert "全文共7项任务，分为3个部分" in answer.answer


def test_a_document_that_is_not_held_is_said_to_be() -> None:
    answer = ask(invented(), "《云泽市综合交通体系规划》的主要内容是什么?")
    assert answer.status == "partial"
    assert "尚未入库" in answer.answer
    assert answer.citations[0].document_id == "travel"
    assert_exact(answer, invented().corpus)


def test_the_basis_of_a_document_says_what_is_not_held() -> None:
    answer = answered(invented(), "绿色出行行动方案的制定依据是什么?")
    assert "《云泽市综合交通体系规划(2030-2035年)》" in answer.answer
    assert "尚未入库" in answer.answer


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("第4项的内容是什么?", "4", "贯通月牙河沿岸步道"),
        ("第三条规定了什么?", "第三条", "助餐点应当公示菜单和价格"),
        ("第六条是什么?", "第六条", "自2030年6月1日起施行"),
    ],
)
def test_the_content_of_a_numbered_clause(question: str, clause: str, words: str) -> None:
    answer = answered(invented(), question)
    assert words in answer.answer
    assert clause in cited(answer)


@pytest.mark.parametrize("question", ["第19项由谁负责?", "第九条规定了什么?", "第88项是什么?"])
def test_a_clause_that_no_document_has(question: str) -> None:
    answer = ask(invented(), question)
    assert answer.status == "not_found"
    assert answer.answer.startswith("文件中没有第")


@pytest.mark.parametrize("place", ["杭州市", "徐汇区", "深圳"])
def test_another_place_is_not_covered(place: str) -> None:
    answer = ask(invented(), f"{place}的护学路由谁负责?")
    assert answer.status == "not_found"
    assert f"不涉及{place}" in answer.answer
    assert answer.citations == ()


def test_another_year_is_not_covered() -> None:
    answer = ask(invented(), "2029年绿色出行比例是多少?")
    assert answer.status == "not_found"
    assert "2029年" in answer.answer
    assert ask(invented(), "2031年绿色出行比例是多少?").status == "answered"


def test_the_weather_is_out_of_scope() -> None:
    answer = ask(invented(), "今天天气怎么样?")
    assert (answer.status, answer.citations) == ("out_of_scope", ())


@pytest.mark.parametrize("question", ["火星移民补贴怎么发放?", "比特币挖矿许可由谁审批?"])
def test_what_no_document_says_is_not_found(question: str) -> None:
    assert ask(invented(), question).status in ("not_found", "out_of_scope")


def test_a_question_without_matter_asks_back() -> None:
    answer = ask(invented(), "谁负责?")
    assert (answer.status, answer.citations) == ("clarify", ())


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        ("区教育局负责护学路吗?", "answered", "是的"),
        ("护学路是不是由区公安分局负责?", "answered", "是的"),
        ("区水务局负责护学路吗?", "partial", "不是"),
        ("候车亭要改造86座吗?", "answered", "是的"),
        ("候车亭要改造90座吗?", "partial", "与文件不符"),
        ("护学路是不是要建2条?", "partial", "与文件不符"),
        ("护学路建30条对吗?", "partial", "与文件不符"),
        ("滨水步道由区园林绿化局牵头吗?", "answered", "是的"),
        ("滨水步道由区财政局牵头吗?", "partial", "不是"),  # it supports
        ("滨水步道由区财政局配合吗?", "answered", "是的"),
    ],
)
def test_yes_or_no_with_what_is_printed(question: str, status: str, verdict: str) -> None:
    answer = ask(invented(), question)
    assert (answer.status, answer.answer.startswith(verdict)) == (status, True)
    assert answer.citations


def test_a_question_with_a_denial_gets_the_list_without_a_verdict() -> None:
    answer = answered(invented(), "护学路不由区教育局负责吗?")
    assert answer.answer.startswith("第5项（建设护学路）的责任单位共2个：区教育局、区公安分局")


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("谁负责IPv6规模部署?", "19", "区科委、区建管委、区市场监管局、区房管局"),
        ("第17项由谁负责?", "17", "区市场监管局、区建管委等相关部门"),
        ("数字家园由谁负责?", "14", "责任单位共7个"),
        ("谁负责数字商贸新高地?", "6", "新世界集团、豫园股份、淮海集团"),
        ("数字化园区载体由谁负责?", "9", "责任单位共2个：科创集团、区科委"),
        ("5G室外基站要建多少个?", "(二)", "超过1930个"),
        ("信息安全资金投入占信息化预算比例不低于多少?", "23", "不低于10%"),
    ],
)
def test_the_real_plan(question: str, clause: str, words: str) -> None:
    answer = answered(real(), question)
    assert words in answer.answer
    assert clause in cited(answer)


def test_every_unit_of_the_real_plan_gets_all_its_tasks() -> None:
    corpus = real().corpus
    for unit in corpus.units:
        own = {k for k, facts in corpus.duties.items() if unit in {f.unit for f in facts}}
        answer = ask(real(), f"{unit}有哪些任务?")
        assert f"{unit}共有{len(own)}项任务" in answer.answer
        assert {corpus.clause(k).label for k in own} <= cited(answer)


@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not built yet")
@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("谁负责IPv6规模部署?", "answered", "区科委、区建管委、区市场监管局、区房管局"),
        ("区科委今年有哪些任务?", "answered", "共有14项任务"),
        ("区政务应用IPv6流量占比是多少?", "partial", "没有给出具体数值"),
        ("徐汇区谁负责IPv6?", "not_found", "徐汇区"),
    ],
)
def test_the_shipped_encoder_answers_the_same(question: str, status: str, words: str) -> None:
    answer = ask(real(shipped=True), question)
    assert answer.status == status
    assert words in answer.answer
    assert_exact(answer, real(shipped=True).corpus)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("青屿区2031年绿色出行行动方案的文号是什么?", "文号：青绿行〔2031〕12号"),
        ("《青屿区2031年绿色出行行动方案》里护学路建多少条?", "22条"),
        ("根据《青屿区2031年绿色出行行动方案》,护学路由谁负责?", "区教育局、区公安分局"),
    ],
)
def test_a_question_may_name_the_document_in_full(question: str, words: str) -> None:
    assert words in ask(invented(), question).answer


def test_a_question_may_name_the_document_without_its_year() -> None:
    answer = ask(invented(), "青屿区绿色出行行动方案是谁印发的?").answer
    assert "发布机构：云泽市青屿区交通运输局" in answer


def test_the_figures_of_one_document_are_not_those_of_another() -> None:
    answer = ask(invented(), "绿色出行行动方案的量化指标有哪些?")
    assert {c.document_id for c in answer.citations} == {"travel"}


def test_two_clauses_at_once() -> None:
    answer = answered(invented(), "第2项和第5项由谁负责?")
    assert "第2项（改造候车设施）的责任单位共2个：区交通运输局、区城管执法局。" in answer.answer
    assert "第5项（建设护学路）的责任单位共2个：区教育局、区公安分局等相关部门。" in answer.answer
    assert cited(answer) == {"2", "5"}


@pytest.mark.xfail(strict=True, reason="only the first of two matters is answered")
@pytest.mark.parametrize(
    "question", ["滨水步道和护学路分别由谁负责?", "候车亭和护学路分别要建多少?"]
)
def test_of_two_matters_asked_none_is_dropped_in_silence(question: str) -> None:
    answer = ask(invented(), question)
    assert answer.status != "answered" or len(cited(answer)) == 2


@pytest.mark.parametrize("question", ["第3条规定了什么?", "助餐服务管理办法第3条规定了什么?"])
def test_an_article_may_be_asked_for_in_digits(question: str) -> None:
    assert "公示菜单和价格" in ask(invented(), question).answer


@pytest.mark.parametrize("own", [True, False], ids=["real", "invented"])
def test_a_label_in_brackets_means_the_clauses_that_have_it(own: bool) -> None:
    answer = ask(real() if own else invented(), "第(一)的内容是什么?")
    assert answer.status == "clarify" or cited(answer) == {"(一)"}


def test_a_chapter_is_what_stands_in_it() -> None:
    answer = answered(invented(), "第二章有哪些内容?")
    assert "分为2个部分" in answer.answer
    assert cited(answer) == {"第三条", "第四条"}


def test_who_is_responsible_may_stand_in_a_sentence() -> None:
    answer = ask(invented(), "助餐点的检查由谁负责?")
    assert answer.status != "not_found"
    assert "区民政局" in answer.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("第5项的内容是什么?", "责任单位：区教育局、区公安分局等相关部门。"),
        ("第4项的内容是什么?", "牵头单位：区园林绿化局；配合单位：区水务局、区财政局。"),
    ],
)
def test_the_units_under_a_description_are_the_printed_ones(question: str, words: str) -> None:
    answer = ask(invented(), question).answer
    assert words in answer


def test_a_clause_that_is_all_heading_is_quoted_from_it() -> None:
    assert "划定电子围栏" in ask(invented(), "第3项的内容是什么?").answer


@pytest.mark.parametrize("own", [True, False], ids=["real", "invented"])
def test_tasks_without_a_unit_are_the_parts_that_hold_them_all(own: bool) -> None:
    service = real() if own else invented()
    answer = answered(service, "有哪些任务?")
    parts = {(c.document_id, c.clause_path) for c in answer.citations}
    corpus = service.corpus
    held = {(key[0], corpus.clause(key).path.rpartition("/")[0]) for key in corpus.duties}
    assert parts == held
    assert f"分为{len(parts)}个部分" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "这份文件有哪些内容?",
        pytest.param(
            "绿色出行行动方案有哪些内容?",
            marks=pytest.mark.xfail(strict=True, reason="the title's own words make a topic"),
        ),
    ],
)
def test_the_content_of_a_document_is_its_parts(question: str) -> None:
    named = "绿色" in question
    answer = ask(invented() if named else real(), question)
    paths = {c.clause_path.partition("/")[0] for c in answer.citations}
    assert paths >= {"一", "二"}


def test_the_tasks_that_a_unit_leads() -> None:
    assert cited(answered(invented(), "区园林绿化局牵头哪些任务?")) == {"4"}


def test_tasks_that_a_unit_only_supports_are_not_those_it_leads() -> None:
    answer = ask(invented(), "区财政局牵头哪些任务?")
    assert (answer.status, answer.citations) == ("not_found", ())


def test_a_unit_that_leads_nothing_is_not_said_to_have_no_tasks() -> None:
    assert "没有同时列出" not in ask(invented(), "区财政局牵头哪些任务?").answer


def test_the_tasks_that_a_unit_supports_are_all_listed() -> None:
    assert cited(answered(invented(), "区财政局配合哪些任务?")) == {"1", "4", "6"}


def test_tasks_without_a_unit_are_all_others() -> None:
    answer = answered(invented(), "哪些任务没有区财政局?")
    assert "没有列出区财政局的任务共4项" in answer.answer
    assert cited(answer) == {"2", "3", "5", "7"}


def test_the_tasks_of_all_departments_are_told_apart_from_those_of_one() -> None:
    answer = answered(real(), "区教育局有哪些任务?")
    own, _, shared = answer.answer.partition("此外，")
    assert "区教育局共有1项任务" in own
    assert "第11项" in own
    assert "由各部门共同负责" in shared
    assert cited(answer) == {"11", "1", "22", "23"}


def test_a_figure_that_is_printed_is_never_said_to_be_missing() -> None:
    answer = ask(invented(), "护学路至少建30条对吗?").answer
    assert "没有给出具体数值" not in answer
    assert "22条" in answer


def test_the_year_of_one_document_is_not_the_year_of_another() -> None:
    assert ask(invented(), "2030年护学路要建多少条?").status != "answered"


def test_a_clause_can_be_asked_for_as_answers_name_it() -> None:
    answer = ask(real(), "一(二)的内容是什么?")
    assert {c.clause_path for c in answer.citations} == {"一/(二)"}


@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not built yet")
def test_a_street_that_is_not_printed_gets_no_tasks_of_others() -> None:
    answer = ask(real(shipped=True), "半淞园路街道有哪些任务?")
    assert "16" not in cited(answer)
