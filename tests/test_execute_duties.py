"""Plans for duties to rows: tasks of a unit, units of a matter, and groups that are counted."""

from collections.abc import Callable

import pytest
from layouts import mixed, scheme
from qa_doubles import SHIPPED, ask, cited, found, invented, planned, real, units

from qa.execute.result import Evidence, Groups, Missing, Tasks
from qa.question.plan import Plan
from qa.service.assistant import Assistant


def labels(service: Assistant, plan: Plan) -> list[list[str]]:
    """The labels of the tasks found, for each document."""
    result = found(service, plan)
    assert isinstance(result, Tasks)
    return [[service.corpus.clause(key).label for key, _ in one.tasks] for one in result.lists]


def tasks(*names: str, **parts: object) -> Plan:
    return planned(select="task", units=units(*names), **parts)


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        (tasks("区财政局"), [["1", "4", "6"]]),
        (tasks("区教育局"), [["5", "7"]]),
        (tasks("区交通运输局"), [["1", "2"]]),
        (tasks("各街道"), [["1", "7"]]),
        (tasks("区财政局", "区水务局", together=True), [["4"]]),
        (tasks("区水务局", "区教育局", together=True), []),
        (tasks("区财政局", roles=("配合",)), [["1", "4", "6"]]),
        (tasks("区财政局", roles=("牵头",)), []),
        (tasks("区园林绿化局", roles=("牵头",)), [["4"]]),
        (planned(select="task", excluded=units("区财政局")), [["2", "3", "5", "7"], ["第五条"]]),
    ],
)
def test_the_tasks_of_units_are_complete(plan: Plan, wanted: list[list[str]]) -> None:
    assert labels(invented(), plan) == wanted


def test_every_unit_of_the_real_plan_gets_all_its_tasks() -> None:
    corpus = real().corpus
    for unit in corpus.units:
        own = {k for k, facts in corpus.duties.items() if unit in {f.who for f in facts}}
        (told,) = labels(real(), tasks(unit))
        assert {corpus.clause(k).label for k in own} <= set(told), unit


def test_what_a_sentence_says_is_a_task_too() -> None:
    assert labels(mixed(), tasks("区民政局")) == [["第五条"]]
    assert labels(mixed(), tasks("区房管局")) == [["第五条"]]


def test_a_list_of_units_is_no_task_by_itself() -> None:
    texts = [
        fact.group.of(scheme().corpus.text(key[0]))
        for one in _tasks(scheme(), tasks("市水务局")).lists
        for key, facts in one.tasks
        for fact in facts
        if not fact.role
    ]
    assert not [text for text in texts if text.startswith("（")]


def _tasks(service: Assistant, plan: Plan) -> Tasks:
    result = found(service, plan)
    assert isinstance(result, Tasks)
    return result


def test_the_same_name_in_two_documents_is_two_lists() -> None:
    result = _tasks(mixed(), tasks("区民政局"))
    assert len({one.document_id for one in result.lists}) == len(result.lists)


@pytest.mark.parametrize(
    ("shape", "name", "count"), [("most", "区财政局", 3), ("fewest", "区卫生健康委", 1)]
)
def test_units_are_counted_by_their_tasks(shape: str, name: str, count: int) -> None:
    asked = planned("哪个单位任务", shape=shape).but(scope=planned().scope)
    result = found(invented(), asked.but(marks=frozenset({"of_units"})))
    assert isinstance(result, Groups)
    counts = {who: len(keys) for who, keys in result.groups}
    assert counts[name] == count
    assert [*counts.values()] == sorted(counts.values(), reverse=True)
    assert "各街道" not in counts, "a collective name is no unit that could have most"


def who(topic: str, **parts: object) -> Plan:
    return planned(topic, select="duty", **parts)


@pytest.mark.parametrize(
    ("topic", "wanted"),
    [
        ("加密公交线网", {"牵头": ["区交通运输局"], "配合": ["区财政局", "各街道"]}),
        ("改造候车设施", {"责任": ["区交通运输局", "区城管执法局"]}),
        ("滨水步道", {"牵头": ["区园林绿化局"], "配合": ["区水务局", "区财政局"]}),
        ("护学路", {"责任": ["区教育局", "区公安分局"]}),
        (
            "宣传教育",
            {"责任": ["区委宣传部", "区教育局", "区卫生健康委", "各街道"]},
        ),
    ],
)
def test_the_units_of_a_matter_are_those_of_its_own_task(
    topic: str, wanted: dict[str, list[str]]
) -> None:
    """Never those of the task beside it, however short both are."""
    result = found(invented(), who(topic))
    assert isinstance(result, Evidence)
    roles: dict[str, list[str]] = {}
    for fact in result.provisions[0].duties:
        roles.setdefault(fact.role, []).append(fact.who)
    assert roles == wanted


@pytest.mark.skipif(not SHIPPED, reason="the calibration is the shipped encoder's")
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("区教育局负责护学路吗?", "是"),
        ("护学路是不是由区公安分局负责?", "是"),
        ("区水务局负责护学路吗?", "没有列出区水务局"),
        ("护学路由区财政局负责吗?", "没有列出区财政局"),
    ],
)
def test_a_verdict_on_a_unit_is_that_of_the_task_that_is_asked_about(
    question: str, verdict: str
) -> None:
    answer = ask(invented(), question)
    assert answer.answer.startswith(verdict), answer.answer
    assert "5" in cited(answer)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("第2项和第5项由谁负责?", ["区交通运输局、区城管执法局", "区教育局、区公安分局"]),
        ("第4项由谁负责?", ["牵头单位：区园林绿化局；配合单位：区水务局、区财政局"]),
    ],
)
def test_each_provision_by_number_gets_its_own_units(question: str, wanted: list[str]) -> None:
    answer = ask(invented(), question)
    assert answer.status == "answered"
    for words in wanted:
        assert words in answer.answer


@pytest.mark.parametrize("service", [invented, real])
@pytest.mark.parametrize("name", ["区税务局", "市教委"])
def test_a_unit_that_no_document_names_is_said_to_be_none(
    service: Callable[[], Assistant], name: str
) -> None:
    """Never read as a slip for one that sounds alike (水务局)."""
    answer = ask(service(), f"{name}有哪些任务?")
    assert answer.status == "not_found"
    assert name in answer.answer
    assert answer.verification.withheld == 0
    assert answer.citations == ()


def test_a_unit_nobody_knows_is_missing_by_its_name() -> None:
    result = found(invented(), planned(select="task", units=units("区数字委")).but(topic=""))
    assert isinstance(result, Missing | Tasks)
    assert not isinstance(result, Tasks) or result.lists == ()
