"""The same order from every arm, whatever order the passages were added in.

Engines add floating-point numbers in an order of their own and break ties by row number.  Here
scores that differ by no more than rounding count as equal, equal scores are ordered by key, and
an engine is asked for more rows until no tie is cut in two.
"""

from collections.abc import Callable, Mapping, Sequence

from index.backend import Hit, PassageKey

Scored = tuple[int, float]
"""A pid with its score; higher is better."""

_MARGIN = 16


def best(
    fetch: Callable[[int], Sequence[Scored]],
    key_of: Callable[[Sequence[int]], Mapping[int, PassageKey]],
    k: int,
    tolerance: float,
) -> list[Hit]:
    """The `k` best hits, best first, ties by key.

    `fetch(limit)` gives at most `limit` scored pids, best first; `key_of` their keys.
    `tolerance` is relative to the score, or absolute below 1.  Raises ValueError for `k` < 1.
    """
    expect_k(k)
    limit = k + _MARGIN
    while True:
        found = fetch(limit)
        groups = _ties(found, tolerance)
        if len(found) < limit or len(found) - len(groups[-1]) >= k:
            break
        limit *= 4
    keys = key_of([pid for pid, _ in found])
    hits: list[Hit] = []
    for group in groups:
        if len(hits) >= k:
            break
        if len(group) == 1:  # nearly all: no tie to order
            hits.append(Hit(keys[group[0][0]], group[0][1]))
        else:
            hits += [Hit(key, group[0][1]) for key in sorted(keys[pid] for pid, _ in group)]
    return hits[:k]


def expect_k(k: int) -> None:
    """Raise ValueError for a number of hits below 1."""
    if k < 1:
        raise ValueError(f"found k = {k}, expected k >= 1")


def _ties(found: Sequence[Scored], tolerance: float) -> list[list[Scored]]:
    """Neighbours whose scores do not differ from the first of them by more than rounding.

    >>> _ties([(4, 2.0), (7, 1.9999999), (5, 1.5)], 1e-6)
    [[(4, 2.0), (7, 1.9999999)], [(5, 1.5)]]
    """
    groups: list[list[Scored]] = []
    for pid, score in found:
        first = groups[-1][0][1] if groups else None
        if first is not None and first - score <= tolerance * max(1.0, abs(first)):
            groups[-1].append((pid, score))
        else:
            groups.append([(pid, score)])
    return groups
