"""What changed between two runs, question by question.

Both are judged by today's judge, so that a change of the judge is no change of the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.replies import Judged

_NAMES = {
    "right": "新答对",
    "wrong": "新答错",
    "status": "对错未变而状态变",
    "words": "对错和状态未变而文字变",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose answer changed, with both verdicts; `kind` is a key of `_NAMES`."""

    kind: str
    before: Judged
    after: Judged

    @property
    def line(self) -> str:
        """Id, question, before → after."""
        gold = self.after.gold
        asked = " → ".join([*gold.history, gold.question])
        return f"{gold.id} {asked} | {_said(self.before)} → {_said(self.after)}"


def changes(before: Sequence[Judged], after: Sequence[Judged]) -> list[Change]:
    """The questions whose answers differ, in order; both runs are of the same questions.

    Of a question that changed in several ways only the weightiest is given: right or wrong first.
    """
    found = []
    for old, new in zip(before, after, strict=True):
        if old.verdict.right != new.verdict.right:
            found.append(Change("right" if new.verdict.right else "wrong", old, new))
        elif old.verdict.status != new.verdict.status:
            found.append(Change("status", old, new))
        elif _text(old) != _text(new):
            found.append(Change("words", old, new))
    return found


def counts(found: Sequence[Change]) -> dict[str, int]:
    """How many of each kind, also of those that there are none of."""
    return {kind: sum(change.kind == kind for change in found) for kind in _NAMES}


def lines(found: Sequence[Change], hidden: bool) -> list[str]:
    """Counts, and unless they are `hidden` the questions; of those with other words only counts."""
    counted = counts(found)
    told = ["；".join(f"{name} {counted[kind]}" for kind, name in _NAMES.items())]
    if hidden:
        return told
    for kind in ("right", "wrong", "status"):
        mark = {"right": "+", "wrong": "-", "status": "~"}[kind]
        told += [f"{mark} {change.line}" for change in found if change.kind == kind]
    return told


def _said(one: Judged) -> str:
    why = f"（{one.verdict.why}）" if one.verdict.why else ""
    return one.verdict.status + why


def _text(one: Judged) -> str:
    return one.reply.answer.answer if one.reply.answer else ""
