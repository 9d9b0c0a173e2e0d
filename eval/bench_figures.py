"""The figures of a bench: samples become a median and a bad end, each with its unit."""

import statistics
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.figures import percentile


@dataclass(frozen=True, slots=True)
class Figure:
    """`n` samples in `unit`.

    p95, p99 and worst look to the bad end: the slow ones, which are the low ones of a rate.
    Percentiles are nearest rank, so with few samples they are the worst one.
    """

    key: str
    label: str
    unit: str
    n: int
    median: float
    p95: float
    p99: float
    worst: float

    def as_json(self) -> dict[str, Any]:
        """The figure without its key and label, in four significant decimals at most."""
        values = asdict(self)
        del values["key"], values["label"]
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()}


def spread(key: str, label: str, unit: str, samples: Sequence[float]) -> Figure:
    """The figure of at least one sample; less is better.

    >>> spread("ask_ms", "冷启动", "ms", [3.0, 1.0, 2.0]).median
    2.0
    """
    p95, p99 = percentile(samples, 95), percentile(samples, 99)
    return Figure(
        key, label, unit, len(samples), statistics.median(samples), p95, p99, max(samples)
    )


def rate(key: str, label: str, unit: str, amount: int, seconds: Sequence[float]) -> Figure:
    """`amount` a second, from how long it took each time.

    >>> one = rate("parse_rate", "读取", "字/s", 100, [1.0, 2.0, 4.0])
    >>> one.median, one.worst
    (50.0, 25.0)
    """
    slow = spread(key, label, unit, seconds)
    return Figure(
        key, label, unit, slow.n,
        amount / slow.median, amount / slow.p95, amount / slow.p99, amount / slow.worst,
    )  # fmt: skip


def sizes(root: Path) -> list[Figure]:
    """Bytes of each part on disk, as the manifest counts them, and of the manifest itself."""
    from index import manifest

    found: Counter[str] = Counter()
    for name, part in manifest.read(root).files.items():
        folder, _, file = name.partition("/")
        found["lexical" if folder.startswith("lexical") else file.partition(".")[0]] += part.bytes
    found["manifest"] = (root / manifest.FILE).stat().st_size
    found["total"] = found.total()
    labels = {
        "store": "记录(SQLite)",
        "lexical": "词法索引(tantivy)",
        "dense": "向量(FAISS)",
        "pieces": "词片",
        "manifest": "清单",
        "total": "合计",
    }
    return [
        spread(f"size_{part}_bytes", f"磁盘：{label}", "B", [found[part]])
        for part, label in labels.items()
    ]


_COLUMNS = ("项目", "单位", "样本", "中位数", "p95", "p99", "最差")
_FEW = 100  # below it, p99 is the worst sample and says nothing of its own


def table(figures: Sequence[Figure]) -> str:
    """One row a figure."""
    return aligned([_COLUMNS, *(_row(figure) for figure in figures)], left=2)


def aligned(rows: Sequence[Sequence[str]], left: int) -> str:
    """A Markdown table that is also aligned in a terminal.

    The first of `rows` holds the column names; the first `left` columns are words, the others
    numbers.
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * width for width in widths[:left]]
    rule += ["-" * (width - 1) + ":" for width in widths[left:]]
    return "\n".join(_line(row, widths, left) for row in (rows[0], rule, *rows[1:]))


def number(value: float) -> str:
    """Three significant digits or more, grouped by thousands.

    >>> number(1234567.8), number(45.67), number(0.1234)
    ('1,234,568', '45.7', '0.123')
    """
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3}f}"


def _row(figure: Figure) -> tuple[str, ...]:
    spread_out = (figure.p95, figure.p99, figure.worst) if figure.n > 1 else (None, None, None)
    shown = [number(value) if value is not None else "-" for value in (figure.median, *spread_out)]
    if figure.n < _FEW:
        shown[2] = "-"
    return (figure.label, figure.unit, str(figure.n), *shown)


def _line(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = [
        cell + " " * (width - _width(cell))
        if column < left
        else " " * (width - _width(cell)) + cell
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return f"| {' | '.join(cells)} |"


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two.

    >>> _width("字/s")
    4
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
