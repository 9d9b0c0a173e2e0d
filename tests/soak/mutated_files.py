"""Thousands of damaged and hostile files: each is read or refused with its name and the cause.

    python tests/soak/mutated_files.py 1 2000

Each is read in a worker process; none may crash it, take 30 seconds or a gigabyte.  Ends with 1 if
one did.  Files of ../shared/samples are damaged too where they are present.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from five_formats import five  # noqa: E402 - the folders above are not installed
from mutations import mutated  # noqa: E402
from reading_worker import Outcome, Worker  # noqa: E402
from ten_documents_more import TEN  # noqa: E402

SAMPLES = TESTS.parent.parent / "shared/samples"
SUFFIXES = (".html", ".txt", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".ofd")
MOST = 2_000_000
"""A larger sample, in bytes, is left out: what is tested is damage, not length."""


def bases(folder: Path, samples: Path) -> dict[str, bytes]:
    """The files that are damaged."""
    found: dict[str, bytes] = {}
    for kind, paper in TEN.items():
        found |= five(paper, kind, folder)
    for path in sorted(samples.rglob("*")):
        if path.suffix in SUFFIXES and path.stat().st_size < MOST:
            found[path.name] = path.read_bytes()
    return found


def main() -> int:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("seed", type=int)
    options.add_argument("count", type=int)
    options.add_argument("--from", type=int, default=0, dest="first", help="number of the first")
    options.add_argument("--samples", type=Path, default=SAMPLES, help="real files to damage")
    options.add_argument("--keep", type=Path, help="folder for the files that failed")
    given = options.parse_args()
    outcomes: list[tuple[str, str, Outcome]] = []
    with tempfile.TemporaryDirectory() as held, Worker() as worker:
        folder = Path(held)
        chance = Random(given.seed)
        for at, one in enumerate(mutated(bases(folder, given.samples), chance, given.count)):
            if at < given.first:
                continue
            path = folder / one.name
            path.write_bytes(one.data)
            outcome = worker.read(path)
            path.unlink()
            outcomes.append((one.kind, one.name, outcome))
            if outcome.bad:
                print(f"{at} {one.kind} {one.name}: {outcome}", flush=True)
                if given.keep:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{at}-{one.name}").write_bytes(one.data)
    report(outcomes)
    return int(any(outcome.bad for _, _, outcome in outcomes))


def report(outcomes: list[tuple[str, str, Outcome]]) -> None:
    """The outcomes by their code, the slowest files and those that took most memory."""
    codes = Counter(outcome.code for _, _, outcome in outcomes)
    print(f"{len(outcomes)} files: {dict(codes.most_common())}")
    for what in ("seconds", "megabytes"):
        most = sorted(outcomes, key=lambda one: -getattr(one[2], what))[:5]
        listed = ", ".join(f"{getattr(o, what):.1f} {k} {n} ({o.code})" for k, n, o in most)
        print(f"most {what}: {listed}")


if __name__ == "__main__":
    sys.exit(main())
