"""The sentences of a clause that answer a question, cut to what is needed.

A quotation is a contiguous span of the text as published; it begins and ends at a clause boundary
(，；。 and the like), and whoever shows it marks what was left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, encode_queries, shipped_encoder
from index.folding import fold_text
from index.late_interaction import default_table
from ingest.schema import Clause, Responsibility, Span
from ingest.sentences import sentences, trim
from qa.concepts import Topic, coverage, folded

MAX_QUOTE = 120
"""Longest quotation, in code points, before it is cut at a clause boundary."""

DENSE_SHARE = 0.5
"""Weight of similarity beside coverage when sentences of one clause are compared."""
SOFT_SHARE = 1.0
TOPIC_SHARE = 0.5
"""Weights of late interaction with the whole question, and with its topic, beside both.  Of 333
citizens' questions of the development sets the best sentence of the right clause held the answer
for .946 where the topic alone was looked at and for .964 with the whole question."""

_BOUNDARY = re.compile("[，,；;。！？!?：:]+[”’」』）)]*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a clause with its score (higher is better) and its coverage in [0, 1]."""

    span: Span
    score: float
    coverage: float
    similarity: float


def own_sentences(text: str, clause: Clause, duties: list[Responsibility]) -> list[Span]:
    """The sentences of a clause without its list of responsible units."""
    groups = {fact.group for fact in duties}
    found = []
    for span in sentences(text, clause.body):
        for group in groups:
            if span.covers(group):
                span = trim(text, Span(span.start, group.start))
            elif group.covers(span):
                span = Span(span.start, span.start)
        if len(span):
            found.append(span)
    return found


def best_sentences(
    text: str,
    clause: Clause,
    duties: list[Responsibility],
    topic: Topic,
    encoder: Encoder,
    gate: float = 0.0,
    question: str = "",
) -> list[Evidence]:
    """The sentences of a clause for a topic, best first.

    `question` is the whole of a folded question, whose words say what of the topic is wanted and
    in which situation; without it the topic is the question.
    """
    spans = own_sentences(text, clause, duties)
    if not spans:
        return []
    question = question or topic.text
    said = [s.of(text) for s in spans]
    similar: np.ndarray = encoder.encode(said) @ encode_queries(encoder, [question])[0]
    met = SOFT_SHARE * word_matches(question, said)
    if question != topic.text:
        met = met + TOPIC_SHARE * word_matches(topic.text, said)
    found = []
    for span, near, soft in zip(spans, similar, met, strict=True):
        covered = coverage(topic, folded(span.of(text)))
        score = covered + (DENSE_SHARE + 0.5 * gate) * float(near) + float(soft)
        found.append(Evidence(span, score, covered, float(near)))
    return sorted(found, key=lambda e: (-e.score, e.span.start))


def word_matches(question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """(texts,) in [0, 1]: how well the words of each text meet those of a folded question."""
    table, cutter = default_table(), shipped_encoder()
    asked, *held = cutter.ids([question, *map(fold_text, texts)])
    words = np.unique(asked)
    words = words[(words > 0) & (words < len(table))]
    met: npt.NDArray[np.float32] = table.matches(words, held) @ table.shares(words)
    return met


def trimmed(text: str, span: Span, topic: Topic, limit: int = MAX_QUOTE) -> Span:
    """The part of a sentence that covers the topic best within `limit` code points.

    The whole sentence where it is short enough.  Parts are runs of pieces between clause
    boundaries; of equal coverage the longer part wins, since it says more.
    """
    if len(span) <= limit:
        return span
    edges = [span.start]
    edges += [m.end() for m in _BOUNDARY.finditer(text, span.start, span.end)]
    if edges[-1] != span.end:
        edges.append(span.end)
    met = _piecewise(text, edges, topic.text)
    best: tuple[float, int, int, Span] | None = None
    for i, start in enumerate(edges[:-1]):
        for j, end in enumerate(edges[i + 1 :], i + 1):
            if end - start > limit and best is not None and end != edges[i + 1]:
                break
            part = trim(text, Span(start, end))
            fits = len(part) <= limit
            covered = round(coverage(topic, folded(part.of(text))) + max(met[i:j]), 3)
            rank = (covered if fits else covered - 1, len(part) if fits else -len(part), -start)
            if best is None or (rank[0], rank[1], rank[2]) > (best[0], best[1], best[2]):
                best = (*rank, part)
            if not fits:
                break
    return best[3] if best else span


def _piecewise(text: str, edges: Sequence[int], question: str) -> list[float]:
    """How well each piece between neighbouring edges meets the question."""
    pieces = [text[a:b] for a, b in pairwise(edges)]
    return [float(one) for one in word_matches(question, pieces)]


def without_trailing_comma(text: str, span: Span) -> Span:
    """The span without a comma or semicolon at its end."""
    end = span.end
    while end > span.start and text[end - 1] in "，,；;：:、":
        end -= 1
    return Span(span.start, end)
