"""English questions over Chinese text: terms and question patterns from tables, longest first.

No translation is attempted: what the tables do not know is left out, names such as IPv6 stay.
"""

import re
from functools import cache

from index.folding import fold_text
from qa import tables

_TOKEN = re.compile(r"[a-z0-9]+(?:[-'./+][a-z0-9]+)*|[\u3400-\u9fff]+")
_KEEP = re.compile(r"[0-9\u3400-\u9fff]|^(?:ai|ar|vr|iot|app|it)$")


@cache
def _table() -> tuple[dict[str, str], int]:
    """English phrases → Chinese, and the length in words of the longest phrase."""
    phrases = dict(tables.unit_hints())
    for name in ("terms_en.tsv", "questions_en.tsv"):
        for english, chinese, *_ in tables.rows(name):
            phrases[" ".join(_TOKEN.findall(english.lower()))] = fold_text(chinese)
    for place in tables.places():
        for name in place.names:
            if name.isascii():
                phrases[" ".join(_TOKEN.findall(name))] = fold_text(place.name)
    return phrases, max((p.count(" ") + 1 for p in phrases), default=1)


def to_chinese(text: str) -> str:
    """The Chinese terms of a folded English question, in their order, with question words."""
    phrases, longest = _table()
    tokens = _TOKEN.findall(text.lower())
    found = []
    place = 0
    while place < len(tokens):
        for length in range(min(longest, len(tokens) - place), 0, -1):
            chinese = _chinese(" ".join(tokens[place : place + length]), phrases)
            if chinese is not None:
                found.append(chinese)
                place += length
                break
        else:
            if _KEEP.search(tokens[place]):
                found.append(tokens[place])
            place += 1
    return " ".join(piece for piece in found if piece) or text


def _chinese(phrase: str, phrases: dict[str, str]) -> str | None:
    """A phrase of the table, the plural of its last word aside."""
    for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es")):
        if form in phrases:
            return phrases[form]
    return None
