"""The error of gold questions; see `ingest.errors` for what it says."""

from ingest.errors import WenceError


class GoldError(WenceError):
    """A file of gold questions, or its thresholds, is not in the expected format."""

    code = "bad_gold"
