"""Lines wrapped by hand are read as the paragraphs that they were; all texts invented."""

import pytest

from ingest.lines import lines
from ingest.outline import outline
from ingest.schema import Span
from ingest.sentences import sentences

WORDS = "为了加强城市道路桥梁的养护管理保障安全畅通促进经济社会发展根据有关法律法规制定本办法"


def set_at(columns: int, words: str) -> str:
    """The words in lines of so many half-width columns; no line begins with a stop."""
    rows, used = [""], 0
    for character in words:
        width = 1 if character < "\u1100" else 2
        if used + width > columns and character not in "，。；：":
            rows.append("")
            used = 0
        rows[-1] += character
        used += width
    return "\n".join(rows)


@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("columns", [30, 34, 38, 40, 56, 60, 76])
def test_a_text_set_at_a_constant_width_is_joined(columns: int, indent: str) -> None:
    paragraphs = [
        *(f"第一条　{WORDS * 4}。", f"第二条　{WORDS * 2}，{WORDS}。", f"{WORDS * 2}。"),
        *(
            f"第三条　按照第五条的规定办理，{WORDS * 2}：",
            f"（一）{WORDS}；",
            f"（二）{WORDS[:20]}。",
        ),
    ]
    text = "\n".join(set_at(columns, indent + p) for p in paragraphs)
    assert [line.span.of(text).replace("\n", "") for line in lines(text)] == paragraphs
    assert len(sentences(text, Span(0, len(text)))) == 6
    assert [c.label for c in outline("d", text)] == [
        *("", "第一条", "第二条", "第三条", "(一)", "(二)"),
    ]


def test_names_of_the_same_length_are_not_joined() -> None:
    names = [f"{a}{b}区第一人民医院分院机构" for a in "甲乙丙丁" for b in "东西南北"]
    text = "定点机构名单\n" + "\n".join(names)
    assert len(lines(text)) == len(names) + 1


def test_headings_and_short_lines_are_not_joined() -> None:
    text = "一、目标\n修桥铺路\n二、任务\n种树养花\n甲区水务局\n乙区水务局\n"
    assert len(lines(text)) == 6


def test_a_line_that_cannot_end_there_goes_on() -> None:
    text = "第一条　违反本办法规定的，依照\n第五条处理。\n第二条　施行。"
    assert len(lines(text)) == 2
