"""Asking every question of a collection over a temporary index of its documents.

The documents pass through the program's own reading, index and search, so that these are what is
measured.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from eval.retrieval_collection import Collection, RetrievalQuestion
from index.backend import Hit, SearchBackend
from index.encoder import Encoder
from index.local import LocalIndex
from ingest.errors import EmptyDocumentError
from ingest.parse import document_files, parse_bytes, parse_file
from ingest.schema import ParsedDocument, Span
from qa.errors import QuestionError
from qa.retrieval.search import Found, Searcher

DEPTH = 1000
"""Passages taken from each arm, so that recall@100 is not cut off by it: over 736 questions and 599
notices they come from 82 documents or more."""

FUSED = "fused"
"""The name of the fused order beside those of the arms."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question found, by the name of the order ("fused" and each arm).

    `documents` are ids, best first; `on_evidence` tells whether the first passage of the document
    with the evidence overlaps it, and is empty where the collection names none.  `ms` is the wall
    clock of one search.
    """

    question: RetrievalQuestion
    documents: Mapping[str, tuple[str, ...]]
    on_evidence: Mapping[str, bool]
    ms: float


@contextmanager
def indexed(collection: Collection, encoder: Encoder) -> Iterator[LocalIndex]:
    """An index of the collection's documents under their ids, removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="wence-retrieval-") as scratch,
        LocalIndex.create(Path(scratch) / "index", encoder) as index,
    ):
        index.add(_parsed(collection.documents))
        yield index


@contextmanager
def indexed_folder(folder: Path, encoder: Encoder) -> Iterator[LocalIndex]:
    """An index of the documents of a folder with its sources.toml, removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="wence-retrieval-") as scratch,
        LocalIndex.create(Path(scratch) / "index", encoder) as index,
    ):
        index.add([parse_file(path, stated) for path, stated in document_files(folder)])
        yield index


def _parsed(documents: Mapping[str, str]) -> Iterator[ParsedDocument]:
    """The documents as reading makes them; one that is all menus and footers can't be found."""
    for one, text in documents.items():
        with suppress(EmptyDocumentError):
            yield parse_bytes(text.encode(), one, {"id": one})


def retrieve(collection: Collection, searcher: Searcher, index: SearchBackend) -> list[Outcome]:
    """Every question with its outcome, in order; one that the program rejects finds nothing."""
    outcomes = []
    for question in collection.questions:
        started = time.perf_counter()
        try:
            found = searcher.search(question.question, DEPTH)
        except QuestionError:
            found = Found([], {arm: [] for arm in searcher.arms})
        ms = (time.perf_counter() - started) * 1000
        orders = {FUSED: found.fused} | {arm: found.arms[arm] for arm in searcher.arms}
        documents = {name: ranked_documents(hits) for name, hits in orders.items()}
        on_evidence = {}
        if question.evidence is not None:
            holder = question.documents[0]
            place = as_read(question.evidence, collection.documents[holder])
            on_evidence = {
                name: _overlaps(place, holder, hits, index) for name, hits in orders.items()
            }
        outcomes.append(Outcome(question, documents, on_evidence, ms))
    return outcomes


def ranked_documents(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The documents of a ranking of passages, each at the place of its best passage."""
    return tuple(dict.fromkeys(hit.key.document_id for hit in hits))


def as_read(span: Span, published: str) -> Span:
    r"""The span in the text that reading makes of `published`: no byte order mark, \n line ends.

    >>> as_read(Span(4, 5), "甲\r\n乙丙")
    Span(start=3, end=4)
    """
    start, end = (
        len(published[:place].removeprefix("\ufeff").replace("\r\n", "\n"))
        for place in (span.start, span.end)
    )
    return Span(start, end)


def _overlaps(place: Span, holder: str, hits: Sequence[Hit], index: SearchBackend) -> bool:
    first = next((hit.key for hit in hits if hit.key.document_id == holder), None)
    if first is None:
        return False
    span = index.get([first])[0].passage.span
    return span.start < place.end and place.start < span.end
