"""What a fetched document is called as a file: the name it has at its address, and its true ending.

The reader is chosen by the bytes and, between kinds of text, by the ending; so the ending comes
from the media type where the address has none (`content_123.jsp`) and from the bytes in the end.
"""

import re
from pathlib import PurePath
from urllib.parse import unquote

import httpx

from ingest.patterns import pattern
from ingest.readers import registry
from ingest.web.fetch import Fetched
from ingest.web.media import ENDINGS

_MOST = 120
_UNFIT = pattern(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_EXTENDED = pattern(r"(?i)filename\*\s*=\s*utf-8''([^;\s]+)")
_PLAIN = pattern(r'(?i)filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))')


def file_name(fetched: Fetched) -> str:
    """The name of the file; raises a `ReadError` if its bytes are of no kind that is read.

    >>> file_name(Fetched("https://example.org/a/t20310308_12.jsp", b"<html>", "text/html",
    ...                   None, "", None))
    't20310308_12.html'
    """
    given = PurePath(_given(fetched))
    ending = ENDINGS[fetched.media_type]
    if ending in ("", ".txt") and given.suffix.lower() in registry.suffixes():
        ending = given.suffix.lower()  # "text/plain" is what sites call Markdown, too
    found = registry.format_of(fetched.data, f"{given.stem}{ending}")
    if ending not in found.suffixes or not ending:
        ending = found.suffixes[0]
    return f"{given.stem[:_MOST]}{ending}"


def _given(fetched: Fetched) -> str:
    """The name that the site gives the file, else the last part of the address, else its host."""
    url = httpx.URL(fetched.redirects[-1].target if fetched.redirects else fetched.url)
    last = [part for part in url.path.split("/") if part]
    for name in (_disposed(fetched.disposition), last[-1] if last else "", url.host):
        if fit := _UNFIT.sub("_", name).strip(" ._"):
            return fit
    return "index"


def _disposed(disposition: str) -> str:
    """The file name of a `Content-Disposition` (RFC 6266).

    >>> _disposed("attachment; filename=a.doc; filename*=UTF-8''%E5%8A%9E%E6%B3%95.doc")
    '办法.doc'
    """
    if found := _EXTENDED.search(disposition):
        return unquote(found[1])
    if found := _PLAIN.search(disposition):
        return unquote(re.sub(r"\\(.)", r"\1", found[1] or found[2] or "")).strip()
    return ""
