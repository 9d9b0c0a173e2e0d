"""Respective values: 甲、乙、丙分别给予30元、20元、10元 gives each of three subjects its own value.

The n-th value belongs to the n-th subject, where as many subjects stand in a row before 分别 as
values behind it.
"""

from collections.abc import Sequence

from ingest.characters import CJK, SPACE
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.sentences import trim

MAX_SUBJECT = 24
"""Longest subject of such a row, in code points."""

_WORD = pattern("分别")
_BETWEEN = pattern(rf"[{SPACE}]*(?:、|和|及|与|以及)[{SPACE}]*")
_STOP = pattern("[，,；;。：:（(）)\n]")
_PARTS = pattern("、|和(?=.)|及(?=.)|与(?=.)")
_LEAD = pattern(
    rf"(?:对|给|向|按照?|将|把|为|其中)?(?:[{CJK}]{{0,6}}(?:引进|认定|获评|认证|评定)(?:的|为))?(?:全日制)?"
)


def respective(text: str, sentence: Span, quantities: Sequence[Span]) -> dict[int, Span]:
    """For each of the quantities that 分别 gives to a row of subjects, its subject.

    >>> t = "博士、硕士、本科毕业生，分别给予3000元、1500元、800元补贴。"
    >>> found = respective(t, Span(0, len(t)), [Span(16, 21), Span(22, 27), Span(28, 32)])
    >>> [s.of(t) for s in found.values()]
    ['博士', '硕士', '本科毕业生']
    """
    result: dict[int, Span] = {}
    for word in _WORD.finditer(text, sentence.start, sentence.end):
        run = _run(text, word.end(), quantities)
        if len(run) < 2:
            continue
        subjects = _subjects(text, Span(sentence.start, word.start()), len(run))
        result |= dict(zip(run, subjects, strict=False))
    return result


def _run(text: str, start: int, quantities: Sequence[Span]) -> list[int]:
    """The numbers of the quantities right behind 分别 that stand in a row."""
    run: list[int] = []
    for number, span in enumerate(quantities):
        if span.start < start:
            continue
        gap = text[quantities[run[-1]].end if run else start : span.start]
        if run and not _BETWEEN.fullmatch(gap):
            break
        if not run and (len(gap) > 16 or _STOP.search(gap)):
            break
        run.append(number)
    return run


def _subjects(text: str, before: Span, count: int) -> list[Span]:
    """The row of `count` subjects nearest before 分别, in a piece between stops; else nothing."""
    end = before.end
    for stop in [*reversed(list(_STOP.finditer(text, before.start, before.end))), None]:
        start = stop.end() if stop is not None else before.start
        edges = [start]
        parts: list[Span] = []
        for mark in _PARTS.finditer(text, start, end):
            parts.append(trim(text, Span(edges[-1], mark.start())))
            edges.append(mark.end())
        parts.append(trim(text, Span(edges[-1], end)))
        if len(parts) == count and all(len(p) > 1 for p in parts):
            lead = _LEAD.match(parts[0].of(text))
            parts[0] = Span(parts[0].start + (lead.end() if lead else 0), parts[0].end)
            if all(1 < len(p) <= MAX_SUBJECT for p in parts):
                return parts
        end = stop.start() if stop is not None else start
    return []
