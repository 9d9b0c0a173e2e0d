"""Typing errors and pinyin, resolved against the words of the corpus itself.

A stretch of the question that the corpus does not have, but that sounds like one it has, or that
differs from it in a single character which leaves no word behind, is read as that one.  Only words
of the corpus are ever put in, so a correction can't lead out of it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from index.folding import fold_text
from index.tokens import words
from qa import tables
from qa.corpus import Corpus

MAX_TEXT = 300_000
"""Above this many code points only names, headings and quoted terms are learned, not all text."""
LENGTHS = range(8, 2, -1)
"""Lengths of stretches that are compared, in code points, longest first."""
NEAR_LENGTHS = (5, 4)
MIN_KNOWN = 0.8
"""Share of the syllables of a pinyin question that must make words."""

_CJK_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_QUOTED = re.compile('[“"]([^”"“]{2,12})[”"]')

Syllables = tuple[str, ...]


class Speller:
    """Corrects questions against one corpus; everything is prepared on first use."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def corrected(self, text: str) -> str:
        """Folded `text` with stretches that only sound or look like the corpus' words replaced."""
        if not self._suspicious(text):
            return text
        for stretch in _windows(text, LENGTHS):
            if stretch in self._text or stretch not in text:
                continue
            meant = self._by_sound.get(_sound(stretch)) or self._near(stretch)
            if meant and meant != stretch and set(meant) & set(stretch):
                text = text.replace(stretch, meant)
        return text

    def from_pinyin(self, text: str) -> str | None:
        """The question in characters, or None if it is no pinyin."""
        pieces: list[str | Syllables] = []
        for token in re.findall(r"[a-z]+\d+[a-z0-9]*|\d+[a-z]*|[a-z']+", text):
            if token.isalpha() or "'" in token:
                parts = _syllables(token.replace("'", ""))
                if parts is None:
                    return None
                if pieces and isinstance(pieces[-1], tuple):
                    pieces[-1] = (*pieces[-1], *parts)
                else:
                    pieces.append(parts)
            else:
                pieces.append(token)
        total = sum(len(p) for p in pieces if isinstance(p, tuple))
        if total < 2:
            return None
        known = 0
        out = []
        for piece in pieces:
            if isinstance(piece, str):
                out.append(piece)
                continue
            written, count = self._written(piece)
            known += count
            out.append(written)
        return "".join(out) if known >= MIN_KNOWN * total else None

    def _suspicious(self, text: str) -> bool:
        """Whether some word of the question is unknown here and falls apart into characters."""
        return any(
            stretch not in self._text and any(len(w) == 1 for w in _cut(stretch))
            for stretch in _windows(text, (3,))
        )

    def _near(self, stretch: str) -> str | None:
        if len(stretch) not in NEAR_LENGTHS:
            return None
        alone = {w for w in _cut(stretch) if len(w) == 1}
        for place, char in enumerate(stretch):
            if char in alone:
                meant = self._masked.get(stretch[:place] + "?" + stretch[place + 1 :])
                if meant:
                    return meant
        return None

    def _written(self, syllables: Syllables) -> tuple[str, int]:
        """The best reading: fewest words, as many syllables known as possible."""
        best: list[tuple[float, str, int]] = [(0.0, "", 0)]
        for end in range(1, len(syllables) + 1):
            score, written, known = best[end - 1]
            options = [(score - 2.0, written + syllables[end - 1], known)]
            for start in range(max(0, end - 8), end):
                word = self._by_sound_exact.get(syllables[start:end])
                if word:
                    score, written, known = best[start]
                    length = end - start
                    options.append((score + length * length, written + word, known + length))
            best.append(max(options, key=lambda o: o[0]))
        return best[-1][1], best[-1][2]

    @cached_property
    def _text(self) -> str:
        """The text that is learned from, folded."""
        total = sum(info.length for info in self._corpus.held)
        if total <= MAX_TEXT:
            texts: Iterable[str] = (self._corpus.text(i.id) for i in self._corpus.held)
        else:
            texts = ("\n".join(self._corpus.units),)
        return fold_text("\n".join(texts))

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Terms, the more certain ones last: stretches of the text, words, quoted terms, units."""
        found: dict[str, None] = {}
        for run in _CJK_RUN.findall(self._text):
            for length in (3, 4, 5):
                found.update(
                    dict.fromkeys(run[i : i + length] for i in range(len(run) - length + 1))
                )
        found.update(dict.fromkeys(w for w in words(self._text) if _CJK_RUN.fullmatch(w)))
        found.update(dict.fromkeys(t for t in _QUOTED.findall(self._text) if _CJK_RUN.fullmatch(t)))
        known = {name: group for group in tables.aliases() for name in group}
        for unit in map(fold_text, self._corpus.units):
            found[unit] = None
            found.update(dict.fromkeys(unit[:1] + n for n in known.get(unit[1:], ())))
            found[unit[1:]] = None
        return list(found)

    @cached_property
    def _by_sound(self) -> dict[Syllables, str]:
        return {_sound(term): term for term in self._vocabulary if len(term) > 2}

    @cached_property
    def _by_sound_exact(self) -> dict[Syllables, str]:
        table = tables.lines("pinyin_words.txt")
        asked = [w for line in table for w in line.split()]
        return {tuple(_reading(c) for c in t): t for t in (*self._vocabulary, *asked)}

    @cached_property
    def _masked(self) -> dict[str, str]:
        return {
            term[:i] + "?" + term[i + 1 :]: term
            for term in self._vocabulary
            if len(term) in NEAR_LENGTHS
            for i in range(len(term))
        }


def _windows(text: str, lengths: Iterable[int]) -> Iterator[str]:
    for length in lengths:
        for run in _CJK_RUN.findall(text):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _cut(text: str) -> list[str]:
    return words(text)


@cache
def _reading(char: str) -> str:
    """The first reading of a character without tone; the character itself if it has none."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0])


@cache
def _sound(text: str) -> Syllables:
    """How a stretch sounds to those who do not tell zh from z, ch from c, sh from s, ng from n."""
    return tuple(re.sub("(?<=[zcs])h", "", _reading(c)).replace("ng", "n") for c in text)


@cache
def _valid() -> frozenset[str]:
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    return frozenset(
        to_normal(reading).replace("ü", "v")
        for readings in pinyin_dict.values()
        for reading in readings.split(",")[:1]
    )


def _syllables(token: str) -> Syllables | None:
    """A Latin word cut into pinyin syllables, longest first, or None."""
    if not token:
        return ()
    for length in range(min(6, len(token)), 0, -1):
        if (
            token[:length] in _common_syllables()
            and (rest := _syllables(token[length:])) is not None
        ):
            return (token[:length], *rest)
    return None


@cache
def _common_syllables() -> frozenset[str]:
    """Syllables of the characters in general use (U+4E00 block, first readings)."""
    return frozenset(
        s for s in _valid() if re.fullmatch("[a-z]{1,6}", s) and re.search("[aeiouv]", s)
    )
