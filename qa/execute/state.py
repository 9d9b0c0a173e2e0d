"""One plan under way: what was searched, found missing, and how long it took."""

from datetime import date

from qa.execute.result import Absence
from qa.execute.scope import Searched
from qa.question.plan import Plan
from qa.retrieval.ranking import Ranking

FEW = 3
"""Documents whose tasks or provisions are told one by one."""


class State:
    """One plan under way: what was searched, found missing, and how long it took.

    `on` is the day for which it is asked; `side` tells that it is one side of a comparison, which has no sides of its own.
    """

    def __init__(self, plan: Plan, searched: Searched, on: date, side: bool = False) -> None:
        self.plan = plan
        self.on = on
        self.searched = searched
        self.side = side
        self.ranking: Ranking | None = None
        self.missing: tuple[Absence, str] | None = None
        self.verdict: bool | None = None
        self.ms = 0.0
