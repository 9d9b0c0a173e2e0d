"""Questions with the place of their answer, described as the reader will see them.

Two sources: a folder for `wence eval --reading` (documents.jsonl, questions.jsonl with start and
end), and question_passage.jsonl.xz (question, passage, answer), whose answers are mostly shorter.
"""

from __future__ import annotations

import json
import lzma
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import shipped_encoder
from index.late_interaction import default_table
from index.tokens import bigrams
from ingest.parse import parse_bytes
from ingest.schema import Span
from qa.reader.features import described
from qa.reader.question_kinds import Question
from qa.reader.regions import regions
from qa.reader.segments import Numbers, stretches
from qa.retrieval.concepts import Frequencies

FOLDS = 5
PIECE = 150
"""Code points that stand for a passage when frequencies are counted."""
MOST = 1_200
"""Most stretches of a text."""
MANY = "drcd"
"""The source of which every second question is left out: the others are nearer to the matter."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with a text, where to read it, and the place of its answer, in code points."""

    question: str
    text: str
    regions: tuple[Span, ...]
    answer: Span
    document: str


@dataclass(frozen=True, slots=True)
class Example:
    """`rows` (n, features) float16 and the stretches' `starts`, `ends` and `region` (n,)."""

    rows: npt.NDArray[np.float16]
    starts: Numbers
    ends: Numbers
    region: Numbers
    kinds: npt.NDArray[np.float32]
    answer: Span
    fold: int


def fold_of(document: str) -> int:
    """The fold that all questions of a document belong to."""
    return zlib.crc32(document.encode()) % FOLDS


def of_folder(folder: Path) -> list[Placed]:
    """The questions of a folder that say where their answer stands."""
    texts = {row["id"]: row["text"] for row in _rows(folder / "documents.jsonl")}
    found = []
    places: dict[str, tuple[Span, ...]] = {}
    for row in _rows(folder / "questions.jsonl"):
        document = row["documents"][0]
        text = texts[document]
        if row.get("start") is None or "\r" in text or text.startswith("\ufeff"):
            continue
        if document not in places:
            parsed = parse_bytes(text.encode(), document, {"id": document})
            groups = [fact.group for fact in parsed.facts if fact.kind == "duty"]
            whole = [Span(0, len(text))]
            places[document] = tuple(regions(text, parsed.clauses, groups, whole))
        answer = Span(row["start"], row["end"])
        found.append(Placed(row["question"], text, places[document], answer, document))
    return found


def of_passages(path: Path) -> list[Placed]:
    """The answerable questions of question_passage.jsonl.xz, answers at their first occurrence."""
    found = []
    for number, row in enumerate(_rows(path)):
        place = row["passage"].find(row["answer"])
        if not row["answer"] or place < 0 or (row["source"] == MANY and number % 2):
            continue
        answer = Span(place, place + len(row["answer"]))
        where = (Span(0, len(row["passage"])),)
        found.append(Placed(row["question"], row["passage"], where, answer, ""))
    return found


def examples(placed: Iterable[Placed]) -> list[Example]:
    """Each question described, but for texts without a stretch or with more than MOST."""
    placed = list(placed)
    frequencies = _frequencies({one.text for one in placed})
    encoder, table = shipped_encoder(), default_table()
    found = []
    for one in placed:
        cut = stretches(one.text, one.regions)
        if not 0 < len(cut) <= MOST:
            continue
        question = Question(one.question, encoder, table, frequencies)
        rows = described(one.text, cut, question, encoder, table).astype(np.float16)
        found.append(
            Example(
                rows,
                cut.starts,
                cut.ends,
                cut.region,
                question.kinds,
                one.answer,
                fold_of(one.document),
            )
        )
    return found


def _frequencies(texts: Iterable[str]) -> Frequencies:
    counts: Counter[str] = Counter()
    pieces = 0
    for text in texts:
        for start in range(0, len(text), PIECE):
            pieces += 1
            counts.update(set(bigrams(text[start : start + PIECE])))
    return lambda terms: ([counts.get(term, 0) for term in terms], pieces)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.suffix == ".xz"
    with lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
