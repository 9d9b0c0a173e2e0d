"""Signs of the symbol fonts: their codes mean nothing without the font, so they are named here.

Word writes them as <w:sym> or as characters U+F020 to U+F0FF; the tables hold what Chinese
government documents use: boxes to tick, bullets, arrows.  The codes are those of Microsoft's fonts,
the characters are Unicode's own for them (blocks Dingbats, Geometric Shapes, Symbols for boxes).
"""

from collections.abc import Mapping

_WINGDINGS: Mapping[int, str] = {
    0x28: "☎", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑",
    0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA2: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Mapping[int, str] = {
    0x2A: "□", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●",
    0xA2: "■", 0xA3: "□",
}  # fmt: skip
_SYMBOL: Mapping[int, str] = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x71: "θ",
    0x73: "σ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF020, 0xF100)


def symbol(code: int, font: str) -> str:
    """The character for a code of a font; of a code that isn't known, its own character.

    >>> symbol(0xF0FE, "Wingdings"), symbol(0x52, "Wingdings 2"), symbol(0x221A, "Cambria Math")
    ('☑', '☑', '√')
    """
    table = _FONTS.get(font.casefold(), {})
    place = code - 0xF000 if code in _PRIVATE else code
    found = table.get(place)
    if found:
        return found
    if code in _PRIVATE and font.casefold() not in _FONTS and 0x20 < place < 0x7F:
        return chr(place)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
