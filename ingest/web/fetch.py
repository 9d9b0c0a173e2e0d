"""An address in, the bytes of the document out, or the reason why not.

    >>> Fetcher(Limits()).fetch("ftp://example.org/a.txt")
    Traceback (most recent call last):
    ingest.web.errors.AddressRefusedError: 网址ftp://example.org/a.txt的协议是ftp；需要http://或https://开头的网址；请检查网址

Redirects are followed here and not by httpx, since each target is checked like the address itself:
its form, its machine, and the robots.txt of its site.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from ingest.web import robots
from ingest.web.addresses import Resolver, checked, system_resolver
from ingest.web.body import read_body
from ingest.web.conditional import Validators, condition, validators
from ingest.web.connecting import CheckedTransport
from ingest.web.errors import RedirectError, RobotsDisallowedError, WebError
from ingest.web.limits import Deadline, Limits
from ingest.web.media import ENDINGS, charset, media_type
from ingest.web.statuses import expect_success

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; {robots.AGENT})",
    "Accept": ",".join([*ENDINGS, "*/*;q=0.1"]),
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}
_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_LATER = "稍后再试"


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect: the status and the address that it led to."""

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address.

    `url` is the address in its one spelling; what `redirects` led to is their last target.
    `media_type` and `charset` are what the site says, and `disposition` is its
    `Content-Disposition`, which may name the file.
    """

    url: str
    data: bytes
    media_type: str
    charset: str | None
    disposition: str
    validators: Validators | None
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The version that is known already is still the one of this address."""

    url: str
    redirects: tuple[Redirect, ...] = ()


def fetch(url: str, limits: Limits, known: Validators | None = None) -> Fetched | NotModified:
    """What stands at an address; `NotModified` if it is what `known` was sent with.

    Raises a `WebError` that says what happened, and TooLargeError.
    """
    return Fetcher(limits).fetch(url, known)


class Fetcher:
    """Fetches one address after the other; asks each site once for its robots.txt.

    `resolver` and `network` are replaced by tests.
    """

    def __init__(
        self,
        limits: Limits,
        resolver: Resolver = system_resolver,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._limits, self._resolver = limits, resolver
        self._network = network or httpcore.SyncBackend()
        self._robots: dict[str, robots.Robots | RobotsDisallowedError] = {}

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | NotModified:
        """See `ingest.web.fetch.fetch`."""
        address = checked(url)
        deadline = Deadline(self._limits.total_s)
        transport = CheckedTransport(self._limits, deadline, self._resolver, self._network)
        # One client for all steps: what a site sets as a cookie goes back to that site alone.
        with (
            _translated(address, deadline),
            httpx.Client(
                transport=transport, headers=_HEADERS, trust_env=False, timeout=self._limits.total_s
            ) as client,
        ):
            return self._followed(client, deadline, address, known)

    def _followed(
        self, client: httpx.Client, deadline: Deadline, address: httpx.URL, known: Validators | None
    ) -> Fetched | NotModified:
        redirects: list[Redirect] = []
        target = address
        while True:
            self._expect_allowed(client, deadline, target)
            headers = condition(known, str(target))
            with self._answer(client, deadline, target, headers) as response:
                if response.status_code in _MOVED:
                    target = self._moved(response, target, len(redirects))
                    redirects.append(Redirect(response.status_code, str(target)))
                    continue
                if response.status_code == 304 and headers:
                    return NotModified(str(address), tuple(redirects))
                expect_success(response.status_code, str(target))
                content = response.headers.get("content-type", "")
                return Fetched(
                    url=str(address),
                    media_type=media_type(content),
                    charset=charset(content),
                    data=read_body(response, self._limits.max_bytes),
                    disposition=response.headers.get("content-disposition", ""),
                    validators=validators(str(target), response.headers),
                    redirects=tuple(redirects),
                )

    def _moved(self, response: httpx.Response, target: httpx.URL, followed: int) -> httpx.URL:
        """The checked address that a redirect leads to."""
        place = response.headers.get("location", "")
        if not place:
            raise RedirectError(f"{target}转向别处而没有写明地址", "转向的地址", "检查网址")
        if followed >= self._limits.redirects:
            raise RedirectError(
                f"网址转向超过{self._limits.redirects}次", "直接的网址", "在浏览器中打开后复制网址"
            )
        return checked(place, target)

    @contextmanager
    def _answer(
        self, client: httpx.Client, deadline: Deadline, url: httpx.URL, headers: Mapping[str, str]
    ) -> Iterator[httpx.Response]:
        """The response before its body; asked once more where the site says when, soon enough."""
        with client.stream("GET", url, headers=headers) as response:
            wait = _wait(response)
            if wait is None or wait > min(self._limits.retry_after_s, deadline.left()):
                yield response
                return
        time.sleep(wait)
        with client.stream("GET", url, headers=headers) as response:
            yield response

    def _expect_allowed(self, client: httpx.Client, deadline: Deadline, url: httpx.URL) -> None:
        if self._limits.ignore_robots:
            return
        site = url.copy_with(raw_path=b"/robots.txt")
        if str(site) not in self._robots:
            self._robots[str(site)] = self._asked_robots(client, deadline, site)
        found = self._robots[str(site)]
        if isinstance(found, RobotsDisallowedError):
            raise found
        if not found.allows(url.raw_path.decode("ascii")):
            raise RobotsDisallowedError(
                f"{site}不允许程序读取{url.path}",
                "网站允许读取的网址",
                "在浏览器中下载后添加文件；有权读取时在设置中打开ignore_robots",
            )

    def _asked_robots(
        self, client: httpx.Client, deadline: Deadline, site: httpx.URL
    ) -> robots.Robots | RobotsDisallowedError:
        """The rules of a site: none where it has no such file, all forbidden where it fails."""
        target = site
        for followed in range(self._limits.redirects + 1):
            with client.stream("GET", target) as response:
                if response.status_code in _MOVED:
                    if followed < self._limits.redirects:
                        target = self._moved(response, target, followed)
                    continue
                if response.status_code >= 500 or response.status_code in _BUSY:
                    return RobotsDisallowedError(
                        f"{site}回答{response.status_code}，不知道网站允许读取什么",
                        "能读到的robots.txt",
                        _LATER,
                    )
                if response.status_code != 200:
                    return robots.Robots()
                found = read_body(response, robots.MAX_BYTES)
                return robots.parse(found.decode("utf-8", "replace"))
        return robots.Robots()  # RFC 9309, 2.3.1.2: more than five redirects are as good as none


def _wait(response: httpx.Response) -> float | None:
    """In how many seconds a busy site wants to be asked again, if it says so."""
    if response.status_code not in _BUSY:
        return None
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        day = parsedate_to_datetime(said)
    except ValueError:
        return None
    day = day.replace(tzinfo=UTC) if day.tzinfo is None else day
    return max(0.0, (day - datetime.now(UTC)).total_seconds())


@contextmanager
def _translated(url: httpx.URL, deadline: Deadline) -> Iterator[None]:
    """What httpx and httpcore raise, as errors of this package; the most specific first."""
    try:
        yield
    except httpcore.ConnectTimeout as exc:
        raise WebError(f"连不上{url.host}(超时)", "能连接的网站", "检查网址和网络") from exc
    except httpcore.TimeoutException as exc:
        raise deadline.passed() from exc
    except (httpcore.ConnectError, httpcore.ProxyError) as exc:
        raise WebError(f"连不上{url.host}({exc})", "能连接的网站", "检查网址和网络") from exc
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        OSError,
    ) as exc:
        raise WebError(
            f"从{url.host}没有收到完整的回答({exc or type(exc).__name__})", "完整的回答", _LATER
        ) from exc
