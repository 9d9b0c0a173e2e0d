"""The questions that fusion is learned from, each with what the arms bring for it, described."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.gold import development_files, read_gold
from eval.retrieval_collection import read_collection
from eval.retrieval_run import indexed
from index.encoder import Encoder
from index.folding import fold_text
from index.local import LocalIndex
from ingest.parse import document_files, parse_file
from ingest.schema import Clause
from qa.answer import Request, Turn
from qa.retrieval.candidates import candidates
from qa.retrieval.concepts import topic
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import Matrix
from qa.service.steps import Steps

FOLDS = 5
FORMAL = ("responsible", "target", "list")
SETS = {"scenario": ("scenario",), "formal": FORMAL, "topics": ("scenario", *FORMAL, "followup")}
"""Which kinds of gold questions make which set.  `topics` are asked as the program asks them: freed
of what is not their topic, with what earlier turns add; the others as they were typed."""


@dataclass(frozen=True)
class Question:
    """rows: (passages, features). unit: which document each row belongs to. right: right units."""

    fold: int
    rows: Matrix
    unit: npt.NDArray[np.int64]
    right: tuple[int, ...]


def question(
    text: str, wanted: Sequence[str], corpus: Corpus, encoder: Encoder, *, clauses: bool
) -> Question | None:
    """What the arms bring for one question; None if none of what is wanted is among it."""
    plain = fold_text(text)
    asked = topic(plain, corpus.frequencies, corpus.importance)
    found = candidates(plain, asked, corpus.backend, encoder, corpus.frequencies)
    if found is None:
        return None
    names = [
        str(stored.passage.clause) if clauses else key.document_id
        for key, stored in zip(found.found.keys, found.found.passages, strict=True)
    ]
    units = {name: place for place, name in enumerate(dict.fromkeys(names))}
    right = tuple(units[name] for name in wanted if name in units)
    fold = zlib.crc32(wanted[0].encode()) % FOLDS
    unit = np.array([units[name] for name in names], dtype=np.int64)
    return Question(fold, found.features, unit, right) if right else None


def collection_set(folder: Path, encoder: Encoder) -> list[Question | None]:
    """The questions of a retrieval folder."""
    collection = read_collection(folder)
    with indexed(collection, encoder) as index:
        corpus = Corpus(index, encoder)
        return [
            question(one.question, one.documents, corpus, encoder, clauses=False)
            for one in collection.questions
        ]


def gold_sets(
    gold: Path, documents: Path, encoder: Encoder
) -> Iterator[tuple[str, list[Question | None]]]:
    """The gold questions without earlier turns that name the clause of a folder's one document.

    `gold` is a file or a folder; test sets in it are left out.
    """
    gold_questions = [one for path in development_files([gold]) for one in read_gold(path)]
    with tempfile.TemporaryDirectory(prefix="wence-fusion-") as scratch:
        parsed = [parse_file(path, stated) for path, stated in document_files(documents)]
        with LocalIndex.create(Path(scratch) / "index", encoder) as index:
            index.add(parsed)
            corpus = Corpus(index, encoder)
            held = parsed[0].clauses
            steps = Steps(corpus, encoder)
            for name, kinds in SETS.items():
                found: list[Question | None] = []
                for one in gold_questions:
                    if one.kind not in kinds or not one.answerable or not one.clauses:
                        continue
                    text = one.question
                    if name == "topics":
                        history = tuple(Turn(earlier, "") for earlier in one.history)
                        text = steps.understand(Request(one.question, history)).plan.topic
                    elif one.history:
                        continue
                    wanted = [str(c.ordinal) for c in held if _named(c, one.clauses)]
                    if text and wanted:
                        found.append(question(text, wanted, corpus, encoder, clauses=True))
                yield name, found


def _named(clause: Clause, names: Sequence[str]) -> bool:
    """Whether gold names this clause, by its label or by the end of its path."""
    return any(
        name in (clause.label, clause.path) or clause.path.endswith(f"/{name}") for name in names
    )
