"""Sounds: characters to syllables, and Latin letters cut into the syllables that exist.

Readings come from pypinyin, which takes a third of a second to import; that happens on first use.
"""

import re
from functools import cache

Syllables = tuple[str, ...]
"""Syllables without tones, in the spelling of pinyin."""


@cache
def reading(char: str) -> str:
    """The first reading of a character without tone; the character itself if it has none."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(char)[0])


@cache
def sound(text: str) -> Syllables:
    """How a stretch sounds to those who do not tell zh from z, ch from c, sh from s, ng from n."""
    return tuple(re.sub("(?<=[zcs])h", "", reading(c)).replace("ng", "n") for c in text)


@cache
def _valid() -> frozenset[str]:
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    first = {readings.split(",")[0] for readings in pinyin_dict.values()}  # 1,500 for 42,000
    return frozenset(to_normal(reading).replace("ü", "v") for reading in first)


def syllables(token: str) -> Syllables | None:
    """A Latin word cut into pinyin syllables, longest first, or None."""
    if not token:
        return ()
    for length in range(min(6, len(token)), 0, -1):
        if (
            token[:length] in _common_syllables()
            and (rest := syllables(token[length:])) is not None
        ):
            return (token[:length], *rest)
    return None


@cache
def _common_syllables() -> frozenset[str]:
    """Syllables of the characters in general use (U+4E00 block, first readings)."""
    return frozenset(
        s for s in _valid() if re.fullmatch("[a-z]{1,6}", s) and re.search("[aeiouv]", s)
    )
