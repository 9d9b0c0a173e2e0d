"""The language and script of a question."""

from typing import Literal

from index.folding import fold_text
from ingest.patterns import pattern

Script = Literal["zh", "zh-Hant", "en"]

_CJK = pattern("[\u3400-\u9fff]")
_LATIN_WORD = pattern("[A-Za-z]{2,}")
_ENGLISH = pattern(
    r"(?<![a-z])(?:who|what|which|when|where|how|why|is|are|does|do|did|can|will|should|the|of|for"
    r"|in|to|by|and|about|tell|list)(?![a-z])"
)
"""Words that make an English sentence; Chinese questions hold names such as IPv6 and AI only."""


def script(question: str) -> Script:
    """Simplified or Traditional Chinese, or English, which may hold Chinese terms.

    >>> [script(q) for q in ("谁负责?", "誰負責?", "Who is responsible?", "Who is in 区科委?")]
    ['zh', 'zh-Hant', 'en', 'en']
    """
    ideographs = _CJK.findall(question)
    if not ideographs:
        return "en" if _LATIN_WORD.search(question) else "zh"
    if len(_ENGLISH.findall(question.lower())) >= 2:
        return "en"
    traditional = sum(fold_text(c) != c for c in ideographs)
    return "zh-Hant" if traditional >= 2 or traditional * 3 >= len(ideographs) else "zh"
