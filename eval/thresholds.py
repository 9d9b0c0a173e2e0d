"""Thresholds: the least share of each measure, kept beside the gold file.

`huangpu-2022.jsonl` has `huangpu-2022.thresholds.toml`:

    [overall]
    citations_exact = 1.0
    [kind.unanswerable]
    refused = 0.85

A threshold that nothing is measured against (a kind without questions) is an error, since it
would hold whatever the program answers.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from eval.errors import GoldError
from eval.figures import MEASURES, Scores


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least share of `measure` in one kind of question, or overall when `kind` is None."""

    kind: str | None
    measure: str
    least: float

    @property
    def name(self) -> str:
        """Where it stands in the file: "overall.refused", "kind.list.answer_correct"."""
        return f"kind.{self.kind}.{self.measure}" if self.kind else f"overall.{self.measure}"


@dataclass(frozen=True, slots=True)
class Miss:
    """A threshold with the lower share that was measured."""

    threshold: Threshold
    share: float

    def __str__(self) -> str:
        return f"{self.threshold.name} = {self.share:.3f}，应不低于 {self.threshold.least:g}"


def thresholds_path(gold: Path) -> Path:
    """Where the thresholds of a gold file stand.

    >>> thresholds_path(Path("gold/a.jsonl")).name
    'a.thresholds.toml'
    """
    return gold.with_name(gold.stem + ".thresholds.toml")


def read_thresholds(path: Path) -> tuple[Threshold, ...] | None:
    """The thresholds of a file in its order; None when there is no such file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldError(
            f"{path.name} 不是合法的 TOML（{error}）", "UTF-8 编码的 TOML", "改正它"
        ) from error
    if unknown := set(tables) - {"overall", "kind"}:
        raise GoldError(
            f"{path.name} 有未知的表 {'、'.join(sorted(unknown))}",
            "[overall] 或 [kind.类别]",
            "改名或删去",
        )
    found = _thresholds(tables.get("overall", {}), None, f"{path.name} 的 [overall]")
    kinds = tables.get("kind", {})
    if not isinstance(kinds, dict):
        raise GoldError(f"{path.name} 的 kind 不是表", "[kind.类别]", "改成表")
    for kind, table in kinds.items():
        found += _thresholds(table, kind, f"{path.name} 的 [kind.{kind}]")
    return tuple(found)


def _thresholds(table: object, kind: str | None, where: str) -> list[Threshold]:
    if not isinstance(table, dict):
        raise GoldError(f"{where} 不是表", "各项指标的下限", "改成表")
    found = []
    for measure, least in table.items():
        if measure not in MEASURES:
            raise GoldError(f"{where} 有未知的指标 {measure}", "、".join(MEASURES), "改名或删去")
        if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
            raise GoldError(
                f"{where} 的 {measure} 是 {least!r}", "0 到 1 之间的数", f"改正 {measure}"
            )
        found.append(Threshold(kind, measure, float(least)))
    return found


def misses(thresholds: tuple[Threshold, ...], scores: Scores) -> list[Miss]:
    """The thresholds that the figures fall short of, in their order."""
    short = []
    for threshold in thresholds:
        figures = scores.overall if threshold.kind is None else scores.kinds.get(threshold.kind)
        share = figures.share(threshold.measure) if figures else None
        if share is None:
            raise GoldError(
                f"阈值 {threshold.name} 没有可衡量的题目",
                f"类别为 {'、'.join(scores.kinds)} 之一，且有此项指标",
                "改正阈值文件或补上题目",
            )
        if share < threshold.least:
            short.append(Miss(threshold, share))
    return short
