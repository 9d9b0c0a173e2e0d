"""Why this file exists: a tokenizer that cuts words like jieba but needs no jieba at run time.

A Unigram model over whole words, with log probabilities from counts, finds the most probable
cut of a text. Frequent words win over their characters, rare words fall apart into shorter
words and characters, and only a character never counted is unknown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

import rjieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
UNKNOWN_ID = 0

_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,7}")
_HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")
_ASCII_WORD = re.compile(r"[a-z][a-z0-9]{0,11}|[0-9]{1,4}|[0-9]{1,3}[a-z]{1,3}")
_ASCII_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def count_words(sentences: Iterable[str]) -> Counter[str]:
    """Counts of jieba's search-mode words, folded as at run time.

    A character counts only where it stands alone: counting it inside words too would make it so
    probable that rare words fall apart.

    >>> count_words(["ＩＰv6 规模部署"])["ipv6"]
    1
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        folded = unicodedata.normalize("NFKC", sentence).lower()
        counts.update(rjieba.cut_for_search(folded))
    return counts


def mix_counts(
    by_domain: Mapping[str, Counter[str]], weights: Mapping[str, float]
) -> dict[str, float]:
    """Weighted sum of the domains' counts, so that news does not crowd out policy words.

    >>> mix_counts({"laws": Counter({"条例": 2})}, {"laws": 1.5})
    {'条例': 3.0}
    """
    mixed: dict[str, float] = {}
    for domain, counts in by_domain.items():
        weight = weights.get(domain, 1.0)
        for word, count in counts.items():
            mixed[word] = mixed.get(word, 0.0) + weight * count
    return mixed


def choose_vocabulary(
    counts: Mapping[str, float], size: int, characters: int
) -> list[tuple[str, float]]:
    """(token, log probability), most frequent first after the unknown token; at most `size`.

    counts: occurrences, may be weighted. characters: how many Han characters always get in, the
    most used ones, whether alone or inside words.
    """
    seen: Counter[str] = Counter()
    for word, count in counts.items():
        for character in _HAN_CHARACTER.findall(word):
            seen[character] += math.ceil(count)
    always = [character for character, _ in seen.most_common(characters)]
    chosen = {c: max(counts.get(c, 0.0), 1.0) for c in [*_ASCII_CHARACTERS, *always]}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if len(chosen) >= size - 1:
            break
        if _HAN_WORD.fullmatch(word) or _ASCII_WORD.fullmatch(word):
            chosen.setdefault(word, counts[word])
    total = sum(chosen.values())
    ordered = sorted(chosen, key=lambda word: (-chosen[word], word))
    unknown = (UNKNOWN, math.log(0.1 / total))
    return [unknown] + [(word, math.log(chosen[word] / total)) for word in ordered]


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """NFKC and lower case; punctuation and spaces part words and are dropped.

    >>> words = [("[UNK]", -9.0), ("规模", -3.0), ("部署", -3.0), ("规", -5.0), ("ipv6", -4.0)]
    >>> build_tokenizer(words).encode("IPv6，规模部署规！").tokens
    ['ipv6', '规模', '部署', '规']
    """
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN_ID, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    return tokenizer
