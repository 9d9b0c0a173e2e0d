"""Documents of the index that come from web addresses.

`ask` makes of an address what the index takes, and the record of where it came from, which
`Provenance` keeps once it was taken.  The same address is the same document, whatever its title
has become.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from index.origins import Origin
from ingest.parse import Unread
from ingest.web.addresses import checked, document_id
from ingest.web.charsets import self_told
from ingest.web.conditional import Validators
from ingest.web.fetch import Fetched, Fetcher, NotModified
from ingest.web.limits import Limits
from ingest.web.naming import file_name
from qa.service.provenance import Provenance
from qa.service.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document by its address: `id` and `stated` as in `sources.toml`, whose `folder` it is."""

    url: str
    id: str
    stated: Mapping[str, str | date] = field(default_factory=dict)
    folder: str = ""


def limits_of(settings: Settings) -> Limits:
    """The limits of fetching that the settings give."""
    return Limits(
        total_s=settings.web_timeout_s,
        connect_s=min(settings.web_connect_timeout_s, settings.web_timeout_s),
        max_bytes=settings.web_max_mib << 20,
        allow_private=settings.allow_private_addresses,
        ignore_robots=settings.ignore_robots,
        environment_proxies=settings.environment_proxies,
    )


def unread(fetched: Fetched, wanted: Wanted) -> Unread:
    """What was fetched, to be read by any process; a `ReadError` if it is of no kind that is read.

    Its name is that of the last part of the address with the ending of its true format.
    """
    data = fetched.data
    if fetched.media_type.startswith("text/") or "html" in fetched.media_type:
        data = self_told(data, fetched.charset)
    name = file_name(replace(fetched, data=data))
    return Unread(
        Path(name), {"source": fetched.url, **wanted.stated, "id": wanted.id}, data, wanted.url
    )


class WebSources:
    """Asks for the documents of one index that have an address."""

    def __init__(self, provenance: Provenance, limits: Limits) -> None:
        self._provenance = provenance
        self._fetcher = Fetcher(limits)

    def wanted(self, url: str) -> Wanted:
        """The document at an address: the one that came from there before, or a new one.

        Raises AddressRefusedError for what is no web address.
        """
        url = str(checked(url))
        for origin in self._provenance.all().values():
            if origin.url == url:
                return Wanted(url, origin.document_id, origin.stated, origin.folder)
        return Wanted(url, document_id(url))

    def ask(self, wanted: Wanted, *, anew: bool = False) -> tuple[Unread, Origin] | None:
        """The document and where it came from; None if the index holds this version of it.

        `anew` asks without a condition.  Raises what fetching raises.
        """
        known = None if anew else self._validators(wanted)
        found = self._fetcher.fetch(wanted.url, known)
        if isinstance(found, NotModified):
            return None
        return unread(found, wanted), Origin(
            wanted.id,
            url=wanted.url,
            folder=wanted.folder,
            stated=wanted.stated,
            validators=found.validators,
        )

    def _validators(self, wanted: Wanted) -> Validators | None:
        """Those of the version that the index holds, if it would be taken just so again."""
        held = self._provenance.current(wanted.id)
        if held is None or (held.url, dict(held.stated)) != (wanted.url, dict(wanted.stated)):
            return None
        return held.validators
