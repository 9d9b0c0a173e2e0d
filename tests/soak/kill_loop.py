"""Kill a writer at random instants, again and again; nothing acknowledged may be lost.

    python tests/soak/kill_loop.py --kills 200

A child adds, replaces, deletes and compacts, and syncs a line to a log after each write returned.
After every kill -9 the index must open, hold exactly what the log says (the write that was under
way may be there or not, but whole), answer both searches alike, and pass `verify`.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

import numpy as np  # noqa: E402
from index_doubles import HashingEncoder, document  # noqa: E402

from index.local import LocalIndex  # noqa: E402
from index.verify import verify  # noqa: E402
from ingest.schema import ParsedDocument  # noqa: E402

ENCODER = HashingEncoder()
State = dict[str, int]
"""The version of each document that is held."""


def versioned(name: str, version: int) -> ParsedDocument:
    """A document of a few passages, each of which names its version."""
    return document(name, *(f"第{version}版网络安全{n}。" for n in range(1 + version % 4)))


def write(root: Path, log: Path, seed: int) -> None:
    """What the child does until it is killed."""
    chooser = random.Random(seed)
    with (
        log.open("a", encoding="utf-8") as lines,
        LocalIndex.open(root, ENCODER, writable=True) as index,
    ):

        def say(what: str, changes: dict[str, int | None]) -> None:
            lines.write(json.dumps([what, changes]) + "\n")
            lines.flush()
            os.fsync(lines.fileno())

        held = version_of(index)
        while True:
            act = chooser.choice(["add", "add", "add", "delete", "compact", "purge"])
            names = [f"d{chooser.randrange(30):02}" for _ in range(chooser.randint(1, 4))]
            changes: dict[str, int | None] = {}
            if act == "add":
                changes = {name: held.get(name, 0) + chooser.randint(1, 9) for name in names}
            elif act == "delete":
                changes = dict.fromkeys(name for name in names if name in held)
            say("try", changes)
            if act == "add":
                index.add([versioned(name, version or 0) for name, version in changes.items()])
            elif act == "delete":
                index.delete(list(changes))
            else:
                index.compact(full=act == "purge")
            say("done", changes)
            for name, version in changes.items():
                held.pop(name, None)
                if version is not None:
                    held[name] = version


def version_of(index: LocalIndex) -> State:
    """The version of each document; AssertionError if one is a mixture."""
    held = {}
    for info in index.documents():
        texts = [stored.text for stored in index.passages(info.id)]
        versions = {int(text[1 : text.index("版")]) for text in texts}
        assert len(versions) == 1, (info.id, texts)
        (held[info.id],) = versions
        assert len(texts) == 1 + held[info.id] % 4
    return held


def expected(log: Path) -> tuple[State, State]:
    """What is held by the log: with the last write that was not acknowledged, and without it."""
    sure: State = {}
    maybe: State = {}
    for line in log.read_text("utf-8").splitlines():
        what, changes = json.loads(line)
        maybe = {name: v for name, v in {**sure, **changes}.items() if v is not None}
        if what == "done":
            sure = maybe
    return sure, maybe


def settle(log: Path, found: State) -> None:
    """Write down what became of the write that was under way."""
    with log.open("a", encoding="utf-8") as lines:
        sure, _ = expected(log)
        changes = {name: found.get(name) for name in {*sure, *found}}
        lines.write(json.dumps(["done", changes]) + "\n")


def check(root: Path, log: Path) -> None:
    """AssertionError unless the index holds what was acknowledged, and is sound."""
    with LocalIndex.open(root, ENCODER) as index:
        found = version_of(index)
        assert found in expected(log), (found, expected(log))
        zero = np.zeros(ENCODER.dim, np.float32)
        dense = {hit.key for hit in index.search_dense(zero, 999)}
        assert dense == {hit.key for hit in index.search_lexical("网络", 999)}
        assert {key.document_id for key in dense} == set(found)
    errors = [one for one in verify(root, ENCODER) if one.severity == "error"]
    assert errors == [], errors
    settle(log, found)


def soak(folder: Path, kills: int, seed: int) -> int:
    """Kill so often; returns how many writes were acknowledged."""
    chooser = random.Random(seed)
    root, log = folder / "index", folder / "log"
    LocalIndex.create(root, ENCODER).close()
    log.touch()
    for number in range(kills):
        command = [sys.executable, __file__, "--write", str(root), str(log), "--seed"]
        before = log.stat().st_size
        with subprocess.Popen([*command, str(seed + number)]) as writer:
            while log.stat().st_size == before:  # it has begun
                assert writer.poll() is None, "the writer ended by itself"
                time.sleep(0.005)
            time.sleep(chooser.uniform(0.0, 0.6))
            assert writer.poll() is None, "the writer ended by itself"
            writer.kill()
        check(root, log)
    lines = log.read_text("utf-8").splitlines()
    return sum(json.loads(line)[0] == "done" for line in lines) - kills


def main() -> int:
    """Run it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--write", nargs=2, type=Path)
    given = options.parse_args()
    if given.write:
        write(*given.write, given.seed)
    with tempfile.TemporaryDirectory(prefix="wence-kill-") as made:
        done = soak(Path(made), given.kills, given.seed)
    print(f"{given.kills} kills, {done} acknowledged writes, none lost (seed {given.seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
