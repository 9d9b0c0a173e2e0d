"""Corpora of any size for `wence bench --scale`: real documents first, then perturbed copies.

A copy has some sentences dropped, and numbers and a share of the words replaced by others of the
corpus, so that it is no duplicate.  Real ones and copies go through the ordinary reading.  Nothing
is kept, so a corpus may be larger than memory; and a smaller corpus is the beginning of a larger
one.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

from eval.bench_texts import TITLE, Raw, texts
from index.draft import Draft
from index.tokens import dictionary_words
from ingest.errors import ReadError
from ingest.parse import Unread, parse
from ingest.readers.decoding import decode
from ingest.schema import ParsedDocument

SEED = 20_261_124
_DROPPED, _REPLACED = 0.15, 0.12  # shares of sentences and of words
_VOCABULARY_FROM = 200  # texts
_ENDS = "。！？\n"


@dataclass(slots=True)
class Spent:
    """Where the time of making a corpus went, in seconds, and what came of it.

    `read_s` is taking the documents out of the folder, `copy_s` making copies; parsing is not in
    it, since other processes may do that.
    """

    read_s: float = 0.0
    copy_s: float = 0.0
    documents: int = 0
    characters: int = 0
    parsed: int = 0
    copied: int = 0
    skipped: int = 0


class Corpus:
    """The documents of `folder`, then copies, until there are exactly `passages` passages.

    What can't be read is skipped.  Iterating again starts anew and gives the same documents;
    `spent` counts along.  `unread` gives the same documents to `LocalIndex.add`, which reads them;
    this object is its `intake`, then, and sees to the number of passages.
    """

    def __init__(self, folder: Path, passages: int, seed: int = SEED) -> None:
        self._folder, self._wanted, self._seed = folder, passages, seed
        self.spent = Spent()

    def __iter__(self) -> Iterator[ParsedDocument]:
        for unread in self.unread():
            try:
                parsed = parse(unread)
            except ReadError as error:
                self.unreadable(unread, error)
                continue
            info = parsed.document.info
            kept = self._counted(info.id, info.length, len(parsed.passages))
            yield replace(parsed, passages=parsed.passages[:kept])

    def unread(self) -> Iterator[Unread]:
        """The documents as they are before they are read, until enough passages were counted."""
        self.spent = spent = Spent()
        clock = time.perf_counter
        start = clock()
        for raw in texts(self._folder):
            spent.read_s += clock() - start
            if self._left <= 0:
                return
            yield _unread(raw)
            start = clock()
        words = vocabulary(self._folder)
        if not words:
            raise ReadError(f"{self._folder}里没有可以换用的词", "有文字的文件", "换一个文件夹")
        number = 0
        for _ in count():
            for raw in texts(self._folder):
                number += 1
                made = self._copy(number, raw, words)
                spent.copy_s += clock() - start
                if self._left <= 0:
                    return
                if made is not None:
                    yield _unread(made)
                start = clock()

    def read(self, made: Draft) -> Draft | None:
        """As many passages of a document as are wanted; nothing once there are enough."""
        if self._left <= 0:
            return None
        rows = made.rows
        kept = self._counted(rows.document[0], len(rows.text), len(rows.passages))
        if kept == len(rows.passages):
            return made
        cut = rows._replace(passages=rows.passages[:kept])
        return Draft(cut, cut.digest())

    def unreadable(self, unread: Unread, error: ReadError) -> None:
        """Skip what can't be read, and count it."""
        self.spent.skipped += 1

    @property
    def _left(self) -> int:
        return self._wanted - self.spent.parsed - self.spent.copied

    def _counted(self, document_id: str, characters: int, passages: int) -> int:
        """Count a document; returns how many of its passages are wanted."""
        spent, kept = self.spent, min(passages, self._left)
        spent.documents += 1
        spent.characters += characters
        if document_id.startswith("copy-"):
            spent.copied += kept
        else:
            spent.parsed += kept
        return kept

    def _copy(self, number: int, raw: Raw, words: list[str]) -> Raw | None:
        text = _readable(raw)
        made = "" if text is None else copy(text, words, Random(self._seed + number))  # noqa: S311
        if not made.strip():
            return None
        title = made.strip()[:TITLE].split("\n")[0].strip("# ")
        stated = {"id": f"copy-{number:08d}", "title": title}
        return Raw(f"copy-{number}.txt", made.encode(), stated)


def copy(text: str, words: list[str], random: Random) -> str:
    """A perturbed copy; empty if nothing of the text is left."""
    parts: list[str] = []
    sentence: list[str] = []
    for piece in dictionary_words(text):
        if piece.isdigit():
            sentence.append(str(random.randrange(10 ** min(len(piece), 9))))
        elif len(piece) > 1 and random.random() < _REPLACED and "一" <= piece[0] <= "鿿":
            sentence.append(words[int(random.random() * len(words))])
        else:
            sentence.append(piece)
        if piece[-1] in _ENDS:
            if random.random() >= _DROPPED:
                parts += sentence
            sentence = []
    return "".join([*parts, *sentence])


def vocabulary(folder: Path) -> list[str]:
    """The words of two characters or more of the first texts, each once, in order."""
    found: dict[str, None] = {}
    for number, raw in enumerate(texts(folder)):
        if number == _VOCABULARY_FROM:
            break
        for word in dictionary_words(_readable(raw) or ""):
            if len(word) > 1 and "一" <= word[0] <= "鿿":
                found[word] = None
    return list(found)


def _unread(raw: Raw) -> Unread:
    return Unread(Path(raw.name), raw.stated, raw.data)


def _readable(raw: Raw) -> str | None:
    """The text, or None for what is no text: reading has refused it before."""
    try:
        return decode(raw.data, raw.name)
    except ReadError:
        return None
