"""`wence eval GOLD… --beside SHARED`: the plan's questions with many other documents in the corpus.

A question over one document names none; here `--others` laws and notices of the shared folder stand
beside it, in one fixed random order, none of them with the subject of its title.  With `--named`
the questions of some kinds say which document they are about, as who asks a large corpus would.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.collection import materialized
from eval.distractors import distractors
from eval.figures import score
from eval.gold import GoldQuestion, read_gold
from eval.report import as_json, failure_lines, table
from eval.run import evaluate
from index.errors import UnknownDocumentError

if TYPE_CHECKING:
    from qa.service.assistant import Assistant

CORPUS = Path(__file__).parent.parent / "corpus"
BAR = 0.93
"""The least share of right answers; with `--named`, of the kinds that name the document."""
NAMED = frozenset({"responsible", "unit_tasks", "target", "list", "metadata"})
"""Kinds whose questions mean nothing where many documents could be meant."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    group = parser.add_argument_group("与其他文件同在一库", "与 --beside 同用")
    group.add_argument(
        "--beside", type=Path, metavar="SHARED",
        help="标准题的文件与共享文件夹里的其他文件同库；可给多个 GOLD.jsonl",
    )  # fmt: skip
    group.add_argument("--others", type=int, metavar="N", help="其他文件的份数；默认 600")
    group.add_argument("--every", type=int, metavar="N", help="每 N 题取一题；默认全部")
    group.add_argument("--named", action="store_true", help="部分题型的问题前写明文件标题")


def wrong_options(arguments: argparse.Namespace) -> str:
    """What is wrong with the options of this command; empty when nothing is."""
    given = [f"--{one}" for one in ("others", "every", "named") if getattr(arguments, one)]
    if arguments.beside is None:
        return f"给出了 {given[0]} 而没有 --beside；{given[0]} 只用于它；请去掉" if given else ""
    if not arguments.gold:
        return "给出了 --beside 而没有 GOLD.jsonl；需要至少一个；请给出"
    if arguments.report:
        return "--report 与 --beside 同用；它只用于一份文件的标准题；请改用 --json"
    if (arguments.others or 0) < 0 or (arguments.every or 1) < 1:
        return f"--others {arguments.others}、--every {arguments.every}；需要正整数；请改正"
    return ""


def run_beside(arguments: argparse.Namespace) -> int:
    """Ask, judge as the plan's sets are judged, print; 1 if fewer than `BAR` are right."""
    questions = [one for path in arguments.gold for one in read_gold(path)]
    questions = questions[:: arguments.every or 1]
    count = 600 if arguments.others is None else arguments.others
    own = {path.name: path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))}
    others = distractors(arguments.beside, count, (), own)
    print(f"{count} 份其他文件建临时索引，{len(questions)} 题 …", file=sys.stderr, flush=True)
    with beside(others) as assistant:
        held = [one for one in assistant.index.documents() if one.held and one.id not in others]
        if arguments.named:
            questions = named(questions, held[0].title)
        outcomes = evaluate(questions, assistant.ask, Texts(assistant))
    scores = score(outcomes)
    measured = [o for o in outcomes if o.gold.kind in NAMED or not arguments.named] or outcomes
    right = score(measured).overall.answer_correct
    if arguments.json:
        print(json.dumps(as_json("beside", scores, outcomes, None), ensure_ascii=False))
        return int(right < BAR)
    print(table(scores))
    if arguments.failures:
        print("\n".join(failure_lines(outcomes)))
    which = "写明文件的题型" if arguments.named else "全部题型"
    mark = "✗" if right < BAR else "✓"
    print(f"{mark} {which}答对 {right:.3f}，至少 {BAR}；另有 {count} 份文件。")
    return int(right < BAR)


def named(questions: Sequence[GoldQuestion], title: str) -> list[GoldQuestion]:
    """The questions; those of some kinds say the title first.

    >>> named([GoldQuestion("a", "list", "有哪些?")], "甲要点")[0].question
    '《甲要点》：有哪些?'
    """
    return [
        replace(one, question=f"《{title}》：{one.question}") if one.kind in NAMED else one
        for one in questions
    ]


@contextmanager
def beside(others: Mapping[str, bytes]) -> Iterator["Assistant"]:
    """The assistant over `corpus/` and other documents by file name, in a temporary index."""
    from qa.service.assistant import Assistant
    from qa.service.library import Library
    from qa.service.settings import load_settings

    with TemporaryDirectory(prefix="wence-beside-") as scratch, materialized(others) as folder:
        settings = load_settings().model_copy(update={"index_dir": Path(scratch) / "index"})
        library = Library.open(settings)
        library.add([CORPUS, *([folder] if others else [])])
        library.close()
        assistant = Assistant.open(settings)
        yield assistant
        assistant.index.close()


class Texts:
    """The texts of held documents by id, each read once; None where there is no such document."""

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._texts: dict[str, str | None] = {}

    def __call__(self, document_id: str) -> str | None:
        """The text of a document."""
        if document_id not in self._texts:
            try:
                self._texts[document_id] = self._assistant.index.document(document_id).text
            except UnknownDocumentError:
                self._texts[document_id] = None
        return self._texts[document_id]
