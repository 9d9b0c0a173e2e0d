"""The errors of fetching; see `ingest.errors` for what they say.

What the libraries below raise is mapped to them in one place, `ingest.web.fetch`.
"""

from ingest.errors import ReadError


class WebError(ReadError):
    """Base of these errors; itself: the connection failed or the answer made no sense."""

    code = "fetch_failed"


class AddressRefusedError(WebError):
    """The address is no web address, or it leads to a machine that may not be asked."""

    code = "address_refused"


class FetchTimeoutError(WebError):
    """The answer was not complete within the time limit."""

    code = "fetch_timeout"


class RobotsDisallowedError(WebError):
    """The site's robots.txt does not want this address to be read, or can't be asked."""

    code = "robots_disallowed"


class RedirectError(WebError):
    """Too many redirects, or one that names no target."""

    code = "bad_redirect"


class PageMissingError(WebError):
    """The site says that there is nothing at this address (404, 410)."""

    code = "page_missing"


class PageForbiddenError(WebError):
    """The site does not give the page to everybody (401, 403, 451)."""

    code = "page_forbidden"


class SiteBusyError(WebError):
    """The site wants to be asked later (429, 503)."""

    code = "site_busy"


class MediaTypeError(WebError):
    """What came back is of a kind that is not read."""

    code = "media_type_refused"
