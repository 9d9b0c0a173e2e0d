"""Typing errors and pinyin, resolved against the words of the corpus itself.

A stretch of the question that the corpus does not have, but that sounds like one it has, or that
differs from it in a single character which leaves no word behind, is read as that one.  Only words
of the corpus are ever put in, so a correction can't lead out of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise

from index.folding import fold_text
from index.tokens import dictionary_words, words
from ingest.patterns import pattern
from ingest.schema import Span
from qa.question.lexicon import Lexicon
from qa.question.pinyin import Syllables, reading, sound, syllables
from qa.words import tables

MAX_TEXT = 300_000
"""Above this many code points only names, headings and quoted terms are learned, not all text."""
MAX_OUTLINES = 200
"""Documents whose headings are learned."""
LENGTHS = range(8, 1, -1)
"""Lengths of stretches that are compared, in code points, longest first."""
NEAR_LENGTHS = (5, 4)
MIN_KNOWN = 0.8
"""Share of the syllables of a pinyin question that must make words."""
MIN_SPELLED = 4
"""Syllables that several words of the corpus may spell together in an English question."""

_CJK_RUN = pattern("[\u4e00-\u9fff]{2,}")
_AREA = pattern("[区市县省][\u4e00-\u9fff]{3,}")
_LATIN = pattern("(?<![a-z0-9])[a-z]{4,}(?![a-z0-9])")
_QUOTED = pattern('[“"]([^”"“]{2,12})[”"]')


class Speller:
    """Corrects questions against one corpus; everything is prepared on first use."""

    def __init__(self, corpus: Lexicon) -> None:
        self._corpus = corpus

    def corrected(self, text: str, names: Callable[[str], Iterable[Span]] = lambda _: ()) -> str:
        """Folded `text` with stretches that only sound or look like the corpus' words replaced.

        `names` finds what is named rightly and stays as it is.
        """
        text = _LATIN.sub(lambda m: self._word_of(m[0]), text)
        kept = list(names(text))
        loose = {i for i in _loose(text) if not self._fits(text, i)}
        maybe_unit = _AREA.search(text) and not any(u in text for u in self._names)
        if not loose and not maybe_unit:
            return text
        for start, stretch in _windows(text, LENGTHS):
            if self._knows(stretch) or text[start : start + len(stretch)] != stretch:
                continue
            if _bodies() & {stretch, stretch[1:]}:  # 税务局 is no slip for 水务局
                continue
            if any(start < span.end and span.start < start + len(stretch) for span in kept):
                continue
            sounds = self._by_sound.get(sound(stretch))
            meant = sounds or self._near(stretch)
            named = meant is not None and meant == sounds and meant in self._names
            if meant and (_is_slip(stretch, meant, start, loose) or (named and meant != stretch)):
                text = text[:start] + meant + text[start + len(stretch) :]
        return text

    def from_pinyin(self, text: str) -> str | None:
        """The question in characters, or None if it is no pinyin."""
        pieces: list[str | Syllables] = []
        for token in re.findall(r"[a-z]+\d+[a-z0-9]*|\d+[a-z]*|[a-z']+", text):
            if token.isalpha() or "'" in token:
                parts = syllables(token.replace("'", ""))
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

    def spelled(self, parts: Syllables, several: bool) -> str:
        """The word of the corpus that syllables spell, or `several` in a row; empty if none."""
        if not several:
            return self._by_sound_exact.get(parts, "")
        written, known = self._written(parts)
        return written if known == len(parts) >= MIN_SPELLED else ""

    def _word_of(self, token: str) -> str:
        """A Latin token that spells words of the corpus in pinyin, in characters."""
        parts = syllables(token)
        if not parts or len(parts) < 2 or token in self._text:
            return token
        written, known = self._written(parts)
        return written if known == len(parts) else token

    def _fits(self, text: str, place: int) -> bool:
        """Whether the corpus has the character beside one of its neighbours here."""
        pairs = (text[max(place - 1, 0) : place + 1], text[place : place + 2])
        return any(len(p) == 2 and _CJK_RUN.fullmatch(p) and p in self._text for p in pairs)

    def _knows(self, stretch: str) -> bool:
        """Whether the corpus has a stretch; most that it has not lack a pair of characters."""
        if any(stretch[i : i + 2] not in self._pairs for i in range(len(stretch) - 1)):
            return False
        return stretch in self._text

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(map("".join, pairwise(self._text)))

    def _near(self, stretch: str) -> str | None:
        if len(stretch) not in (*NEAR_LENGTHS, 3):
            return None
        for place in range(len(stretch)):
            meant = self._masked.get(stretch[:place] + "?" + stretch[place + 1 :])
            if meant:
                return meant
        return None

    def _written(self, parts: Syllables) -> tuple[str, int]:
        """The best reading: fewest words, as many syllables known as possible."""
        best: list[tuple[float, str, int]] = [(0.0, "", 0)]
        for end in range(1, len(parts) + 1):
            score, written, known = best[end - 1]
            options = [(score - 2.0, written + parts[end - 1], known)]
            for start in range(max(0, end - 8), end):
                word = self._by_sound_exact.get(parts[start:end])
                if word:
                    score, written, known = best[start]
                    length = end - start
                    options.append((score + length * length, written + word, known + length))
            best.append(max(options, key=lambda o: o[0]))
        return best[-1][1], best[-1][2]

    @cached_property
    def _text(self) -> str:
        """The text that is learned from, folded."""
        if self._corpus.holdings.length <= MAX_TEXT:
            texts: Iterable[str] = (self._corpus.text(i.id) for i in self._corpus.held)
        else:
            texts = ("\n".join(self._corpus.units),)
        return fold_text("\n".join(texts))

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Terms, the more certain ones last: stretches of the text, its words, salient terms."""
        found = dict.fromkeys(_stretches(self._text, (3, 4, 5)))
        found.update(dict.fromkeys(w for w in words(self._text) if _CJK_RUN.fullmatch(w)))
        found.update(dict.fromkeys(self._salient))
        return list(found)

    @cached_property
    def _salient(self) -> list[str]:
        """What documents call things: headings, quoted terms, units and their other names."""
        headings = (
            heading.folded
            for info in self._corpus.held[:MAX_OUTLINES]
            for heading in self._corpus.headings(info.id)
        )
        found = dict.fromkeys(_stretches("\n".join(headings), NEAR_LENGTHS))
        found.update(dict.fromkeys(t for t in _QUOTED.findall(self._text) if _CJK_RUN.fullmatch(t)))
        known = {name: group for group in tables.aliases() for name in group}
        for unit in map(fold_text, self._corpus.units):
            found.update(dict.fromkeys((unit, unit[1:])))
            found.update(dict.fromkeys(unit[:1] + n for n in known.get(unit[1:], ())))
        return list(found)

    @cached_property
    def _names(self) -> frozenset[str]:
        """Names of units of four characters and more: too long to sound alike by chance."""
        return frozenset(u for unit in self._corpus.units if len(u := fold_text(unit)) > 3)

    @cached_property
    def _by_sound(self) -> dict[Syllables, str]:
        pairs = (
            w for w in (*words(self._text), *_asked()) if len(w) == 2 and _CJK_RUN.fullmatch(w)
        )
        terms = (term for term in (*self._vocabulary, *_asked()) if len(term) > 2)
        return {sound(term): term for term in (*pairs, *terms)}

    @cached_property
    def _by_sound_exact(self) -> dict[Syllables, str]:
        generic = sorted(w for w in tables.generic_words() if len(w) > 1)
        known = (*generic, *self._vocabulary, *_asked())
        return {
            tuple(reading(c) for c in t): t for t in known if _CJK_RUN.fullmatch(t) or len(t) == 1
        }

    @cached_property
    def _masked(self) -> dict[str, str]:
        return {
            term[:i] + "?" + term[i + 1 :]: term
            for term in (*self._salient, *_asked())
            if len(term) in NEAR_LENGTHS or (len(term) == 3 and term in _asked())
            for i in range(len(term))
        }


@cache
def _bodies() -> frozenset[str]:
    """The names of standard bodies, whether the corpus prints them or not."""
    return frozenset(name for group in tables.aliases() for name in group)


@cache
def _asked() -> tuple[str, ...]:
    """Words of questions themselves, the most usual ones last: they win over what sounds alike."""
    return tuple(w for line in tables.lines("pinyin_words.txt") for w in line.split())


def _windows(text: str, lengths: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Stretches of ideographs with their places, the longest ones first."""
    runs = [(m.start(), m[0]) for m in _CJK_RUN.finditer(text)]
    for length in lengths:
        for place, run in runs:
            for start in range(len(run) - length + 1):
                yield place + start, run[start : start + length]


def _stretches(text: str, lengths: Iterable[int]) -> Iterator[str]:
    return (stretch for _, stretch in _windows(text, lengths))


def _loose(text: str) -> set[int]:
    """The places of characters that belong to no word of the dictionary: where errors can be."""
    found = set()
    grammatical = tables.function_characters()
    for run in _CJK_RUN.finditer(text):
        place = run.start()
        for word in dictionary_words(run[0]):
            if len(word) == 1 and word not in grammatical:
                found.add(place)
            place += len(word)
    return found


def _is_slip(stretch: str, meant: str, start: int, loose: set[int]) -> bool:
    """Whether a stretch is a slip for `meant`: they differ in loose characters only, never by a
    grammatical one, and of two characters alone both are loose.
    """
    grammatical = tables.function_characters()
    differing = [i for i, (a, b) in enumerate(zip(stretch, meant, strict=True)) if a != b]
    if any(start + i not in loose or meant[i] in grammatical for i in differing):
        return False
    return len(stretch) > 2 or {start, start + 1} <= loose
