"""Sentences of a document in which a body acts, whether or not a list of units names it.

How such a sentence is formed is told by `qa/words/data/acts.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import sentences
from qa.retrieval.corpus import Corpus
from qa.words import tables

WINDOW = 60
"""Code points behind a name in which its verb stands."""
HEADING = 12
"""A longer heading may be a sentence."""
_SHORT = '[（(]以下[简统]?称[:：]?[“"]?([^”"）)]{2,20})[”"]?[）)]'
_MARK = pattern(r"[（(]?[一二三四五六七八九十\d]{0,3}[)）.、．]?\s*")
_NO_TEXT = ("落款",)


@dataclass(frozen=True, slots=True)
class Acts:
    """The compiled table."""

    acts: re.Pattern[str]
    agent: re.Pattern[str]
    told_apart: re.Pattern[str]
    at_once: re.Pattern[str]
    asked: re.Pattern[str]
    decides: re.Pattern[str]
    no_subject: re.Pattern[str]
    shared_ending: re.Pattern[str]
    generic_ending: re.Pattern[str]
    shared_beginning: re.Pattern[str]


@cache
def table() -> Acts:
    """acts.toml, compiled on first use."""
    found = tables.toml("acts.toml")
    patterns = ["|".join(found["acts"]), *(found[name] for name in Acts.__slots__[1:])]
    return Acts(*map(re.compile, patterns))


def acting(corpus: Corpus, document: str, names: Sequence[str]) -> list[Fact]:
    """Duties of a body by the sentences in which it acts, each with that sentence as its group.

    `names` are what it is called; a short form that the document gives it (以下简称) counts, too.
    """
    text = fold_text(corpus.text(document))
    if len(text) != len(corpus.text(document)):
        return []
    called = list(dict.fromkeys(names))
    for name in names:
        called += re.findall(re.escape(name) + _SHORT, text)
    found = []
    for clause in _clauses(corpus, document):
        region = _region(clause)
        if not any(part in text[region.start : region.end] for part in _parts(called)):
            continue
        for sentence in sentences(corpus.text(document), region):
            at = next((at for one in called for at in _places(text, sentence, one)), None)
            if at is not None:
                found.append(
                    Fact(
                        "duty", document, clause.ordinal, at, sentence, at.of(corpus.text(document))
                    )
                )
    return found


def _parts(names: Sequence[str]) -> list[str]:
    stems = [table().shared_beginning.sub("", table().generic_ending.sub("", n)) for n in names]
    return [stem or name for stem, name in zip(stems, names, strict=True)]


def _clauses(corpus: Corpus, document: str) -> list[Clause]:
    clauses = [c for c in corpus.clauses(document) if c.kind not in _NO_TEXT]
    return [c for c in clauses if c.ordinal] or clauses


def _region(clause: Clause) -> Span:
    """The text of a clause's own, with its heading where that may be a sentence."""
    if len(clause.heading) < HEADING:
        return clause.body
    start = clause.heading_span.end - len(clause.heading)
    return Span(min(start, clause.body.start), max(clause.body.end, clause.heading_span.end))


def _places(text: str, sentence: Span, name: str) -> Iterator[Span]:
    """Where a body acts in a sentence, under its name or in a list that shortens it."""
    for match in _written(text, sentence, name):
        before = text[sentence.start : match.start()]
        after = text[match.end() : sentence.end]
        if _acts(before, after):
            yield Span(*match.span())


def _written(text: str, sentence: Span, name: str) -> Iterator[re.Match[str]]:
    rule = table()
    yield from re.compile(re.escape(name)).finditer(text, sentence.start, sentence.end)
    if ending := rule.generic_ending.search(name):
        stem = re.escape(name[: ending.start()])
        if len(stem) > 1:
            listed = re.compile(rf"(?<![\u4e00-\u9fff]){stem}(?=[、,，和及与或])")
            for match in listed.finditer(text, sentence.start, sentence.end):
                if rule.shared_ending.match(text[match.end() : sentence.end]):
                    yield match
    if beginning := rule.shared_beginning.match(name):
        rest = name[beginning.end() :]
        said = re.compile(rf"(?<=[、,，和及与或]){re.escape(rest)}")
        for match in said.finditer(text, sentence.start, sentence.end):
            if beginning[0] in text[sentence.start : match.start()]:
                yield match


def _acts(before: str, after: str) -> bool:
    rule = table()
    if before.count("《") > before.count("》") or rule.no_subject.match(after):
        return False
    if rule.agent.search(before):
        labels = _MARK.fullmatch(before) is not None and after[:1] in (":", "：")
        known = labels or before.endswith("由")
        return known or rule.acts.search(after[:WINDOW].split("。")[0]) is not None
    if rule.told_apart.search(before) and rule.at_once.match(after):
        return True
    return rule.asked.search(before) is not None and rule.decides.match(after) is not None
