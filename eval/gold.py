"""Gold questions: what a person says a right answer must hold.

One JSON object a line (JSONL).  Every key but `documents` and `quote` must be there, so that a
forgotten or misspelt one is an error with its line and not a question that anything passes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatch
from pathlib import Path

from eval.errors import GoldError
from eval.jsonl import Row, require, rows, text, unused, wrong


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what its answer is judged by.

    Every string of `must` and one string of each group of `must_any` has to occur in the answer,
    none of `must_not` may.  `clauses` names the clauses that answer it ("19", "一/(二)"): the
    first citation has to be in one of them, and with `all_clauses` each of them has to be cited.
    `documents` names the documents that hold the answer, `quote` the passage of one of them that
    proves it, word for word; both are left out where all questions are of one document.
    `history` holds the questions asked before it, `line` its line in the file.
    """

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_any: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    answerable: bool = True
    all_clauses: bool = False
    documents: tuple[str, ...] = ()
    quote: str = ""
    line: int = 0


_OPTIONAL = ("documents", "quote")
_KEYS = tuple(field.name for field in fields(GoldQuestion) if field.name != "line")
_REQUIRED = tuple(key for key in _KEYS if key not in _OPTIONAL)

_HELD_OUT = ("*-test*.jsonl", "milestone.jsonl", "unseen.jsonl")
"""Names of the files that nothing may be learned from."""


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a JSONL file in its order; `GoldError` names file and line."""
    questions: list[GoldQuestion] = []
    lines_of_ids: dict[str, int] = {}
    for number, where, row in rows(path):
        question = _question(row, where, number)
        unused(question.id, lines_of_ids, number, where)
        questions.append(question)
    if not questions:
        raise GoldError(f"{path.name} 里没有题目", "至少一题", "每行写一题")
    return tuple(questions)


def development_files(paths: Sequence[Path]) -> list[Path]:
    """The gold files named, and those of the folders named, without the test sets among them.

    Whatever is learned or chosen from gold questions takes its files from here: a test set
    (`*-test*.jsonl`, and the parts of `eval/gold/many` that are not worked with) that weights were
    fitted on measures nothing.
    """
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    ]
    kept = [file for file in files if not any(fnmatch(file.name, name) for name in _HELD_OUT)]
    if not kept:
        found = "、".join(file.name for file in files) or "没有 .jsonl 文件"
        raise GoldError(
            f"--gold 给出的是：{found}",
            "至少一个不是测试集（*-test*、milestone、unseen）的题库",
            "改给开发用的题库",
        )
    return kept


def _question(row: Row, where: str, number: int) -> GoldQuestion:
    require(row, _REQUIRED, where)
    if unknown := [key for key in row if key not in _KEYS]:
        raise GoldError(f"{where} 有未知的键 {'、'.join(unknown)}", "、".join(_KEYS), "改名或删去")
    question = GoldQuestion(
        id=text(row, "id", where),
        kind=text(row, "kind", where),
        question=text(row, "question", where),
        history=_history(row, where),
        clauses=_texts(row["clauses"], "clauses", where),
        must=_texts(row["must"], "must", where),
        must_any=_groups(row["must_any"], where),
        must_not=_texts(row["must_not"], "must_not", where),
        answerable=_flag(row, "answerable", where),
        all_clauses=_flag(row, "all_clauses", where),
        documents=_texts(row.get("documents", []), "documents", where),
        quote=_string(row.get("quote", ""), "quote", where),
        line=number,
    )
    if question.all_clauses and not question.clauses:
        raise GoldError(
            f"{where} 的 all_clauses 为 true 而 clauses 为空", "列出各条", "补上 clauses"
        )
    if question.quote and not question.documents:
        raise GoldError(
            f"{where} 有 quote 而 documents 为空", "引文所在的文件", "补上 documents，或删去 quote"
        )
    return question


def _flag(row: Row, key: str, where: str) -> bool:
    value = row[key]
    if not isinstance(value, bool):
        raise wrong(where, key, value, "true 或 false")
    return value


def _string(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise wrong(where, key, value, "字符串")
    return value


def _texts(value: object, key: str, where: str) -> tuple[str, ...]:
    # An empty string occurs in every answer, so it would check nothing.
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise wrong(where, key, value, "由非空字符串组成的数组")
    return tuple(value)


def _groups(value: object, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
        raise wrong(where, "must_any", value, "由非空数组组成的数组")
    return tuple(_texts(group, "must_any", where) for group in value)


def _history(row: Row, where: str) -> tuple[str, ...]:
    value = row["history"]
    expected = '形如 {"question": "…"} 的对象组成的数组'
    if not isinstance(value, list):
        raise wrong(where, "history", value, expected)
    for turn in value:
        if not isinstance(turn, dict) or set(turn) != {"question"}:
            raise wrong(where, "history", value, expected)
    return tuple(text(turn, "question", where) for turn in value)
