"""The language and script of a question."""

import re
from typing import Literal

from index.folding import fold_text

Script = Literal["zh", "zh-Hant", "en"]

_CJK = re.compile("[\u3400-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")


def script(question: str) -> Script:
    """Simplified or Traditional Chinese, or English where no ideograph stands.

    >>> [script(q) for q in ("谁负责?", "誰負責?", "Who is responsible?")]
    ['zh', 'zh-Hant', 'en']
    """
    ideographs = _CJK.findall(question)
    if not ideographs:
        return "en" if _LATIN_WORD.search(question) else "zh"
    traditional = sum(fold_text(c) != c for c in ideographs)
    return "zh-Hant" if traditional >= 2 or traditional * 3 >= len(ideographs) else "zh"
