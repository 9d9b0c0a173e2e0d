"""Plain text and Markdown: the text is kept as published, to the last space."""

from ingest.readers.base import Reading
from ingest.readers.decoding import decode_text


def read(data: bytes, name: str) -> Reading:
    """The text of `data` in whatever encoding it is; see `decoding`."""
    return Reading(decode_text(data, name))
