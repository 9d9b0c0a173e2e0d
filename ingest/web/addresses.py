"""Which addresses may be asked: web addresses of machines that anybody on the Internet can reach.

A page, or a redirect, must not make this program ask machines that only it can reach.  A name is
resolved once and all addresses it has are checked; `connecting` connects to those and no others.
"""

import hashlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Sequence

import httpx

from ingest.patterns import pattern
from ingest.web.errors import AddressRefusedError, WebError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host name, best first; OSError if there are none."""

MOST_CHARACTERS = 2_048
_EXPECTED = "http://或https://开头的网址"
_CHECK = "检查网址"
_CONTROL = pattern(r"[\x00-\x20\x7f\\]")
# RFC 6052 (2.1): the last 32 bits are the IPv4 address that a translator asks.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Of IANA's registries of special purpose addresses, what `is_global` of older Pythons lacks.
_RESERVED = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16"),
    )
)
_COMPATIBLE = ipaddress.ip_network("::/96")  # RFC 4291, 2.5.5.1: deprecated, IPv4 in the end


def checked(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address in its one spelling, without fragment; a redirect is relative to `base`.

    Raises AddressRefusedError unless it is http or https, with a host and without user and
    password.

    >>> str(checked("HTTPS://Example.org:443/a b.html#top".replace(" ", "%20")))
    'https://example.org/a%20b.html'
    """
    shown = text[:200]
    if len(text) > MOST_CHARACTERS:
        raise AddressRefusedError(
            f"网址有{len(text)}个字符", f"不超过{MOST_CHARACTERS}个字符的网址", _CHECK
        )
    if _CONTROL.search(text):
        raise AddressRefusedError(f"网址{shown!r}里有空白、控制字符或反斜杠", _EXPECTED, _CHECK)
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as exc:
        raise AddressRefusedError(f"网址{shown}不合规则({exc})", _EXPECTED, _CHECK) from exc
    if url.scheme not in ("http", "https"):
        raise AddressRefusedError(f"网址{shown}的协议是{url.scheme or '空'}", _EXPECTED, _CHECK)
    if url.userinfo or "@" in url.netloc.decode("ascii"):
        # Not shown: it may hold a password.
        raise AddressRefusedError("网址里有用户名或密码", "不含用户信息的网址", "去掉@之前的部分")
    if not host:
        raise AddressRefusedError(f"网址{shown}没有主机名", _EXPECTED, _CHECK)
    if url.port is not None and not 1 <= url.port <= 65_535:
        raise AddressRefusedError(f"网址{shown}的端口是{url.port}", "1到65535的端口", _CHECK)
    return url.copy_with(fragment=None)


def document_id(url: str) -> str:
    """The id of the document at an address: the same address gives the same id, whatever it says.

    >>> document_id("https://Example.org/a#1") == document_id("https://example.org/a")
    True
    """
    return "w" + hashlib.sha256(str(checked(url)).encode()).hexdigest()[:12]


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the machine's own resolver says; decimal and octal spellings of IPv4 are addresses."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def resolved(host: str, port: int, resolver: Resolver, seconds: float) -> list[IPAddress]:
    """All addresses of a host within so many seconds; WebError if there are none."""
    answers: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers.append(resolver(host, port))
        except (OSError, UnicodeError) as exc:
            answers.append(exc)

    # The system's resolver takes no time limit, so it is left behind where it takes too long.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not answers:
        raise WebError(f"{seconds:g}秒内查不到{host}的地址", "能解析的主机名", "检查网络后再试")
    found = answers[0]
    if isinstance(found, Exception):
        raise _unknown(host, str(found)) from found
    if not found:
        raise _unknown(host, "没有")
    return [ipaddress.ip_address(one) for one in found]


def _unknown(host: str, found: str) -> WebError:
    return WebError(f"查不到{host}的地址({found})", "能解析的主机名", "检查网址和网络")


def expect_public(host: str, found: Sequence[IPAddress]) -> None:
    """AddressRefusedError if any of a host's addresses is not one of the public Internet."""
    for address in found:
        if not all(_public(one) for one in _meant(address)):
            named = host if host == str(address) else f"{host}({address})"
            raise AddressRefusedError(
                f"{named}是内网、本机或保留的地址",
                "公共互联网上的地址",
                "检查网址；确需抓取内网文件时在设置中打开allow_private_addresses",
            )


def _public(address: IPAddress) -> bool:
    return address.is_global and not (
        any(address in network for network in _RESERVED)
        or address.is_multicast
        or address.is_reserved
        or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _meant(address: IPAddress) -> Iterator[IPAddress]:
    """The address, or the IPv4 address that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    embedded = address.ipv4_mapped or address.sixtofour
    if embedded is None and any(address in net for net in (_NAT64, _COMPATIBLE)):
        embedded = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if embedded is not None:
        yield embedded
        return
    if address.teredo is not None:
        yield from address.teredo
    yield address
