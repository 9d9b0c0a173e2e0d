"""Why this file exists: the only place that knows the training files, their names and fields.

Expected below the data folder (`.xz` files are compressed JSON lines):

    train/news.jsonl.xz                      text
    train/government_work_reports.jsonl.xz   content
    train/question_passage.jsonl.xz          source, question, passage, answer
    train/ncpp_other_questions.jsonl         question, answer
    train/citizen_messages.jsonl.xz          title, message, reply
    train/paraphrase.jsonl.xz                a, b, label
    bench/laws/documents.jsonl.xz            text

The evaluation pool (bench/ncpp) is never opened here.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from opencc import OpenCC

from index.training.sentences import law_text, news_text, report_text, split_sentences

Document = list[str]
"""Sentences of one document in reading order."""

MIN_ANSWER_CHARACTERS = 6
"""A shorter answer ("免征", "3 天") says nothing about its question."""


@dataclass(frozen=True)
class Pair:
    """One supervised example: `query` is answered by, or means the same as, `passage`.

    answer: where given, text inside the passage that shows which piece of it is meant.
    """

    query: str
    passage: str
    answer: str = ""


@dataclass(frozen=True)
class Corpus:
    """All training text: unlabelled documents and labelled pairs, each by domain."""

    documents: dict[str, list[Document]]
    pairs: dict[str, list[Pair]]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a JSON lines file, compressed when its name ends in .xz."""
    if not path.is_file():
        raise FileNotFoundError(
            f"training file {path} not found; expected the layout that index/training/corpus.py "
            "lists; give the folder above it as --data"
        )
    reader: Callable[..., TextIO] = lzma.open if path.suffix == ".xz" else open
    with reader(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_corpus(data: Path) -> Corpus:
    """Read everything below `data`; Traditional Chinese sources become Simplified."""
    train = data / "train"
    simplified = OpenCC("t2s").convert
    questions = list(read_rows(train / "question_passage.jsonl.xz"))
    for row in questions:
        if row["source"] == "drcd":
            row.update({key: simplified(row[key]) for key in ("question", "passage", "answer")})
    messages = list(read_rows(train / "citizen_messages.jsonl.xz"))
    documents = {
        "laws": _documents(data / "bench/laws/documents.jsonl.xz", "text", law_text),
        "news": _documents(train / "news.jsonl.xz", "text", news_text),
        "reports": _documents(
            train / "government_work_reports.jsonl.xz",
            "content",
            lambda text: simplified(report_text(text)),
        ),
        "court": _unique(row["passage"] for row in questions if row["source"] == "cail2019"),
        "encyclopedia": _unique(row["passage"] for row in questions if row["source"] != "cail2019"),
        "messages": _unique(
            text for row in messages for text in (f"{row['title']}。{row['message']}", row["reply"])
        ),
    }
    pairs = {
        "court": _question_pairs(row for row in questions if row["source"] == "cail2019"),
        "encyclopedia": _question_pairs(row for row in questions if row["source"] != "cail2019"),
        "notices": [
            Pair(row["question"], row["answer"])
            for row in read_rows(train / "ncpp_other_questions.jsonl")
            if len(row["answer"]) >= MIN_ANSWER_CHARACTERS
        ],
        "messages": [
            pair
            for row in messages
            for pair in (
                Pair(row["title"], row["reply"]),
                Pair(row["title"], row["message"]),
                Pair(row["message"][:120], row["reply"]),
            )
        ],
        "paraphrase": [
            Pair(row["a"], row["b"])
            for row in read_rows(train / "paraphrase.jsonl.xz")
            if row["label"] == 1
        ],
    }
    return Corpus(documents, pairs)


def _documents(path: Path, field: str, clean: Callable[[str], str]) -> list[Document]:
    return [split_sentences(clean(row[field])) for row in read_rows(path)]


def _unique(texts: Iterator[str]) -> list[Document]:
    return [split_sentences(text) for text in dict.fromkeys(texts)]


def _question_pairs(rows: Iterator[dict[str, Any]]) -> list[Pair]:
    return [Pair(row["question"], row["passage"], row["answer"]) for row in rows]
