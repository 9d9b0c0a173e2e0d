"""Gold questions: what a person says a right answer must hold.

One JSON object a line (JSONL).  Every key must be there, so that a forgotten or misspelt one is an
error with its line and not a question that anything passes.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ingest.errors import GoldError


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what its answer is judged by.

    Every string of `must` and one string of each group of `must_any` has to occur in the answer,
    none of `must_not` may.  `clauses` names the clauses that answer it ("19", "一/(二)"): the
    first citation has to be in one of them, and with `all_clauses` each of them has to be cited.
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
    line: int = 0


_KEYS = tuple(field.name for field in fields(GoldQuestion) if field.name != "line")


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a JSONL file in its order; `GoldError` names file and line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GoldError(
            f"读不了 {path}（{error.strerror}）", "一个 JSONL 文件", "检查路径"
        ) from error
    except UnicodeDecodeError as error:
        raise GoldError(
            f"{path} 第 {error.start} 字节不是 UTF-8", "UTF-8 编码", "转换编码"
        ) from error
    questions: list[GoldQuestion] = []
    lines_of_ids: dict[str, int] = {}
    # Not splitlines(): JSON strings may hold U+2028 and the like unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        question = _question(line, f"{path.name}:{number}", number)
        if first := lines_of_ids.get(question.id):
            raise GoldError(
                f"{path.name}:{number} 的 id 为 {question.id!r}，第 {first} 行已用过",
                "每题的 id 不同",
                "换一个 id",
            )
        lines_of_ids[question.id] = number
        questions.append(question)
    if not questions:
        raise GoldError(f"{path.name} 里没有题目", "至少一题", "每行写一题")
    return tuple(questions)


def _question(line: str, where: str, number: int) -> GoldQuestion:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(
            f"{where} 第 {error.colno} 列不是合法的 JSON（{error.msg}）",
            "每行一个 JSON 对象",
            "改正这一行",
        ) from error
    if not isinstance(row, dict):
        raise GoldError(f"{where} 是 {_kind_of(row)}", "每行一个 JSON 对象", "改正这一行")
    if missing := [key for key in _KEYS if key not in row]:
        raise GoldError(f"{where} 缺少 {'、'.join(missing)}", "、".join(_KEYS), "补上缺少的键")
    if unknown := [key for key in row if key not in _KEYS]:
        raise GoldError(f"{where} 有未知的键 {'、'.join(unknown)}", "、".join(_KEYS), "改名或删去")
    question = GoldQuestion(
        id=_text(row, "id", where),
        kind=_text(row, "kind", where),
        question=_text(row, "question", where),
        history=_history(row, where),
        clauses=_texts(row["clauses"], "clauses", where),
        must=_texts(row["must"], "must", where),
        must_any=_groups(row["must_any"], where),
        must_not=_texts(row["must_not"], "must_not", where),
        answerable=_flag(row, "answerable", where),
        all_clauses=_flag(row, "all_clauses", where),
        line=number,
    )
    if question.all_clauses and not question.clauses:
        raise GoldError(
            f"{where} 的 all_clauses 为 true 而 clauses 为空", "列出各条", "补上 clauses"
        )
    return question


def _kind_of(value: object) -> str:
    return {dict: "对象", list: "数组", str: "字符串", bool: "布尔值", type(None): "null"}.get(
        type(value), "数字"
    )


def _wrong(where: str, key: str, value: object, expected: str) -> GoldError:
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    return GoldError(f"{where} 的 {key} 是 {_kind_of(value)} {shown}", expected, f"改正 {key}")


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, key, value, "非空字符串")
    return value


def _flag(row: dict[str, Any], key: str, where: str) -> bool:
    value = row[key]
    if not isinstance(value, bool):
        raise _wrong(where, key, value, "true 或 false")
    return value


def _texts(value: object, key: str, where: str) -> tuple[str, ...]:
    # An empty string occurs in every answer, so it would check nothing.
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _wrong(where, key, value, "由非空字符串组成的数组")
    return tuple(value)


def _groups(value: object, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
        raise _wrong(where, "must_any", value, "由非空数组组成的数组")
    return tuple(_texts(group, "must_any", where) for group in value)


def _history(row: dict[str, Any], where: str) -> tuple[str, ...]:
    value = row["history"]
    expected = '形如 {"question": "…"} 的对象组成的数组'
    if not isinstance(value, list):
        raise _wrong(where, "history", value, expected)
    for turn in value:
        if not isinstance(turn, dict) or set(turn) != {"question"}:
            raise _wrong(where, "history", value, expected)
    return tuple(_text(turn, "question", where) for turn in value)
