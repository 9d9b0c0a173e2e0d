"""Marked words are found where an answer holds their quote, and nowhere else."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.marking import merged, pieces, places
from ui.wrapping import UNIT, width, wrapped

PLAIN = st.text(st.sampled_from("甲乙丙 \n。、“”（）[1]IPv6|80%"), max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(text=PLAIN, offset=st.integers(0, 20), spans=SPANS)
def test_the_pieces_are_the_text_and_the_marks_are_the_spans(
    text: str, offset: int, spans: list[tuple[int, int]]
) -> None:
    cut = list(pieces(text, offset, spans))
    assert "".join(piece for piece, _ in cut) == text
    inside = {place for first, last in spans for place in range(first, last)}
    marks = [marked for piece, marked in cut for _ in piece]
    assert marks == [offset + place in inside for place in range(len(text))]
    spots = merged(spans, offset, offset + len(text))
    assert all(one[1] < other[0] for one, other in pairwise(spots))


def cited(quote: str, *words: str) -> dict[str, Any]:
    """A citation of a quote at 100 with these words highlighted."""
    starts = [(100 + quote.index(one), len(one)) for one in words]
    spans = [[start, start + length] for start, length in starts]
    return {"quote": quote, "start": 100, "end": 100 + len(quote), "highlights": spans}


@pytest.mark.parametrize(
    ("answer", "citation", "marked"),
    [
        ("“补贴40%。”[1]", cited("补贴40%。", "40%"), ["40%"]),
        (
            "“甲：  \n（一）乙；  \n（二）丙。”[1]",
            cited("甲：\n\n    （一）乙；\n（二）丙。", "乙；\n（二）丙"),
            ["乙；", "（二）丙"],
        ),
        ("称‘办法’的”[1]", cited("称“办法”的", "“办法”"), ["‘办法’"]),
        ("补贴40%", cited("给予补贴40%。", "40%"), []),
        ("“补贴40%”", cited("补贴40%"), []),
        ("", cited("补贴40%", "40%"), []),
        ("“甲乙”[1]，“甲乙”[1]", cited("甲乙", "乙"), ["乙", "乙"]),
        ("| 甲 | 40 % |", cited("甲|40 %", "甲|40 %"), ["甲", "40 %"]),
    ],
)
def test_places_of_marked_words(answer: str, citation: dict[str, Any], marked: list[str]) -> None:
    assert [answer[first:last] for first, last in places(answer, [citation])] == marked


@given(answer=PLAIN, quote=PLAIN, spans=SPANS)
def test_places_are_in_order_apart_and_within_a_line(
    answer: str, quote: str, spans: list[tuple[int, int]]
) -> None:
    highlights = [[100 + first, 100 + last] for first, last in spans]
    citation = {**cited(quote), "highlights": highlights}
    found = places(answer + quote, [citation, citation])
    assert found == sorted(found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    for first, last in found:
        words = (answer + quote)[first:last]
        assert words
        assert words.strip() == words
        assert "\n" not in words


@given(line=PLAIN.map(lambda text: text.replace("\n", "")), room=st.integers(12, 40))
def test_wrapped_lines_fit_and_lose_nothing(line: str, room: int) -> None:
    shown = wrapped(line, room, "  ")
    assert "".join(shown.split()) == "".join(line.split())
    widest = max((width(one[0]) for one in UNIT.finditer(line)), default=0)
    assert all(width(one) <= max(room, widest + 2) for one in shown.split("\n"))
    for below in shown.split("\n")[1:]:
        assert below.startswith("  ")
        assert below.strip()[:1] not in tuple("。、）”")


def test_a_file_or_a_pipe_gets_whole_lines() -> None:
    assert wrapped("甲" * 300, None) == "甲" * 300
