"""The errors of encoders, rerankers and index folders; see `ingest.errors` for what they say."""

from ingest.errors import WenceError


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
