"""Fetching by address: what comes back, and every way in which a site could do harm."""

import codecs
import gzip
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import httpcore
import pytest
from web_site import HTML, LOCAL, TEXT, Page, Site, served

from ingest.errors import ReadError, TooLargeError
from ingest.web.addresses import checked, document_id
from ingest.web.charsets import self_told
from ingest.web.conditional import Validators
from ingest.web.errors import (
    AddressRefusedError,
    FetchTimeoutError,
    MediaTypeError,
    PageForbiddenError,
    PageMissingError,
    RedirectError,
    RobotsDisallowedError,
    SiteBusyError,
    WebError,
)
from ingest.web.fetch import Fetched, Fetcher, NotModified, Redirect, fetch
from ingest.web.limits import Limits
from ingest.web.naming import file_name
from ingest.web.robots import parse

WORDS = "第一条 本办法自2031年5月1日起施行。"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


def got(url: str, limits: Limits = LOCAL, known: Validators | None = None) -> Fetched:
    found = fetch(url, limits, known)
    assert isinstance(found, Fetched)
    return found


class Recorder(httpcore.NetworkBackend):
    """Notes what is connected to, and answers each connection with one page."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") -> None:
        self.connected: list[tuple[str, int]] = []
        self.tls_names: list[str | None] = []
        self.sent = b""
        self.answer = answer

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        return RecordedStream(self)


class RecordedStream(httpcore.NetworkStream):
    def __init__(self, recorder: Recorder) -> None:
        self._recorder, self._left = recorder, recorder.answer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        part, self._left = self._left[:max_bytes], self._left[max_bytes:]
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._recorder.sent += buffer

    def close(self) -> None:
        return

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        assert ssl_context.check_hostname
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED
        self._recorder.tls_names.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


def answering(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda _host, _port: addresses


def fetched_by(
    url: str, *addresses: str, network: Recorder | None = None, **limits: Any
) -> Recorder:
    """Fetch with a name server that gives these addresses; what was connected to."""
    network = network or Recorder()
    given = Limits(**{"ignore_robots": True, **limits})
    Fetcher(given, answering(*addresses), network).fetch(url)
    return network


# What comes back.


def test_a_page_comes_with_what_the_site_says_of_it(site: Site) -> None:
    page = {
        "Content-Type": "text/html; charset=GBK",
        "Content-Disposition": "inline",
        "Last-Modified": "Tue, 04 Mar 2031 08:00:00 GMT",
    }
    site.pages["/a/办法.html"] = Page()
    site.pages["/a/%E5%8A%9E%E6%B3%95.html"] = Page(WORDS.encode("gbk"), headers=page, etag='"v1"')
    found = got(site.url("/a/办法.html#top"))
    assert found.url == site.url("/a/%E5%8A%9E%E6%B3%95.html")
    assert found.data == WORDS.encode("gbk")
    assert (found.media_type, found.charset) == ("text/html", "gbk")
    assert found.disposition == "inline"
    assert found.validators == Validators(found.url, '"v1"', "Tue, 04 Mar 2031 08:00:00 GMT")
    assert found.redirects == ()
    assert "Wence" in site.asked[-1][1]["User-Agent"]


def test_a_page_that_did_not_change_is_not_sent_again(site: Site) -> None:
    url = site.text("/a.txt", WORDS, etag='"v1"')
    known = got(url).validators
    assert fetch(url, LOCAL, known) == NotModified(url)
    site.text("/a.txt", WORDS + "（修订）", etag='"v2"')
    assert got(url, known=known).data.decode().endswith("（修订）")


def test_what_is_known_of_one_address_is_not_told_to_another(site: Site) -> None:
    site.text("/new.txt", WORDS, etag='"v1"')
    url = site.redirect("/old.txt", "/new.txt")
    known = got(url).validators
    assert known is not None
    assert known.url == site.url("/new.txt")
    assert isinstance(fetch(url, LOCAL, known), NotModified)
    conditions = {path: "If-None-Match" in sent for path, sent in site.asked}
    assert conditions == {"/robots.txt": False, "/old.txt": False, "/new.txt": True}


def test_a_304_that_was_not_asked_for_is_no_answer(site: Site) -> None:
    site.pages["/a.txt"] = Page(status=304)
    with pytest.raises(WebError, match="304"):
        fetch(site.url("/a.txt"), LOCAL)


def test_redirects_are_followed_and_told(site: Site) -> None:
    site.text("/c.txt", WORDS)
    site.redirect("/b.txt", "c.txt", 307)
    url = site.redirect("/a.txt", site.url("/b.txt"), 301)
    found = got(url)
    assert found.url == url
    assert found.redirects == (
        Redirect(301, site.url("/b.txt")),
        Redirect(307, site.url("/c.txt")),
    )


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_a_packed_body_is_unpacked(site: Site, packed: Callable[[bytes], bytes]) -> None:
    name = "gzip" if packed is gzip.compress else "deflate"
    headers = {"Content-Type": TEXT, "Content-Encoding": name}
    site.pages["/a.txt"] = Page(packed((WORDS * 9_000).encode()), headers=headers)
    assert got(site.url("/a.txt")).data.decode() == WORDS * 9_000


def test_raw_deflate_and_gzip_in_several_members_are_unpacked(site: Site) -> None:
    squeeze = zlib.compressobj(wbits=-15)
    raw = squeeze.compress(WORDS.encode()) + squeeze.flush()
    headers = {"Content-Type": TEXT, "Content-Encoding": "deflate"}
    site.pages["/a.txt"] = Page(raw, headers=headers)
    assert got(site.url("/a.txt")).data.decode() == WORDS
    two = gzip.compress(WORDS.encode()) + gzip.compress(b"more") + b"\0\0"
    site.pages["/b.txt"] = Page(two, headers={**headers, "Content-Encoding": "gzip"})
    assert got(site.url("/b.txt")).data.decode() == WORDS + "more"


def test_a_site_that_is_busy_for_a_moment_is_asked_once_more(site: Site) -> None:
    busy = {"Retry-After": "0"}
    site.pages["/a.txt"] = Page(status=503, headers=busy)
    with pytest.raises(SiteBusyError, match="503"):
        fetch(site.url("/a.txt"), LOCAL)
    assert site.paths() == ["/a.txt", "/a.txt"]
    site.pages["/a.txt"] = Page(status=429, headers={"Retry-After": "11"})
    with pytest.raises(SiteBusyError, match="429"):
        fetch(site.url("/a.txt"), LOCAL)
    assert len(site.paths()) == 3


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (404, PageMissingError, "没有这个网页"),
        (410, PageMissingError, "撤下"),
        (403, PageForbiddenError, "拒绝"),
        (401, PageForbiddenError, "登录"),
        (500, WebError, "没有给出内容"),
        (204, WebError, "没有给出内容"),
    ],
)
def test_other_statuses_are_errors_that_say_what(
    site: Site, status: int, error: type[WebError], said: str
) -> None:
    site.pages["/a.txt"] = Page(WORDS.encode(), status)
    with pytest.raises(error, match=said) as caught:
        fetch(site.url("/a.txt"), LOCAL)
    assert str(status) in str(caught.value)
    assert type(caught.value) is error


def test_a_body_that_ends_early_is_an_error(site: Site) -> None:
    headers = {"Content-Type": TEXT, "Content-Length": "900"}
    site.pages["/a.txt"] = Page(WORDS.encode(), headers=headers, send=lambda _: None)
    with pytest.raises(WebError, match="没有收到完整的回答"):
        fetch(site.url("/a.txt"), LOCAL)
    whole = gzip.compress(WORDS.encode())
    headers = {"Content-Type": TEXT, "Content-Encoding": "gzip"}
    site.pages["/b.txt"] = Page(whole[:-9], headers=headers)
    with pytest.raises(WebError, match="没有传完"):
        fetch(site.url("/b.txt"), LOCAL)


def test_a_site_that_is_not_there_is_told(site: Site) -> None:
    gone = site.url("/a.txt").replace(str(site.port), "9")
    with pytest.raises(WebError, match=r"连不上127\.0\.0\.1"):
        fetch(gone, LOCAL)


# Which addresses may be asked.


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "协议是file"),
        ("ftp://example.org/a.txt", "协议是ftp"),
        ("javascript:alert(1)", "协议是javascript"),
        ("//example.org/a.txt", "协议是空"),
        ("https:///a.txt", "没有主机名"),
        ("https://user:secret@example.org/a.txt", "用户名或密码"),
        ("https://example.org:0/", "端口是0"),
        ("https://example.org:99999/", "端口是99999"),
        ("http://0177.0.0.1/", "不合规则"),
        ("http://[::1/", "不合规则"),
        ("https://example.org/a b", "空白"),
        ("https://example.org\\@evil.example/", "反斜杠"),
        ("https://exam\nple.org/", "空白"),
        ("https://example.org/" + "a" * 3000, "字符"),
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url: str, said: str) -> None:
    def unasked(*_: object) -> Sequence[str]:
        raise AssertionError("the name was looked up")

    with pytest.raises(AddressRefusedError, match=said) as caught:
        Fetcher(Limits(), unasked, Recorder()).fetch(url)
    assert "secret" not in str(caught.value)


FORBIDDEN = [
    *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "224.0.1.1"),
    *("239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "ff0e::1", "fec0::1"),
    *("2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
    *("64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::5db8:d70e", "192.88.99.1", "3fff::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_leads_inside_is_refused_and_not_connected_to(address: str) -> None:
    network = Recorder()
    with pytest.raises(AddressRefusedError, match=r"内网、本机或保留") as caught:
        fetched_by("https://example.org/", address, network=network)
    assert caught.value.code == "address_refused"
    assert network.connected == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_address_inside_among_others_is_enough(place: int) -> None:
    addresses = ["93.184.215.14", "2606:2800:21f::1"]
    addresses.insert(place, "10.0.0.5")
    network = Recorder()
    with pytest.raises(AddressRefusedError, match=r"10\.0\.0\.5"):
        fetched_by("http://example.org/", *addresses, network=network)
    assert network.connected == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "127.1",
    ],
)
def test_spellings_of_this_machine_are_refused_as_what_they_are(host: str) -> None:
    network = Recorder()
    with pytest.raises(AddressRefusedError, match="内网、本机或保留"):
        Fetcher(Limits(ignore_robots=True), network=network).fetch(f"http://{host}:8600/")
    assert network.connected == []


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_connected_to_under_the_name_that_was_asked(address: str) -> None:
    network = fetched_by("https://policy.example.org:8443/a.txt", address)
    assert network.connected == [(address, 8443)]
    assert network.tls_names == ["policy.example.org"]
    assert b"\r\nHost: policy.example.org:8443\r\n" in network.sent


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    class Half(Recorder):
        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
            if ":" in host:
                raise httpcore.ConnectError("no route")
            return super().connect_tcp(host, port)

    network = fetched_by(
        "https://example.org/", "2606:2800:21f::1", "93.184.215.14", network=Half()
    )
    assert network.connected == [("93.184.215.14", 443)]


def test_a_name_whose_address_changes_between_check_and_connection_gains_nothing() -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    network = Recorder()
    fetcher = Fetcher(Limits(ignore_robots=True), lambda *_: next(answers), network)
    fetcher.fetch("http://rebinding.example/")
    assert network.connected == [("93.184.215.14", 80)]
    with pytest.raises(AddressRefusedError):  # the next connection asks, and checks, anew
        fetcher.fetch("http://rebinding.example/")
    assert network.connected == [("93.184.215.14", 80)]


def moved(target: str) -> Recorder:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
    return Recorder(answer.encode())


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:8600/v1/documents",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://user:secret@example.org/",
        "//10.0.0.1/",
    ],
)
def test_a_redirect_to_what_may_not_be_asked_ends_there(target: str) -> None:
    network = moved(target)

    def resolver(host: str, _: int) -> Sequence[str]:
        return ["93.184.215.14"] if host == "example.org" else [host]

    with pytest.raises(AddressRefusedError):
        Fetcher(Limits(ignore_robots=True), resolver, network).fetch("http://example.org/")
    assert {host for host, _ in network.connected} == {"93.184.215.14"}


def test_a_robots_file_cannot_lead_inside_either() -> None:
    network = moved("http://127.0.0.1/")

    def resolver(host: str, _: int) -> Sequence[str]:
        return ["93.184.215.14"] if host == "example.org" else [host]

    with pytest.raises(AddressRefusedError):
        Fetcher(Limits(), resolver, network).fetch("http://example.org/")
    assert network.connected == [("93.184.215.14", 80)]


def test_private_addresses_can_be_allowed(site: Site) -> None:
    url = site.text("/a.txt", WORDS)
    with pytest.raises(AddressRefusedError, match="allow_private_addresses"):
        fetch(url, replace(LOCAL, allow_private=False))
    assert site.asked == []
    assert got(url).data.decode() == WORDS


def test_proxies_of_the_environment_are_ignored_unless_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", site.url(""))
    network = fetched_by("http://example.org/a.txt", "93.184.215.14")
    assert network.connected == [("93.184.215.14", 80)]
    # The site plays the proxy: it is asked for the whole address.
    site.pages["http://example.org/a.txt"] = Page(WORDS.encode())
    through = Limits(environment_proxies=True, ignore_robots=True)
    fetcher = Fetcher(through, lambda host, _: [host] if host[0] == "1" else ["93.184.215.14"])
    found = fetcher.fetch("http://example.org/a.txt")
    assert isinstance(found, Fetched)
    assert found.data.decode() == WORDS
    with pytest.raises(AddressRefusedError):
        fetcher.fetch("http://10.0.0.1/a.txt")
    assert site.paths() == ["http://example.org/a.txt"]


def test_a_name_server_that_does_not_answer_takes_no_longer_than_allowed() -> None:
    def slow(*_: object) -> Sequence[str]:
        time.sleep(3)
        return ["93.184.215.14"]

    begun = time.monotonic()
    with pytest.raises(WebError, match="查不到"):
        Fetcher(Limits(connect_s=0.2), slow, Recorder()).fetch("http://example.org/")
    assert time.monotonic() - begun < 2


def test_a_name_without_an_address_is_told() -> None:
    def unknown(*_: object) -> Sequence[str]:
        raise OSError("Name or service not known")

    for resolver in (unknown, answering()):
        with pytest.raises(WebError, match=r"查不到nowhere\.example的地址"):
            Fetcher(Limits(), resolver, Recorder()).fetch("http://nowhere.example/")


# How much, how long, of what kind.


def test_ten_redirects_are_too_many(site: Site) -> None:
    for step in range(10):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.text("/10", WORDS)
    with pytest.raises(RedirectError, match="超过5次"):
        fetch(site.url("/0"), LOCAL)
    assert len(site.paths()) == 6
    assert len(got(site.url("/5")).redirects) == 5


def test_a_redirect_without_a_target_is_told(site: Site) -> None:
    site.pages["/a"] = Page(status=302, headers={})
    with pytest.raises(RedirectError, match="没有写明地址"):
        fetch(site.url("/a"), LOCAL)


def test_a_gzip_bomb_is_left_after_the_limit(site: Site) -> None:
    bomb = gzip.compress(b"0" * 300_000_000, 9)
    assert len(bomb) < 400_000
    headers = {"Content-Type": TEXT, "Content-Encoding": "gzip"}
    site.pages["/a.txt"] = Page(bomb, headers=headers)
    with pytest.raises(TooLargeError, match="解压后超过1000000字节"):
        fetch(site.url("/a.txt"), replace(LOCAL, max_bytes=1_000_000))


def test_an_endless_body_is_left_after_the_limit(site: Site) -> None:
    def endless(write: Callable[[bytes], object]) -> None:
        while True:
            write(b"0" * 65_536)

    site.pages["/a.txt"] = Page(send=endless)
    with pytest.raises(TooLargeError, match="超过1000000字节"):
        fetch(site.url("/a.txt"), replace(LOCAL, max_bytes=1_000_000))


def test_a_body_that_says_how_large_it_is_is_refused_unread(site: Site) -> None:
    headers = {"Content-Type": TEXT, "Content-Length": "99999999999"}
    site.pages["/a.txt"] = Page(headers=headers, send=lambda _: None)
    with pytest.raises(TooLargeError, match="99999999999字节"):
        fetch(site.url("/a.txt"), LOCAL)


def drip(pieces: Iterable[bytes]) -> Callable[[Callable[[bytes], object]], None]:
    def send(write: Callable[[bytes], object]) -> None:
        for piece in pieces:
            write(piece)
            time.sleep(0.05)

    return send


@pytest.mark.parametrize("where", ["body", "head"])
def test_bytes_that_drip_in_end_with_the_time_limit(site: Site, where: str) -> None:
    if where == "body":
        site.pages["/a.txt"] = Page(send=drip([b"0"] * 200))
        url = site.url("/a.txt")
        limits = replace(LOCAL, total_s=0.5)
        begun = time.monotonic()
        with pytest.raises(FetchTimeoutError, match=r"0\.5秒内没有收到完整的内容"):
            fetch(url, limits)
        assert time.monotonic() - begun < 3
        return

    class Slow(RecordedStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            time.sleep(0.05)
            return super().read(1)

    class Network(Recorder):
        def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
            return Slow(self)

    network = Network(b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 0\r\n" * 1000)
    begun = time.monotonic()
    with pytest.raises(FetchTimeoutError):
        fetched_by("http://example.org/", "93.184.215.14", network=network, total_s=0.5)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "kind", ["image/png", "video/mp4", "application/json", "application/zip", "text/css", "x"]
)
def test_other_kinds_of_content_are_refused_by_name(site: Site, kind: str) -> None:
    site.pages["/a"] = Page(WORDS.encode(), headers={"Content-Type": kind})
    with pytest.raises(MediaTypeError, match=kind):
        fetch(site.url("/a"), LOCAL)


# What the site wants.


def test_a_page_that_robots_forbid_is_not_asked_for(site: Site) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow: /inner/\n")
    url = site.text("/inner/a.txt", WORDS)
    with pytest.raises(RobotsDisallowedError, match=r"不允许程序读取/inner/a\.txt"):
        fetch(url, LOCAL)
    assert site.paths() == []
    assert got(url, replace(LOCAL, ignore_robots=True)).data.decode() == WORDS


def test_robots_hold_for_the_target_of_a_redirect(site: Site) -> None:
    site.text("/robots.txt", "User-agent: wence\nDisallow: /inner/\n\nUser-agent: *\nDisallow:\n")
    site.text("/inner/a.txt", WORDS)
    with pytest.raises(RobotsDisallowedError):
        fetch(site.redirect("/a.txt", "/inner/a.txt"), LOCAL)
    assert site.paths() == ["/a.txt"]


def test_robots_are_asked_once_for_all_pages_of_a_site(site: Site) -> None:
    fetcher = Fetcher(LOCAL)
    for path in ("/a.txt", "/b.txt"):
        fetcher.fetch(site.text(path, WORDS))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a.txt", "/b.txt"]


def test_a_site_whose_robots_fail_is_not_read(site: Site) -> None:
    site.pages["/robots.txt"] = Page(status=502)
    url = site.text("/a.txt", WORDS)
    with pytest.raises(RobotsDisallowedError, match="502"):
        fetch(url, LOCAL)
    assert site.paths() == []
    for status in (403, 404):
        site.pages["/robots.txt"] = Page(b"Disallow: /", status=status)
        assert got(url).data.decode() == WORDS


ROBOTS = """# public
Sitemap: https://example.org/map.xml
User-agent: other
Disallow: /

User-agent: *
User-agent: Baiduspider
Crawl-delay: 3
Disallow: /api/
Disallow: /*.jsp$
Disallow: /search?*q=
Disallow: /办事/
Allow: /api/open/
Disallow: /exact$
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/api/a", False),
        ("/api/open/a", True),
        ("/a.jsp", False),
        ("/a.jsp?x=1", True),
        ("/search?p=1&q=2", False),
        ("/search", True),
        ("/%e5%8a%9e%E4%BA%8B/a", False),
        ("/exact", False),
        ("/exactly", True),
    ],
)
def test_rules_are_those_of_the_standard(target: str, allowed: bool) -> None:
    assert parse(ROBOTS).allows(target) is allowed


def test_own_rules_take_the_place_of_those_for_all() -> None:
    text = ROBOTS + "\nUser-agent: Wence/1\nDisallow: /b\n\nUser-agent: WENCE\nDisallow: /c\n"
    found = parse(text)
    assert [found.allows(one) for one in ("/api/a", "/b", "/c")] == [True, False, False]
    assert parse("User-agent: Wence\n\nUser-agent: *\nDisallow: /\n").allows("/a") is False
    assert parse("User-agent: Wence\nDisallow:\n\nUser-agent: *\nDisallow: /\n").allows("/a")


def test_a_rule_of_many_stars_takes_no_time() -> None:
    begun = time.monotonic()
    assert parse("User-agent: *\nDisallow: /" + "*a" * 500 + "*b$").allows("/" + "a" * 2000)
    assert time.monotonic() - begun < 1


# What it becomes.


def page(url: str, data: bytes, media_type: str = "text/html", disposition: str = "") -> Fetched:
    return Fetched(url, data, media_type, None, disposition, None)


@pytest.mark.parametrize(
    ("fetched", "name"),
    [
        (page("https://a.cn/x/6517c7fd.html", b"<html>"), "6517c7fd.html"),
        (page("https://a.cn/x/content.jsp?id=3", b"<html>"), "content.html"),
        (page("https://a.cn/", b"<html>"), "a.html"),
        (page("https://a.cn/%E5%8A%9E%E6%B3%95", b"<html>"), "办法.html"),
        (page("https://a.cn/a", b"%PDF-1.7"), "a.pdf"),
        (page("https://a.cn/a.doc", b"%PDF-1.7", "application/msword"), "a.pdf"),
        (page("https://a.cn/a.md", b"# a", "text/plain"), "a.md"),
        (page("https://a.cn/a.md", b"# a", "application/octet-stream"), "a.md"),
        (page("https://a.cn/a.html", b"plain", "text/plain"), "a.html"),
        (page("https://a.cn/get?f=1", b"%PDF-1.4", "application/octet-stream"), "get.pdf"),
        (
            page("https://a.cn/get", b"%PDF-", disposition='inline; filename="../b\\"c.pdf"'),
            "b_c.pdf",
        ),
        (
            page("https://a.cn/get", b"<p>", disposition="x; filename*=UTF-8''%E5%8A%9E%2Fa.htm"),
            "办_a.html",
        ),
    ],
)
def test_a_document_is_named_after_its_address_with_its_true_ending(
    fetched: Fetched, name: str
) -> None:
    assert file_name(fetched) == name


def test_bytes_that_are_no_document_are_refused() -> None:
    with pytest.raises(ReadError, match="PNG图片"):
        file_name(page("https://a.cn/a", b"\x89PNG....", "application/octet-stream"))


def test_the_charset_of_the_header_counts_where_nothing_else_says_it() -> None:
    text = "臺北市政府公告"
    for charset in ("big5", "euc_kr"):
        words = text if charset == "big5" else "공고"
        told = self_told(words.encode(charset), charset)
        assert told == codecs.BOM_UTF8 + words.encode()
    meta = b"<meta charset=gbk>" + "办法".encode("gbk")
    assert self_told(meta, "big5") == meta
    for data, charset in [
        (text.encode(), "gbk"),  # UTF-8 in truth
        ("办法".encode("gbk"), "iso-8859-1"),  # what servers say of everything
        ("办法".encode("gbk"), "nonsense"),
        (b"\xff\xff\xff", "gbk"),
        ("办法".encode("gbk"), None),
    ]:
        assert self_told(data, charset) == data


def test_an_address_has_one_spelling_and_one_id() -> None:
    spelled = ["HTTPS://Example.ORG:443/a", "https://example.org/a#part"]
    assert {str(checked(one)) for one in spelled} == {"https://example.org/a"}
    assert len({document_id(one) for one in spelled}) == 1
    assert document_id("https://example.org/a?x=1") != document_id("https://example.org/a")


def test_content_types_of_pages_are_read_however_they_are_written(site: Site) -> None:
    site.pages["/a"] = Page(b"<html>", headers={"Content-Type": 'TEXT/HTML;Charset="UTF-8"'})
    site.pages["/b"] = Page(b"text", headers={})
    found = got(site.url("/a"))
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert HTML.startswith(found.media_type)
    assert got(site.url("/b")).media_type == "application/octet-stream"
