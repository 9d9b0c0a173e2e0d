"""English questions over Chinese text: English connecting words, everything else as printed."""

import re
import time
from collections import Counter

import pytest
from qa_doubles import ask, assert_exact, invented, real

from qa.answer import Request
from qa.question.english import to_chinese
from qa.question.inflection import forms
from qa.question.romanized import name_at
from qa.words import tables

UNIT_LIST = "区科委, 区建管委, 区市场监管局, 区房管局"


def test_who_is_responsible_lists_the_units_as_printed() -> None:
    answer = ask(real(), "Who is responsible for IPv6 deployment?")
    assert answer.status == "answered"
    assert "Task 19" in answer.answer
    assert UNIT_LIST in answer.answer
    assert_exact(answer, real().corpus)


@pytest.mark.parametrize(
    ("question", "unit", "count"),
    [
        ("Which tasks does the finance bureau have?", "区财政局", 3),
        ("What tasks does the education bureau have?", "区教育局", 2),
    ],
)
def test_the_tasks_of_a_unit_by_its_english_name(question: str, unit: str, count: int) -> None:
    answer = ask(invented(), question)
    assert answer.answer.startswith(f"{unit} has {count} task(s)")
    assert len(answer.citations) == count


@pytest.mark.parametrize(
    "question",
    ["Who is responsible for IPv6 deployment?", "Which tasks does the education bureau have?"],
)
def test_outside_of_names_and_quotations_no_chinese_stands(question: str) -> None:
    service = real()
    answer = ask(service, question)
    (info,) = service.corpus.held
    headings = [c.heading for c in service.corpus.clauses(info.id) if c.heading]
    left = re.sub(r"“.*?”(?=\[)", "", answer.answer, flags=re.DOTALL)
    left = re.sub(r"Section [^：]+", "", left)
    for known in [info.title, *headings, *service.corpus.units]:
        left = left.replace(known, "")
    assert re.findall("[\u4e00-\u9fff]", left.replace("等", "")) == []


def test_a_refusal_is_in_english_too() -> None:
    answer = ask(real(), "Who is responsible for penguins on the moon?")
    assert answer.status in ("not_found", "clarify", "out_of_scope")
    assert not re.search("[\u4e00-\u9fff]", answer.answer.split("“")[0])


def test_the_language_of_the_request_wins() -> None:
    chinese = real().ask(Request("Who is responsible for IPv6 deployment?", language="zh"))
    assert "责任单位共4个" in chinese.answer
    english = real().ask(Request("谁负责IPv6规模部署?", language="en"))
    assert UNIT_LIST in english.answer
    assert [c.quote for c in english.citations] == [c.quote for c in chinese.citations]


def test_an_english_question_may_hold_a_chinese_term() -> None:
    answer = ask(invented(), "Who is responsible for 护学路?")
    assert "2 responsible unit(s): 区教育局, 区公安分局" in answer.answer


def test_names_with_digits_are_kept() -> None:
    assert to_chinese("who is responsible for ipv6") == "谁负责 ipv6"
    assert "5g" in to_chinese("5g zzz").split()


def test_the_longest_phrase_wins_and_plurals_are_known() -> None:
    assert to_chinese("education bureau") == to_chinese("education bureaus") == "教育局"


def test_a_question_of_unknown_words_stays_itself() -> None:
    assert to_chinese("penguins") == "penguins"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("hospitals", "hospital"),
        ("policies", "policy"),
        ("buses", "bus"),
        ("taught", "teach"),
        ("children", "child"),
        ("parking", "park"),
        ("stopped", "stop"),
        ("supervises", "supervise"),
        ("organisation", "organization"),
        ("neighbour", "neighbor"),
    ],
)
def test_an_inflected_form_leads_to_its_base(form: str, base: str) -> None:
    assert forms(form)[0] == form
    assert base in forms(form)


@pytest.mark.parametrize("word", ["worker", "cares", "bus", "red"])
def test_what_only_looks_inflected_is_left_alone(word: str) -> None:
    assert not {"work", "car", "bu", "r"} & set(forms(word))


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("The lifts in our house are broken", "电梯"),
        ("I have lost my job", "失业"),
        ("Our child was born last month", "生育"),
        ("They were cheated by scammers", "诈骗"),
        ("the stairs' wheelchair ramps", "无障碍设施"),
        ("My uncle turned 83", "老人"),
        ("My daughter is 9", "孩子"),
        ("Our shop has been around for 120 years, a family brand", "老字号"),
    ],
)
def test_everyday_words_are_known_in_any_form(question: str, chinese: str) -> None:
    assert chinese in to_chinese(question.lower())


def test_a_number_that_is_no_age_stays_a_number() -> None:
    assert "78%" in to_chinese("is it true that the target is 78%?")
    assert "老人" not in to_chinese("is it true that the target is 78%?")


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("who fixes the lifts?", "谁负责 维修 故障 电梯"),
        ("does the finance bureau take part in it?", "财政局 参与吗"),
        ("what does the education bureau have to do?", "教育局 要做什么"),
        ("what are the duties of the education bureau?", "有哪些任务 教育局"),
        ("which unit has the most tasks?", "任务最多的是哪个部门"),
        (
            "which tasks do the education bureau and the police bureau share?",
            "教育局 和 公安分局 共同负责 哪些任务",
        ),
        ("what about the finance bureau?", "那财政局呢"),
        ("and the target?", "目标是多少"),
        ("how many in total?", "那一共有多少项"),
        ("on which day was it signed?", "什么时候签署"),
        ("who approved this plan?", "经谁同意"),
        ("which documents is it based on?", "制定依据是什么文件"),
        ("what does task no. 12 say?", "什么 第 12 项"),
        ("how much do they spend on it?", "多少钱"),
    ],
)
def test_rules_bring_a_question_into_the_order_that_is_understood(
    question: str, chinese: str
) -> None:
    assert to_chinese(question).startswith(chinese)


def test_a_question_mark_in_between_separates_sentences() -> None:
    assert to_chinese("my lift is broken. who repairs it?").count(",") == 1


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("Where can I leave my shared bike?", "3"),
        ("Will the way to school get safer for our children?", "5"),
        ("Are the bus shelters going to be modernised?", "2"),
    ],
)
def test_lay_questions_find_their_task(question: str, task: str) -> None:
    answer = ask(invented(), question)
    assert answer.citations[0].clause == task
    assert_exact(answer, invented().corpus)


def test_a_place_of_no_document_is_not_covered() -> None:
    answer = ask(invented(), "Who is responsible for the bus shelters in Jing'an District?")
    assert answer.status == "not_found"
    assert "静安区" in answer.answer


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What must Yuyuan Sub-district do?", "豫园街道"),
        ("Tasks of the Huaihai Middle Road Subdistrict Office?", "淮海中路街道"),
        ("What are the tasks of Ruijin No.2 Road Sub-district?", "瑞金二路街道"),
        ("Which tasks does the Huaihai Group have?", "淮海集团"),
    ],
)
def test_bodies_are_known_by_their_names_in_pinyin(question: str, unit: str) -> None:
    assert ask(real(), question).answer.startswith(f"{unit} has 1 task(s)")


def test_only_names_of_the_corpus_are_read_as_pinyin() -> None:
    spelled = {("yu", "yuan", "jie", "dao"): "豫园街道", ("wo", "men"): "我们"}

    def of(parts: tuple[str, ...], several: bool) -> str:
        return "" if several else spelled.get(parts, "")

    assert name_at(["yuyuan", "subdistrict", "tasks"], of) == ("豫园街道", 2)
    assert name_at(["yu", "yuan", "street"], of) == ("豫园街道", 3)
    assert name_at(["wuyuan", "subdistrict"], of) == ("", 0)
    assert name_at(["bridges", "subdistrict"], of) == ("", 0)


def test_a_phrase_stands_in_one_table_only() -> None:
    counted: Counter[str] = Counter()
    for name in ("everyday_en.tsv", "terms_en.tsv", "questions_en.tsv"):
        for english, chinese, *_ in tables.rows(name):
            assert re.search("[\u4e00-\u9fff]|[0-9a-z]", chinese), (name, english)
            counted.update(english.split("|") if name == "everyday_en.tsv" else [])
    assert len(counted) > 4000
    assert [phrase for phrase, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("rule", tables.toml("english.toml")["rewrite"], ids=lambda r: r["put"])
def test_what_a_rule_writes_is_known_to_the_tables(rule: dict[str, str]) -> None:
    written = re.sub(r"\\\d", " ", rule["put"])
    left = [w for w in re.findall("[a-z]+", written) if w not in ("for", "to", "business")]
    assert not left or re.search("[\u4e00-\u9fff]", to_chinese(written))


def test_a_question_is_rendered_within_a_millisecond() -> None:
    questions = ("who is responsible for the lifts in old houses, and by when?",) * 50
    to_chinese(questions[0])
    taken = []
    for _ in range(5):
        started = time.process_time()
        for question in questions:
            to_chinese(question)
        taken.append((time.process_time() - started) / len(questions))
    assert min(taken) < 0.001
