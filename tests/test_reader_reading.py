"""The reader: stretches lie as printed, features fit the text, runs are chosen by scores."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qa_doubles import SHIPPED

from index.encoder import shipped_encoder
from index.late_interaction import default_table
from ingest.parse import parse_bytes
from ingest.schema import Span
from qa.reader.features import described
from qa.reader.matches import Matches, earlier, together
from qa.reader.question_kinds import TABLE, Question
from qa.reader.reading import (
    KNEES,
    MAX_LENGTH,
    MAX_RUN,
    Network,
    Reader,
    _agreed,
    _convolved,
    measured,
)
from qa.reader.regions import regions
from qa.reader.segments import stretches
from qa.words import tables

needs_model = pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not here")
TEXTS = st.text(alphabet="甲乙丙，。；：！？、（）“”\n \u3000a1,.:", max_size=80)


def parts(text: str) -> list[str]:
    cut = stretches(text, [Span(0, len(text))])
    return [text[a:b] for a, b in zip(cut.starts, cut.ends, strict=True)]


@given(TEXTS)
def test_stretches_hold_all_that_is_printed_in_order(text: str) -> None:
    cut = stretches(text, [Span(0, len(text))])
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
    assert (cut.starts < cut.ends).all()
    assert (cut.ends[:-1] <= cut.starts[1:]).all()
    assert all(part == part.strip() for part in parts(text))
    assert (np.diff(cut.sentence) >= 0).all()
    assert (np.diff(cut.block) >= 0).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("补助3,000元，8:30起。", ["补助3,000元，", "8:30起。"]),
        ("见http://a.cn/b,c。好", ["见http://a.cn/b,c。", "好"]),
        ("他说“去。”再来", ["他说“去。”", "再来"]),
        ("一、窗口 二、电话", ["一、窗口", "二、电话"]),
        ("  \n", []),
    ],
)
def test_where_stretches_end(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_sentences_paragraphs_and_regions_are_numbered() -> None:
    text = "甲，乙。丙。\n丁；戊"
    cut = stretches(text, [Span(0, 6), Span(7, len(text))])
    assert (np.diff(cut.sentence) > 0).tolist() == [False, True, True, True]
    assert (np.diff(cut.block) > 0).tolist() == [False, False, True, False]
    assert cut.region.tolist() == [0, 0, 0, 1, 1]
    assert cut.kind.tolist() == [0, 1, 1, 2, 5]


PLAN = (
    "清河区方案\n\n一、窗口服务\n\n办事窗口周六开放。(责任单位:区政务办)\n\n"
    "二、电话\n\n拨打8888。\n\n版权所有 某网站\n"
)


def test_regions_leave_units_and_furniture_out() -> None:
    parsed = parse_bytes(PLAN.encode(), "plan", {"id": "plan"})
    text = parsed.document.text
    groups = [fact.group for fact in parsed.facts if fact.kind == "duty"]
    assert groups
    found = regions(text, parsed.clauses, groups, [Span(0, len(text))])
    assert [span.of(text) for span in found][-4:] == [
        "一、窗口服务", "办事窗口周六开放。", "二、电话", "拨打8888。",
    ]  # fmt: skip
    near = text.index("周六")
    (only,) = regions(text, parsed.clauses, groups, [Span(near, near + 2)])
    assert only.of(text) == "周六"


def test_what_stretches_hold_together() -> None:
    held = np.array([[1, 0], [0, 1], [0, 0]], dtype=bool)
    assert together(held, 2).tolist() == [[True, False], [True, True], [False, True]]
    group = np.array([0, 0, 1])
    assert earlier(held, group).tolist() == [[False, False], [True, False], [False, False]]


TEXT = "门诊时间延长。社区医院的门诊开到晚上八点，周末不休。联系电话：8888。"


def common(terms: list[str]) -> tuple[list[int], int]:
    return [1] * len(terms), 100


def compared(question: str) -> tuple[Question, Matches, np.ndarray]:
    encoder, table = shipped_encoder(), default_table()
    cut = stretches(TEXT, [Span(0, len(TEXT))])
    asked = Question(question, encoder, table, common)
    found = Matches(TEXT, cut, asked, encoder, table)
    return asked, found, described(TEXT, cut, asked, encoder, table)


@needs_model
def test_matches_are_those_of_the_text() -> None:
    asked, found, rows = compared("社区医院门诊几点关门？")
    for row, words in enumerate(found.texts):
        assert found.pairs[row].tolist() == [pair in words for pair in asked.pairs]
    assert found.texts[1] == "社区医院的门诊开到晚上八点，"
    assert (found.head[1], found.tail[1]) == (0, 7)
    assert found.tail[2] == found.lengths[2] == len(found.texts[2])
    assert found.characters("0123456789").tolist() == [0, 0, 0, 0, 4]
    assert rows.shape[0] == len(found.texts)
    assert np.isfinite(rows).all()
    assert asked.weights.sum() == pytest.approx(1)
    nearest = max(asked.pairs, key=lambda pair: asked.focus[asked.pairs.index(pair)])
    assert nearest in "门诊几点关门"


@needs_model
def test_a_question_without_any_known_word_is_described_too() -> None:
    asked, _, rows = compared("？")
    assert (len(asked.pairs), len(asked.pieces)) == (0, 0)
    assert np.isfinite(rows).all()


def test_every_kind_asks_and_holds() -> None:
    kinds = tables.kinds_of(TABLE)
    assert len(kinds) == len(tables.toml(TABLE)["kind"]) > 5
    assert all(isinstance(p, re.Pattern) for pair in kinds for p in pair)


def network(begin: float = 0.0, end: float = 0.0, inside: float = 0.0) -> Network:
    """Feature 0 speaks for beginning, 1 for ending, 2 against being inside where negative."""
    width = 4
    first = np.zeros((width, 3), np.float32)
    first[0, 0] = first[1, 1] = first[2, 2] = 1.0
    out = np.zeros((3, 3 * width), np.float32)
    out[0, 0], out[1, 1], out[2, 2] = begin, end, inside
    none = np.zeros((width, width, 5), np.float32)
    return Network({
        "first.weight": first, "first.bias": np.zeros(width, np.float32),
        "near.weight": none, "near.bias": np.zeros(width, np.float32),
        "far.weight": none, "far.bias": np.zeros(width, np.float32),
        "out.weight": out, "out.bias": np.zeros(3, np.float32),
        "length.weight": np.zeros((KNEES, 3), np.float32),
        "length.bias": np.zeros(KNEES, np.float32),
    })  # fmt: skip


def best(rows: np.ndarray, edges: list[int], region: list[int] | None = None) -> Span:
    reader = Reader(np.zeros(3, np.float32), np.ones(3, np.float32), [network(20, 20, 0)])
    starts, ends = np.array(edges[:-1]), np.array(edges[1:])
    where = np.array(region or [0] * len(starts))
    return reader.best(rows, np.zeros(2, np.float32), starts, ends, where).span


def test_a_run_begins_and_ends_where_the_scores_say() -> None:
    rows = np.zeros((5, 3), np.float32)
    rows[1, 0] = rows[3, 1] = 1.0
    assert best(rows, [0, 10, 20, 30, 40, 50]) == Span(10, 40)


def test_a_run_does_not_pass_into_another_region_or_beyond_the_longest() -> None:
    rows = np.zeros((5, 3), np.float32)
    rows[1, 0] = rows[3, 1] = 1.0
    apart = best(rows, [0, 10, 20, 30, 40, 50], [0, 0, 0, 1, 1])
    assert apart.end <= 30 or apart.start >= 30
    long = best(rows, [0, 10, 20, 20 + MAX_LENGTH, 600, 700])
    assert len(long) <= MAX_LENGTH
    alone = best(rows[:1], [0, MAX_LENGTH + 50])
    assert alone == Span(0, MAX_LENGTH + 50)  # one stretch can't be cut


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.90, 0.08, 0.02], Span(0, 10)),  # sure: short
        ([0.48, 0.46, 0.06], Span(0, 20)),  # torn between two neighbours: both
        ([0.00, 0.04, 0.96], Span(0, 20)),
    ],
)
def test_a_reader_that_is_not_sure_takes_in_more(shares: list[float], expected: Span) -> None:
    begins, ends = np.array([0, 10, 0]), np.array([10, 20, 20])
    run = _agreed(begins, ends, np.array(shares))
    assert run.span == expected


def test_agreement_is_the_expected_f1() -> None:
    begins, ends = np.array([0, 0]), np.array([10, 30])
    run = _agreed(begins, ends, np.array([0.75, 0.25]))
    assert run.span == Span(0, 10)
    assert run.agreement == pytest.approx(0.75 * 1 + 0.25 * 2 * 10 / 40)
    assert run.share == 0.75


def test_a_run_has_at_most_so_many_stretches() -> None:
    rows = np.zeros((MAX_RUN + 5, 3), np.float32)
    rows[0, 0] = rows[-1, 1] = 1.0
    assert len(best(rows, list(range(MAX_RUN + 6)))) <= MAX_RUN


def test_convolution_by_hand() -> None:
    rows = np.array([[1.0], [2.0], [3.0]], np.float32)
    weight = np.array([[[1.0, 10.0, 100.0]]], np.float32)
    bias = np.zeros(1, np.float32)
    assert _convolved(rows, weight, bias, 1).ravel().tolist() == [210.0, 321.0, 32.0]
    assert _convolved(rows, weight, bias, 2).ravel().tolist() == [310.0, 20.0, 31.0]


def test_the_measure_of_length_grows_by_doubling() -> None:
    assert measured(np.array([1, 2, 4])).tolist() == pytest.approx([0.0, 1.3, 2.6])
