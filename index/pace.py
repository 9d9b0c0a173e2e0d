"""When a long write publishes what it has so far: often enough to lose little, seldom enough to
cost little.

Publishing costs tens of milliseconds, more in a large index, and leaves a segment that is merged
later.  So a batch lasts at least ten times as long as the last publication took, and a fifth of
the time since the beginning: batches grow with the work, and a kill loses a sixth of it at most,
or a minute's.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_COST = 10.0
_SHARE = 0.2


@dataclass
class Pace:
    """Seconds between two publications: at least `shortest`, at most `longest`."""

    shortest: float = 0.25
    longest: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _last: float = field(init=False)
    _cost: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._began = self._last = self.clock()

    @property
    def due(self) -> bool:
        """Whether it is time to publish."""
        wanted = max(self.shortest, _COST * self._cost, _SHARE * (self._last - self._began))
        return self.clock() - self._last >= min(wanted, max(self.longest, _COST * self._cost))

    def published(self, seconds: float) -> None:
        """A publication that took so long has ended now."""
        self._cost = seconds
        self._last = self.clock()
