"""Facts about documents and their clauses by number, end to end."""

import pytest
from qa_doubles import answered, ask, assert_exact, cited, invented, real


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


def test_two_clauses_at_once() -> None:
    answer = answered(invented(), "第2项和第5项由谁负责?")
    assert "第2项（改造候车设施）的责任单位共2个：区交通运输局、区城管执法局。" in answer.answer
    assert "第5项（建设护学路）的责任单位共2个：区教育局、区公安分局等相关部门。" in answer.answer
    assert cited(answer) == {"2", "5"}


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


def test_the_year_of_one_document_is_not_the_year_of_another() -> None:
    assert ask(invented(), "2030年护学路要建多少条?").status != "answered"


def test_a_clause_can_be_asked_for_as_answers_name_it() -> None:
    answer = ask(real(), "一(二)的内容是什么?")
    assert {c.clause_path for c in answer.citations} == {"一/(二)"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("绿色出行行动方案为什么要制定?", "推动绿色出行,制定本方案"),
        ("社区助餐服务管理办法的目的是什么?", "保障老年人用餐需求,制定本办法"),
    ],
)
def test_what_a_document_is_for_is_quoted(question: str, words: str) -> None:
    assert words in answered(invented(), question).answer


@pytest.mark.parametrize("question", ["这是哪个区的文件?", "这份文件是市级的还是区级的?"])
def test_the_region_of_a_document(question: str) -> None:
    answer = answered(real(), question)
    assert "黄浦区" in answer.answer
    assert "区级" in answer.answer


def test_two_dates_are_two_answers() -> None:
    answer = answered(real(), "落款日期和网站发布日期分别是哪天?")
    assert "2022年7月19日" in answer.answer
    assert "2022-07-20" in answer.answer


@pytest.mark.parametrize("question", ["整份文件的框架是什么?", "文件正文分几大部分?"])
def test_the_structure_of_a_document(question: str) -> None:
    assert "分为2个部分" in answered(real(), question).answer


def test_an_old_shop_has_no_document_number() -> None:
    assert "文号" not in ask(real(), "老字号有什么新打算?").answer


@pytest.mark.parametrize("question", ["它管哪一年的工作?", "这份文件适用于哪几年?"])
def test_the_years_of_a_document(question: str) -> None:
    assert "适用年份：2022年" in answered(real(), question).answer


@pytest.mark.parametrize(
    "question", ["20.那一条,给我概括一下", "第二部分(五)里的第20项讲什么", "第20项讲什么"]
)
def test_a_clause_by_its_number_however_it_is_typed(question: str) -> None:
    assert "20" in {c.clause for c in ask(real(), question).citations}


def test_two_clauses_asked_for_one_by_one() -> None:
    assert {"1", "2"} <= {c.clause for c in ask(real(), "第1项和第2项分别讲什么?").citations}


@pytest.mark.parametrize("question", ["第二部分(三)总体想做什么?", "二、(三)讲什么?"])
def test_a_section_by_both_of_its_numbers(question: str) -> None:
    assert all("二/(三)" in c.clause_path for c in ask(real(), question).citations)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("市里的十四五规划怎么规定5G的", "上海市全面推进城市数字化转型“十四五”规划"),
        ("区里的十四五规划写了什么", "黄浦区全面推进城区数字化转型“十四五”规划"),
    ],
)
def test_of_alike_titles_the_one_of_the_level_is_meant(question: str, title: str) -> None:
    answer = ask(real(), question)
    assert answer.status == "partial"
    assert f"《{title}》" in answer.answer
