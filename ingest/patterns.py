"""Patterns that are compiled when they are first used.

Hundreds of patterns stand at the top of the modules; a command that answers one question needs few
of them, and compiling all takes longer than the answer.
"""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern; its methods are the pattern's own once it was used."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a regular expression, compiled when it is first used.

    >>> pattern("[0-9]+").findall("第12条第3款")
    ['12', '3']
    """
    return cast(re.Pattern[str], _Lazy(text, flags))
