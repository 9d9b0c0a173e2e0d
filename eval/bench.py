"""`wence bench`: how fast the program is on the documents of a folder, and what it costs.

Everything happens in a temporary index; the index of the settings is neither read nor written.
Every measurement runs in a fresh process, the program's own commands as a user would run them.
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import bench_scale
from eval.bench_figures import Figure, rate, sizes, spread, table
from eval.bench_process import Finished, python, task
from ingest.errors import ReadError

QUESTIONS, ROUNDS = 200, 5
_SLOWEST = 3  # questions that are named, so that a tail can be looked into
_IMPORT = re.compile(r"^import time:\s+(\d+) \|", re.MULTILINE)


def main(argv: list[str]) -> int:
    """Run `wence bench` with these arguments; the exit status, or a `WenceError` for the caller."""
    parser = _parser()
    options = parser.parse_args(argv)
    if wrong := bench_scale.wrong_call(options):
        parser.error(wrong)
    if options.scale is not None:
        return bench_scale.run(options)
    folder = _folder(options.folder)
    before = os.getloadavg()[0]
    counts, figures = measure(folder, options.questions, options.rounds)
    load = [round(value, 2) for value in (before, os.getloadavg()[0])]
    machine = {"cores": os.cpu_count() or 1, "python": sys.version.split()[0], "load": load}
    if options.json:
        shown = {figure.key: figure.as_json() for figure in figures}
        whole = {"rounds": options.rounds, "machine": machine, **counts, "figures": shown}
        print(json.dumps(whole, ensure_ascii=False))
        return 0
    print(
        f"文件{counts['documents']}份，{counts['characters']:,}字，{counts['passages']:,}段；"
        f"问题{counts['questions']}个，问{options.rounds}轮："
        + "、".join(f"{status} {n}" for status, n in counts["status"].items())
    )
    for slow in counts["slowest"]:
        print(f"最慢的问题：{slow['question']} {slow['ms']} ms")
    print(f"{machine['cores']}核，Python {machine['python']}，1分钟负载{load[0]}→{load[1]}")
    print(table(figures))
    return 0


def measure(folder: Path, count: int, rounds: int) -> tuple[dict[str, Any], list[Figure]]:
    """What was measured with, and the figures; `count` questions at most."""
    with tempfile.TemporaryDirectory(prefix="wence-bench-") as scratch:
        index = str(Path(scratch) / "index")
        environment = {"WENCE_INDEX_DIR": index}
        _progress(f"读取、编码、建索引，{rounds}轮")
        built, _ = task(
            "build", {"folder": str(folder), "scratch": scratch, "rounds": rounds}, environment
        )
        counts = {name: built[name] for name in ("documents", "characters", "passages")}
        _progress("wence add")
        added = python(["-m", "ui.cli", "add", str(folder)], environment)
        figures = [*_building(built, added), *sizes(Path(index))]

        chosen, _ = task("chosen", {"index": index, "count": count}, environment)
        asked: list[str] = chosen["questions"]
        _progress(f"冷启动，{rounds}轮")
        figures += _cold(index, asked[0], rounds, environment)
        _progress(f"{len(asked)}个问题，{rounds}轮")
        warm = [
            task("answers", {"index": index, "asked": asked}, environment) for _ in range(rounds)
        ]
        status = sum((Counter(found["status"]) for found, _ in warm), Counter[str]())
        figures += _warm([found for found, _ in warm])
        figures.append(_memory("answering", "内存峰值：连续作答", [ended for _, ended in warm]))
        _progress(f"添加、查到、撤下一份文件，{rounds}轮")
        changed, _ = task("changes", {"index": index, "rounds": rounds}, environment)
        figures += _changes(changed)
    counts |= {"questions": len(asked), "status": dict(status)}
    counts["slowest"] = _slowest(asked, [found["answer_ms"] for found, _ in warm])
    return counts, figures


def _slowest(asked: Sequence[str], rounds: Sequence[Sequence[float]]) -> list[dict[str, Any]]:
    """The questions with the highest median over the rounds, in ms, the slowest first."""
    medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
    ordered = sorted(zip(medians, asked, strict=True), reverse=True)[:_SLOWEST]
    return [{"question": question, "ms": round(ms, 1)} for ms, question in ordered]


def _building(built: Mapping[str, Any], added: Finished) -> list[Figure]:
    return [
        rate("parse_rate", "读取文件", "字/s", built["characters"], built["parse_s"]),
        rate("encode_rate", "编码段落", "段/s", built["passages"], built["encode_s"]),
        spread("build_s", "建索引(含编码)", "s", built["build_s"]),
        rate("build_rate", "建索引(含编码)", "段/s", built["passages"], built["build_s"]),
        spread("add_command_s", "wence add 整个文件夹", "s", [added.ms / 1000]),
        _memory("add", "内存峰值：wence add", [added]),
    ]


def _cold(index: str, question: str, rounds: int, environment: Mapping[str, str]) -> list[Figure]:
    command = ["-m", "ui.cli", "ask", question]
    asked = [python(command, environment) for _ in range(rounds)]
    bare = [python(["-c", "pass"], environment).ms for _ in range(rounds)]
    traced = [python(["-X", "importtime", *command], environment) for _ in range(rounds)]
    imports = [sum(map(int, _IMPORT.findall(ended.err))) / 1000 for ended in traced]
    opened = [
        task("first", {"index": index, "question": question}, environment) for _ in range(rounds)
    ]
    steps = {
        "load_encoder_ms": "冷打开：编码器",
        "open_index_ms": "冷打开：索引",
        "first_lexical_ms": "冷打开：首次词法检索",
        "first_dense_ms": "冷打开：首次向量检索",
    }
    return [
        spread("cold_ask_ms", "冷启动 wence ask，整个进程", "ms", [ended.ms for ended in asked]),
        spread("cold_imports_ms", "其中导入(-X importtime)", "ms", imports),
        spread("interpreter_ms", "其中解释器(python -c pass)", "ms", bare),
        _memory("ask", "内存峰值：wence ask", asked),
        spread("cold_open_ms", "冷打开并检索，整个进程", "ms", [ended.ms for _, ended in opened]),
        *(
            spread(key, label, "ms", [ms for found, _ in opened for ms in found[key]])
            for key, label in steps.items()
        ),
    ]


def _warm(rounds: Sequence[Mapping[str, Any]]) -> list[Figure]:
    labels = {
        "answer_ms": "热态：整个回答",
        "total_ms": "热态：timings_ms.total",
        "retrieve_ms": "热态：timings_ms.retrieve",
        "encode_question_ms": "热态：问题编码",
        "lexical_ms": "热态：词法检索",
        "dense_ms": "热态：向量检索",
    }
    return [
        spread(key, label, "ms", [ms for found in rounds for ms in found[key]])
        for key, label in labels.items()
    ]


def _changes(changed: Mapping[str, Any]) -> list[Figure]:
    labels = {
        "add_one_ms": "添加一份文件",
        "find_one_ms": "添加后由读者查到",
        "delete_one_ms": "撤下一份文件",
    }
    return [spread(key, label, "ms", changed[key]) for key, label in labels.items()]


def _memory(name: str, label: str, processes: Sequence[Finished]) -> Figure:
    return spread(f"peak_{name}_mb", label, "MB", [ended.peak / 1e6 for ended in processes])


def _folder(given: Path | None) -> Path:
    """The folder to measure with; ReadError unless it holds a readable document."""
    from ingest.parse import document_files
    from qa.service.settings import load_settings

    folder = (given or load_settings().corpus_dir).absolute()
    if not folder.is_dir():
        raise ReadError(f"{folder}不是文件夹", "放着文件的文件夹", "检查路径")
    if not any(True for _ in document_files(folder)):
        raise ReadError(f"文件夹{folder}里没有可读的文件", "至少一份文本文件", "检查路径")
    return folder


def _progress(step: str) -> None:
    print(f"测量：{step} …", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wence bench",
        description="测量速度、内存和磁盘占用；只用临时索引，不读写现有的索引。",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="文件所在的文件夹，默认为随附语料"
    )
    parser.add_argument(
        "--questions", type=_positive, default=QUESTIONS, metavar="N",
        help=f"最多问几个问题，默认{QUESTIONS}",
    )  # fmt: skip
    parser.add_argument(
        "--rounds", type=_positive, default=ROUNDS, metavar="R", help=f"测几轮，默认{ROUNDS}"
    )
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
    bench_scale.add_options(parser)
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"数目是{text}；需要 1 以上的整数")
    return int(text)
