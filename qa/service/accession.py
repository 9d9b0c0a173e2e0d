"""Takes files into the index one by one, whatever becomes of the others.

This is the `Intake` of one call: it says which files need to be read at all, which document each of
them is, whether another one has its text already, and it keeps the account.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from index.backend import AddOutcome
from index.draft import Draft, draft
from index.local import LocalIndex
from ingest.errors import ReadError
from ingest.fingerprint import fingerprint
from ingest.parse import Unread
from ingest.readers.decoding import read_bytes
from qa.service.catalogue import Catalogue
from qa.service.outcomes import Change, FileOutcome, Note, Relation
from qa.service.sourcing import Source
from qa.service.texts import Texts, digest

MOST_NOTES = 3
"""Documents that are named of each kind."""

Progress = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and the name of the last one."""
Acknowledged = Callable[[Sequence[FileOutcome]], None]
"""Told of files when what became of them is durable."""


class Accession:
    """The account of one call; see `index.draft.Intake` for `read` and `unreadable`."""

    def __init__(
        self,
        index: LocalIndex,
        files: Sequence[Source],
        progress: Progress | None = None,
        acknowledged: Acknowledged | None = None,
    ) -> None:
        holdings = index.holdings()
        lengths = ((one.id, one.length) for one in holdings)
        self._texts = Texts(lengths, lambda name: index.document(name).text)
        self._catalogue = Catalogue(holdings, self._texts.likeness)
        self._files, self._progress, self._acknowledged = files, progress, acknowledged
        self._done = 0
        self._asked: deque[Source] = deque()
        self._given: deque[tuple[Source, tuple[Note, ...]]] = deque()
        self._duplicates: list[tuple[Source, bytes, FileOutcome]] = []
        self._settled: list[FileOutcome] = []  # what is not told yet
        self._outcomes: dict[str, FileOutcome] = {}

    def unread(self) -> Iterator[Unread]:
        """The files that must be read; the others are settled."""
        for source in self._files:
            if source.error is not None:
                change: Change = "skipped" if source.skipped else "failed"
                self._settle(FileOutcome(source.name, change, error=source.error))
            elif source.unread is not None and not self._unchanged(source, source.unread):
                self._asked.append(source)
                yield source.unread

    def outlived(self) -> Iterator[Unread]:
        """Files that were left out for a text that was replaced later on: they are due now."""
        due = [one for one in self._duplicates if self._texts.holder(one[1]) is None]
        self._duplicates = [one for one in self._duplicates if one not in due]
        for source, _, _ in due:
            if source.unread is not None:
                self._done -= 1
                self._asked.append(source)
                yield source.unread

    def read(self, made: Draft) -> Draft | None:
        """What is added of a file that was read; None of a duplicate."""
        source = self._asked.popleft()
        try:
            made = self._identified(made, source)
        except ReadError as error:  # it was read again for another id, and has changed meanwhile
            self._settle(FileOutcome(source.name, "failed", error=error))
            return None
        held = self._catalogue.get(made.document_id)
        new = held is None and not made.supersedes
        if new and (other := self._texts.same(made.rows.text)) is not None:
            self._leave_out(source, made, other)
            return None
        same_bytes = held is not None and held.sha256 == made.sha256
        notes = () if same_bytes else self._notes(made)
        self._catalogue.put(made)
        if made.supersedes:
            self._texts.drop(made.supersedes)
        self._texts.put(made.document_id, made.rows.text)
        self._given.append((source, notes))
        self._step(source.name)
        return made

    def unreadable(self, unread: Unread, error: ReadError) -> None:
        """Keep the error; the others go on."""
        source = self._asked.popleft()
        self._settle(FileOutcome(source.name, "failed", error=error))

    def published(self, outcomes: Sequence[AddOutcome]) -> None:
        """These documents are durable."""
        for one in outcomes:
            source, notes = self._given.popleft()
            told = () if one.change == "unchanged" else notes
            self._keep(
                FileOutcome(
                    *(source.name, one.change, one.document_id, one.title, one.passages),
                    notes=told,
                )
            )
        self._tell()

    def finish(self) -> list[FileOutcome]:
        """The outcomes of all files in the order in which they were given."""
        for _, _, outcome in self._duplicates:
            self._keep(outcome)
        self._tell()
        return [self._outcomes[one.name] for one in self._files]

    def _unchanged(self, source: Source, unread: Unread) -> bool:
        """Whether the file was read before as it is now; it is settled, then."""
        known = self._catalogue.known(unread.origin)
        if not known:
            return False
        with suppress(ReadError):  # which reading it will say
            data = read_bytes(unread.path) if unread.data is None else unread.data
            found = fingerprint(unread.path.name, unread.stated, sha256(data).hexdigest())
            for one in known:
                if one.reading == found:
                    told = (one.id, one.title, one.passages)
                    self._settle(FileOutcome(source.name, "unchanged", *told))
                    return True
        return False

    def _identified(self, made: Draft, source: Source) -> Draft:
        unread = source.unread
        assert unread is not None  # it was read
        stated = dict(unread.stated or {})
        found = self._catalogue.identity(made, stated=bool(stated.get("id")))
        if found.document_id != made.document_id:
            named = replace(unread, stated={**stated, "id": found.document_id})
            made = draft(named)._replace(reading=made.reading)
        return made._replace(supersedes=found.supersedes)

    def _leave_out(self, source: Source, made: Draft, other: str) -> None:
        note = self._note("text", other)
        outcome = FileOutcome(source.name, "duplicate", title=made.title, notes=(note,))
        self._duplicates.append((source, digest(made.rows.text), outcome))
        self._step(source.name)

    def _notes(self, made: Draft) -> tuple[Note, ...]:
        """The other documents that a keeper may want to know of."""
        text, mine = made.rows.text, (made.document_id, made.supersedes)
        near = [one for one in self._texts.near(text) if one not in mine]
        titled = [one for one in self._catalogue.titled(made.title) if one not in mine]
        same = digest(text)
        return (
            *(
                self._note("text" if self._texts.of(one) == same else "near", one)
                for one in near[:MOST_NOTES]
            ),
            *(self._note("title", one) for one in titled[:MOST_NOTES]),
        )

    def _note(self, relation: Relation, document_id: str) -> Note:
        held = self._catalogue.get(document_id)
        return Note(relation, document_id, "" if held is None else held.title)

    def _settle(self, outcome: FileOutcome) -> None:
        self._keep(outcome)
        self._step(outcome.file)

    def _keep(self, outcome: FileOutcome) -> None:
        self._outcomes[outcome.file] = outcome
        self._settled.append(outcome)

    def _tell(self) -> None:
        settled, self._settled = self._settled, []
        if settled and self._acknowledged is not None:
            self._acknowledged(settled)

    def _step(self, name: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, len(self._files), name)
