"""`wence eval --many SHARED`: the questions over many documents, part by part.

Of the part that is never looked at only figures and counts are printed.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.collection import MANY, PARTS, UNSEEN, as_read, expect_quotes, read_part, read_sources
from eval.collection import texts_of as published
from eval.difference import changes, counts, lines
from eval.distractors import distractors
from eval.gold import GoldQuestion
from eval.judge import TextOf
from eval.kept import expect_all, keep, read_kept
from eval.many_report import as_json, failure_lines, notes, report, summary
from eval.replies import Judged, Reply, judged

Replies = Mapping[str, Reply]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    several = parser.add_argument_group("多份文件", "与 --many 同用")
    several.add_argument(
        "--many", type=Path, metavar="SHARED",
        help="多份文件的标准题（eval/gold/many）；文件的文字取自这个共享文件夹",
    )  # fmt: skip
    several.add_argument(
        "--part", action="append", choices=PARTS, help="哪一部分，可多次给出；默认 worked"
    )
    several.add_argument("--distractors", type=int, metavar="N", help="另加 N 份与题目无关的文件")
    several.add_argument("--keep", type=Path, metavar="FILE", help="把答案和判定存成 JSONL")
    several.add_argument("--against", type=Path, metavar="FILE", help="与存下的答案相比，列出变化")
    several.add_argument("--answers", type=Path, metavar="FILE", help="判存下的答案，不运行程序")


def wrong_options(arguments: argparse.Namespace) -> str:
    """What is wrong with the options of this command; empty when nothing is."""
    given = [
        f"--{name}"
        for name in ("part", "distractors", "keep", "against", "answers")
        if getattr(arguments, name) is not None
    ]
    if arguments.many is None:
        return f"给出了 {given[0]} 而没有 --many；{given[0]} 只用于它；请去掉" if given else ""
    if arguments.gold:
        return f"同时给出了 {arguments.gold[0]} 和 --many；需要其中之一；请去掉一个"
    if arguments.report:
        return "--report 与 --many 同用；它只用于一份文件的标准题；请改用 --keep 或 --json"
    if arguments.distractors is not None and arguments.distractors < 0:
        return f"--distractors 是 {arguments.distractors}；需要 0 或更多；请改正"
    return ""


def run_many(arguments: argparse.Namespace) -> int:
    """Ask or read the answers, judge them, print figures and what changed; the exit status."""
    names = [part for part in PARTS if part in (arguments.part or PARTS[:1])]
    sources = read_sources(MANY)
    parts = {name: read_part(name, sources, MANY) for name in names}
    before = read_kept(arguments.against)[0] if arguments.against else None
    data = published(arguments.many, sources)
    if arguments.distractors:
        data |= distractors(arguments.many, arguments.distractors, sources, data)
    texts = as_read(data)
    questions = [gold for some in parts.values() for gold in some]
    expect_quotes(questions, texts)
    if before is not None:
        expect_all(before, questions, arguments.against.name)
    program, plain = (
        _kept(arguments.answers, questions) if arguments.answers else _asked(data, questions)
    )
    shown = Shown(program, plain, before, texts.get)
    if arguments.keep:
        hidden = {gold.id for gold in parts.get(UNSEEN, ())}
        keep(arguments.keep, judged(questions, program, texts.get), plain, hidden)
    if arguments.json:
        print(json.dumps({name: shown.json(some) for name, some in parts.items()}))
        return 0
    held = f"库中 {len(data)} 份文件"
    for name, some in parts.items():
        print(shown.text(name, some, held, arguments.failures), end="\n\n")
    print(shown.summary(parts), end="\n\n")
    print(notes(arguments.distractors or 0))
    return 0


class Shown:
    """The answers of a run, and what is shown of those of one part."""

    def __init__(
        self, program: Replies, plain: Replies, before: Replies | None, text_of: TextOf
    ) -> None:
        self._program, self._plain, self._before = program, plain, before
        self._text_of = text_of

    def json(self, questions: Sequence[GoldQuestion]) -> dict[str, Any]:
        """The figures, and how many answers changed."""
        program, plain, before = self._judged(questions)
        found = as_json(program, plain)
        return found if before is None else found | {"changes": counts(changes(before, program))}

    def text(self, name: str, questions: Sequence[GoldQuestion], held: str, failed: bool) -> str:
        """The tables, what changed, and with `failed` the questions that are answered wrong."""
        program, plain, before = self._judged(questions)
        without = sum(not gold.answerable for gold in questions)
        title = f"{name}：{len(questions)} 题（无答案的 {without} 题），{held}"
        parts = [report(title, program, plain)]
        hidden = name == UNSEEN
        if before is not None:
            parts.append("\n".join(lines(changes(before, program), hidden)))
        if failed:
            parts.append(f"{name} 的题目不列出。" if hidden else "\n".join(failure_lines(program)))
        return "\n\n".join(parts)

    def summary(self, parts: Mapping[str, Sequence[GoldQuestion]]) -> str:
        """The small table of all parts."""
        return summary({name: self._judged(some)[:2] for name, some in parts.items()})

    def _judged(
        self, questions: Sequence[GoldQuestion]
    ) -> tuple[list[Judged], list[Judged] | None, list[Judged] | None]:
        program = judged(questions, self._program, self._text_of)
        beside = all(gold.id in self._plain for gold in questions)
        plain = judged(questions, self._plain, self._text_of) if beside else None
        before = judged(questions, self._before, self._text_of) if self._before else None
        return program, plain, before


def _kept(path: Path, questions: Sequence[GoldQuestion]) -> tuple[Replies, Replies]:
    program, plain = read_kept(path)
    expect_all(program, questions, path.name)
    return program, plain


def _asked(data: Mapping[str, bytes], questions: Sequence[GoldQuestion]) -> tuple[Replies, Replies]:
    # Here, so that a wrong file is told at once and not after loading what answers.
    from eval.many_run import asking, replies

    _tell(f"{len(data)} 份文件建临时索引 …")
    with asking(data) as (ask, plain):
        _tell(f"{len(questions)} 题 …")
        return replies(questions, ask), replies(questions, plain)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
