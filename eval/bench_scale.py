"""`wence bench --scale`: the same measurements at several sizes, and rivals beside them.

Each step runs in a fresh process, each size in a folder of its own that is removed before the
next.  The corpora are made by `eval.bench_corpus`; the questions are of the smallest one, which
every larger one begins with, so all sizes are asked the same.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import scale_figures
from eval.bench_figures import Figure, rate, sizes, spread
from eval.bench_process import python, task
from eval.bench_texts import expect_data
from eval.scale_report import plot, shown
from ingest.errors import WenceError

SIZES = (10_000, 100_000)
RIVALS = {"langchain": "rank_bm25", "bm25s": "bm25s", "lancedb": "lancedb"}
"""Rivals, and the module that must be installed for each."""

INSTALL = "pip install -c constraints.txt -e '.[bench]'"
RIVALS_UP_TO = 100_000
"""Passages; beyond it rank_bm25 takes seconds for a question and gigabytes."""

BYTES_A_PASSAGE, BYTES_WITH_RIVALS = 4_000, 7_000
"""What a passage needs on disk at most.

Measured: an index 1.8 kB (2.9 below 50,000 passages), while it is built 1.3 of raw vectors; then
for the rivals 0.4 of words, 1.3 of vectors and 2.6 of LanceDB.
"""

_LEAST, _MOST = 100, 10_000_000  # passages of a corpus
_CHANGES = 20
_ANSWERS = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: sizes ascending, in passages."""

    folder: Path
    sizes: tuple[int, ...]
    questions: int
    rounds: int
    out: Path | None


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of `wence bench` that are about sizes."""
    parser.add_argument(
        "--scale", nargs="*", type=_size, metavar="SIZE",
        help="造出这么多段的语料，逐一测量并与同类方案对照；如 10k 100k 1m，默认 10k 100k",
    )  # fmt: skip
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="--scale 的数据所在的文件夹，默认为随附语料"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="--scale 的图画在这个文件夹里")


def wrong_call(options: argparse.Namespace) -> str:
    """What is wrong with options that do not go together; empty when nothing is."""
    if options.scale is None and (options.data or options.out):
        return (
            "给出了 --data 或 --out 而没有 --scale；它们只用于 --scale；请加上 --scale 或去掉它们"
        )
    if options.scale is not None and options.folder:
        return (
            f"同时给出了 {options.folder} 和 --scale；--scale 的数据用 --data 指明；请改用 --data"
        )
    return ""


def run(options: argparse.Namespace) -> int:
    """Measure at the sizes that were given, and print; the exit status."""
    from qa.service.settings import load_settings

    plan = Plan(
        folder=(options.data or load_settings().corpus_dir).absolute(),
        sizes=tuple(sorted(set(options.scale or SIZES))),
        questions=options.questions,
        rounds=options.rounds,
        out=options.out,
    )
    found = measure(plan)
    print(json.dumps(found, ensure_ascii=False) if options.json else shown(found))
    return 0


def measure(plan: Plan) -> dict[str, Any]:
    """Everything that was found, as it is printed with `--json`; plots go to `plan.out`."""
    expect_data(plan.folder)
    expect_room(Path(tempfile.gettempdir()), plan.sizes)
    if plan.out is not None:
        expect_plots(plan.out)
    load = os.getloadavg()[0]
    given = {"folder": str(plan.folder), "passages": plan.sizes[0], "count": plan.questions}
    asked = _task("questions", given)["asked"]
    if not asked:
        raise WenceError("语料里造不出问题", "至少一个问题", "换一个文件夹")
    measured = [_measured(plan, size, asked) for size in plan.sizes]
    found = {
        "machine": {
            "cores": os.cpu_count() or 1,
            "python": sys.version.split()[0],
            "load": [round(one, 2) for one in (load, os.getloadavg()[0])],
        },
        "questions": len(asked),
        "rounds": plan.rounds,
        "sizes": measured,
        "growth": scale_figures.growth(measured),
    }
    if plan.out is not None:
        plot(found, plan.out)
    return found


def expect_room(folder: Path, passages: Sequence[int]) -> None:
    """Raise WenceError unless each size fits on the disk, one at a time."""
    needed, size = max(
        (n * (BYTES_WITH_RIVALS if n <= RIVALS_UP_TO else BYTES_A_PASSAGE), n) for n in passages
    )
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise WenceError(
            f"{folder}所在的磁盘还有{free / 1e9:.1f} GB",
            f"{needed / 1e9:.1f} GB（{size:,}段，每段约{needed / size / 1000:.0f} kB）",
            "腾出空间，把 TMPDIR 指到别的磁盘，或减少段数",
        )


def expect_plots(out: Path) -> None:
    """Raise WenceError unless plots can be drawn and written there."""
    if importlib.util.find_spec("matplotlib") is None:
        raise WenceError("没有安装 matplotlib", "画图用的 matplotlib", f"运行 {INSTALL}")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WenceError(
            f"建不了文件夹{out}（{error.strerror}）", "可写的文件夹", "检查 --out"
        ) from error


def _size(text: str) -> int:
    """A number of passages; `k` and `m` stand for thousands and millions."""
    found = re.fullmatch(r"(\d{1,8})([km]?)", text.lower(), re.ASCII)
    size = int(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]] if found else 0
    if not _LEAST <= size <= _MOST:
        raise argparse.ArgumentTypeError(
            f"段数是{text}；需要 {_LEAST} 到 {_MOST} 的整数，如 10000、100k、1m"
        )
    return size


def _measured(plan: Plan, size: int, asked: Sequence[Sequence[Any]]) -> dict[str, Any]:
    words = [question for question, _ in asked]
    with tempfile.TemporaryDirectory(prefix="wence-bench-") as scratch:
        index = str(Path(scratch) / "index")
        _progress(size, "造语料、建索引")
        built = _task("build", {"folder": str(plan.folder), "passages": size, "index": index})
        figures = [*scale_figures.building(size, built), *sizes(Path(index))]
        _progress(size, f"冷启动，{plan.rounds}轮")
        figures += _cold(index, words[0], plan.rounds)
        _progress(size, f"{len(asked)}个问题")
        found, ended = task("search", {"index": index, "asked": asked}, {}, _TASKS)
        figures += [
            spread(f"{arm}_ms", label, "ms", found[f"{arm}_ms"])
            for arm, label in scale_figures.ARMS.items()
        ]
        figures += [
            *scale_figures.found(found["found"]),
            *scale_figures.memory("search", "检索", found, ended.peak),
        ]
        _progress(size, "近似向量检索与精确检索对照")
        exact = _task("recall", {"index": index, "asked": words})["recall"]
        figures.append(scale_figures.share("recall", "向量近似检索 recall@10，对照精确检索", exact))
        _progress(size, "作答")
        some = words[:: max(1, len(words) // _ANSWERS)]
        answered, ended = task("answers", {"index": index, "asked": some}, {}, _TASKS)
        figures += scale_figures.answering(answered, ended.peak)
        rivals = _rivals(size, index, Path(scratch), asked)
        _progress(size, f"添加、查到、撤下一份文件，{_CHANGES}轮")
        figures += scale_figures.changes(_task("changes", {"index": index, "rounds": _CHANGES}))
    return {
        "passages": size,
        "documents": built["documents"],
        "characters": built["characters"],
        "copied": built["copied"],
        "skipped": built["skipped"],
        "slowest": scale_figures.slowest(some, answered["answer_ms"]),
        "figures": {one.key: {"label": one.label, **one.as_json()} for one in figures},
        "rivals": rivals,
    }


def _cold(index: str, question: str, rounds: int) -> list[Figure]:
    inner, whole, bare = [], [], []
    for _ in range(rounds):
        found, ended = task("cold", {"index": index, "question": question}, {}, _TASKS)
        inner.append(found["cold_ms"])
        whole.append(ended.ms)
        bare.append(python(["-c", "pass"]).ms)
    return [
        spread("cold_ms", "冷打开到首个融合结果，整个进程", "ms", whole),
        spread("cold_inner_ms", "同上，不含解释器启动", "ms", inner),
        spread("interpreter_ms", "解释器(python -c pass)", "ms", bare),
    ]


def _rivals(size: int, index: str, scratch: Path, asked: Sequence[Any]) -> dict[str, Any]:
    """What each rival cost and how fast it was, or why there is nothing to say."""
    if size > RIVALS_UP_TO:
        return {}
    found: dict[str, Any] = {}
    there = {name: importlib.util.find_spec(needs) is not None for name, needs in RIVALS.items()}
    if any(there.values()):
        _progress(size, "取出段落和向量，供对照")
        _task("export", {"index": index, "folder": str(scratch)})
    for name, installed in there.items():
        if not installed:
            found[name] = {"missing": RIVALS[name], "install": INSTALL}
            continue
        _progress(size, f"对照：{name}")
        one, ended = task(
            "rival", {"name": name, "folder": str(scratch), "asked": asked}, {}, _TASKS
        )
        figures = [
            spread("build_s", "建库", "s", [one["build_s"]]),
            rate("build_rate", "建库", "段/s", size, [one["build_s"]]),
            spread("peak_mb", "内存峰值", "MB", [ended.peak / 1e6]),
            *(
                spread(f"{arm}_ms", label, "ms", one[f"{arm}_ms"])
                for arm, label in scale_figures.ARMS.items()
                if f"{arm}_ms" in one
            ),
            *scale_figures.found(one["found"]),
        ]
        if "resident_mb" in one:
            figures.append(spread("resident_mb", "常驻内存", "MB", [one["resident_mb"]]))
        if "disk_bytes" in one:
            figures.append(spread("disk_bytes", "磁盘", "B", [one["disk_bytes"]]))
        found[name] = {one.key: {"label": one.label, **one.as_json()} for one in figures}
    return found


def _task(name: str, options: Mapping[str, object]) -> dict[str, Any]:
    found, _ = task(name, options, {}, _TASKS)
    return found


def _progress(size: int, step: str) -> None:
    now = time.strftime("%H:%M:%S")
    print(f"{now} {size:,}段：{step} …", file=sys.stderr, flush=True)


_TASKS = "eval.scale_tasks"
