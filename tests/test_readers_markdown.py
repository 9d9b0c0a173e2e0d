"""Markdown: the text stays as published; headings, lists and tables are noted beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BinaryFileError
from ingest.parse import parse_bytes
from ingest.readers.markdown import read

TEXT = """# 青山市湿地办法

## 第一章 总则

**第一条** 为了保护湿地，制定本办法。见[目录](list.md)。

- 沼泽
1. 河流

| 类型 | 面积 |
|:---|---:|
| 沼泽 | 5公顷 |
| a\\|b |
下一段。

```
# 不是标题
```
#没有空格
"""


def parts(kind: str) -> list[tuple[int, str]]:
    reading = read(TEXT.encode(), "甲.md")
    return [(b.level, b.span.of(reading.text)) for b in reading.blocks if b.kind == kind]


def test_the_text_is_as_published() -> None:
    assert read(TEXT.encode("gb18030"), "甲.md").text == TEXT


def test_headings_and_lists_are_blocks_without_their_marks() -> None:
    assert parts("heading") == [(1, "青山市湿地办法"), (2, "第一章 总则")]
    assert parts("list") == [(0, "沼泽"), (0, "河流")]


def test_what_is_fenced_or_lacks_its_space_is_no_heading() -> None:
    assert (0, "#没有空格") in parts("paragraph")
    assert not [words for _, words in parts("paragraph") if "不是标题" in words]


def test_a_pipe_table_has_its_cells_and_header() -> None:
    reading = read(TEXT.encode(), "甲.md")
    (table,) = [b for b in reading.blocks if b.kind == "table"]
    assert table.header == 1
    assert [[c.of(reading.text) for c in row] for row in table.cells] == [
        ["类型", "面积"], ["沼泽", "5公顷"], ["a\\|b", ""],
    ]  # fmt: skip
    assert (0, "下一段。") in parts("paragraph")


def test_headings_with_marks_open_clauses() -> None:
    parsed = parse_bytes(TEXT.encode(), "甲.md")
    assert parsed.document.title == "青山市湿地办法"
    assert [c.label for c in parsed.clauses if c.kind in ("章", "条")] == ["第一章", "第一条"]


@given(st.text(alphabet="#|-`* \n\\甲1.", max_size=60).filter(str.strip))
def test_blocks_lie_in_the_text_in_their_order(text: str) -> None:
    blocks = read(text.encode(), "甲.md").blocks
    ends = [0]
    for block in blocks:
        assert ends[-1] <= block.span.start <= block.span.end <= len(text)
        ends.append(block.span.end)
        assert all(block.span.covers(cell) for row in block.cells for cell in row)
        assert len({len(row) for row in block.cells}) <= 1


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(BinaryFileError):
        read(b"# \x00\x01" * 9, "甲.md")
