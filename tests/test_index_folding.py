import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from index.folding import fold, fold_text

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("ＡＢａ１，。《》（）⺠⽣⽔㎡½①…臺灣電話　\u200b\u00a0\ufeffßİﬁ責任"),
        st.characters(min_codepoint=0x2E80, max_codepoint=0x2FDF),
    )
)


@settings(deadline=None)  # dictionaries load with the first text
@given(ANYTHING)
def test_folding_twice_is_folding_once(text):
    assert fold_text(fold_text(text)) == fold_text(text)


@settings(deadline=None)  # dictionaries load with the first text
@given(ANYTHING)
def test_text_and_offsets_agree(text):
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)


@settings(deadline=None)  # dictionaries load with the first text
@given(ANYTHING, st.data())
def test_a_folded_span_leads_back_to_what_it_came_from(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.to_original(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    # The original of a span folds to at least the span: one character may fold to several.
    assert folded.text[start:end] in fold_text(span.of(text))
    assert (len(span) == 0) == (start == end)


@settings(deadline=None)  # dictionaries load with the first text
@given(ANYTHING, ANYTHING)
def test_folding_goes_character_by_character(left, right):
    assert fold_text(left + right) == fold_text(left) + fold_text(right)


@settings(deadline=None)  # dictionaries load with the first text
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_plain_text_keeps_its_length_and_needs_no_table(text):
    folded = fold(text)
    assert isinstance(folded.offsets, range)
    assert len(folded.text) == len(text)


def test_what_counts_as_the_same():
    assert fold_text("ＩＰＶ６") == fold_text("IPv6") == "ipv6"
    assert fold_text("臺灣責任單位") == "台湾责任单位"
    assert fold_text("⺠⽣") == "民生"
    assert fold_text("（一），：；？！％") == "(一),:;?!%"
    assert fold_text("a\u00a0b\u3000c\u2003d\te") == "a b c d e"
    assert fold_text("责\u200b任\ufeff") == "责任"


def test_every_radical_with_a_unified_ideograph_folds_to_it():
    for code in [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]:
        name = unicodedata.name(chr(code), "")
        if not name or name in ("CJK RADICAL REPEAT", "CJK RADICAL NET FOUR"):
            continue
        (folded,) = fold_text(chr(code))
        assert unicodedata.name(folded).startswith("CJK UNIFIED IDEOGRAPH"), name


def test_a_character_that_becomes_several_keeps_its_place():
    folded = fold("约㎡与Ａ")
    assert folded.text == "约m2与a"
    assert [folded.to_original(i, i + 1).of("约㎡与Ａ") for i in range(5)] == list("约㎡㎡与Ａ")
