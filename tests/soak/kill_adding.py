"""Kill `wence add` of a folder at random instants; what it acknowledged is whole, the rest follows.

    python tests/soak/kill_adding.py --kills 100

A child adds 300 small documents and syncs the id and the text's SHA-256 of each one to a log when
it is told that it is durable.  After every kill -9 the index must open and pass `verify`, hold
every document of the log with that text, find some of them, and hold nothing but whole documents of
the folder.  Then the same call is made again, to the end: everything is there once.  Every third
round changes files of an index that is complete, so that updates are killed as well.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from index_doubles import WORDS, HashingEncoder  # noqa: E402

from index.local import LocalIndex  # noqa: E402
from index.verify import verify  # noqa: E402
from qa.service import library  # noqa: E402
from qa.service.outcomes import FileOutcome  # noqa: E402
from qa.service.settings import Settings  # noqa: E402

ENCODER = HashingEncoder()


def write_documents(folder: Path, count: int, version: int) -> dict[str, str]:
    """Invented documents; returns the text of each title.  A tenth of them differ by version."""
    folder.mkdir(exist_ok=True)
    texts = {}
    for number in range(count):
        chooser = random.Random(number if number % 10 else number + 1_000_003 * version)
        title = f"第{number}号网络安全工作方案"
        tasks = (
            f"{n}.{''.join(chooser.choices(WORDS, k=12))}，到203{n}年覆盖率达到{30 + n}%以上。"
            for n in range(1, 4)
        )
        texts[title] = "\n".join([title, "", "一、重点任务", "", *tasks, ""])
        path = folder / f"{number % 7}" / f"{number:03}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts[title], "utf-8")
    return texts


def add(folder: Path, root: Path, log: Path) -> None:
    """What the child does until it is killed."""
    with (
        mock.patch.object(library, "load_encoder", return_value=ENCODER),
        log.open("a", encoding="utf-8") as lines,
    ):

        def say(line: list[str]) -> None:
            lines.write(json.dumps(line) + "\n")
            lines.flush()
            os.fsync(lines.fileno())

        with library.Library.open(Settings(index_dir=root)) as writer:
            say(["began"])

            def acknowledged(outcomes: Sequence[FileOutcome]) -> None:
                for one in outcomes:
                    assert one.read, one
                    text = (folder / one.file).read_bytes()
                    say([one.document_id, hashlib.sha256(text).hexdigest()])

            writer.add([folder], acknowledged=acknowledged)
            say(["done"])


def check(root: Path, log: Path, known: Sequence[dict[str, str]]) -> dict[str, str]:
    """The texts held by title; AssertionError unless they are whole and all that was told is there.

    `known` are the texts of the folder, the present ones first, then those that may still be there.
    """
    told = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    with LocalIndex.open(root, ENCODER) as index:
        infos = {info.id: info for info in index.documents()}
        texts = {info.title: index.document(info.id).text for info in infos.values()}
        assert len(texts) == len(infos)
        for title, text in texts.items():
            assert any(text == of.get(title) for of in known), title
        for one in told:
            if len(one) == 2:
                assert infos[one[0]].sha256 == one[1], one
        for info in list(infos.values())[:: max(1, len(infos) // 20)]:
            query = texts[info.title].splitlines()[4]
            hits = index.search_lexical(query, 3, documents=[info.id])
            assert {hit.key.document_id for hit in hits} == {info.id}
    assert [one for one in verify(root, ENCODER) if one.severity == "error"] == []
    return texts


def run(folder: Path, root: Path, log: Path, after: float | None) -> bool:
    """Start the child and kill it so many seconds after it began; whether it was killed in time."""
    log.write_text("")
    command = [sys.executable, __file__, "--add", str(folder), str(root), str(log)]
    with subprocess.Popen(command) as child:
        while after is not None and not log.stat().st_size:
            assert child.poll() is None, "the writer ended before it began"
            time.sleep(0.02)
        try:
            child.wait(after)
        except subprocess.TimeoutExpired:
            child.kill()
            return True
    assert child.returncode == 0, child.returncode
    return False


def soak(scratch: Path, kills: int, documents: int, seed: int) -> tuple[int, int]:
    """Kill so often; returns how many documents those acknowledged that were killed, and how many
    of them had acknowledged none yet."""
    chooser = random.Random(seed)
    folder, log = scratch / "documents", scratch / "log"
    killed, acknowledged, early, version = 0, 0, 0, 0
    root, texts = scratch / "index-0", write_documents(folder, documents, 0)
    began = time.monotonic()
    run(folder, root, log, None)
    whole = time.monotonic() - began  # the start of the child included: some kills come too late
    while killed < kills:
        version += 1
        before = texts
        if version % 3:  # else the index is complete already, and some of its documents change
            root = scratch / f"index-{version}"
        texts = write_documents(folder, documents, version)
        while killed < kills and run(folder, root, log, chooser.uniform(0.0, whole)):
            killed += 1
            told = sum(len(json.loads(line)) == 2 for line in log.read_text().splitlines())
            acknowledged += told
            early += not told
            check(root, log, [texts, before])
        if killed == kills:
            run(folder, root, log, None)
        assert check(root, log, [texts]) == texts
    return acknowledged, early


def main() -> int:
    """Run it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--documents", type=int, default=300)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--add", nargs=3, type=Path)
    given = options.parse_args()
    if given.add:
        add(*given.add)
        return 0
    with tempfile.TemporaryDirectory(prefix="wence-kill-") as made:
        told, early = soak(Path(made), given.kills, given.documents, given.seed)
    print(
        f"{given.kills} kills, {told} documents acknowledged before them ({early} kills before the "
        f"first), none lost, none half (seed {given.seed})"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
