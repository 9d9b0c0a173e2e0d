"""Facts about the document however briefly they are asked for; names of other things never are."""

import pytest
from layouts import measures, scheme
from qa_doubles import answered, ask, assert_exact, cited, real

from qa.service.assistant import Assistant

ISSUER = "上海市黄浦区城区数字化转型工作领导小组办公室"


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("文号发我。", ["黄数字化办〔2022〕1号"]),
        ("发文机构和发文字号,一起给我可以吗?谢谢老师。", [ISSUER, "黄数字化办〔2022〕1号"]),
        ("抬头写给谁的?我们街道在不在收文范围里?", ["各部门、各街道"]),
        ("网上标的发布日期,报一下。别跟落款搞混。", ["2022-07-20"]),
        ("落款一天,上网又是一天,两个日期都报给我", ["2022年7月19日", "2022-07-20"]),
        ("页面底下那个“信息来源”,填的哪家?", ["黄浦区科委"]),
        ("Document number and issuing office please?", ["黄数字化办〔2022〕1号", ISSUER]),
    ],
)
def test_nouns_of_documents_decide_whatever_stands_around_them(
    question: str, values: list[str]
) -> None:
    answer = answered(real(), question)
    for line, value in zip(answer.answer.split("\n\n"), values, strict=True):
        assert value in line
    assert_exact(answer, real().corpus)


@pytest.mark.parametrize("service", [scheme, measures])
def test_the_same_of_other_documents(service: "type[Assistant]") -> None:
    number = {"scheme": "岚政办发〔2033〕7号", "measures": "禾政办规〔2032〕5号"}
    answer = answered(service(), "写引注用,发文字号报我一下,谢啦")
    assert number[service.__name__] in answer.answer


def test_what_is_ruled_out_is_not_given() -> None:
    answer = answered(real(), "网上哪天挂出来的?不要落款那个")
    assert "2022-07-20" in answer.answer
    assert "7月19日" not in answer.answer


@pytest.mark.parametrize(
    ("question", "clause", "name"),
    [
        ("我开饭店的,油烟监控以后并进一个平台,叫什么?", "18", "生态环境管理平台"),
        ("公安要新打造一个平台,叫什么来着", "21", "公安智能运维管理平台"),
        ("要跟哪个大学搞战略合作?名字叫什么", "7", "上海交大"),
        ("那种超万兆的楼叫什么名字", "19", "光速楼宇"),
    ],
)
def test_what_a_matter_is_called_is_not_the_title(question: str, clause: str, name: str) -> None:
    answer = ask(real(), question)
    assert name in answer.answer
    assert "标题：" not in answer.answer
    assert clause in cited(answer)


def test_a_noun_of_documents_is_tried_where_nothing_else_answers() -> None:
    assert "标题：关于印发《2022年" in answered(real(), "材料题目发我一下").answer
    assert ask(real(), "帮我写首七绝，题目叫秋夜").status != "answered"


def test_an_old_brand_is_no_document_number() -> None:
    assert "文号" not in ask(real(), "老字号怎么焕新?").answer


def test_the_heading_of_a_section_by_number() -> None:
    question = "第二部分第五块的大标题怎么写的"
    assert "(五)优化布局数字新基建,增强底座支撑厚度" in answered(real(), question).answer
    assert "（二）管护堤岸" in answered(scheme(), question.replace("五", "二")).answer
    assert ask(real(), "第二部分第九块的标题").status == "not_found"


def test_a_list_is_completed_from_one_of_its_items() -> None:
    question = "指导思想里城市定位是三个词,第一个是“心脏”,请补齐。"
    assert answered(real(), question).answer.count("\n- ") == 3
    other = "三个“找人”,第一个是“事项找人”,另外两个是什么?"
    assert "资源找人" in answered(real(), other).answer


def test_printed_words_are_found_wherever_they_stand() -> None:
    answer = answered(real(), "全文有两处带“2.0”字样的场景,分别叫什么?")
    assert cited(answer) == {"10", "13"}
    assert "没有写“量子”" in ask(real(), "有没有“量子”字样").answer


def test_sums_of_money_are_no_comparison() -> None:
    question = "全部任务的财政预算合计多少万元?审计要底数。"
    assert ask(real(), question).status in ("not_found", "partial")


def test_everything_numbered_is_counted() -> None:
    question = "重点任务从头数到尾,编了号的总共有多少项?"
    assert "23项" in answered(real(), question).answer


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        (
            "区民政局的名字写在哪几项任务的责任单位里?我妈住养老院,想晓得还有没有别的。",
            {"12", "14"},
        ),
        ("说到区文化旅游局,大家只想到文旅那条。别处责任单位里也写着它,都找出来", {"7", "13"}),
        ("有没有哪项任务是只压给一家单位、独自承担的?", {"11"}),
    ],
)
def test_units_by_where_they_are_printed(question: str, clauses: set[str]) -> None:
    answer = answered(real(), question)
    assert clauses <= cited(answer)


def test_a_body_of_a_matter_is_no_unit_that_is_checked() -> None:
    question = "居委会小张:我们自己琢磨了个小程序。支不支持居委自己搞数字化?责任单位里有街道吗"
    answer = ask(real(), question)
    assert "责任单位" in answer.answer
    assert "没有把“居委”" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "那个那个互连网医院嗯进养老机钩是几家来这就是送药上门那种",
        "嗯…就是,那个,互联网医院进几家养老机构来着",
    ],
)
def test_hesitations_and_slips_are_heard_past(question: str) -> None:
    assert "7家养老机构" in ask(real(), question).answer


def test_a_telephone_of_the_issuer_is_no_issuer() -> None:
    assert "发布机构：" not in ask(real(), "发布机构电话多少").answer


def test_all_units_of_a_kind_count_as_units_of_the_kind() -> None:
    answer = ask(real(), "优化数字家园那条的责任单位里有没有街道")
    assert "各街道" in answer.answer
    assert "没有街道" not in answer.answer
