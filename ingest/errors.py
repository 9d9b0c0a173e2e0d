"""The base of every error that Wence raises on purpose, and the errors of reading.

An error says what was found, what was expected and what to do, in that order and in Chinese,
the language of the users; `code` is a stable English name for programs.  The command line prints
the message in one line and exits with 2; the HTTP API maps `code` to a status.
"""

from typing import ClassVar


class WenceError(Exception):
    """Base of all errors of Wence, those of the other packages' `errors` included."""

    code: ClassVar[str] = "error"

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(f"{found}；需要{expected}；请{remedy}")


class ReadError(WenceError):
    """A file or its bytes can't become a document."""

    code = "unreadable"


class EmptyDocumentError(ReadError):
    """The document has no text that could be cited."""

    code = "empty_document"


class EncodingError(ReadError):
    """The bytes are no text in any accepted encoding, or they are cut off in a character."""

    code = "bad_encoding"


class BinaryFileError(ReadError):
    """The file is not text at all (an image, an archive, a program …)."""

    code = "binary_file"


class DamagedFileError(ReadError):
    """The file is of a known format and breaks its rules: cut off, altered, encrypted."""

    code = "damaged_file"


class TooLargeError(ReadError):
    """The file, or what it unpacks to, is larger than is read."""

    code = "too_large"


class UnsupportedFormatError(ReadError):
    """The file is of a kind that this version has no reader for."""

    code = "unsupported_format"


class ScannedDocumentError(ReadError):
    """The file holds pictures of pages and no text, and no recognition is installed."""

    code = "scanned_document"


class MetadataError(ReadError):
    """`sources.toml` or a date in it can't be understood."""

    code = "bad_metadata"
