"""The measures of a ranking of documents, per question, as trec_eval counts them.

All are in [0, 1], higher is better, relevance is 0 or 1:
- hit@k: 1 if a right document is among the first k, else 0 (trec_eval's success).
- mrr@10: 1 / place of the first right document, 0 beyond place 10.
- ndcg@10: gain 1 a right document, discount log2(1 + place), divided by that of the best order
  (Järvelin and Kekäläinen 2002).
- recall@100: the share of the right documents among the first 100.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

MEASURES = ("hit@1", "hit@3", "mrr@10", "ndcg@10", "recall@100")


def measured(rankings: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> np.ndarray:
    """(questions, len(MEASURES)) float64: a row for every question, in their order.

    `rankings` and `right` are document ids a question.  An empty ranking scores 0.

    >>> measured([["x", "a"], []], [["a"], ["b"]])[:, :3].tolist()
    [[0.0, 1.0, 0.5], [0.0, 0.0, 0.0]]
    """
    import ir_measures

    columns = {measure: column for column, measure in enumerate(_measures())}
    names = [str(number) for number in range(len(right))]
    qrels = {name: dict.fromkeys(ids, 1) for name, ids in zip(names, right, strict=True)}
    # Scores that fall strictly: the tools below ir_measures break ties by document id, and not
    # all of them in the same direction, while a ranking has an order of its own.
    run = {
        name: {document: float(-place) for place, document in enumerate(ranking)}
        for name, ranking in zip(names, rankings, strict=True)
    }
    values = np.zeros((len(right), len(columns)))
    for one in ir_measures.iter_calc(list(columns), qrels, run):
        values[int(one.query_id), columns[one.measure]] = one.value
    return values


@cache
def _measures() -> tuple[Any, ...]:
    """What `MEASURES` are in ir_measures, in the same order."""
    from ir_measures import RR, R, Success, nDCG

    return (Success @ 1, Success @ 3, RR @ 10, nDCG @ 10, R @ 100)
