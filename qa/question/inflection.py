"""English inflection: the base forms that a word may be a form of.

Rules propose, a table of phrases decides: a form that no phrase has is of no use and does no harm,
so the rules may be generous (`buses` → buse, bus).  Agents are words of their own: a
worker is no form of work.
"""

from functools import cache

from ingest.patterns import pattern
from qa.words import tables

_VOWEL = pattern("[aeiouy]")
_DOUBLE = pattern(r"([bdfgklmnprt])\1$")
_SIBILANT = pattern("(?:s|x|z|ch|sh|o)es$")
_AMERICAN = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("programme", "program"),
)
"""British spellings and American ones: tables may print either."""

SHORTEST = 4
"""Words below this length in letters are not cut: is, has, bus, red."""


@cache
def forms(word: str) -> tuple[str, ...]:
    """A lower-case word and what it may be a form of, the most likely first.

    >>> forms("policies")[:2], "teach" in forms("taught"), "stop" in forms("stopped")
    (('policies', 'policy'), True, True)
    """
    found = [word, *_irregular().get(word, ())]
    if len(word) >= SHORTEST and word.isalpha():
        for base in _regular(word):
            found += [base, *_irregular().get(base, ())]
    for form in tuple(found):
        found += [other for pair in _AMERICAN for other in _respelled(form, *pair)]
    return tuple(dict.fromkeys(found))


def _regular(word: str) -> list[str]:
    """Plural and third person, past and participle, -ing, adverb; all that may fit."""
    if word.endswith("ies"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith("es"):
        return [word[:-1], *([word[:-2]] if _SIBILANT.search(word) else [])]
    if word.endswith("s") and not word.endswith("ss"):
        return [word[:-1]]
    if word.endswith("ied"):
        return [word[:-3] + "y"]
    for ending in ("ing", "ed", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 2 and _VOWEL.search(stem):
            bases = [stem, stem + "e", _DOUBLE.sub(r"\1", stem)]
            return [*bases, stem[:-1] + "y"] if stem.endswith("i") else bases
    return []


def _respelled(word: str, british: str, american: str) -> list[str]:
    if len(word) < SHORTEST + 1:
        return []
    found = [word.replace(british, american)] if british in word else []
    if american in word:
        found.append(word.replace(american, british))
    return found


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Irregular forms → their bases, from irregular_en.tsv (base, then its forms)."""
    found: dict[str, list[str]] = {}
    for base, *others in tables.rows("irregular_en.tsv"):
        for form in (f for cell in others for f in cell.split()):
            found.setdefault(form, []).append(base)
    return {form: tuple(bases) for form, bases in found.items()}
