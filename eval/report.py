"""Printing and writing the figures of a run: a table, failures, and files to keep.

Column names are those of the JSON and of the thresholds file.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.figures import MEASURES, Figures, Scores
from eval.run import Outcome
from eval.thresholds import Miss

_COLUMNS = ("kind", "n", *MEASURES, "median_ms", "p95_ms")
_EXCERPT = 80  # characters of an answer in the list of failures


def table(scores: Scores) -> str:
    """A Markdown table that is also aligned in a terminal, one row a kind, the last one overall."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    rows += [_row(kind, figures) for kind, figures in scores.kinds.items()]
    rows.append(_row("overall", scores.overall))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (rows[0], rule, *rows[1:]))


def failures(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with any fault, in order."""
    return [outcome for outcome in outcomes if outcome.judgement.faults]


def failure_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Three lines a failed question: id and question, what is wrong, how the answer begins."""
    lines = []
    for outcome in failures(outcomes):
        gold, answer = outcome.gold, outcome.answer
        lines += [
            f"✗ {gold.id} {' → '.join([*gold.history, gold.question])}",
            f"    {'；'.join(outcome.judgement.faults)}",
            f"    {answer.status}：{' '.join(answer.answer.split())[:_EXCERPT]}",
        ]
    return lines


def as_json(
    gold_name: str, scores: Scores, outcomes: Sequence[Outcome], short: list[Miss] | None
) -> dict[str, Any]:
    """One object with all figures; `misses` is None when there are no thresholds."""
    return {
        "gold": gold_name,
        "overall": asdict(scores.overall),
        "kinds": {kind: asdict(figures) for kind, figures in scores.kinds.items()},
        "failed": [outcome.gold.id for outcome in failures(outcomes)],
        "misses": None if short is None else [_miss(miss) for miss in short],
    }


def failure_json(outcome: Outcome) -> dict[str, Any]:
    """One failed question with everything that is needed to see why."""
    gold, judgement = outcome.gold, outcome.judgement
    return {
        "id": gold.id,
        "kind": gold.kind,
        "line": gold.line,
        "history": list(gold.history),
        "question": gold.question,
        "faults": list(judgement.faults),
        **{measure: getattr(judgement, measure) for measure in MEASURES},
        "ms": round(outcome.ms, 3),
        "answer": outcome.answer.to_json(),
    }


def write_report(
    folder: Path,
    gold_name: str,
    scores: Scores,
    outcomes: Sequence[Outcome],
    short: list[Miss] | None,
) -> None:
    """Write report.json, report.md and failures.jsonl into `folder`, which is made if absent."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = as_json(gold_name, scores, outcomes, short)
    (folder / "report.json").write_text(_dumps(summary, indent=2) + "\n", encoding="utf-8")
    failed = failures(outcomes)
    (folder / "failures.jsonl").write_text(
        "".join(_dumps(failure_json(outcome)) + "\n" for outcome in failed), encoding="utf-8"
    )
    parts = [f"# {gold_name}", table(scores)]
    if short:
        parts.append("## 未达阈值\n\n" + "\n".join(f"- {miss}" for miss in short))
    if failed:
        lines = "\n".join(failure_lines(outcomes))
        parts.append(f"## 未通过的题目（{len(failed)}）\n\n```text\n{lines}\n```")
    (folder / "report.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    shares = (figures.share(measure) for measure in MEASURES)
    return (
        name,
        str(figures.questions),
        *("-" if share is None else f"{share:.3f}" for share in shares),
        f"{figures.median_ms:.1f}",
        f"{figures.p95_ms:.1f}",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return f"| {' | '.join(cells)} |"


def _miss(miss: Miss) -> dict[str, Any]:
    return {
        "name": miss.threshold.name,
        "share": miss.share,
        "least": miss.threshold.least,
    }


def _dumps(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
