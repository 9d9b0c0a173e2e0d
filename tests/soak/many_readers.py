"""One process writes, eight read: no read may see a mixture, and no document may go back.

    python tests/soak/many_readers.py --seconds 300

Every passage names its document's version.  A reader asks for the latest generation, then checks
each document of it: one version in all passages, as many passages as that version has, in the
store and in both searches, and never an older version than it saw before.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import numpy as np  # noqa: E402
from kill_loop import ENCODER, version_of, versioned  # noqa: E402

from index.local import LocalIndex  # noqa: E402

NAMES = [f"d{number:02}" for number in range(20)]


def write(root: Path, seconds: float) -> int:
    """Replace documents, delete one and add it again, compact; returns the number of writes."""
    chooser, version, writes = random.Random(0), 1, 0
    end = time.monotonic() + seconds
    with LocalIndex.open(root, ENCODER, writable=True) as index:
        while time.monotonic() < end:
            version += 1
            some = chooser.sample(NAMES, chooser.randint(1, 5))
            if version % 7 == 0:
                index.delete(some[:1])
            index.add([versioned(name, version) for name in some])
            if version % 11 == 0:
                index.compact(full=version % 2 == 0)
            writes += 1
    return writes


def read(root: Path, seconds: float) -> int:
    """Read and check until the time is up; returns the number of generations seen."""
    newest: dict[str, int] = {}
    seen = set()
    end = time.monotonic() + seconds
    index = LocalIndex.open(root, ENCODER)
    while time.monotonic() < end:
        index = index.latest()
        held = version_of(index)
        for name, version in held.items():
            assert version >= newest.get(name, 0), f"{name} went back to version {version}"
            newest[name] = version
        zero = np.zeros(ENCODER.dim, np.float32)
        for hits in (index.search_lexical("网络安全", 999), index.search_dense(zero, 999)):
            texts = [stored.text for stored in index.get([hit.key for hit in hits])]
            versions = {
                (hit.key.document_id, int(text[1 : text.index("版")]))
                for hit, text in zip(hits, texts, strict=True)
            }
            assert versions == set(held.items()), versions ^ set(held.items())
            assert len(hits) == sum(1 + version % 4 for version in held.values())
        assert len(index.token_ids([hit.key for hit in hits])) == len(hits)
        seen.add(index.snapshot())
    return len(seen)


def soak(folder: Path, seconds: float, readers: int) -> tuple[int, int]:
    """The numbers of writes and of generations that readers saw; raises if a read was wrong."""
    root = folder / "index"
    with LocalIndex.create(root, ENCODER) as index:
        index.add([versioned(name, 1) for name in NAMES])
    command = [sys.executable, __file__, "--seconds", str(seconds), "--read", str(root)]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(readers)
    ]
    writes = write(root, seconds)
    seen = 0
    for child in children:
        out, error = child.communicate(timeout=120)
        if child.returncode:
            raise AssertionError(error)
        seen += int(out)
    return writes, seen


def main() -> int:
    """Run it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seconds", type=float, default=300)
    options.add_argument("--readers", type=int, default=8)
    options.add_argument("--read", type=Path)
    given = options.parse_args()
    if given.read:
        print(read(given.read, given.seconds))
        return 0
    with tempfile.TemporaryDirectory(prefix="wence-read-") as made:
        writes, seen = soak(Path(made), given.seconds, given.readers)
    print(f"{writes} writes, {seen} generations read by {given.readers} readers, 0 wrong reads")
    return 0


if __name__ == "__main__":
    sys.exit(main())
