"""Corpora of any size for `wence bench --scale`: real documents first, then perturbed copies.

The real ones go through the ordinary reading.  A copy has some sentences dropped, and numbers and
a share of the words replaced by others of the corpus, so that it is no duplicate; its records are
made without reading, as passages of one clause, because it only has to fill an index.  Nothing is
kept, so a corpus may be larger than memory; and a smaller corpus is the beginning of a larger one.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from eval.bench_texts import TITLE, Raw, texts
from index.tokens import dictionary_words
from ingest.errors import ReadError
from ingest.parse import parse_bytes
from ingest.passages import MAX_LENGTH, TARGET_LENGTH
from ingest.reader import decode
from ingest.schema import Clause, Document, DocumentInfo, ParsedDocument, Passage, Span

SEED = 20_261_124
_DROPPED, _REPLACED = 0.15, 0.12  # shares of sentences and of words
_VOCABULARY_FROM = 200  # texts
_SHORT_LINE = 40  # a line shorter than this does not close a passage of a copy
_ENDS = "。！？\n"


@dataclass(slots=True)
class Spent:
    """Where the time of making a corpus went, in seconds, and what came of it."""

    read_s: float = 0.0
    parse_s: float = 0.0
    copy_s: float = 0.0
    documents: int = 0
    characters: int = 0
    parsed: int = 0
    copied: int = 0
    skipped: int = 0


class Corpus:
    """The documents of `folder`, then copies, until there are exactly `passages` passages.

    What can't be read is skipped.  Iterating again starts anew and gives the same documents;
    `spent` counts along.
    """

    def __init__(self, folder: Path, passages: int, seed: int = SEED) -> None:
        self._folder, self._wanted, self._seed = folder, passages, seed
        self.spent = Spent()

    def __iter__(self) -> Iterator[ParsedDocument]:
        self.spent = spent = Spent()
        for parsed in self._endless(spent):
            left = self._wanted - spent.parsed - spent.copied
            if len(parsed.passages) > left:
                parsed = replace(parsed, passages=parsed.passages[:left])
            spent.documents += 1
            spent.characters += parsed.document.info.length
            if parsed.document.id.startswith("copy-"):
                spent.copied += len(parsed.passages)
            else:
                spent.parsed += len(parsed.passages)
            yield parsed
            if spent.parsed + spent.copied >= self._wanted:
                return

    def _endless(self, spent: Spent) -> Iterator[ParsedDocument]:
        clock = time.perf_counter
        start = clock()
        for raw in texts(self._folder):
            read = clock()
            spent.read_s += read - start
            try:
                parsed = parse_bytes(raw.data, raw.name, raw.stated)
            except ReadError:
                spent.skipped += 1
                continue
            finally:
                start = clock()
                spent.parse_s += start - read
            yield parsed
            start = clock()
        words = vocabulary(self._folder)
        if not words:
            raise ReadError(f"{self._folder}里没有可以换用的词", "有文字的文件", "换一个文件夹")
        number = 0
        start = clock()
        while True:
            for raw in texts(self._folder):
                number += 1
                made = self._copy(number, raw, words)
                spent.copy_s += clock() - start
                if made is not None:
                    yield made
                start = clock()

    def _copy(self, number: int, raw: Raw, words: list[str]) -> ParsedDocument | None:
        text = _readable(raw)
        if text is None:
            return None
        return copy(f"copy-{number:08d}", text, words, Random(self._seed + number))  # noqa: S311


def copy(document_id: str, text: str, words: list[str], random: Random) -> ParsedDocument | None:
    """A perturbed copy as passages of one clause; None if nothing of the text is left."""
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
                parts.append("".join(sentence))
            sentence = []
    parts.append("".join(sentence))
    copied = "".join(parts)
    spans = _packed(copied, parts)
    if not spans:
        return None
    title = copied[spans[0].start : spans[0].start + TITLE].split("\n")[0].strip("# ")
    info = DocumentInfo(
        id=document_id,
        title=title,
        source=document_id,
        sha256=hashlib.sha256(copied.encode()).hexdigest(),
        length=len(copied),
    )
    nothing, whole = Span(0, 0), Span(0, len(copied))
    clause = Clause(
        document_id, 0, None, "文", -1, "", "", "", (), nothing, whole, whole
    )  # fmt: skip
    passages = [Passage(document_id, n, 0, span, title) for n, span in enumerate(spans)]
    return ParsedDocument(Document(info, copied), [clause], passages)


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


def _readable(raw: Raw) -> str | None:
    """The text, or None for what is no text: reading has refused it before."""
    try:
        return decode(raw.data, raw.name)
    except ReadError:
        return None


def _packed(text: str, parts: list[str]) -> list[Span]:
    """Whole sentences to passages, about as long as reading makes them, without outer spaces."""
    spans: list[Span] = []
    start = end = 0

    def close() -> None:
        words = text[start:end]
        lead = len(words) - len(words.lstrip())
        if kept := len(words.strip()):
            spans.append(Span(start + lead, start + lead + kept))

    for part in parts:
        if end > start and end + len(part) - start > MAX_LENGTH:
            close()
            start = end
        end += len(part)
        length = end - start
        if length >= TARGET_LENGTH or (part.endswith("\n") and length >= _SHORT_LINE):
            close()
            start = end
    close()
    return spans
