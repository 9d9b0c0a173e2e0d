"""Requests that no policy document answers: small talk, weather, poems, code and their likes."""

import re
from functools import cache

from index.folding import fold_text
from qa.words import tables


@cache
def _kinds() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Compiled on first use."""
    return tuple(
        (entry["name"], tuple(re.compile(p) for p in entry["patterns"]))
        for entry in tables.toml("out_of_scope.toml")["kind"]
    )


def out_of_scope(question: str, text: str) -> str:
    """The kind of a request that is out of scope, as typed or translated; else "".

    >>> out_of_scope("谢谢你", "谢谢你"), out_of_scope("谁负责网络安全?", "谁负责网络安全?")
    ('smalltalk', '')
    """
    for said in dict.fromkeys((fold_text(question), text)):
        for name, patterns in _kinds():
            if any(p.search(said) for p in patterns):
                return name
    return ""
