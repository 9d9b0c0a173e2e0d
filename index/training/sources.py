"""Why this file exists: our own pairs and test sets name passages of texts that are not ours.

The texts may not be copied into the project, so a passage is kept as its place: the file below
the data folder, the document in it, and half-open code points of that document's text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from index.training.corpus import read_rows

LAWS = "bench/laws/documents.jsonl.xz"
NEWS = "train/news.jsonl.xz"
NOTICES = "train/ncpp_other_questions.jsonl"
PAGES = "samples/html"
REPORTS = "train/government_work_reports.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: `source` below the data folder, its document there, and the span of its text.

    A law is named by its path, a report by its title, a notice by its id, a page by its file
    name, a news text by the first 16 hexadecimal digits of its SHA-256.
    """

    source: str
    document: str
    start: int
    end: int


class Texts:
    """Reads the passages of a data folder; each source is read once, when it is first needed."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def __getitem__(self, place: Place) -> str:
        """The passage's words; KeyError where the data folder has no such document."""
        documents: dict[str, str] = {
            LAWS: lambda: self._laws,
            NEWS: lambda: self._news,
            NOTICES: lambda: self._notices,
            PAGES: lambda: self._pages,
            REPORTS: lambda: self._reports,
        }[place.source]()
        text = documents[place.document]
        if place.end > len(text):
            raise KeyError(
                f"{place.document} of {place.source} has {len(text)} code points; expected at "
                f"least {place.end}: the data folder holds another version of it"
            )
        return text[place.start : place.end]

    @cached_property
    def _laws(self) -> dict[str, str]:
        return self._rows(LAWS, lambda row: (row["path"], row["text"]))

    @cached_property
    def _news(self) -> dict[str, str]:
        return self._rows(NEWS, lambda row: (news_id(row["text"]), row["text"]))

    @cached_property
    def _notices(self) -> dict[str, str]:
        return self._rows(NOTICES, lambda row: (row["id"], row["answer"]))

    @cached_property
    def _reports(self) -> dict[str, str]:
        return self._rows(REPORTS, lambda row: (row["title"], row["content"]))

    @cached_property
    def _pages(self) -> dict[str, str]:
        folder = self._data / PAGES
        return {path.name: page_text(path.read_bytes()) for path in sorted(folder.iterdir())}

    def _rows(
        self, source: str, entry: Callable[[dict[str, str]], tuple[str, str]]
    ) -> dict[str, str]:
        return dict(entry(row) for row in read_rows(self._data / source))


def news_id(text: str) -> str:
    """What a news text, which has no name of its own, is called.

    >>> news_id("今天开幕。")
    '258c3d452bad7fa5'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def page_text(data: bytes) -> str:
    """The words of a web page, a line a block.  Only for training: it keeps menus and footers.

    >>> page_text("<p>第一条&nbsp; 为了</p><script>x</script><p>第二条</p>".encode())
    '第一条 为了\\n第二条'
    """
    try:
        page = data.decode("utf-8")
    except UnicodeDecodeError:
        page = data.decode("gb18030")
    reader = _PageReader()
    reader.feed(page)
    text = re.sub(r"[ \t\r\u00a0\u3000\u2002\u2003]+", " ", "".join(reader.found))
    return re.sub(r"\s*\n\s*", "\n", text).strip()


class _PageReader(HTMLParser):
    _UNSEEN = frozenset({"script", "style", "noscript", "select", "svg", "head"})
    _BLOCKS = frozenset(
        ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "section", "td", "th"]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self._unseen += 1
        if tag in self._BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in self._BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def read_places(path: Path) -> dict[str, Place]:
    """The rows `number, field, source, document, start, end` of a tab-separated file, by number."""
    return {
        number: Place(source, document, int(start), int(end))
        for number, _, source, document, start, end in read_table(path, 6)
    }


def read_table(path: Path, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a tab-separated file, comments (#) left out; ValueError for a broken one."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != columns:
            raise ValueError(
                f"{path.name} line {number} has {len(cells)} cells; expected {columns}, "
                "parted by tabs"
            )
        yield cells
