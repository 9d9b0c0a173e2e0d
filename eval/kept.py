"""Answers kept in a file, to be judged again: against a later run, or in place of the program.

One JSON object a line, for every question its `id`, `status`, `text` (with [1] markers) and
`citations` (`marker`, `document`, `start`, `end`, `quote`): so much any program can write.  What
`wence eval --keep` adds (`sentences`, `withheld`, `ms`, the plain `baseline` in the same form, the
verdict as `right` and `why`, the `numbers` said) may be left out.  A document is named as in
`eval/gold/many/documents.toml`.  No question stands in it.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from eval.errors import GoldError
from eval.gold import GoldQuestion
from eval.jsonl import Row, require, rows, text, unused, wrong
from eval.many_judge import numbers
from eval.replies import Judged, Reply
from qa.answer import Answer, Citation, Status, Verification

CRASH = "crash"
"""The status of a question at which the program broke; `error` says how."""
_STATUSES = (*get_args(Status), CRASH)


def keep(
    path: Path, program: Iterable[Judged], plain: Mapping[str, Reply], hidden: set[str]
) -> None:
    """Write the answers with their verdicts, without the reasons for `hidden` ids."""
    lines = []
    for one in program:
        row: Row = {"id": one.gold.id, **_row(one.reply), "right": one.verdict.right}
        if one.gold.id not in hidden:
            row["why"] = one.verdict.why
        if one.gold.id in plain:
            row["baseline"] = _row(plain[one.gold.id])
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    path.write_text("".join(lines), encoding="utf-8")


def read_kept(path: Path) -> tuple[dict[str, Reply], dict[str, Reply]]:
    """Replies of the program and of the baseline, by question; `GoldError` names the line."""
    program: dict[str, Reply] = {}
    plain: dict[str, Reply] = {}
    lines: dict[str, int] = {}
    for number, where, row in rows(path):
        require(row, ("id", "status", "text", "citations"), where)
        identity = text(row, "id", where)
        unused(identity, lines, number, where)
        program[identity] = _reply(row, where)
        if "baseline" in row:
            plain[identity] = _reply(row["baseline"], f"{where} 的 baseline")
    return program, plain


def expect_all(came: Mapping[str, Reply], questions: Iterable[GoldQuestion], name: str) -> None:
    """Raise `GoldError` where a question has no answer in the file: none may vanish."""
    if missing := [gold.id for gold in questions if gold.id not in came]:
        raise GoldError(
            f"{name} 缺少 {len(missing)} 题的答案（{missing[0]} 等）",
            "每题一行",
            "补上，或改 --part",
        )


def _row(reply: Reply) -> Row:
    answer = reply.answer
    if answer is None:
        return {"status": CRASH, "text": "", "citations": [], "error": reply.error}
    return {
        "status": answer.status,
        "text": answer.answer,
        "citations": [
            {
                "marker": citation.marker,
                "document": citation.document_id,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "numbers": numbers(answer),
        "sentences": answer.verification.sentences,
        "withheld": answer.verification.withheld,
        "ms": reply.ms,
    }


def _reply(row: Row, where: str) -> Reply:
    status = row["status"]
    if status not in _STATUSES:
        raise wrong(where, "status", status, "、".join(_STATUSES))
    if status == CRASH:
        return Reply(None, 0.0, str(row.get("error", "")))
    said, cited = row["text"], row["citations"]
    if not isinstance(said, str):
        raise wrong(where, "text", said, "字符串")
    if not isinstance(cited, list) or not all(isinstance(one, dict) for one in cited):
        raise wrong(where, "citations", cited, "由对象组成的数组")
    citations = tuple(_citation(one, place, where) for place, one in enumerate(cited, start=1))
    checked = Verification(int(row.get("sentences", 0)), 0, int(row.get("withheld", 0)))
    answer = Answer(status, said, citations, verification=checked)
    return Reply(answer, float(row.get("ms", 0.0)))


def _citation(row: dict[str, Any], place: int, where: str) -> Citation:
    require(row, ("document", "quote"), f"{where} 的引文")
    return Citation(
        marker=int(row.get("marker", place)),
        document_id=str(row["document"]),
        document_title="",
        document_number="",
        clause="",
        clause_path="",
        heading_path=(),
        quote=str(row["quote"]),
        start=int(row.get("start", -1)),
        end=int(row.get("end", -1)),
        page=None,
        source="",
    )
