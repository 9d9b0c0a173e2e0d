"""The errors of questions, settings and adding; see `ingest.errors` for what they say."""

from ingest.errors import ReadError, WenceError


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


class NothingReadError(ReadError):
    """Of all the files that were to be added none could be read."""

    code = "nothing_read"

    @classmethod
    def of(cls, count: int) -> "NothingReadError":
        """The error for so many files, each of which has a reason of its own."""
        return cls(f"{count} 个文件没有一个读得出来", "至少一个可读的文件", "逐个查看原因")


class AmbiguousTitleError(WenceError):
    """A title stands for several documents."""

    code = "ambiguous_title"
