"""English questions over Chinese text: rewritten by rules, then word by word from tables.

No translation is attempted.  Rules (english.toml) bring what English says in pieces (what does X
have to do, how much … cost) into one phrase; tables give the Chinese of phrases, the longest one
first, whatever their inflection.  What the tables do not know is left out; names such as IPv6 and
names spelled in pinyin stay.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.patterns import pattern
from qa.question.inflection import forms
from qa.words import tables

_TOKEN = pattern(r"[a-z0-9]+(?:[-'./+][a-z0-9]+)*%?|[\u3400-\u9fff]+")
_KEEP = pattern(r"[0-9\u3400-\u9fff]|^(?:ai|ar|vr|iot|app)$")
_STOP = pattern(r"(?<![0-9])[.](?=\s|$)|[?!;]+|[.](?=\s)")
_PARTICLE = pattern("(?<=^那) | (?=呢$)")
_ASKED = pattern("吗|谁|哪|什么|多少|几|怎|如何|有没有|是不是")
_HYPHEN = pattern(r"(?<=[a-z0-9])-(?=[a-z])")
_POSSESSIVE = pattern(r"(?<=[a-z])'s\b|(?<=s)'(?=\s|$)")

Romanized = Callable[[list[str]], tuple[str, int]]
"""Tokens in → the name that they begin with, in characters, and how many tokens it takes (0)."""


_Node = dict[str, Any]
"""A node of the tree of phrases: words → nodes; under `_END` the Chinese of the phrase."""

_END = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of english.toml, compiled."""

    clean: tuple[tuple[re.Pattern[str], str], ...]
    rewrite: tuple[tuple[re.Pattern[str], str], ...]
    asks: re.Pattern[str]
    skipped: frozenset[str]
    articles: frozenset[str]


@cache
def _rules() -> _Rules:
    table = tables.toml("english.toml")
    return _Rules(
        tuple((re.compile(r["find"]), r["put"]) for r in table["clean"]),
        tuple((re.compile(r["find"]), r["put"]) for r in table["rewrite"]),
        re.compile(table["yes_no"]["asks"]),
        frozenset(table["words"]["skipped"].split()),
        frozenset(table["words"]["articles"].split()),
    )


@cache
def _phrases() -> _Node:
    """All phrases with their Chinese, as a tree of words; the later table wins."""
    root: _Node = {}
    for hint, stem in tables.unit_hints().items():
        _add(root, hint, stem)
    for name in ("everyday_en.tsv", "terms_en.tsv", "questions_en.tsv"):
        for english, chinese, *_ in tables.rows(name):
            for phrase in english.split("|"):
                _add(root, phrase, chinese)
    for place in tables.places():
        for name in place.names:
            if name.isascii():
                _add(root, name, place.name)
    return root


def _add(root: _Node, english: str, chinese: str) -> None:
    """Tables are in lower case and simplified characters; most phrases are plain words."""
    plain = english.replace(" ", "").isalnum() and english.isascii()
    node = root
    for word in english.split() if plain else _tokens(english):
        if word not in _rules().articles:
            node = node.setdefault(word, {})
    node[_END] = chinese.lower()


def _tokens(text: str) -> list[str]:
    """The words of a piece of text, without articles, hyphenated ones apart."""
    plain = _HYPHEN.sub(" ", _POSSESSIVE.sub("", text)).replace("sub district", "subdistrict")
    return [t for t in _TOKEN.findall(plain) if t not in _rules().articles]


def to_chinese(text: str, romanized: Romanized | None = None) -> str:
    """The Chinese terms of a folded English question, in their order, with question words.

    `romanized` finds names that are spelled in pinyin.  The text itself, if nothing is known.
    """
    rules = _rules()
    plain = " " + text.lower().replace("’", "'") + " "
    for find, put in rules.clean:
        plain = find.sub(put, plain)
    found = []
    for sentence in _STOP.split(plain):
        words = " ".join(_tokens(sentence))
        asks = bool(rules.asks.search(words))
        for find, put in rules.rewrite:
            words = find.sub(put, words)
        chinese = _rendered(_tokens(words), romanized)
        if chinese:
            found.append(chinese + ("吗" if asks and not _ASKED.search(chinese) else ""))
    return ",".join(found) or text


def _rendered(tokens: list[str], romanized: Romanized | None) -> str:
    """One sentence, the longest phrase first."""
    found = []
    place = 0
    while place < len(tokens):
        chinese, length = _longest(tokens, place)
        if romanized is not None and tokens[place].isalpha():
            name, taken = romanized(tokens[place:]) if _may_be_name(chinese, length) else ("", 0)
            if taken > length or (taken and chinese is None):
                chinese, length = name, taken
        if chinese is None:
            chinese = tokens[place] if _KEEP.search(tokens[place]) else ""
        found.append(chinese)
        place += max(length, 1)
    return _PARTICLE.sub("", " ".join(piece for piece in found if piece))


def _may_be_name(chinese: str | None, length: int) -> bool:
    """Whether a word that may begin a name is no English word: unknown, or a place (Nanjing)."""
    return chinese is None or (length == 1 and chinese in _place_names())


@cache
def _place_names() -> frozenset[str]:
    return frozenset(p.name for p in tables.places())


def _longest(tokens: list[str], start: int) -> tuple[str | None, int]:
    """The longest phrase that begins at `start`, and its length in tokens; (None, 0) if none.

    Inside a phrase, possessives and the like may stand (forget *my* card); they count as taken.
    """
    skipped = _rules().skipped
    best: tuple[str | None, int] = (None, 0)
    open_nodes = [_phrases()]
    for place in range(start, len(tokens)):
        word = tokens[place]
        reached = [n for node in open_nodes for f in forms(word) if (n := node.get(f))]
        ended = next((n[_END] for n in reached if _END in n), None)
        if ended is not None:
            best = (ended, place - start + 1)
        if place > start and word in skipped:
            reached += open_nodes
        if not reached:
            break
        open_nodes = reached
    return best
