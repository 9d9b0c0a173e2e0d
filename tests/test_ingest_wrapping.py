"""Lines wrapped by hand are read as the paragraphs that they were; all texts invented."""

from ingest.lines import lines
from ingest.outline import outline
from ingest.schema import Span
from ingest.sentences import sentences

WORDS = "为了加强城市道路桥梁的养护管理保障安全畅通促进经济社会发展根据有关法律法规制定本办法"


def set_at(width: int, words: str) -> str:
    return "\n".join(words[i : i + width] for i in range(0, len(words), width))


def test_a_text_set_at_a_constant_width_is_joined() -> None:
    paragraphs = [f"第一条　{WORDS * 4}。", f"第二条　{WORDS * 3}。", f"　　{WORDS * 2}。"]
    text = "\n".join(set_at(30, p) for p in paragraphs)
    assert [line.span.of(text).replace("\n", "") for line in lines(text)] == [
        p.strip("　") for p in paragraphs
    ]
    assert len(sentences(text, Span(0, len(text)))) == 3
    assert [c.label for c in outline("d", text)] == ["", "第一条", "第二条"]


def test_headings_and_short_lines_are_not_joined() -> None:
    text = "一、目标\n修桥铺路\n二、任务\n种树养花\n甲区水务局\n乙区水务局\n"
    assert len(lines(text)) == 6


def test_a_line_that_cannot_end_there_goes_on() -> None:
    text = "第一条　违反本办法规定的，依照\n第五条处理。\n第二条　施行。"
    assert len(lines(text)) == 2
