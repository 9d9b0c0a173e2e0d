"""How the figures of several sizes are shown: tables in Chinese, and plots of their growth."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bench_figures import aligned, number

_SPREAD = ("lexical_ms", "dense_ms", "fused_ms", "answer_ms")
"""Figures of which p95 and p99 are rows, too."""

_RIVALS = {
    "wence": "问策",
    "langchain": "LangChain: rank_bm25+FAISS+RRF",
    "bm25s": "bm25s(numpy，我们的词)",
    "lancedb": "LanceDB(我们的词)",
}
_OURS = {
    "build_s": "all_in_s",
    "peak_mb": "peak_search_mb",
    "resident_mb": "search_resident_mb",
    "disk_bytes": "size_total_bytes",
}
"""Our figures that stand beside a rival's."""

_ARMS = ("lexical", "dense", "fused")
_INCHES, _DPI = (7, 4.5), 120


def shown(found: Mapping[str, Any]) -> str:
    """Everything as text: what was measured with, one table of sizes, one of rivals a size."""
    machine, measured = found["machine"], found["sizes"]
    lines = [
        f"{machine['cores']}核，Python {machine['python']}，1分钟负载"
        f"{machine['load'][0]}→{machine['load'][1]}；问题{found['questions']}个，"
        f"冷启动{found['rounds']}轮"
    ]
    lines += [
        f"{one['passages']:,}段：文件{one['documents']:,}份，{one['characters']:,}字，"
        f"其中副本{one['copied']:,}段；读不了而略过{one['skipped']:,}份"
        for one in measured
    ]
    lines += [
        f"{one['passages']:,}段最慢的回答：{slow['question']} {slow['ms']} ms"
        for one in measured
        for slow in one["slowest"]
    ]
    lines += ["", _sizes(measured, found["growth"])]
    for one in measured:
        if one["rivals"]:
            title = f"同样的{one['passages']:,}段、同样的问题(对照方案的峰值含建库)："
            lines += ["", title, _beside(one)]
        else:
            lines += ["", f"{one['passages']:,}段：不与其他方案对照(只对照到100,000段)"]
    return "\n".join(lines)


def _sizes(measured: Sequence[Mapping[str, Any]], growth: Sequence[Mapping[str, Any]]) -> str:
    head = ["项目", "单位", *(f"{one['passages']:,}段" for one in measured)]
    head += [f"×{number(step['passages'])}" for step in growth]
    rows = [head]
    every = {key: figure for one in measured for key, figure in one["figures"].items()}
    for key, figure in every.items():
        grown = [step["figures"].get(key) for step in growth]
        for part in ("median", "p95", "p99") if key in _SPREAD else ("median",):
            label = figure["label"] if part == "median" else f"{figure['label']} {part}"
            label += " p50" if part == "median" and key in _SPREAD else ""
            cells = [_cell(one["figures"].get(key), part) for one in measured]
            factors = [
                "-" if factor is None or part != "median" else number(factor) for factor in grown
            ]
            rows.append([label, figure["unit"], *cells, *factors])
    return aligned(rows, left=2)


def _beside(one: Mapping[str, Any]) -> str:
    """One row a rival; ours first."""
    parts = [(f"{arm}_ms", part) for arm in _ARMS for part in ("median", "p95")]
    parts += [(f"{arm}_source", "median") for arm in _ARMS]
    parts += [("build_s", "median"), ("peak_mb", "median"), ("resident_mb", "median")]
    head = ["方案"]
    for arm in ("词法", "向量", "融合"):
        head += [f"{arm}p50 ms", f"{arm}p95 ms"]
    head += [*(f"{arm}找回@10" for arm in ("词法", "向量", "融合"))]
    head += ["建库 s", "峰值 MB", "常驻 MB", "磁盘 MB"]
    ours = {key: one["figures"].get(_OURS.get(key, key)) for key, _ in parts}
    ours["disk_bytes"] = one["figures"][_OURS["disk_bytes"]]
    rows = [head]
    for name, figures in {"wence": ours, **one["rivals"]}.items():
        if "missing" in figures:
            rows.append(
                [f"{_RIVALS[name]}：未安装，{figures['install']}", *["-"] * (len(head) - 1)]
            )
            continue
        disk = figures.get("disk_bytes")
        cells = [_cell(figures.get(key), part) for key, part in parts]
        shown_disk = "-" if disk is None else number(disk["median"] / 1e6)
        rows.append([_RIVALS[name], *cells, shown_disk])
    return aligned(rows, left=1)


def _cell(figure: Mapping[str, Any] | None, part: str) -> str:
    return "-" if figure is None else number(figure[part])


def plot(found: Mapping[str, Any], out: Path) -> list[Path]:
    """latency.png, build.png and memory.png against the number of passages, log axes.

    Their words are English, as Chinese fonts are not everywhere.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    measured = found["sizes"]
    names = {"langchain": "LangChain (rank_bm25+FAISS)", "bm25s": "bm25s", "lancedb": "LanceDB"}
    lines: dict[str, dict[str, list[tuple[float, float]]]] = {
        "latency": {}, "build": {}, "memory": {},
    }  # fmt: skip

    def point(kind: str, label: str, size: int, figure: Mapping[str, Any] | None) -> None:
        if figure is not None:
            lines[kind].setdefault(label, []).append((size, figure["median"]))

    for one in measured:
        size, figures = one["passages"], one["figures"]
        for arm in _ARMS:
            point("latency", f"Wence {arm}", size, figures[f"{arm}_ms"])
        point("build", "Wence, read+parse+index", size, figures["all_in_rate"])
        point("memory", "Wence searching, peak", size, figures["peak_search_mb"])
        point("memory", "Wence searching, private", size, figures.get("search_private_mb"))
        point("memory", "Wence building, peak", size, figures["peak_build_mb"])
        for name, rival in one["rivals"].items():
            for arm in _ARMS:
                point("latency", f"{names[name]} {arm}", size, rival.get(f"{arm}_ms"))
            point("build", f"{names[name]}, index alone", size, rival.get("build_rate"))
            point("memory", f"{names[name]}, peak", size, rival.get("peak_mb"))
    axes_of = {
        "latency": "median latency, top 10 (ms)",
        "build": "passages a second",
        "memory": "memory of the process (MB)",
    }
    written = []
    for kind, curves in lines.items():
        figure, axes = pyplot.subplots(figsize=_INCHES, dpi=_DPI)
        for label, points in curves.items():
            style = "-" if label.startswith("Wence") else "--"
            axes.plot(*zip(*points, strict=True), style, marker="o", markersize=4, label=label)
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=axes_of[kind])
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend(fontsize=7)
        figure.tight_layout()
        written.append(out / f"{kind}.png")
        figure.savefig(written[-1])
        pyplot.close(figure)
    return written
