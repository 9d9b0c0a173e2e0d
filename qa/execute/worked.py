"""What was worked out for the asker's own figure: see `working`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out: `given` of the question with `rates` of the provision, as printed.

    `results` are sums or, of a limit, empty; `cap` is the ceiling that holds instead.  `meets`
    tells whether the limit is met.
    """

    kind: Literal["rate", "each", "limit"]
    given: str
    rates: tuple[str, ...]
    results: tuple[Decimal, ...] = ()
    cap: str = ""
    meets: bool = False
