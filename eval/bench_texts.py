"""The texts that `wence bench --scale` makes its corpora of, one by one in a fixed order.

Apart from `eval.bench_corpus`, because whoever measures looks here first, and stays small.
"""

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ingest.errors import ReadError
from ingest.parse import document_files
from ingest.readers.decoding import read_bytes

LAWS, NEWS = Path("bench/laws/documents.jsonl.xz"), Path("train/news.jsonl.xz")
"""JSON Lines with the keys `text` and, for laws, `path`."""

TITLE = 24
"""Code points of a text without a title that stand for one."""

_NEWS_PER_LAW = 20  # as the two collections have them, so that every size has the same mixture


class Raw(NamedTuple):
    """A document before it is read: its file name, its bytes and what is stated of it."""

    name: str
    data: bytes
    stated: Mapping[str, Any]


def texts(folder: Path) -> Iterator[Raw]:
    """The documents of the folder, always in the same order.

    Laws and news mixed if the folder holds either of those files, its text files otherwise.
    Raises ReadError if there is none, or one that is damaged.
    """
    laws, news = folder / LAWS, folder / NEWS
    if not laws.is_file() and not news.is_file():
        for path, stated in document_files(folder):
            yield Raw(path.name, read_bytes(path), stated)
        return
    streams = [(_laws(laws), 1)] if laws.is_file() else []
    if news.is_file():
        streams.append((_news(news), _NEWS_PER_LAW))
    while streams:
        for one in list(streams):
            stream, count = one
            for _ in range(count):
                raw = next(stream, None)
                if raw is None:
                    streams.remove(one)
                    break
                yield raw


def expect_data(folder: Path) -> None:
    """Raise ReadError unless documents can be taken from the folder."""
    if not folder.is_dir():
        raise ReadError(f"{folder}不是文件夹", "放着数据的文件夹", "检查 --data")
    if next(texts(folder), None) is None:
        raise ReadError(
            f"文件夹{folder}里没有可读的文件",
            f"{LAWS}、{NEWS}或文本文件",
            "检查 --data",
        )


def _laws(path: Path) -> Iterator[Raw]:
    for number, row in _rows(path):
        name = Path(str(row.get("path", f"law-{number}.md"))).name
        yield Raw(name, row["text"].encode(), {"id": f"law-{number:06d}"})


def _news(path: Path) -> Iterator[Raw]:
    for number, row in _rows(path):
        body = row["text"].partition("正文：")[2] or row["text"]
        stated = {"id": f"news-{number:06d}", "title": body[:TITLE].replace("\n", " ")}
        yield Raw(f"news-{number}.txt", row["text"].encode(), stated)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number (from 1) and object of each line; the file is unpacked as it is read."""
    number = 0
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line)
                if not isinstance(row["text"], str):
                    raise TypeError("text")
                if row["text"].strip():
                    yield number, row
    except (OSError, EOFError, lzma.LZMAError, ValueError, LookupError, TypeError) as error:
        raise ReadError(
            f"{path.name}第{number}行附近读不下去（{error}）",
            "xz 压缩的 JSONL，每行有 text",
            "检查这个文件",
        ) from error
