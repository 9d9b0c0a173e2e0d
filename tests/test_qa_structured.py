"""Questions over all facts of a document: units with conditions, parts, figures, dates."""

import pytest
from layouts import measures, scheme
from qa_doubles import answered, ask, cited, invented, real


def paths(question: str, service: object = None) -> list[str]:
    answer = answered(service or real(), question)  # type: ignore[arg-type]
    return [c.clause_path for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("哪些任务里有区大数据中心、却没有区科委?", {"17", "18"}),
        ("区科委没有、区大数据中心有的任务有几项?", {"17", "18"}),
        ("建管委有任务而市场监管局没被列入的是哪一项?", {"20"}),
        ("不算统写的“各街道”,淮海中路街道被点名的是哪一项?", {"16"}),
        ("不分哪个街道、责任单位统写“各街道”的任务有哪几项?", {"1", "14", "22", "23"}),
        ("民政局的任务里,哪件没有街道参与?", {"12"}),
    ],
)
def test_tasks_with_some_units_and_without_others(question: str, clauses: set[str]) -> None:
    assert cited(answered(real(), question)) == clauses


def test_conditions_on_units_of_an_invented_plan() -> None:
    assert cited(answered(invented(), "区财政局参与、各街道没参与的任务有哪些?")) == {"4", "6"}
    assert cited(answered(invented(), "有区公安分局没有区教育局的是哪几项任务?")) == {"3"}
    none = ask(invented(), "区水务局有任务而区财政局没有的是哪些?")
    assert none.status == "partial"
    assert "也都有区财政局" in none.answer


def test_who_leads_without_another() -> None:
    assert paths("哪些任务由市水务局牵头、市林业局没有参与?", scheme()) == ["二/(一)"]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("有没有哪项任务只由一个单位负责?", {"11"}),
        ("哪些任务是单独一家负责的?", {"11"}),
        ("责任单位超过六家的任务有哪些?", {"14", "17", "18"}),
        ("责任单位少于2个的任务是哪些?", {"11"}),
    ],
)
def test_tasks_told_by_the_number_of_their_units(question: str, clauses: set[str]) -> None:
    assert cited(answered(real(), question)) == clauses


def test_a_unit_that_is_counted_as_one_is_not_asked_about() -> None:
    answer = answered(real(), "“数字家园”的责任单位共有几个?统写的“各街道”按一个算。")
    assert "共7个" in answer.answer


def test_tasks_without_units() -> None:
    assert paths("哪些措施没有写责任部门?", measures()) == ["第四条"]
    assert paths("哪几项任务没有写责任单位?", scheme()) == ["二/(三)"]
    assert ask(real(), "有没有没写责任单位的任务?").answer == "每项任务都写明了责任单位。"


def test_a_range_of_clauses_is_each_of_them() -> None:
    assert cited(answered(real(), "第3到第5项分别由谁负责?")) == {"3", "4", "5"}


def test_the_units_of_a_chapter_are_those_of_its_tasks() -> None:
    answer = answered(real(), "治理部分所有责任单位都有谁?")
    assert cited(answer) == {"15", "16", "17", "18"}
    assert paths("加大扶持部分的责任部门都有哪些?", measures()) == ["第三条"]


def test_the_role_of_a_unit_is_said_where_roles_are_told_apart() -> None:
    answer = answered(scheme(), "市财政局参与哪项任务?是牵头还是配合?")
    assert "二(一)（治理黑臭水体）：配合" in answer.answer


def test_a_number_that_restarts_is_told_with_its_section() -> None:
    answer = answered(scheme(), "市林业局有哪些任务?")
    assert "二(二)2（补种林木）" in answer.answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("请把“工作目标”一段里的数字全部给我", ["8家", "2家", "80%", "100%", "1930个", "250个"]),
        (
            "第二部分(五)那几项任务中,有哪些量化要求?汇总一下",
            ["600Mbps", "1000路", "200项", "10%"],
        ),
        ("“一网通办”那项任务里出现了哪两个数字指标?", ["8项", "28个"]),
        ("文件里带“%”的指标有哪些", ["80%", "100%", "10%"]),
        ("5G相关的数字都给我", ["1930个", "250个", "600Mbps"]),
    ],
)
def test_all_figures_of_a_place(question: str, figures: list[str]) -> None:
    answer = answered(real(), question).answer
    assert all(figure in answer for figure in figures)


def test_all_figures_of_an_invented_chapter() -> None:
    answer = answered(scheme(), "(一)治理黑臭水体里有哪些量化指标?").answer
    assert "1300个" in answer
    assert "75公里" in answer
    assert "2.6万株" not in answer
    money = answered(measures(), "加大扶持那一部分的金额数字汇总一下").answer
    assert "8万元" in money
    assert "60公里" not in money


def test_public_data_are_no_figures() -> None:
    assert "200项" in answered(real(), "累计要开放多少项公共数据?").answer


def test_several_figures_in_one_breath() -> None:
    answer = answered(scheme(), "河道清淤要完成多少公里,每公里补助上限多少?").answer
    assert "75公里" in answer
    assert "6万元" in answer
    assert "1300" not in answer


def test_a_deadline_beside_the_units_answers_by_when() -> None:
    assert "2033年9月底前" in answered(scheme(), "黑臭水体治理要在什么时候前完成?").answer
    assert "2033年11月底前" in answered(scheme(), "补种护岸林木的完成时限?").answer


def test_two_chapters_side_by_side() -> None:
    answer = answered(real(), "生活和治理两节,各有多少项任务?哪节多?").answer
    assert "共5项" in answer
    assert "共4项" in answer
    assert "多1项" in answer
    invented_one = answered(measures(), "完善设施和加大扶持两部分哪个条数多?").answer
    assert "一样多" in invented_one


@pytest.mark.parametrize(
    "question",
    ["落款日期和挂网发布日期差几天?", "印发之后隔了几天才在网上公布?", "成文和发布相隔多久?"],
)
def test_the_days_between_two_dates(question: str) -> None:
    assert "相差1天" in answered(real(), question).answer
    assert "相差5天" in answered(measures(), question).answer


def test_a_stated_date_is_held_against_the_printed_one() -> None:
    assert ask(real(), "成文日期是不是7月20日?").answer.startswith("与文件不符")
    assert answered(real(), "落款是2022年7月19日吧?").answer.startswith("是的")


def test_documents_named_are_counted() -> None:
    assert "共3份" in answered(real(), "开头列了几份文件的名字?").answer
    assert "共4份" in answered(real(), "全文一共提到了几份其他文件?").answer
    assert "共2份" in answered(scheme(), "这份方案的依据有几份文件?").answer


@pytest.mark.parametrize(
    ("question", "agrees"),
    [
        ("这通知是区政府办公室印发的吧?", False),
        ("这份要点是区科委发的吗?", False),
        ("该文件是数字化转型领导小组办公室印发的,对吧?", True),
        ("发文单位是不是区大数据中心?", False),
    ],
)
def test_an_issuer_that_is_taken_for_granted_is_checked(question: str, agrees: bool) -> None:
    answer = ask(real(), question)
    assert answer.answer.startswith("是的" if agrees else "与文件不符")
    assert "领导小组办公室" in answer.answer


def test_what_a_document_rules_about_itself() -> None:
    assert "2033年5月1日起施行" in answered(scheme(), "方案从哪天起施行?").answer
    assert "2034年12月31日" in answered(scheme(), "效力到什么时候为止?").answer
    assert "市水务局负责解释" in answered(scheme(), "政策解释由哪个单位负责?").answer


def test_the_district_of_a_document() -> None:
    assert "黄浦区" in answered(real(), "这是上海哪个区的数字化转型工作要点?").answer
    assert "岚溪市" in answered(scheme(), "这份方案是哪个市的?").answer


def test_articles_are_counted_as_articles() -> None:
    assert "共4条" in answered(measures(), "全文一共多少条?").answer


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("园区企业那个一体化管理服务平台有哪些服务功能?", ["资讯服务", "共享协作"]),
        ("数字孪生体的重点区域和场点,请给一份名单。", ["豫园商城", "瞿溪路沿街商铺"]),
        ("“便捷就医服务”2.0里,文件列举了多少个具体场景?", ["7个", "智能院内导航"]),
    ],
)
def test_lists_told_by_what_they_are_for(question: str, items: list[str]) -> None:
    answer = answered(real(shipped=True), question).answer
    assert all(item in answer for item in items)
