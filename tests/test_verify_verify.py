"""Nothing false gets past the check: every claim stands in the places that are cited."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qa_doubles import invented

from ingest.schema import Span
from qa.answer import Request
from qa.draft import Draft, Quote, Statement
from qa.service.steps import Steps
from qa.verify.verify import verify

CORPUS = invented().corpus


def place(words: str, document: str = "travel", clause: int | None = None) -> Quote:
    """Where a document prints these words, in its innermost clause."""
    text = CORPUS.text(document)
    span = Span(text.index(words), text.index(words) + len(words))
    inner = max(c.ordinal for c in CORPUS.clauses(document) if c.span.covers(span))
    return Quote((document, inner if clause is None else clause), span)


ROADS = place("在学校周边建设护学路22条")
UNITS = place("(责任单位:区教育局、区公安分局等相关部门)")
LEAD = place("(牵头单位:区交通运输局;配合单位:区财政局、各街道)")
SHARE = place("绿色出行比例达到72%以上")
STOPS = place("改造候车亭86座")
NUMBER = place("青绿行〔2031〕12号")
DATE = place("2031年3月8日")
AGREED = place("《青屿区2031年绿色出行行动方案》已经区政府同意,现印发给你们,请认真贯彻执行。")
BASIS = place("《云泽市综合交通体系规划(2030-2035年)》")
TIMES = place("每餐留样不少于125克,留样时间不少于48小时", "meals")


def kept(text: str, *quotes: Quote, asked: tuple[str, ...] = ()) -> bool:
    """Whether a statement passes; if not, it must be gone, counted and the status lowered."""
    draft = Draft("answered", (Statement(text, quotes, asked=asked),))
    checked = verify(draft, CORPUS)
    passed = checked.draft.statements == draft.statements
    assert checked.figures.sentences == int(passed)
    assert checked.figures.withheld == int(not passed)
    assert checked.draft.status == ("answered" if passed else "partial")
    return passed


HONEST = [
    ("建设护学路22条。", (ROADS,)),
    ("由区教育局、区公安分局等相关部门负责。", (UNITS,)),
    ("区交通运输局牵头，区财政局配合。", (LEAD,)),
    ("绿色出行比例达到72%以上。", (SHARE,)),
    ("候车亭86座，护学路22条。", (STOPS, ROADS)),
    ("文号是青绿行〔2031〕12号。", (NUMBER,)),
    ("2031年3月8日印发。", (DATE,)),
    ("依据《云泽市综合交通体系规划(2030-2035年)》。", (BASIS,)),
    ("原文：“建设护学路22条”。", (ROADS,)),
    ("原文：“在学校周边……护学路22条”。", (ROADS,)),
    ("根据文件“《青屿区2031年绿色出行行动方案》已经区政府同意”。", (AGREED,)),
    ("每餐125克，48小时。", (TIMES,)),
    ("绿色出行比例达到７２％。", (SHARE,)),  # full width says the same
]


@pytest.mark.parametrize(("text", "quotes"), HONEST)
def test_honest_statements_are_kept(text: str, quotes: tuple[Quote, ...]) -> None:
    assert kept(text, *quotes)


LIMITS = [
    pytest.param(text, quotes, marks=pytest.mark.xfail(strict=True, reason=reason))
    for text, quotes, reason in [
        ("建设护学路5条。", (ROADS,), "the label of a cited clause counts as quoted"),
        ("护学路2条。", (STOPS, ROADS), "the label of a cited clause counts as quoted"),
        ("由区教育局牵头。", (UNITS,), "a role is no claim"),
        ("区财政局牵头，区交通运输局配合。", (LEAD,), "a role is no claim"),
        ("建设护学路22公里。", (ROADS,), "what a number counts is no claim"),
        ("这项任务已经全部完成。", (), "a sentence without figures needs no citation"),
    ]
]
"""Lies that the check does not see."""


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("建设护学路37条。", (ROADS,)),
        ("建设护学路二十三条。", (ROADS,)),
        ("建设护学路22%。", (ROADS,)),
        ("建设护学路22条。", ()),
        ("建设护学路22条。", (STOPS,)),
        ("2031年4月9日印发。", (DATE,)),
        ("1999年3月8日印发。", (DATE,)),
        ("由区水务局负责。", (UNITS,)),
        ("由区教育局、区财政局负责。", (UNITS,)),
        ("由区教育局负责。", (ROADS,)),
        ("文号是青绿行〔2031〕77号。", (NUMBER,)),
        ("依据《云泽市步行交通规划》。", (BASIS,)),
        ("依据《云泽市综合交通体系规划(2030-2036年)》。", (BASIS,)),
        ("原文：“在学校旁边建设护学路22条”。", (ROADS,)),
        ("原文：“在学校周边……步道22条”。", (ROADS,)),
        ("绿色出行比例达到99%以上。", (SHARE,)),
        ("每餐不少于250克。", (TIMES,)),
        ("建设护学路2条。", (ROADS,)),  # a part of a number is another number
        ("每餐不少于25克。", (TIMES,)),
        ("绿色出行比例达到2%。", (SHARE,)),
        ("2031年3月1日印发。", (DATE,)),
        ("文号是青绿行〔2031〕2号。", (NUMBER,)),
        ("文号是云府发〔2031〕12号。", (NUMBER,)),
        ("建设护学路2031条。", (ROADS,)),  # of the title
        ("建设护学路九条。", (ROADS,)),
        ("建设护学路三万条。", (ROADS,)),
        ("绿色出行比例达到五成。", (SHARE,)),
        ("由区体育局负责。", (UNITS,)),  # no document prints it
        ("由区教育局、卫健委负责。", (UNITS,)),
        ("依据《云泽市综合交通》。", (BASIS,)),
        ('原文："在学校旁边建设护学路"。', (ROADS,)),
        ("原文：「在学校旁边建设护学路」。", (ROADS,)),
        ("原文：“在学校旁边建设护学路", (ROADS,)),
        ("原文：“护学路22条……学校周边”。", (ROADS,)),  # the other way round
        *LIMITS,
    ],
)
def test_what_the_cited_place_does_not_say_is_withheld(
    text: str, quotes: tuple[Quote, ...]
) -> None:
    assert not kept(text, *quotes)


@pytest.mark.parametrize(
    "quote",
    [
        Quote(ROADS.clause, Span(ROADS.span.start, ROADS.span.start)),
        Quote(ROADS.clause, Span(ROADS.span.start, 10_000_000)),
        Quote(("travel", 0), Span(9_000_000, 9_000_001)),
        Quote(STOPS.clause, ROADS.span),
        Quote(ROADS.clause, Span(STOPS.span.start, ROADS.span.end)),
    ],
    ids=["empty", "past the end", "far out", "another clause", "over the edge"],
)
def test_a_span_that_is_no_place_of_its_clause_is_withheld(quote: Quote) -> None:
    assert not kept("护学路。", quote)


@pytest.mark.parametrize("clause", [("travel", 999), ("nowhere", 0)])
def test_a_citation_of_an_unknown_place_is_withheld(clause: tuple[str, int]) -> None:
    assert not kept("护学路。", Quote(clause, Span(0, 2)))


def test_a_false_statement_among_true_ones_goes_alone() -> None:
    true, false = Statement("护学路22条。", (ROADS,)), Statement("候车亭99座。", (STOPS,))
    checked = verify(Draft("answered", (true, false, true), ("下一个问题?",)), CORPUS)
    assert checked.draft == Draft("partial", (true, true), ("下一个问题?",))
    assert (checked.figures.sentences, checked.figures.withheld) == (2, 1)


@pytest.mark.parametrize("status", ["not_found", "clarify", "partial", "out_of_scope"])
def test_no_refusal_becomes_an_answer(status: str) -> None:
    draft = Draft(status, (Statement("候车亭99座。", (STOPS,)),))  # type: ignore[arg-type]
    assert verify(draft, CORPUS).draft.status == status


def test_a_verdict_falls_with_its_evidence() -> None:
    verdict, evidence = (
        Statement("是的。", sums_up=True),
        Statement("共有99座。", (STOPS,), lead="\n"),
    )
    checked = verify(Draft("answered", (verdict, evidence)), CORPUS)
    assert checked.draft == Draft("partial", ())
    assert checked.figures.withheld == 2


def test_a_count_falls_with_an_item_of_its_list() -> None:
    head = Statement("共有2项：", computed=("2",), sums_up=True)
    true, false = Statement("护学路22条", (ROADS,)), Statement("候车亭99座", (STOPS,))
    assert verify(Draft("answered", (head, true, false)), CORPUS).draft.statements == (true,)
    assert verify(Draft("answered", (head, true)), CORPUS).draft.statements == (head, true)


@pytest.mark.parametrize(
    "question",
    ["区财政局有哪些任务?", "哪些任务没有区财政局?", "绿色出行行动方案的量化指标有哪些?"],
)
def test_counts_of_answers_sum_up(question: str) -> None:
    steps = Steps(CORPUS, CORPUS.encoder)
    draft = steps.compose(steps.retrieve(steps.understand(Request(question)))).draft
    assert [s.sums_up for s in draft.statements[:2]] == [True, False]


def test_words_repeated_from_the_question_are_no_claims() -> None:
    assert kept("入库文件不涉及1987年。", asked=("1987",))
    assert not kept("入库文件不涉及1987年，但涉及1988年。", asked=("1987",))


STATED = re.compile(r"\d+")


def stated(text: str) -> set[str]:
    return set(STATED.findall(text))


def shown(quotes: tuple[Quote, ...]) -> set[str]:
    """All numbers of the cited places and, as LIMITS has it, of the labels of their clauses."""
    places = [q.span.of(CORPUS.text(q.clause[0])) for q in quotes]
    return stated("\n".join([*places, *(CORPUS.clause(q.clause).label for q in quotes)]))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HONEST), st.data())
def test_an_altered_number_is_withheld(
    honest: tuple[str, tuple[Quote, ...]], data: st.DataObject
) -> None:
    text, quotes = honest
    numbers = list(STATED.finditer(text))
    if not numbers:
        return
    chosen = data.draw(st.sampled_from(numbers))
    other = str(data.draw(st.integers(0, 99_999)))
    if other in shown(quotes):
        return
    assert not kept(text[: chosen.start()] + other + text[chosen.end() :], *quotes)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HONEST), st.data())
def test_a_number_with_one_digit_changed_or_dropped_is_withheld(
    honest: tuple[str, tuple[Quote, ...]], data: st.DataObject
) -> None:
    text, quotes = honest
    digits = [m.start() for m in re.finditer("[0-9]", text)]
    if not digits:
        return
    spot = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from(["", *"0123456789"]))
    altered = text[:spot] + other + text[spot + 1 :]
    if stated(altered) <= shown(quotes):
        return
    assert not kept(altered, *quotes)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(CORPUS.duties)), st.sampled_from(CORPUS.units))
def test_a_printed_unit_passes_only_with_a_list_that_names_it(
    clause: tuple[str, int], unit: str
) -> None:
    facts = CORPUS.duties[clause]
    group = Quote(clause, facts[0].group)
    assert kept(f"由{unit}负责。", group) == (unit in {f.who for f in facts})


def test_a_clause_label_inside_a_quotation_is_no_name() -> None:
    assert not kept("一（总体目标）：“一线不变”", SHARE)


def test_what_is_repeated_from_the_question_may_stand_between_marks() -> None:
    assert kept("入库文件没有提到“区税务局”。", asked=("区税务局",))
    assert not kept("入库文件没有提到“区税务局”，但提到“区审计局”。", asked=("区税务局",))
    title = "《关于印发“无废城市”方案的通知》"
    assert kept(f"{title}：文件没有写明。", asked=(title,))


def test_a_short_clause_may_be_quoted_with_those_that_follow_it() -> None:
    rules = CORPUS.clauses("meals")
    (first,) = [c for c in rules if c.label == "第五条"]
    (last,) = [c for c in rules if c.label == "第六条"]
    words = CORPUS.text("meals")[first.span.start : last.span.end].strip()
    span = Span(first.span.start, first.span.start + len(words))
    assert kept(f"“{words}”", Quote(("meals", first.ordinal), span))
    (chapter,) = [c for c in rules if c.label == "第二章"]
    beyond = Span(chapter.span.start, last.span.end)
    assert not kept("“第二章”", Quote(("meals", first.ordinal), beyond))
