"""Which characters are as wide as they are high."""

from ingest.patterns import pattern

_WIDE = pattern("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f\U00020000-\U0003ffff]")
_IDEOGRAPH = pattern("[\u2e80-\u2fff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def is_wide(text: str) -> bool:
    """Whether a character is an ideograph or a full-width sign.

    >>> is_wide("政"), is_wide("，"), is_wide("a"), is_wide("“")
    (True, True, False, False)
    """
    return _WIDE.match(text) is not None


def is_ideograph(text: str) -> bool:
    """Whether a character is an ideograph.

    >>> is_ideograph("政"), is_ideograph("，")
    (True, False)
    """
    return _IDEOGRAPH.match(text) is not None
