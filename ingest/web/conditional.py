"""Asking for a page only if it changed (RFC 9110, 13): what the site said of the last version."""

from collections.abc import Mapping
from dataclasses import dataclass

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells the version of a page: its `ETag` and `Last-Modified`, as printed.

    `url` is the address they were sent by, after all redirects: they say nothing of another.
    """

    url: str
    etag: str = ""
    last_modified: str = ""


def validators(url: str, headers: Mapping[str, str]) -> Validators | None:
    """Those of a response, None if it has none."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    if not (etag or modified) or max(len(etag), len(modified)) > _MOST:
        return None
    return Validators(url, etag, modified)


def condition(known: Validators | None, url: str) -> dict[str, str]:
    """The headers of a request for this address, given what is known of an older version.

    >>> condition(Validators("https://example.org/a", '"v1"'), "https://example.org/a")
    {'If-None-Match': '"v1"'}
    """
    if known is None or known.url != url:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}
