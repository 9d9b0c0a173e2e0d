"""The errors of questions and settings; see `ingest.errors` for what they say."""

from ingest.errors import WenceError


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
