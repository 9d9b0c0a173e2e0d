"""`wence eval --facts SHARED`: the facts of documents beside sheets written by reading them.

No index is built.  Of the sheets that are never looked at only totals are printed.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.fact_matching import Compared, Tally, compare
from eval.fact_sheets import FACTS, UNSEEN, read_beside, read_sheets

COUNTED_ALL = ("duties", "figures", "figures_in_sentence", "figures_with_subject")
"""Measures whose sheets list every fact, so that a fact without a line is a wrong one."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--facts", type=Path, metavar="SHARED",
        help="事实清单（eval/gold/facts）：任务、指标、日期、列项等读得是否正确；"
        "文件的文字取自这个共享文件夹",
    )  # fmt: skip


def wrong_options(arguments: argparse.Namespace) -> str:
    """What is wrong with the options of this command; empty when nothing is."""
    if arguments.facts is None:
        return ""
    if arguments.gold:
        return f"同时给出了 {arguments.gold[0]} 和 --facts；需要其中之一；请去掉一个"
    if arguments.report:
        return "--report 与 --facts 同用；它只用于一份文件的标准题；请改用 --json"
    return ""


def run_facts(arguments: argparse.Namespace) -> int:
    """Compare, and print the totals of each file of sheets; the exit status."""
    totals: dict[str, dict[str, Tally]] = {}
    told: list[str] = []
    for path in sorted(FACTS.glob("*.jsonl")):
        totals[path.stem] = {}
        for sheet in read_sheets(path):
            found = compare(read_beside(sheet, arguments.facts / "samples"))
            for name, one in found.items():
                before = totals[path.stem].get(name, Tally(0, 0, 0))
                totals[path.stem][name] = before + one.tally
            if arguments.failures and path.stem != UNSEEN:
                told += failures(sheet.file, found)
    if arguments.json:
        print(json.dumps({part: as_json(some) for part, some in totals.items()}))
        return 0
    print("\n\n".join(table(part, some) for part, some in totals.items()))
    if told:
        print("", *told, sep="\n")
    return 0


def as_json(totals: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    """The figures of one part; precision and F1 only where the sheets list every fact."""
    return {
        name: {
            **one._asdict(),
            "recall": one.recall,
            **({"precision": one.precision, "f1": one.f1} if name in COUNTED_ALL else {}),
        }
        for name, one in totals.items()
    }


def table(part: str, totals: Mapping[str, Tally]) -> str:
    """The figures of one part, one measure a line."""
    lines = [
        f"{part}",
        f"{'':22}{'right':>7}{'lines':>7}{'facts':>7}{'recall':>8}{'prec.':>8}{'F1':>8}",
    ]
    for name, one in totals.items():
        more = f"{one.precision:8.3f}{one.f1:8.3f}" if name in COUNTED_ALL else ""
        lines.append(f"{name:22}{one.right:7}{one.lines:7}{one.facts:7}{one.recall:8.3f}{more}")
    return "\n".join(lines)


def failures(file: str, found: Mapping[str, Compared]) -> Iterator[str]:
    """What was not found (-), and what no line asks for (+)."""
    for name, one in found.items():
        yield from (f"- {file} {name}: {' | '.join(line.values())}" for line in one.missed)
        if name in COUNTED_ALL:
            yield from (f"+ {file} {name}: {words}" for words in one.extra)
