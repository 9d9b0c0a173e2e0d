"""What a fetch may take, and what it may reach."""

import time
from dataclasses import dataclass

from ingest.readers.decoding import MAX_BYTES
from ingest.web.errors import FetchTimeoutError


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one fetch, redirects and robots.txt included.

    `max_bytes` holds for what is transferred and for what it unpacks to.  `allow_private` lets
    addresses inside the own network be asked.  `environment_proxies` uses HTTP_PROXY and the like;
    then the proxy looks up names, and only names that this machine can look up are checked.
    """

    total_s: float = 30.0
    connect_s: float = 10.0
    max_bytes: int = MAX_BYTES
    redirects: int = 5
    retry_after_s: float = 10.0
    allow_private: bool = False
    ignore_robots: bool = False
    environment_proxies: bool = False


class Deadline:
    """The end of the time of one fetch, by the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, but not more than `most`; FetchTimeoutError if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left if most is None else min(left, most)

    def passed(self) -> FetchTimeoutError:
        """The error of a fetch that is not done by then."""
        return FetchTimeoutError(
            f"{self._seconds:g}秒内没有收到完整的内容",
            "及时回答的网站",
            "稍后再试，或在设置中调大web_timeout_s",
        )
