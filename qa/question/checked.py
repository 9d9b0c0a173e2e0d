"""Whether a question can be taken at all, before anything is made of it."""

import unicodedata

from qa.errors import ControlCharacterError, EmptyQuestionError, QuestionError, QuestionTooLongError

MAX_LENGTH = 2000
"""Most code points of a question; longer ones are pasted documents, not questions."""


def checked(question: str) -> str:
    """The question without outer white space, or a `QuestionError` that says what is wrong.

    >>> checked("  谁负责？\\n")
    '谁负责？'
    """
    if len(question) > MAX_LENGTH:
        raise QuestionTooLongError(
            f"问题有{len(question)}字", f"不超过{MAX_LENGTH}字的问题", "只写要问的一两句话"
        )
    for place, char in enumerate(question):
        if char in "\n\t\r":
            continue
        if unicodedata.category(char) in ("Cc", "Cs", "Co"):
            raise ControlCharacterError(
                f"问题第{place + 1}字是控制字符U+{ord(char):04X}", "可以显示的文字", "删去这个字符"
            )
    if not any(char.isalnum() for char in question):
        raise EmptyQuestionError("问题是空的", "一个用文字写的问题", "写出要问的内容")
    return question.strip()


def can_be_taken(question: str) -> bool:
    """Whether a question can be taken; an earlier one that cannot harms no later one."""
    try:
        checked(question)
    except QuestionError:
        return False
    return True
