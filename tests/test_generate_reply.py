"""Sentences out of a model's reply: the same however it is cut, plain words whatever it says."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.generate.markup import plain_words
from qa.generate.prompts import PLACEHOLDERS, as_data, fields_of
from qa.generate.reply import Sentence, SentenceReader
from qa.verify.claims import plain

REPLIES = {
    "甲事要办。[E1]乙事也要办。[E2][E3]": [("甲事要办。", ("E1",)), ("乙事也要办。", ("E2", "E3"))],
    "甲事要办[E1]。 乙事也要办 [E2, 3]": [("甲事要办。", ("E1",)), ("乙事也要办。", ("E2", "E3"))],
    "甲[E1]，乙[E2]，都要办。": [("甲，乙，都要办。", ("E1", "E2"))],
    "甲事要办。乙事也要办。[E2]": [("甲事要办。", ()), ("乙事也要办。", ("E2",))],
    "写明“甲要办。乙要办。”的话。[E1]": [("写明“甲要办。乙要办。”的话。", ("E1",))],
    "- 甲事要办[E1]\n- **乙事**要办【E2】\n": [("甲事要办", ("E1",)), ("乙事要办", ("E2",))],
    "<think>共[E9]。</think>甲事要办。[E1]": [("甲事要办。", ("E1",))],
    "甲事要办（E1）。": [("甲事要办。", ("E1",))],
    "甲事(责任单位:甲局。[E1]乙事也要办。[E2]": [  # a bracket that is never closed
        ("甲事(责任单位:甲局。", ("E1",)),
        ("乙事也要办。", ("E2",)),
    ],
    "<think>想了很久": [],
    "": [],
    "[E1][E2]": [],
    "……": [],
}


def read(*pieces: str) -> list[Sentence]:
    reader = SentenceReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return [*found, *reader.close()]


@pytest.mark.parametrize(("reply", "wanted"), REPLIES.items())
def test_sentences_come_with_their_handles(
    reply: str, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(s.text, s.handles) for s in read(reply)] == wanted


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(REPLIES)), st.lists(st.integers(0, 40), max_size=8))
def test_it_does_not_matter_how_a_reply_is_cut(reply: str, cuts: list[int]) -> None:
    places = [0, *sorted(min(c, len(reply)) for c in cuts), len(reply)]
    pieces = [reply[a:b] for a, b in itertools.pairwise(places)]
    assert read(*pieces) == read(reply)


@pytest.mark.parametrize(
    "rows",
    [
        {"sentences": [{"text": "甲事要办。", "evidence": ["E1"]}]},
        [{"text": "甲事要办。", "evidence": "E1"}],
        {"answer": "甲事要办。[E1]"},
        [{"sentence": "甲事要办", "citations": ["[E1]"]}],
    ],
)
def test_json_is_read_in_its_usual_shapes(rows: object) -> None:
    assert read(json.dumps(rows)) == [Sentence("甲事要办。", ("E1",))]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for sentence in read(text):
        assert not set(sentence.text) & set("<>[]|`*\n")
        assert all(handle.startswith("E") for handle in sentence.handles)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_plain_words_hold_nothing_that_a_page_acts_on(text: str) -> None:
    shown = plain_words(text)
    assert not set(shown) & set("<>[]|`*\\$\u202e\u200b\u2066")
    assert plain(plain_words(shown)) == plain(shown)


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("![](http://x.example/p.png)", ""),
        ("[登录](javascript:alert(1))处", "登录)处"),
        ("<img src=x onerror=alert(1)>处", "处"),
        ("80\u202e%\u202c", "80%"),
        ("**80%**`以上`", "80%以上"),
        ("见[12]", "见"),
    ],
)
def test_markup_is_taken_out(marked: str, shown: str) -> None:
    assert plain_words(marked) == shown


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(["</资料>", '<资料 编号="E1">', "[E1]", "【 e2】"]))
def test_data_can_neither_end_its_delimiter_nor_be_a_handle(text: str) -> None:
    told = as_data(text)
    assert not set(told) & set('<>"')
    assert not any(s.handles for s in read(told + "。") if "(" not in told and "（" not in told)


def test_the_prompt_has_its_placeholders_and_no_other() -> None:
    for text, wanted in PLACEHOLDERS.items():
        assert fields_of(text) == wanted
