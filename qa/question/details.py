"""Details that the words of a question state: figures, names, terms, and what they ask for.

They are read from a plan's text when they are first asked for, and once.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from index.folding import fold_text
from ingest.characters import without_spaces
from ingest.numbers.figures import Figure, figures
from ingest.numbers.measures import unit_pattern
from ingest.numbers.quantities import Quantity, quantities
from ingest.patterns import pattern
from ingest.schema import Span
from qa.question.labels import labels
from qa.question.named import named_things
from qa.question.orders import speaks_to_machine
from qa.question.ordinals import ordinal
from qa.question.terms import quoted, terms
from qa.words import tables

_TITLE = pattern("《[^》]*》")
_COUNTER = pattern("(?:几|多少)([个家种类项条位名户所处座台步件份])")
_WORD = pattern("什么|哪|多少|几|如何|怎|谁|何|是否|能否|吗")
_SOME = pattern("[这那](?:[几些]|[二三四五六七八九十]+)([个家项所种类处])")


@cache
def _bare_sum() -> re.Pattern[str]:
    """Where a sum is spoken without its unit: 花了10万, 5万块."""
    return re.compile(
        rf"(?<=[\d一二两三四五六七八九十])(?P<size>[万亿])(?:块|(?!\d|[多余几]|{unit_pattern()}))"
        r"|(?<=[\d百千])(?P<none>)块"
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that a question states, with its words as printed there, folded."""

    figure: Figure
    words: str


class Details:
    """What one folded question states."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The figures with a measure; those of titles and of labels are none."""
        words = _TITLE.sub(" ", self._text)
        for label in labels(words):
            words = words.replace(label.printed, " ")
        words = without_spaces(fold_text(words))
        return tuple(
            Claim(one, words[slice(*one.span)])
            for one in figures(words)
            if one.key[0] == "number" and one.key[2]
        )

    @cached_property
    def stated(self) -> tuple[tuple[Quantity, str], ...]:
        """The quantities, each with its words; a sum may be spoken without its unit (花了10万)."""
        words = _bare_sum().sub(lambda m: (m["size"] or "") + "元", self._text)
        return tuple((q, q.span.of(words)) for q in quantities(words, Span(0, len(words))))

    @cached_property
    def counts(self) -> frozenset[tuple[Decimal, str]]:
        """The numbers of things, each with its unit: 8项政策是哪8项."""
        said = quantities(self._text, Span(0, len(self._text)))
        return frozenset((one.value, one.unit) for one in said if one.counting)

    @cached_property
    def several(self) -> frozenset[str]:
        """The units of things that are pointed at without a number: 这几家."""
        return frozenset(match[1] for match in _SOME.finditer(self._text))

    @cached_property
    def counter(self) -> str:
        """The word that counts what is asked for the number of: 家 of 几家企业."""
        found = _COUNTER.search(self._text)
        return found[1] if found else ""

    @cached_property
    def place(self) -> int:
        """The place in a list that is pointed at: 2 of 第二家, -1 of 最后一项; 0 for none."""
        return ordinal(self._text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Companies and codes."""
        return tuple(named_things(self._text))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms whose meaning is asked for; of nested ones the longest first."""
        return terms(self._text)

    @cached_property
    def quoted(self) -> bool:
        """Whether words stand between quotation marks: each is a term by itself."""
        return quoted(self._text)

    @cached_property
    def to_machine(self) -> bool:
        """Whether a program is spoken to, and nothing is asked."""
        return speaks_to_machine(without_spaces(self._text))

    @cached_property
    def question_words(self) -> tuple[int, ...]:
        """Where the words stand that ask."""
        return tuple(match.start() for match in _WORD.finditer(self._text))

    def asks_for(self, table: str) -> list[bool]:
        """Which kinds of a table of kinds are asked for."""
        return [asks.search(self._text) is not None for asks, _ in tables.kinds_of(table)]

    @cached_property
    def kinds(self) -> tuple[re.Pattern[str], ...]:
        """What shows that a passage gives a kind of thing that is asked for, kind by kind."""
        return tuple(h for asks, h in tables.answer_kinds() if asks.search(self._text))


@lru_cache(maxsize=256)
def details(text: str) -> Details:
    """The details of a folded question.

    >>> [claim.words for claim in details("第三条说的补贴是50万元吗?").claims]
    ['50万']
    """
    return Details(text)
