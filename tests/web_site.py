"""A site on this machine that plays the sites of public bodies, well or badly."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.web.limits import Limits

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
LOCAL = Limits(allow_private=True, total_s=10, connect_s=2)
"""Limits under which this machine may be asked."""

CITY_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>关于印发《云泽市公共充电设施建设规划》的通知</title>
<meta name="SiteName" content="云泽市人民政府" />
<meta name="ArticleTitle" content="关于印发《云泽市公共充电设施建设规划》的通知" />
<meta name="PubDate" content="2031-03-09" />
<meta name="ColumnName" content="市政府办公厅文件" />
</head><body>
<div class="header"><ul class="nav">
<li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="container"><div class="article">
<h2 id="ivs_title">关于印发《云泽市公共充电设施建设规划》的通知</h2>
<small class="PBtime">（2031年3月9日）</small>
<div class="Article_content" id="ivs_content">
<p align="center">云府办发〔2031〕18号</p>
<p>各区人民政府，市政府各委、办、局：</p>
<p>经市政府同意，现将《云泽市公共充电设施建设规划》印发给你们，请认真按照执行。</p>
<p align="right">云泽市人民政府办公厅</p><p align="right">2031年3月8日</p>
<p align="center"><strong>云泽市公共充电设施建设规划</strong></p>
<p>一、主要目标</p>
<p>到2035年，全市新建公共充电桩8600个，中心城区服务半径不超过900米。</p>
<p>二、主要任务</p>
<p>（一）完善布局。优先在公园、轨道站点周边建设充电设施，由市交通局负责。</p>
</div></div></div>
<div class="footer">主办：云泽市人民政府办公厅 网站标识码：0000000000</div>
</body></html>
"""
"""A page of the make of a city's site, with invented words."""


@dataclass
class Page:
    """What the site answers at one path; `send` writes more than that, after the headers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": TEXT})
    send: Callable[[Callable[[bytes], object]], None] | None = None
    etag: str = ""


@dataclass
class Site:
    """The pages by path, and the paths that were asked for with their headers."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def text(self, path: str, text: str, content_type: str = TEXT, etag: str = "") -> str:
        """Put a text at a path; returns its address."""
        self.pages[path] = Page(text.encode(), headers={"Content-Type": content_type}, etag=etag)
        return self.url(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Send whoever asks elsewhere; returns the address."""
        self.pages[path] = Page(status=status, headers={"Location": target})
        return self.url(path)

    def paths(self) -> list[str]:
        """What was asked for, without the robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def served() -> Iterator[Site]:
    """A site that listens on a free port of this machine until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # a connection for each request, ended by closing it

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path) or Page(b"nothing here", 404)
            if page.etag and self.headers.get("If-None-Match") == page.etag:
                page = Page(status=304, headers={}, etag=page.etag)
            try:
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                if page.etag:
                    self.send_header("ETag", page.etag)
                if page.send is None and page.status != 304:
                    self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)
                if page.send is not None:
                    page.send(self.wfile.write)
            except OSError:
                return  # the client has seen enough

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
