"""Text whose encoding stands in the HTTP header alone.

A reader tells UTF-8, GB18030, UTF-16 and Big5 by the bytes, and a page says in a `meta` what it
is.  What is in neither has only the header, which is no part of the bytes: such text is handed on
as UTF-8.
"""

import codecs

from ingest.patterns import pattern

_META = pattern(r"(?i)<meta[^>]{0,200}charset|^\s*<\?xml[^>]{0,200}encoding")
_HEAD = 4_096
_SAY_NOTHING = ("iso8859-1", "ascii", "cp1252")
"""What servers state of every file, whatever it is."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}  # pages use characters beyond what they state


def self_told(data: bytes, charset: str | None) -> bytes:
    """The bytes, as UTF-8 with its mark if nothing but `charset` says which encoding they have.

    They stay as they are, too, where they are no text in that encoding.

    >>> self_told("補貼".encode("big5"), "big5").decode("utf-8-sig")
    '補貼'
    """
    try:
        name = codecs.lookup(charset or "").name
    except LookupError:
        return data
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if name in _SAY_NOTHING or marked or _META.search(data[:_HEAD].decode("latin-1")):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return data
    try:
        text = data.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeError):
        return data
    return codecs.BOM_UTF8 + text.encode()
