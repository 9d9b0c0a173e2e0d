"""Every error that Wence raises on purpose, in one tree.

An error says what was found, what was expected and what to do, in that order and in Chinese,
the language of the users; `code` is a stable English name for programs.  The command line prints
the message in one line and exits with 2; the HTTP API maps `code` to a status.
"""

from typing import ClassVar


class WenceError(Exception):
    """Base of all errors below; catching it catches nothing else."""

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


class UnsupportedFormatError(ReadError):
    """The file is of a kind that this version has no reader for."""

    code = "unsupported_format"


class MetadataError(ReadError):
    """`sources.toml` or a date in it can't be understood."""

    code = "bad_metadata"


class EncoderError(WenceError):
    """The sentence encoder can't be loaded, or it does not fit the index."""

    code = "bad_encoder"


class RerankerError(WenceError):
    """The reranker can't be loaded, or its scores give no order."""

    code = "bad_reranker"


class IndexFolderError(WenceError):
    """Base of the errors of an index folder."""

    code = "index_error"


class NoIndexError(IndexFolderError):
    """There is no index at the place given."""

    code = "no_index"


class ForeignIndexError(IndexFolderError):
    """The folder exists, but it is not an index of this program, or of another version of it."""

    code = "foreign_index"


class CorruptIndexError(IndexFolderError):
    """The index was damaged: a part is missing or its checksum differs."""

    code = "corrupt_index"


class IndexLockedError(IndexFolderError):
    """Another process is writing to this index."""

    code = "index_locked"


class UnknownDocumentError(IndexFolderError):
    """No document of the index has this id."""

    code = "unknown_document"


class QuestionError(WenceError):
    """The question can't be taken."""

    code = "bad_question"


class EmptyQuestionError(QuestionError):
    """The question has no letter, digit or character in it."""

    code = "empty_question"


class QuestionTooLongError(QuestionError):
    """The question is longer than the limit."""

    code = "question_too_long"


class ControlCharacterError(QuestionError):
    """The question holds control characters or lone surrogates."""

    code = "control_characters"


class UnknownModelError(QuestionError):
    """The request names an answering model that is not configured."""

    code = "unknown_model"


class SettingsError(WenceError):
    """`wence.toml` or a `WENCE_*` variable is not valid."""

    code = "bad_settings"


class GoldError(WenceError):
    """A file of gold questions, or its thresholds, is not in the expected format."""

    code = "bad_gold"
