"""What `wence add` prints of a file."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ui.render import printable

if TYPE_CHECKING:
    from qa.service.outcomes import FileOutcome, Note

CHANGES: Mapping[str, str] = {"added": "已入库", "replaced": "已更新", "unchanged": "无变化"}
COUNTED: Mapping[str, str] = {
    "added": "新增",
    "replaced": "更新",
    "unchanged": "未变",
    "duplicate": "重复",
    "skipped": "跳过",
    "failed": "失败",
}
RELATIONS: Mapping[str, str] = {
    "text": "内容相同",
    "near": "内容几乎相同",
    "title": "标题相同",
}


def outcome_lines(outcome: "FileOutcome") -> Iterator[str]:
    """A document, then what another document has in common with it.

    >>> from qa.service.outcomes import FileOutcome, Note
    >>> notes = (Note("title", "plan-2021", "工作要点"),)
    >>> print(*outcome_lines(FileOutcome("a.txt", "added", "plan", "工作要点", 12, notes=notes)),
    ...       sep="\\n")
    已入库 工作要点（plan，12 个片段）
      与《工作要点》（plan-2021）标题相同
    """
    if outcome.change not in CHANGES:
        yield reason_line(outcome)
        return
    told = f"{outcome.title}（{outcome.document_id}，{outcome.passages} 个片段）"
    yield printable(f"{CHANGES[outcome.change]} {told}")
    for note in outcome.notes:
        yield printable(f"  {_note(note)}")


def reason_line(outcome: "FileOutcome") -> str:
    """A file that was not added, and why.

    >>> from qa.service.outcomes import FileOutcome, Note
    >>> same = (Note("text", "plan", "工作要点"),)
    >>> reason_line(FileOutcome("子/b.txt", "duplicate", notes=same))
    '重复 子/b.txt：与《工作要点》（plan）内容相同'
    """
    why = str(outcome.error) if outcome.error else "；".join(map(_note, outcome.notes))
    return printable(f"{COUNTED[outcome.change]} {outcome.file}：{why}").replace("\n", " ")


def summary_line(counts: Mapping[str, int]) -> str:
    """How many files came to what.

    >>> summary_line({"added": 2, "failed": 1})
    '新增 2，更新 0，未变 0，重复 0，跳过 0，失败 1'
    """
    return "，".join(f"{name} {counts.get(change, 0)}" for change, name in COUNTED.items())


def _note(note: "Note") -> str:
    return f"与《{note.title}》（{note.document_id}）{RELATIONS[note.relation]}"
