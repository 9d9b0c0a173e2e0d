"""How the figures over `eval/gold/many` are printed: the program beside the plain baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.baseline import CHARACTERS
from eval.bench_figures import aligned
from eval.many_figures import MEASURES, Figures, by_kind, figures
from eval.matching import SHARED
from eval.replies import Judged

_EXCERPT = 80  # characters of an answer in the list of failures
_KINDS = ("right", "first_document", "evidence", "confident_wrong")
"""The measures of the table by kind, each for the program and for the baseline."""
_SUMMARY = {
    "right": "答对",
    "right_answerable": "答对（有答案的题）",
    "right_unanswerable": "说明没有答案（无答案的题）",
    "evidence": "引到依据",
    "first_document": "首条引文的文件对",
    "confident_wrong": "自信而错",
    "refused_answerable": "误拒",
}
"""The measures of the table for the README."""


def report(name: str, program: Sequence[Judged], plain: Sequence[Judged] | None) -> str:
    """A table of all measures and one of the kinds, with what the figures are."""
    parts = [f"## {name}", _overall(program, plain), _kinds(program, plain)]
    return "\n\n".join(parts)


def summary(
    parts: Mapping[str, tuple[Sequence[Judged], Sequence[Judged] | None]],
) -> str:
    """One small table of all parts, the program beside the baseline: what the README shows."""
    head, columns = ["指标"], []
    for name, sides in parts.items():
        for side, label in zip(sides, ("程序", "基线"), strict=True):
            if side is not None:
                head.append(f"{name} {label}")
                columns.append(figures(side))
    rows = [head, ["题数", *(str(one.questions) for one in columns)]]
    for name, label in _SUMMARY.items():
        rows.append([label, *(str(one.shares[name]) for one in columns)])
    rows.append(["长度中位数（字）", *(format(one.median_length, ".0f") for one in columns)])
    rows.append(["毫秒中位数", *(format(one.median_ms, ".0f") for one in columns)])
    return aligned(rows, left=1)


def notes(distractors: int) -> str:
    """What the tables say in a word, once below all of them."""
    lines = [
        "答对：有答案的题，must 全部、must_any 每组之一见于答案或引文，must_not 不见于答案，"
        f"且有引文的文字与依据重叠（一方含另一方，或有 {SHARED} 字连续相同）；"
        "无答案的题，拒答或说明没有给出。",
        "引到依据：有引文的位置与依据在原文中的位置重叠；自信而错：状态为 answered 而没有答对。",
        f"基线：检索最靠前的条款，整条照录，至多 {CHARACTERS} 字；它从不拒答，请看有答案的题。",
        "长度：答案去掉空白和 [1] 标记后的字数；隐去：核验未过而隐去的句子占全部句子。",
    ]
    if distractors:
        lines.append(f"加了 {distractors} 份干扰文件；题目只保证在原有文件中无答案或答案唯一。")
    return "\n".join(lines)


def failure_lines(program: Sequence[Judged]) -> list[str]:
    """Three lines a question that is answered wrong: id and question, why, how it begins."""
    lines = []
    for one in program:
        if not one.verdict.right:
            answer = one.reply.answer
            begins = " ".join(answer.answer.split())[:_EXCERPT] if answer else one.reply.error
            lines += [
                f"✗ {one.gold.id} {' → '.join([*one.gold.history, one.gold.question])}",
                f"    {one.verdict.why}",
                f"    {one.verdict.status}：{begins}",
            ]
    return lines


def as_json(program: Sequence[Judged], plain: Sequence[Judged] | None) -> dict[str, Any]:
    """All figures of a part; a share is its value with how many of how many."""
    sides = {"program": program} if plain is None else {"program": program, "baseline": plain}
    return {
        side: {
            "overall": _json(figures(outcomes)),
            "kinds": {kind: _json(figures(some)) for kind, some in by_kind(outcomes).items()},
        }
        for side, outcomes in sides.items()
    }


def _overall(program: Sequence[Judged], plain: Sequence[Judged] | None) -> str:
    found = [figures(side) for side in (program, plain) if side is not None]
    rows = [["指标", "分母", "程序", *(["基线"] if plain is not None else [])]]
    for measure in MEASURES:
        counted = found[0].shares[measure.name].of
        shares = [str(one.shares[measure.name]) for one in found]
        rows.append([measure.label, f"{measure.of} {counted}", *shares])
    rows.append(
        ["隐去的句子", f"全部句子 {found[0].withheld.of}", *(str(f.withheld) for f in found)]
    )
    numbers = (
        ("长度中位数", "median_length", ".0f"),
        ("长度 p90", "p90_length", ".0f"),
        ("毫秒中位数", "median_ms", ".1f"),
        ("毫秒 p95", "p95_ms", ".1f"),
    )
    for label, field, form in numbers:
        rows.append([label, "未出错的题", *(format(getattr(one, field), form) for one in found)])
    return aligned(rows, left=2)


def _kinds(program: Sequence[Judged], plain: Sequence[Judged] | None) -> str:
    labels = {measure.name: measure.label for measure in MEASURES}
    head = ["题型", "题数"]
    for name in _KINDS:
        head += [labels[name], *(["基线"] if plain is not None else [])]
    rows = [[*head, "部分作答", "拒答"]]
    beside = by_kind(plain) if plain is not None else {}
    for kind, some in by_kind(program).items():
        mine = figures(some)
        sides = [mine, *([figures(beside[kind])] if plain is not None else [])]
        cells = [str(side.shares[name]) for name in _KINDS for side in sides]
        refused = sum(one.verdict.refused for one in some) / len(some)
        hedged = str(mine.shares["hedged"])
        rows.append([kind, str(len(some)), *cells, hedged, f"{refused:.3f}"])
    return aligned(rows, left=1)


def _json(found: Figures) -> dict[str, Any]:
    fields = asdict(found)
    shares = {**fields.pop("shares"), "withheld": fields.pop("withheld")}
    for share in shares.values():
        share["value"] = share["met"] / share["of"] if share["of"] else None
    return {**fields, "shares": shares}
