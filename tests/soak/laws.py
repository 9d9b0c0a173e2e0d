"""Every article, chapter, section and part of 3,422 laws against an independent rule.

    python tests/soak/laws.py

Prints each law whose outline differs from `laws_oracle` in more headings than are explained there,
or whose articles do not stand in increasing order; it fails if there is one.
"""

import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from laws_oracle import (  # noqa: E402
    EXPLAINED,
    KINDS,
    LAWS,
    differences,
    disordered,
    explained,
    headings,
    laws,
)

from ingest.outline import outline  # noqa: E402


def main() -> int:
    """Compare all, report."""
    if not LAWS.is_file():
        print(f"found no {LAWS}: the laws of the public test data are not compared")
        return 0
    started = time.monotonic()
    counts: Counter[str] = Counter()
    wrong = 0
    for path, text in laws().items():
        clauses = outline("d", text)
        counts.update(clause.kind for clause in clauses if clause.kind in KINDS)
        found = differences(text, clauses)
        unordered = disordered([one for one in headings(text) if one not in found])
        if len(found) != explained(path) or unordered:
            wrong += 1
            print(f"{path}: {len(found)} headings differ, {unordered} articles out of order")
    for why, (law, number) in EXPLAINED.items():
        print(f"explained: {number} in {law}: {why}")
    taken = time.monotonic() - started
    print(f"{len(laws())} laws in {taken:.0f} s: {dict(counts)}, {wrong} not explained")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
