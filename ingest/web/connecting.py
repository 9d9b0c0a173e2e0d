"""Connections to checked addresses only, none of which outlasts its deadline.

The check stands where the connection is made: a name is resolved once, its addresses are checked,
and one of them is connected to, so that a second answer of the name server changes nothing.  Host
header and TLS name stay those of the address.
"""

import ssl
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from ingest.web.addresses import Resolver, expect_public, resolved
from ingest.web.errors import FetchTimeoutError, WebError
from ingest.web.limits import Deadline, Limits


class _TimedStream(httpcore.NetworkStream):
    """A stream of which every step ends with the deadline, however slowly bytes drip in."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to a host by one of its checked addresses, within the limits.

    `to_proxy` is for connections to the user's own proxy, which may well be a private address.
    """

    def __init__(
        self,
        limits: Limits,
        deadline: Deadline,
        resolver: Resolver,
        inner: httpcore.NetworkBackend,
        *,
        to_proxy: bool = False,
    ) -> None:
        self._limits, self._deadline, self._resolver = limits, deadline, resolver
        self._inner = inner
        self._checks = not (to_proxy or limits.allow_private)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises AddressRefusedError before anything is sent, and what connecting raises."""
        most = self._limits.connect_s
        found = resolved(host, port, self._resolver, self._deadline.left(most))
        if self._checks:
            expect_public(host, found)
        failure: Exception | None = None
        for address in found:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, self._deadline.left(most), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
        assert failure is not None  # `resolved` gives at least one address
        raise failure


class CheckedTransport(httpx.BaseTransport):
    """httpx over pools of httpcore, since httpx's own transport takes no network backend."""

    def __init__(
        self,
        limits: Limits,
        deadline: Deadline,
        resolver: Resolver,
        network: httpcore.NetworkBackend,
    ) -> None:
        self._limits, self._deadline, self._resolver = limits, deadline, resolver
        self._network = network
        self._pools: dict[str | None, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request; raises httpcore's exceptions, and WebError for what the limits forbid."""
        url = request.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        response = self._pool(url).handle_request(
            httpcore.Request(request.method, target, headers=request.headers.raw)
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        """Connections to the hosts themselves, or by way of the user's proxy."""
        proxy = _proxy(url) if self._limits.environment_proxies else None
        if proxy is not None and not self._limits.allow_private:
            self._expect_public_target(url)
        if proxy not in self._pools:
            backend = CheckedBackend(
                self._limits,
                self._deadline,
                self._resolver,
                self._network,
                to_proxy=proxy is not None,
            )
            self._pools[proxy] = (
                httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend)
                if proxy is None
                else httpcore.HTTPProxy(proxy, ssl_context=_tls(), network_backend=backend)
            )
        return self._pools[proxy]

    def _expect_public_target(self, url: httpx.URL) -> None:
        """Refuse what is private as far as this machine knows; the rest is the proxy's to judge."""
        host = url.raw_host.decode("ascii")
        try:
            left = self._deadline.left(self._limits.connect_s)
            found = resolved(host, url.port or 0, self._resolver, left)
        except FetchTimeoutError:
            raise
        except WebError:
            return
        expect_public(host, found)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _proxy(url: httpx.URL) -> str | None:
    """The environment's proxy for this address, as other programs understand NO_PROXY."""
    host = url.raw_host.decode("ascii")
    return None if proxy_bypass(host) else getproxies().get(url.scheme)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
