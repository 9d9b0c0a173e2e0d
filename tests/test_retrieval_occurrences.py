"""Terms counted over a pile of passages at once are what counting them one by one gives."""

from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold_codes, fold_text
from qa.retrieval.occurrences import Pile

TEXTS = st.lists(st.text("数据安全網络ＡＢ1 0㎡，。\n\u3000", max_size=30), min_size=1, max_size=6)


@given(TEXTS, st.lists(st.text("数据安全网络", min_size=1, max_size=3), max_size=5, unique=True))
def test_grams_are_counted_as_if_every_text_stood_alone(texts: list[str], grams: list[str]) -> None:
    counted = Pile(texts).grams(grams)
    for row, text in zip(counted.tolist(), texts, strict=True):
        plain = fold_codes(text).tobytes().decode("utf-32-le").replace(" ", "")
        assert row == [
            float(sum(plain.startswith(gram, at) for at in range(len(plain)))) for gram in grams
        ]


def test_no_term_reaches_from_one_text_into_the_next() -> None:
    pile = Pile(["数", "据安", "全"])
    assert not pile.grams(["数据", "安全", "据安全"]).any()
    assert not pile.words(["数据安全"]).any()


def test_white_space_between_characters_does_not_part_a_word() -> None:
    assert Pile(["数 据\u3000安全"]).words(["数据安全"]).tolist() == [[1.0]]


def test_a_latin_word_or_a_number_counts_only_whole() -> None:
    pile = Pile(["建100个5G站", "建10个5g站"])
    assert pile.words(["10", "5g"]).tolist() == [[0.0, 1.0], [1.0, 1.0]]


def test_lengths_are_without_white_space() -> None:
    assert Pile(["数 据", ""]).lengths.tolist() == [2.0, 0.0]


@given(st.text(max_size=40))
def test_folding_by_code_points_is_folding_where_nothing_changes_length(text: str) -> None:
    folded = "".join((fold_text(character) or " ")[0] for character in text)
    assert fold_codes(text).tobytes().decode("utf-32-le", "surrogatepass") == folded
