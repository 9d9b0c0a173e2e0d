"""Figure facts: the quantities that a clause states, each with what is counted and by when.

What is counted stands before a comparing word (网办比例达到80%) or behind a unit that counts
(28个专项行动).  A quantity that comes without such words shares them with its neighbour
(一万元以上五万元以下罚款), takes them from the part of the sentence before, or from the heading.
"""

from collections.abc import Sequence

from ingest.characters import CJK
from ingest.numbers.quantities import Quantity, quantities
from ingest.patterns import pattern
from ingest.respective import respective
from ingest.schema import Clause, Fact, Span
from ingest.sentences import sentences, trim
from ingest.subjects import MAX_SUBJECT, subject_of
from ingest.table_rows import Row, rows
from ingest.times import TIME, due_before

_STOP = pattern("[，,。；;：:、（）()\n]")
_LARGER_STOP = pattern("[，,。；;：:\n]")
_TIME = pattern(TIME)
_WORD = pattern(f"[{CJK}]{{2}}")
_BASELINE = pattern(rf"[{CJK}]{{0,4}}[到至为]")


def targets(
    text: str, clauses: Sequence[Clause], bodies: Sequence[Sequence[Span]] | None = None
) -> list[Fact]:
    """The quantities of all clauses that count something, in reading order.

    `bodies` are the sentences of the clauses, if they are known.
    """
    if bodies is None:
        bodies = [sentences(text, clause.body) for clause in clauses]
    printed = rows(text)
    return [
        target
        for clause, body in zip(clauses, bodies, strict=True)
        for sentence in (_cells(printed.get(clause.span.start)) if clause.kind == "行" else body)
        if (found := quantities(text, sentence))
        for target in _of_sentence(text, clause, sentence, found)
    ]


def _cells(row: Row | None) -> Sequence[Span]:
    """The cells of a row, each with quantities of its own."""
    return () if row is None else [cell for cell in row.cells if len(cell)]


def _of_sentence(text: str, clause: Clause, sentence: Span, found: list[Quantity]) -> list[Fact]:
    result: list[Fact] = []
    before: Span | None = None
    shared = respective(text, sentence, [quantity.span for quantity in found])
    baseline = [_is_baseline(text, quantity) for quantity in found]
    for i, quantity in enumerate(found):
        if baseline[i]:
            continue
        subject = shared.get(i) or subject_of(text, sentence, found, baseline, i)
        if clause.kind == "行" and not clause.heading_span.covers(sentence):
            subject = clause.heading_span  # a figure in a cell is of the row's matter
        if subject is None and result and result[-1].measure == quantity.unit:
            subject = before
        if subject is None and quantity.compared:
            subject = before  # 按40%给予补贴，最高不超过28万元
        if subject is None and len(clause.heading) >= 2:
            subject = Span(clause.heading_span.end - len(clause.heading), clause.heading_span.end)
        if subject is None:
            subject = _part_around(text, sentence, quantity.span)
        if subject is None:
            continue
        before = subject
        result.append(
            Fact(
                kind="figure",
                document_id=clause.document_id,
                clause=clause.ordinal,
                span=quantity.span,
                group=sentence,
                what=subject.of(text),
                value=quantity.value,
                measure=quantity.unit,
                bound=quantity.comparator,
                when=due_before(text, sentence, quantity.span.start),
            )
        )
    return result


def _part_around(text: str, sentence: Span, quantity: Span) -> Span | None:
    """What stands around a quantity between two stops, where nothing says what it counts."""
    for stops in (_STOP, _LARGER_STOP):
        starts = [stop.end() for stop in stops.finditer(text, sentence.start, quantity.start)]
        stop = stops.search(text, quantity.end, sentence.end)
        before = trim(text, Span(max([sentence.start, *starts]), quantity.start))
        behind = trim(text, Span(quantity.end, stop.start() if stop else sentence.end))
        longest = max(before, behind, key=len)
        if _WORD.search(_TIME.sub("", longest.of(text))):
            return Span(max(longest.start, longest.end - MAX_SUBJECT), longest.end)
    opens = not _WORD.search(text, sentence.start, quantity.start)
    if opens and (stop := _STOP.match(text, quantity.end, sentence.end)):
        # 年满60周岁，具有本市户籍的公民
        following = _STOP.search(text, stop.end(), sentence.end)
        behind = trim(text, Span(stop.end(), following.start() if following else sentence.end))
        if _WORD.search(behind.of(text)):
            return Span(behind.start, min(behind.end, behind.start + MAX_SUBJECT))
    return None


def _is_baseline(text: str, quantity: Quantity) -> bool:
    """从5种增加到10种: the first quantity is where the second comes from."""
    before = text[max(0, quantity.span.start - 2) : quantity.span.start].removesuffix("原")
    end = quantity.span.end
    return before[-1:] in ("从", "由") and bool(_BASELINE.match(text, end, end + 6))
