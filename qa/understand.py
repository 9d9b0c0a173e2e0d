"""From the words of a question to `Understood`: language, spelling, scaffolding, history."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from index.folding import fold_text
from ingest.schema import Span
from qa import tables
from qa.answer import Request
from qa.background import Background
from qa.compound import asked_parts
from qa.concepts import topic
from qa.corpus import ClauseKey, Corpus
from qa.english import to_chinese
from qa.foreign import Foreign
from qa.history import Resolved, resolve
from qa.language import Script, script
from qa.question import checked
from qa.ranking import going_on, rank
from qa.reference import uncorrected
from qa.romanized import name_at
from qa.scaffold import Scaffold, scaffold
from qa.sides import comparison
from qa.spelling import Speller
from qa.standalone import as_written
from qa.titles import document_meant, names_title
from qa.turns import earlier_meant
from qa.understood import Understood
from qa.units import unit_names

_SPACED = re.compile(
    "(?<![\u3400-\u9fff0-9])(?:[\u3400-\u9fff0-9] +){2,}[\u3400-\u9fff0-9](?![\u3400-\u9fff0-9])"
)
_CJK = re.compile("[\u3400-\u9fff]")
_SPELLED_OUT = re.compile("(?:[\u3400-\u9fff][,.、·/_-]){3,}[\u3400-\u9fff]")
_SPOKEN_POINT = re.compile(r"(?<=\d)点(?=\d)")
_LABELS = re.compile(r"第[ ]*(\d{1,3})((?:[、,，和与跟及]\d{1,3})+)(?:这?[两二三四几]?)(项|条)")
"""第2、3、4项: each number with its own measure word."""
MAX_OUTLINES, MIN_HEADING = 200, 4
"""Documents whose headings are known by name, and the shortest such heading in code points."""


class Understanding:
    """Understands questions about one corpus; holds what was prepared from it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.names = unit_names(tuple(corpus.units), corpus.holdings.regions)
        self.speller = Speller(corpus)
        self.foreign = Foreign(corpus)
        self.background = Background(corpus.holdings)

    def __call__(self, request: Request) -> Understood:
        """Understand the last question of a request."""
        question = checked(request.question)
        how: Script = script(question)
        if how == "en" and self.speller.from_pinyin(fold_text(question)):
            how = "zh"
        if request.language == "en":
            how = "en"
        elif request.language == "zh" and how == "en":
            how = "zh"
        asked = [turn.question for turn in request.history if turn.question.strip()]
        earlier = [self._parts(self._apart(text))[0] for text in asked]
        whole = self._apart(question)
        parts = self._parts(whole)
        found: list[Understood] = []
        before = earlier
        for part in parts if len(parts) > 1 else ():
            resolved = resolve(before, part, self.corpus, self._locate)
            one = self._understood(question, how, resolved, [*asked, question])
            if not any(_same(one, other) for other in found):
                found.append(one)
            before = [*before, resolved.scaffold]
        compared = comparison(whole, self._scaffold, lambda: self._heading_words, earlier)
        if len(found) > 1:
            further = tuple(found[1:])
            return replace(found[0], standalone=question, further=further, comparison=compared)
        resolved = resolve(earlier, whole, self.corpus, self._locate)
        one = self._understood(question, how, resolved, [*asked, question])
        return replace(one, comparison=compared)

    def _known_names(self, text: str) -> list[Span]:
        """Where units stand by a name of three characters or more that a table or document has."""
        return [
            Span(m.start, m.end) for m in self.names.find(text) if m.printed and len(m.words) > 2
        ]

    def _parts(self, whole: Scaffold) -> tuple[Scaffold, ...]:
        """What a question asks, one by one; itself, if it asks one thing."""
        return asked_parts(whole, self._scaffold) or (whole,)

    def _scaffold(self, text: str) -> Scaffold:
        parts = scaffold(text, self.names, self.background)
        if self.background.few or (document := self._meant(parts)) is None:
            return parts
        named = scaffold(text, self.names, self.background.of(self.corpus.infos[document]))
        return named if named.intent == "metadata" or named.label else parts

    def _apart(self, question: str) -> Scaffold:
        text = _SPACED.sub(lambda m: m[0].replace(" ", ""), fold_text(question).strip())
        text = _SPELLED_OUT.sub(lambda m: re.sub("[^\u3400-\u9fff]", "", m[0]), text)
        text = _SPOKEN_POINT.sub(".", text)
        text = _LABELS.sub(lambda m: re.sub(r"\d+", rf"第\g<0>{m[3]}", m[1] + m[2]), text)
        for variant, standard in tables.variants():
            if variant in text:
                text = _replaced(text, variant, standard)
        if not _CJK.search(text) or script(text) == "en":
            text = self.speller.from_pinyin(text) or to_chinese(text, self._romanized)
        else:
            text = self.speller.corrected(text, self._known_names)
        text, corrects = uncorrected(text)
        text, turn = earlier_meant(text)
        found = self._scaffold(text)
        return replace(found, leans=True, turn=turn) if corrects or turn is not None else found

    def _romanized(self, tokens: list[str]) -> tuple[str, int]:
        """The name of this corpus that English words begin with, spelled in pinyin."""
        return name_at(tokens, self.speller.spelled)

    def _understood(
        self, question: str, how: Script, resolved: Resolved, said: Sequence[str] = ()
    ) -> Understood:
        parts = resolved.scaffold
        return Understood(
            question=question,
            standalone=as_written(resolved.standalone, said) or question,
            script=how,
            intent=parts.intent,
            text=parts.text,
            topic=parts.topic,
            units=parts.units,
            label=parts.label,
            attribute=parts.attribute,
            yes_no=parts.yes_no,
            places=self.foreign.places(parts.text),
            years=self.foreign.years(parts.years, parts.text),
            said_years=parts.years,
            numbers=parts.numbers,
            expects=parts.expects,
            document=self._meant(parts),
            bound=resolved.bound or self._headed(parts),
            also=resolved.also,
            beside=resolved.beside,
            inherits=bool(resolved.standalone),
            within=parts.within,
            assumed=parts.assumed,
            nth=parts.nth,
            of_item=parts.of_item,
        )

    def _headed(self, parts: Scaffold) -> ClauseKey | None:
        """The clause that a question without a topic of its own names by its heading.

        工作目标 and 重点任务 are made of words that carry no topic anywhere else.
        """
        if parts.topic or parts.units or parts.label or parts.intent == "metadata":
            return None
        named = [(len(h), key) for h, key in self._headings if h in parts.text]
        return max(named)[1] if named else None

    @cached_property
    def _headings(self) -> list[tuple[str, ClauseKey]]:
        """The headings of the documents, folded, with their clauses."""
        return [
            (heading.folded, (info.id, heading.ordinal))
            for info in self.corpus.held[:MAX_OUTLINES]
            for heading in self.corpus.headings(info.id)
            if len(heading.printed) >= MIN_HEADING
        ]

    @cached_property
    def _heading_words(self) -> list[str]:
        return [heading for heading, _ in self._headings]

    def _locate(self, parts: Scaffold, beside: ClauseKey | None = None) -> ClauseKey | None:
        """The clause that an earlier question was about; it may have gone on about `beside`."""
        asked = topic(parts.topic or parts.text, self.corpus.frequencies, self.corpus.importance)
        ranking = rank(asked, self.corpus, self.corpus.encoder)
        ranking = ranking if beside is None else going_on(ranking, beside)
        if parts.intent in ("responsible", "check"):  # who answered was one that names units
            able = [c.key for c in ranking.clauses if c.key in self.corpus.duties]
            return able[0] if able else None
        return ranking.best.key if ranking.best is not None else None

    def _meant(self, parts: Scaffold) -> str | None:
        """The document that the question names, not one that is only about the same matter."""
        found = document_meant(parts.text, self.corpus.holdings)
        if found is None or self.background.few:
            return found
        return found if names_title(parts.text, self.corpus.infos[found].title) else None


def _same(one: Understood, other: Understood) -> bool:
    """Whether two parts of a question ask the same."""
    return _what(one) == _what(other)


def _what(part: Understood) -> tuple[object, ...]:
    named = (part.topic, part.units, part.label, part.said_years)
    return (part.intent, part.attribute, part.expects, *named)


def _replaced(text: str, variant: str, standard: str) -> str:
    if variant.isascii():
        return re.sub(rf"(?<![a-z0-9]){re.escape(variant)}(?![a-z0-9])", standard, text)
    return text.replace(variant, standard)
