"""The check before display: what an answer says must stand in the places that it cites.

Every number, date, document number, title, unit and quotation of a statement is looked for in its
quoted spans; the headings of the cited clauses count as shown too, because the answer names the
clauses by them.  A statement that fails is withheld and counted, and so is one that sums up others
of which one failed.  What a language model wrote must follow from its quoted spans as a whole
(`qa.verify.entailment`).  Pure functions over a draft and a corpus.
"""

import re
from dataclasses import dataclass, replace

from index.errors import UnknownDocumentError
from ingest.patterns import pattern
from ingest.schema import Clause
from qa.answer import Verification
from qa.draft import Draft, Quote, Statement
from qa.question.units import UnitNames
from qa.retrieval.corpus import Corpus
from qa.verify.claims import claims, plain, quotations
from qa.verify.entailment import faults
from qa.verify.titles import inner_title

_HELD = 0xF0000
"""First of the private code points that stand for quotations while names are taken out."""
_LEFT_OUT = "......"
"""In the place of what is taken out: a quotation with a gap there is still one."""
_GAP = pattern(r"…+|\.{6}")
"""What was left out of a quotation (…… folds to six dots)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with only the statements that passed, and the figures of the check."""

    draft: Draft
    figures: Verification


def verify(draft: Draft, corpus: Corpus, names: UnitNames | None = None) -> Checked:
    """Withhold every statement with a claim that its quoted places do not show."""
    known = names if names is not None else UnitNames(corpus.units)
    passed, checked = [], 0
    for statement in draft.statements:
        shown, count = follows(statement, corpus, known)
        passed.append(shown)
        checked += count
    broken = not all(passed)
    kept = [
        statement
        for statement, shown in zip(draft.statements, passed, strict=True)
        if shown and not (broken and statement.sums_up)
    ]
    withheld = len(draft.statements) - len(kept)
    result = replace(draft, statements=tuple(kept))
    if withheld and draft.status == "answered":
        result = result.but("partial")
    return Checked(result, Verification(len(kept), checked, withheld))


def follows(statement: Statement, corpus: Corpus, names: UnitNames) -> tuple[bool, int]:
    """Whether all claims of a statement are shown, and how many claims there are."""
    try:
        if not all(_exact(quote, corpus) for quote in statement.quotes):
            return False, 0
        spans = [plain(q.span.of(corpus.text(q.clause[0]))) for q in statement.quotes]
        cited = [corpus.clause(q.clause) for q in statement.quotes]
    except (IndexError, UnknownDocumentError):
        return False, 0
    headings = [plain(h) for c in cited for h in (*c.heading_path, c.heading)]
    printed = {corpus.infos[q.clause[0]].title for q in statement.quotes}
    titles = {plain(t) for one in printed for t in (one, inner_title(one)) if t}
    words = plain(statement.text)
    exact = 0
    if not statement.written:
        for span in sorted(set(spans), key=len, reverse=True):  # what is printed whole shows itself
            if len(span) > 1 and f"“{span}”" in words:
                words, exact = words.replace(f"“{span}”", " "), exact + 1
    for mark in {plain(corpus.told_apart(quote.clause[0])) for quote in statement.quotes} - {""}:
        words = words.replace(f"》{mark}", "》")
    for title in sorted(titles, key=len, reverse=True):  # an answer names the documents it cites
        words = words.replace(f"《{title}》", _LEFT_OUT).replace(title, _LEFT_OUT)
    words = _own_words(words, statement, cited)
    said = claims(words, names)
    ground = claims("\n".join([*spans, *headings]), names)
    text = "\n".join([*spans, *headings])
    counted = statement.written or (  # by value, in `faults`
        said.dates - set(statement.computed) <= ground.dates
        and said.numbers - set(statement.computed) <= ground.numbers
    )
    fine = (
        counted
        and all(any(_same_number(d, g) for g in ground.documents) for d in said.documents)
        and all(t in titles or t in ground.titles or t in spans for t in said.titles)
        and all(unit in text for unit in said.units)
        and all(_quoted(quotation, [*spans, *headings]) for quotation in said.quotations)
    )
    return fine and not (statement.written and faults(statement, corpus, names)), len(said) + exact


def _exact(quote: Quote, corpus: Corpus) -> bool:
    text = corpus.text(quote.clause[0])
    clauses = corpus.clauses(quote.clause[0])
    if not 0 <= quote.clause[1] < len(clauses):
        return False
    clause = clauses[quote.clause[1]]
    inside = clause.span.covers(quote.span) or clause.ordinal == 0
    if clause.parent is not None and clause.span.start <= quote.span.start < clause.span.end:
        inside = clauses[clause.parent].span.covers(quote.span)  # a short one with those behind it
    return len(quote.span) > 0 and quote.span.end <= len(text) and inside


def _own_words(words: str, statement: Statement, cited: list[Clause]) -> str:
    """The words without what names the cited clauses, or comes from the question.

    What stands in a quotation is left whole: 一 in a quotation is no label.
    """
    asked = sorted({plain(known) for known in statement.asked}, key=len, reverse=True)
    for known in asked:  # first what is, or holds, a quotation
        words = words.replace(known if "“" in known else f"“{known}”", " ")
    kept = quotations(words)
    for place, quotation in enumerate(kept):
        words = words.replace(f"“{quotation}”", f"“{chr(_HELD + place)}”", 1)
    for known in asked:
        words = words.replace(known, " ")
    names: set[str] = set()
    for clause in cited:
        label, path = plain(clause.label), plain(clause.path).replace("/", "")
        for name in (f"第{label}项", f"task{label}", f"section{path}"):
            words = re.sub(rf"{re.escape(name)}(?!\d)", " ", words)
        if label and (clause.kind != "1." or path != label):
            names |= {path} if clause.kind == "1." else {path, label}
    for name in sorted(names, key=len, reverse=True):  # 第二十条 before 二
        words = words.replace(name, " ")
    for place, quotation in enumerate(kept):
        words = words.replace(chr(_HELD + place), quotation)
    return words


def _same_number(said: str, shown: str) -> bool:
    """Whether two document numbers are one; words may stand right before either (文号是…)."""
    return said.endswith(shown) or shown.endswith(said)


def _quoted(quotation: str, spans: list[str]) -> bool:
    """Whether a quotation stands in one span, its pieces in their order."""
    pieces = [p for p in _GAP.split(quotation) if p.strip()]
    if not pieces:
        return True
    for span in spans:
        place = 0
        for piece in pieces:
            place = span.find(piece, place)
            if place < 0:
                break
            place += len(piece)
        else:
            return True
    return False
