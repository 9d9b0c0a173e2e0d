"""The words of a question as everything else reads them: folded, corrected, in Chinese."""

import re

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.schema import Span
from qa.answer import Language
from qa.question.english import to_chinese
from qa.question.lexicon import Lexicon
from qa.question.romanized import name_at
from qa.question.spelling import Speller
from qa.question.units import UnitNames
from qa.words import tables
from qa.words.language import Script, script

_SPACED = pattern(
    "(?<![\u3400-\u9fff0-9])(?:[\u3400-\u9fff0-9] +){2,}[\u3400-\u9fff0-9](?![\u3400-\u9fff0-9])"
)
_CJK = pattern("[\u3400-\u9fff]")
_SPELLED_OUT = pattern("(?:[\u3400-\u9fff][,.、·/_-]){3,}[\u3400-\u9fff]")
_SPOKEN_POINT = pattern(r"(?<=\d)点(?=\d)")
_LABELS = pattern(r"第[ ]*(\d{1,3})((?:[、,，和与跟及]\d{1,3})+)(?:这?[两二三四几]?)(项|条)")
"""第2、3、4项: each number with its own measure word."""


class Normaliser:
    """Prepared once for one corpus."""

    def __init__(self, corpus: Lexicon, names: UnitNames) -> None:
        self._names = names
        self._speller = Speller(corpus)

    def script(self, question: str, language: Language) -> Script:
        """The script that connecting words are to be in."""
        how: Script = script(question)
        if how == "en" and self._speller.from_pinyin(fold_text(question)):
            how = "zh"
        if language == "en":
            return "en"
        return "zh" if language == "zh" and how == "en" else how

    def text(self, question: str) -> str:
        """The question folded, with typing errors, variants, pinyin and English resolved."""
        text = _SPACED.sub(lambda m: m[0].replace(" ", ""), fold_text(question).strip())
        text = _SPELLED_OUT.sub(lambda m: re.sub("[^\u3400-\u9fff]", "", m[0]), text)
        text = _SPOKEN_POINT.sub(".", text)
        text = _LABELS.sub(lambda m: re.sub(r"\d+", rf"第\g<0>{m[3]}", m[1] + m[2]), text)
        for variant, standard in tables.variants():
            if variant in text:
                text = _replaced(text, variant, standard)
        if not _CJK.search(text) or script(text) == "en":
            return self._speller.from_pinyin(text) or to_chinese(text, self._romanized)
        return self._speller.corrected(text, self._known_names)

    def _known_names(self, text: str) -> list[Span]:
        """Where units stand by a name of three characters or more that a table or document has."""
        return [
            Span(m.start, m.end) for m in self._names.find(text) if m.printed and len(m.words) > 2
        ]

    def _romanized(self, tokens: list[str]) -> tuple[str, int]:
        """The name of this corpus that English words begin with, spelled in pinyin."""
        return name_at(tokens, self._speller.spelled)


def _replaced(text: str, variant: str, standard: str) -> str:
    if variant.isascii():
        return re.sub(rf"(?<![a-z0-9]){re.escape(variant)}(?![a-z0-9])", standard, text)
    return text.replace(variant, standard)
