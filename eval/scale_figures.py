"""The samples of one size become figures; see `eval.bench_scale` for where they come from."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from eval.bench_figures import Figure, rate, spread

ARMS = {"lexical": "词法检索", "dense": "向量检索(含问题编码)", "fused": "融合检索"}

_SLOWEST = 3


def building(size: int, built: Mapping[str, Any]) -> list[Figure]:
    """Making copies is no part of it: it keeps one of the cores busy for its time.

    What the other cores did meanwhile is not taken off, so no rate is better than without copies.
    """
    whole = built["wall_s"] - built["copy_s"] / max(1, built["cores"])
    return [
        rate("all_in_rate", "建库：读取、解析、建索引", "段/s", size, [whole]),
        spread("all_in_s", "建库：读取、解析、建索引", "s", [whole]),
        spread("read_s", "其中取出文件(主进程)", "s", [built["read_s"]]),
        spread("copy_s", "造副本(按核数分摊后不计入建库)", "s", [built["copy_s"]]),
        spread("cpu_s", "建库：各进程处理器时间，含造副本", "s", [built["cpu_s"]]),
        spread("peak_build_mb", "内存峰值：建库主进程", "MB", [built["peak_mb"]]),
        *(
            spread("peak_worker_mb", "内存峰值：建库的另一进程", "MB", [built["worker_peak_mb"]])
            for _ in range(built["worker_peak_mb"] > 0)
        ),
    ]


def answering(answered: Mapping[str, Any], peak: int) -> list[Figure]:
    """How long answers took, the first one apart, and what the answering process held."""
    times = answered["answer_ms"]
    return [
        spread("first_answer_ms", "第一个完整回答", "ms", times[:1]),
        spread("answer_ms", "其后的完整回答", "ms", times[1:] or times),
        *memory("answering", "作答", answered, peak),
    ]


def memory(key: str, label: str, found: Mapping[str, Any], peak: int) -> list[Figure]:
    """A process' peak, and what it held in the end where the system tells."""
    held = {"resident_mb": "常驻内存：{}之后", "private_mb": "其中不与文件共享的：{}之后"}
    return [
        spread(f"peak_{key}_mb", f"内存峰值：{label}", "MB", [peak / 1e6]),
        *(
            spread(f"{key}_{name}", wording.format(label), "MB", [found[name]])
            for name, wording in held.items()
            if name in found
        ),
    ]


def slowest(asked: Sequence[str], times: Sequence[float]) -> list[dict[str, Any]]:
    """The questions that took longest to answer, so that a tail can be looked into."""
    ordered = sorted(zip(times, asked, strict=True), reverse=True)[:_SLOWEST]
    return [{"question": question, "ms": round(ms, 1)} for ms, question in ordered]


def changes(changed: Mapping[str, Sequence[float]]) -> list[Figure]:
    """Each change with the look that confirms it."""
    pairs = {
        "add_find_ms": ("添加一份文件并由读者查到", "add_one_ms", "find_one_ms"),
        "delete_miss_ms": ("撤下一份文件并由读者确认不在", "delete_one_ms", "miss_one_ms"),
    }
    return [
        spread(key, label, "ms", [a + b for a, b in zip(changed[one], changed[two], strict=True)])
        for key, (label, one, two) in pairs.items()
    ]


def found(found: Mapping[str, Sequence[bool]]) -> list[Figure]:
    """The share of questions cut from a passage that find it among the first ten."""
    return [
        share(f"{arm}_source", f"原文片段找回本段@10：{ARMS[arm][:2]}", list(map(float, hits)))
        for arm, hits in found.items()
        if hits
    ]


def share(key: str, label: str, values: Sequence[float]) -> Figure:
    """A mean in 0..1; as such it has no spread."""
    mean = sum(values) / len(values)
    return Figure(key, label, "", len(values), mean, mean, mean, min(values))


def growth(measured: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """From each size to the next: by what factor the passages and each median grew."""
    steps = []
    for small, large in pairwise(measured):
        factors = {
            key: round(large["figures"][key]["median"] / figure["median"], 3)
            for key, figure in small["figures"].items()
            if figure["median"] and key in large["figures"]
        }
        steps.append({"passages": large["passages"] / small["passages"], "figures": factors})
    return steps
