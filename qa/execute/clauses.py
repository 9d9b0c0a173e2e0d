"""Provisions by number: the clauses that a label names in the documents in question."""

import re
from collections.abc import Iterator, Sequence

from ingest.items import Part, parts
from ingest.numbers.numerals import integer
from ingest.schema import Clause, Span
from ingest.sentences import trim
from qa.execute.result import Provision
from qa.question.labels import Label
from qa.retrieval.corpus import Corpus

_STATUTORY = ("编", "分编", "章", "节", "条")
_NUMBERED = ("1.", "一、", "(一)", "1.1", "问", "①", "(1)")
"""Kinds that a bare number may mean, in the order in which it does."""
_FURTHER = ("1.", "(一)", "(1)", "1.1", "1)", "①", "一、")


def provisions(corpus: Corpus, label: Label, documents: Sequence[str]) -> list[Provision]:
    """What a label names in each of some documents, one provision for each that has it."""
    return [one for document in documents for one in _in_document(corpus, label, document)]


def _in_document(corpus: Corpus, label: Label, document: str) -> list[Provision]:
    clauses = [c for c in corpus.clauses(document) if c.ordinal]
    text = corpus.text(document)
    if label.steps[0][0] == "path":
        found = [
            c
            for c in clauses
            if c.path.replace("/", ".").endswith(label.printed) or c.label == label.printed
        ]
        return [_whole(text, one) for one in found[:1]]
    first, *rest = label.steps
    bracketed = re.match(r"第?\s*[(（]", label.printed) is not None
    inserted = label.inserted if not rest else 0
    found = list(_matching(clauses, first, inserted, bracketed))
    result: list[Provision] = []
    for one in found:
        provision = _narrowed(corpus, one, rest, text)
        if provision is not None:
            result.append(provision)
            break
    return result


def _matching(
    clauses: Sequence[Clause], step: tuple[str, int], inserted: int, bracketed: bool
) -> Iterator[Clause]:
    """The clauses of a number, those of the kind that it means first; from the end if negative."""
    kind, number = step
    if kind == "部分":
        some = _tops(clauses)
        yield from [c for c in some if number_of(c) == number] if number > 0 else some[number:][:1]
        return
    if kind == "款":
        return
    if kind == "附件":
        some = [c for c in clauses if c.kind == kind]
        yield from [c for c in some if (number_of(c) or 1) == number]
        if not number and len(some) == 1:
            yield some[0]
        return
    for wanted in _kinds(clauses, kind, bracketed):
        some = [c for c in clauses if c.kind == wanted and not c.path.startswith("附件")]
        if number < 0:
            if len(some) >= -number:
                yield some[number]
            continue
        some = [
            c
            for c in clauses
            if c.kind == wanted
            and number_of(c) == number
            and bool(inserted) == ("之" in c.label)
            and (not inserted or number_of_inserted(c) == inserted)
        ]
        yield from [c for c in some if not c.path.startswith("附件")] or some


def _kinds(clauses: Sequence[Clause], kind: str, bracketed: bool) -> tuple[str, ...]:
    """The kinds of clauses that a kind of step may mean, the likeliest first."""
    if kind == "条" and not any(c.kind == "条" for c in clauses):
        return ("条", *_NUMBERED)  # plans are spoken of as having 条, too
    if kind in _STATUTORY:
        return (kind,)
    if bracketed:
        return ("(一)", "(1)", *_NUMBERED)
    numbered = kind != "#" and any(c.kind == "1." for c in clauses)
    return _NUMBERED if numbered else ("一、", *_NUMBERED)


def _tops(clauses: Sequence[Clause]) -> list[Clause]:
    """The parts at the top of a document: 第一部分, 一、, chapters."""
    own = [c for c in clauses if c.parent == 0 and c.label and not c.path.startswith("附件")]
    kinds = [c.kind for c in own if number_of(c) is not None]
    first = next((k for k in ("部分", "编", "章", "一、") if k in kinds), kinds[0] if kinds else "")
    return [c for c in own if c.kind == first]


def number_of(clause: Clause) -> int | None:
    """The number of a clause: 16 of 第十六条, 3 of (三), 2 of 附件2; None where it has none."""
    bare = re.sub(r"^第|^附件|部分$|分编$|[编章节条款项]$|之.*$|[()（）、.．]", "", clause.label)
    bare = re.sub(r"部分$|[编章节条]$", "", bare)
    return integer(bare) if bare else None


def number_of_inserted(clause: Clause) -> int | None:
    """1 of 第二条之一."""
    match = re.search("之(.+)$", clause.label)
    return integer(match[1]) if match else None


def _narrowed(
    corpus: Corpus, clause: Clause, steps: Sequence[tuple[str, int]], text: str
) -> Provision | None:
    """The paragraph or item of a clause that further steps name; None where it has none."""
    for place, (kind, number) in enumerate(steps):
        below = [
            c
            for c in corpus.children((clause.document_id, clause.ordinal))
            if number_of(c) == number and c.kind in ((kind,) if kind == "条" else (kind, *_FURTHER))
        ]
        if below and kind != "款":
            clause = below[0]
            continue
        return _part(parts(text, clause), steps[place:], clause)
    return _whole(text, clause)


def _part(
    found: Sequence[Part], steps: Sequence[tuple[str, int]], clause: Clause
) -> Provision | None:
    within: Span | None = None
    last: Part | None = None
    for kind, number in steps:
        wanted = "项" if kind == "#" else kind
        fits = [
            p
            for p in found
            if p.kind == wanted and p.number == number and (within is None or within.covers(p.span))
        ]
        if not fits:
            return None
        last = fits[0]
        within = last.span
    if last is None:
        return None
    return Provision((clause.document_id, clause.ordinal), last.span, last.lead)


def _whole(text: str, clause: Clause) -> Provision:
    return Provision((clause.document_id, clause.ordinal), trim(text, clause.span))
