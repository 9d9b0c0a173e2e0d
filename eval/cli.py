"""`wence eval`: ask the gold questions of the assistant that the chat uses, and print figures.

Exits with 1 when a figure is below its threshold.  With `--retrieval` a collection's documents are
searched instead, with `--reading` its questions are answered, and with `--many` those over many
documents, all in a temporary index; the index of the settings is neither read nor written.  With
`--files` nothing is asked: real files are read and compared with sheets.
"""

import argparse
import json
import sys
from pathlib import Path

from eval.beside import Texts, run_beside
from eval.beside import add_options as add_beside
from eval.beside import wrong_options as wrong_beside
from eval.facts_command import add_options as add_facts
from eval.facts_command import run_facts
from eval.facts_command import wrong_options as wrong_facts
from eval.figures import score
from eval.files_command import run_files
from eval.gold import read_gold
from eval.judge import TextOf
from eval.many_command import add_options, run_many, wrong_options
from eval.report import as_json, failure_json, failure_lines, failures, table, write_report
from eval.run import Ask, evaluate
from eval.thresholds import misses, read_thresholds, thresholds_path

FOLDERS = ("retrieval", "reading", "files")
"""The options that take a folder instead of questions."""


def main(argv: list[str]) -> int:
    """Run `wence eval` with these arguments; the exit status, or a `WenceError` for the caller."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if wrong := _wrong_call(arguments):
        parser.error(wrong)
    if arguments.many:
        return run_many(arguments)
    if arguments.beside:
        return run_beside(arguments)
    if arguments.facts:
        return run_facts(arguments)
    if arguments.files:
        return run_files(arguments)
    if arguments.retrieval:
        return _run_retrieval(arguments)
    return _run_reading(arguments) if arguments.reading else _run(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wence eval",
        description="用标准题评测：答案、首条引文、引文逐字一致、拒答，以及耗时；"
        "或用检索集评测：应检文件排在第几，答案是否含标准答案。",
    )
    parser.add_argument("gold", nargs="*", type=Path, metavar="GOLD.jsonl", help="标准题，每行一题")
    parser.add_argument(
        "--retrieval", type=Path, metavar="DIR",
        help="检索集：放着 documents.jsonl（或 .xz）和 questions.jsonl 的文件夹，与标准题二选一",
    )  # fmt: skip
    parser.add_argument(
        "--reading", type=Path, metavar="DIR",
        help="同样的检索集，题目标有答案的 start 和 end：衡量作答的文字",
    )  # fmt: skip
    parser.add_argument(
        "--given", action="store_true", help="与 --reading 同用：每题限于应答的文件"
    )
    parser.add_argument(
        "--readers", type=Path, metavar="DIR",
        help="与 --reading 同用：各折的阅读权重，每题由没有学过该文件的那一份作答",
    )  # fmt: skip
    parser.add_argument(
        "--files", type=Path, metavar="SHARED",
        help="真实文件的标注（eval/gold/files）：读出的标题、文号、日期、条目、表格等对不对",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
    parser.add_argument("--failures", action="store_true", help="列出未通过的题目")
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="写 report.json、report.md、failures.jsonl"
    )
    add_options(parser)
    add_beside(parser)
    add_facts(parser)
    return parser


def _wrong_call(arguments: argparse.Namespace) -> str:
    """What is wrong with options that do not go together; empty when nothing is."""
    folder = next((f"--{one}" for one in FOLDERS if getattr(arguments, one)), "")
    kinds = ("many", "beside", "facts", "retrieval", "reading", "files")
    given = [f"--{kind}" for kind in kinds if getattr(arguments, kind) is not None]
    if len(given) > 1:
        return f"同时给出了 {' 和 '.join(given)}；需要其中之一；请去掉一个"
    if (arguments.given or arguments.readers) and not arguments.reading:
        option = "--given" if arguments.given else "--readers"
        return f"给出了 {option} 而没有 --reading；{option} 只用于它；请去掉 {option}"
    if (wrong := wrong_options(arguments) or wrong_beside(arguments)) or arguments.many:
        return wrong
    if arguments.facts:
        return wrong_facts(arguments)
    if arguments.beside:
        return ""
    if len(arguments.gold) > 1:
        return f"给出了 {len(arguments.gold)} 个 GOLD.jsonl；除 --beside 外只需要一个；请去掉其余"
    if not given:
        return (
            ""
            if arguments.gold
            else "没有要评测的；需要 GOLD.jsonl 或 --retrieval DIR、--reading DIR、--many SHARED、"
            "--facts SHARED、--files SHARED；"
            "请给出其一"
        )
    if arguments.gold:
        return f"同时给出了 {arguments.gold[0]} 和 {folder}；需要其中之一；请去掉一个"
    if arguments.files:
        return "--report 与 --files 同用；它只用于标准题；请改用 --json" if arguments.report else ""
    if arguments.failures or arguments.report:
        return f"--failures 和 --report 与 {folder} 同用；它们只用于标准题；请去掉它们"
    return ""


def _run(arguments: argparse.Namespace) -> int:
    gold: Path = arguments.gold[0]
    questions = read_gold(gold)
    beside = thresholds_path(gold)
    thresholds = read_thresholds(beside)
    ask, text_of = _open_assistant()
    print(f"评测 {gold.name}：{len(questions)} 题 …", file=sys.stderr, flush=True)
    outcomes = evaluate(questions, ask, text_of)
    scores = score(outcomes)
    short = None if thresholds is None else misses(thresholds, scores)
    if arguments.report:
        write_report(arguments.report, gold.name, scores, outcomes, short)
    if arguments.json:
        summary = as_json(gold.name, scores, outcomes, short)
        if arguments.failures:
            summary["failures"] = [failure_json(outcome) for outcome in failures(outcomes)]
        print(json.dumps(summary, ensure_ascii=False))
        return 1 if short else 0
    print(table(scores))
    if arguments.failures:
        print("\n".join(failure_lines(outcomes)))
    if short is None:
        print(f"没有阈值文件 {beside.name}，只列数字。")
        return 0
    for miss in short:
        print(f"✗ 未达阈值：{miss}")
    if not short:
        print(f"✓ {len(thresholds or ())} 项阈值全部达到。")
    return 1 if short else 0


def _run_retrieval(arguments: argparse.Namespace) -> int:
    from eval.retrieval_collection import read_collection

    collection = read_collection(arguments.retrieval)
    documents, questions = len(collection.documents), len(collection.questions)
    # After the collection, so that a wrong one is told at once.
    from eval.retrieval_report import as_json as retrieval_json
    from eval.retrieval_report import figures, report
    from eval.retrieval_run import indexed, retrieve
    from index.encoder import load_encoder
    from index.reranker import load_reranker
    from qa.retrieval.search import Searcher
    from qa.service.settings import load_settings

    settings = load_settings()
    encoder = load_encoder(*settings.encoder_choice)
    reranker = load_reranker(settings.reranker)
    print(f"检索：{documents} 份文件建临时索引 …", file=sys.stderr, flush=True)
    with indexed(collection, encoder) as index:
        print(f"检索：{questions} 题 …", file=sys.stderr, flush=True)
        searcher = Searcher(index, encoder, reranker, settings.rerank_top)
        found = figures(retrieve(collection, searcher, index))
    print(json.dumps(retrieval_json(found)) if arguments.json else report(found))
    return 0


def _run_reading(arguments: argparse.Namespace) -> int:
    from eval.retrieval_collection import read_collection

    collection = read_collection(arguments.reading)
    # After the collection, so that a wrong one is told at once.
    from eval.reading_report import as_json as reading_json
    from eval.reading_report import figures, report
    from eval.reading_run import (
        ask_all,
        ask_given,
        assistant_over,
        by_fold,
        read,
        readers_of,
    )
    from index.encoder import load_encoder
    from index.reranker import load_reranker
    from qa.service.settings import load_settings

    settings = load_settings()
    encoder = load_encoder(*settings.encoder_choice)
    reranker = load_reranker(settings.reranker)
    documents, questions = len(collection.documents), len(collection.questions)
    print(f"阅读：{documents} 份文件建临时索引 …", file=sys.stderr, flush=True)
    with assistant_over(collection, encoder, reranker, settings.rerank_top) as assistant:
        print(f"阅读：{questions} 题 …", file=sys.stderr, flush=True)
        readers = readers_of(arguments.readers) if arguments.readers else []
        steps_for = by_fold(assistant, readers, reranker, settings.rerank_top)
        ask = (ask_given if arguments.given else ask_all)(steps_for)
        found = figures(read(collection, ask))
    print(json.dumps(reading_json(found)) if arguments.json else report(found, arguments.given))
    return 0


def _open_assistant() -> tuple[Ask, TextOf]:
    # Here, so that a wrong gold file is told at once and not after loading what answers.
    from qa.service.assistant import Assistant
    from qa.service.settings import load_settings

    assistant = Assistant.open(load_settings())
    return assistant.ask, Texts(assistant)
