"""Drafts in the order in which documents are given, read ahead by other processes if many.

Whoever makes a draft, the outcome is the same, errors included: what another process could not
read is read once more here, when its turn has come, and raises here.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain

from index.draft import Draft, Given, Intake, draft
from index.workers import Workers
from ingest.errors import ReadError
from ingest.parse import Unread

CHUNK_BYTES = 256_000
CHUNK_FILES = 64
"""What a process is asked to read at once: a tenth of a second or so."""

_CHUNKS_AHEAD = 3  # for each process

Crew = Callable[[int], Workers | None]
"""The processes to use after so many passages, None for none yet."""


def drafts(given: Iterable[Given], crew: Crew, intake: Intake | None = None) -> Iterator[Draft]:
    """A draft of each document; raises the error of the first that has one, after those before.

    `intake` may leave documents out, and so go on after what can't be read.
    """
    items = iter(given)
    passages = 0
    for item in items:
        workers = crew(passages) if isinstance(item, Unread) else None
        if workers is not None:
            yield from _ahead(chain((item,), items), workers, intake)
            return
        if (taken := _taken(item, None, intake)) is not None:
            passages += len(taken.rows.passages)
            yield taken


def _taken(item: Given, made: Draft | None, intake: Intake | None) -> Draft | None:
    """What is added of a document; None of one that is left out."""
    if made is None:
        try:
            made = draft(item)
        except ReadError as error:
            if intake is None or not isinstance(item, Unread):
                raise
            intake.unreadable(item, error)
            return None
    return made if intake is None else intake.read(made)


def _ahead(items: Iterator[Given], workers: Workers, intake: Intake | None) -> Iterator[Draft]:
    under_way: deque[tuple[list[Given], Future[list[Draft | None]]]] = deque()
    chunks = _chunks(items)
    failure: Exception | None = None
    more = True
    while more or under_way:
        while more and len(under_way) < _CHUNKS_AHEAD * workers.count:
            try:
                chunk = next(chunks, None)
            except Exception as error:
                failure, chunk = error, None
            if chunk is None:
                more = False
            else:
                files = [item if isinstance(item, Unread) else None for item in chunk]
                under_way.append((chunk, workers.draft(files)))
        if under_way:
            chunk, future = under_way.popleft()
            for item, made in zip(chunk, future.result(), strict=True):
                if (taken := _taken(item, made, intake)) is not None:
                    yield taken
    if failure is not None:
        raise failure


def _chunks(items: Iterator[Given]) -> Iterator[list[Given]]:
    """Some at a time; what was taken before an error comes before the error."""
    chunk: list[Given] = []
    size = 0
    failure: Exception | None = None
    while True:
        try:
            item = next(items)
        except StopIteration:
            break
        except Exception as error:
            failure = error
            break
        chunk.append(item)
        size += _size(item)
        if size >= CHUNK_BYTES or len(chunk) == CHUNK_FILES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
    if failure is not None:
        raise failure


def _size(item: Given) -> int:
    """Roughly how many bytes there are to read; 0 if that can't be told, which reading will say."""
    if not isinstance(item, Unread):
        return 0
    try:
        return len(item.data) if item.data is not None else item.path.stat().st_size
    except OSError:
        return 0
