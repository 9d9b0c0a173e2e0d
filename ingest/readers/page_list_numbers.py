"""The numbers that a browser prints before the items of an <ol>, which no text holds."""

from collections.abc import Mapping

from ingest.patterns import pattern

_STYLE = pattern(r"(?i)list-style(?:-type)?\s*:[^;]*?\b([a-z-]+)")
_EDITOR = pattern(r"\bcustom_(cn2|cn1|cn|num2|num1|num)\b")
"""How UEditor, which most government sites write with, marks the lists of its own."""

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_EDITOR_FORMS = {
    "cn": "{}、",
    "cn1": "{})",
    "cn2": "({})",
    "num": "{}.",
    "num1": "{})",
    "num2": "({})",
}
_CHINESE = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal")
_ROMAN = ("m", 1000), ("d", 500), ("c", 100), ("l", 50), ("x", 10), ("v", 5), ("i", 1)
_SHORT_ROMAN = {
    "dcccc": "cm",
    "cccc": "cd",
    "lxxxx": "xc",
    "xxxx": "xl",
    "viiii": "ix",
    "iiii": "iv",
}
_LARGEST = 3999
"""Above it, browsers too print letters and Roman numerals as figures."""


def item_number(number: int, attributes: Mapping[str, str]) -> str:
    """What stands before an item of the list that has these attributes; "" where nothing does.

    >>> [item_number(4, held) for held in ({}, {"type": "a"}, {"style": "list-style: none"})]
    ['4.', 'd.', '']
    """
    if found := _EDITOR.search(attributes.get("class", "")):
        kind = "cjk-ideographic" if found[1].startswith("cn") else "decimal"
        return _EDITOR_FORMS[found[1]].format(_written(number, kind))
    styled = _STYLE.search(attributes.get("style", ""))
    kind = styled[1].lower() if styled else _TYPES.get(attributes.get("type", ""), "decimal")
    if kind in ("none", "disc", "circle", "square"):
        return "" if kind == "none" else "•"
    written = _written(number, kind)
    return f"{written}、" if kind in _CHINESE else f"{written}."


def _written(number: int, kind: str) -> str:
    if not 0 < number <= _LARGEST:
        return str(number)
    if kind.endswith(("-alpha", "-latin")):
        letters = _letters(number)
    elif kind.endswith("-roman"):
        letters = _roman(number)
    else:
        return _ideographs(number) if kind in _CHINESE and number < 100 else str(number)
    return letters.upper() if kind.startswith("upper") else letters


def _letters(number: int) -> str:
    """a … z, aa, ab …"""
    found = ""
    while number:
        number, letter = divmod(number - 1, 26)
        found = chr(ord("a") + letter) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for letter, worth in _ROMAN:
        count, number = divmod(number, worth)
        found += letter * count
    for long, short in _SHORT_ROMAN.items():
        found = found.replace(long, short)
    return found


def _ideographs(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + "十" * (tens > 0) + (digits[ones] if ones else "")
