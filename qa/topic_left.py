"""What is left of a question as its topic, when the words around it are taken out.

All texts here are folded (half width, lower case, simplified).  Units stand as `UNIT_HERE`, quoted
words in characters that no pattern knows.
"""

import re
from collections.abc import Container

from index.tokens import STOP_WORDS, word_tokens, words
from qa import tables

UNIT_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"
EDGE = (  # particles and punctuation at the edges of a topic
    " ,.?!:;、。？！，：“”()（）\"'的了和与及呢吗吧啊呀"
)
_HIDE = 0xE0000
_HIDDEN = re.compile("([\U000e0000-\U0010ffff]+)")


def hidden(words: str) -> str:
    """Quoted words in characters that no pattern knows: “谁主管谁负责” asks for nobody."""
    return "".join(chr(_HIDE + ord(c)) if ord(c) < _HIDE // 8 else c for c in words)


def _shown(words: str) -> str:
    return "".join(chr(ord(c) - _HIDE) if ord(c) >= _HIDE else c for c in words)


def without(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    """A text with a blank for whatever the patterns find."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def topic_left(text: str, background: Container[str]) -> str:
    """What is left to look for: pieces without generic words, none that only name the corpus."""
    text = without(text.replace(UNIT_HERE, " "), tables.patterns("followup", "pointers"))
    pieces = [
        _shown(part) if ord(part[0]) >= _HIDE else _specific(part.strip(EDGE), background)
        for piece in re.split(r"[ ,?!;。]+", text)
        for part in _HIDDEN.split(piece)
        if part
    ]
    return " ".join(p for p in pieces if p and not _names_corpus(p, background))


def _specific(piece: str, background: Container[str]) -> str:
    """A piece with its generic words blanked; empty if nothing specific is left."""
    for word in STOP_WORDS:
        if len(word) > 1 and not word.isascii():
            piece = piece.replace(word, " " * len(word))
    tokens = word_tokens(piece)
    generic = tables.generic_words()
    specific = [t for t in tokens if t.text not in generic]
    chars = list(piece)
    for token in tokens:
        if token.text in generic and not any(s.span.covers(token.span) for s in specific):
            chars[token.span.start : token.span.end] = " " * len(token.span)
    parts = [p.strip(EDGE) for p in "".join(chars).split()]
    grammatical = tables.function_characters()
    parts = [_without_particles(p, grammatical) for p in parts]
    kept = [p for p in parts if not grammatical.issuperset(p) and not _names_corpus(p, background)]
    return " ".join(kept)


def _without_particles(part: str, grammatical: frozenset[str]) -> str:
    """A part without the single grammatical characters that it begins or ends with (对残疾人)."""
    alone = [t for t in word_tokens(part) if len(t.text) == 1 and t.text in grammatical]
    places = {t.span.start for t in alone}
    covered = {
        i for t in word_tokens(part) if len(t.text) > 1 for i in range(t.span.start, t.span.end)
    }
    start, end = 0, len(part)
    while start < end and (start in places - covered or part[start] in EDGE):
        start += 1
    while end > start and (end - 1 in places - covered or part[end - 1] in EDGE):
        end -= 1
    return part[start:end]


def _names_corpus(piece: str, background: Container[str]) -> bool:
    """Whether a piece says only when and where, or what every document here is about."""
    plain = re.sub(r"(?:19|20)\d{2}年?|年度?|区里|本区|我区|全区|市里|[的个项条]", "", piece)
    if len(plain) <= 1:
        return not re.search("[a-z0-9]", plain)
    return plain in background or all(word in background for word in words(plain))
