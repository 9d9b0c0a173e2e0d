"""Radicals and compatibility ideographs that a font's table gives for ordinary characters.

Some PDF producers note for a glyph the first code point that shows it: U+2F00, a radical, for 一.
Such a text looks right and is found by nobody.  Only these blocks are mended; full-width digits and
punctuation stay as printed.
"""

import unicodedata

_SUPPLEMENT = (
    "81:5382 82:4E5B 83:4E5A 84:4E59 85:4EBB 86:5182 87:20628 88:5200 89:5202 8A:535C "
    "8B:353E 8C:5C0F 8D:5C0F 8E:5140 8F:5C23 90:5C22 91:21BC2 92:5DF3 93:5E7A 94:5F51 "
    "95:2B739 96:5FC4 97:5FC3 98:624C 99:6535 9B:65E1 9C:65E5 9D:6708 9E:6B7A 9F:6BCD "
    "A0:6C11 A1:6C35 A2:6C3A A3:706C A4:722B A5:722B A6:4E2C A7:725B A8:72AD A9:738B "
    "AA:24D14 AB:76EE AC:793A AD:793B AE:25AD7 AF:7CF9 B0:7E9F B1:7F53 B2:7F52 B3:34C1 "
    "B4:5197 B5:2626B B6:7F8A B7:2634C B8:2634B B9:8002 BA:8080 BB:807F BC:8089 BD:26951 "
    "BE:8279 BF:8279 C0:8279 C1:864E C2:8864 C3:8980 C4:897F C5:89C1 C6:89D2 C7:278B2 "
    "C8:8BA0 C9:8D1D CA:27FB7 CB:8F66 CC:8FB6 CD:8FB6 CE:8FB6 CF:9091 D0:9485 D1:9577 "
    "D2:9578 D3:957F D4:95E8 D5:28E0F D6:961D D7:96E8 D8:9752 D9:97E6 DA:9875 DB:98CE "
    "DC:98DE DD:98DF DE:2967F DF:98E0 E0:9963 E1:29810 E2:9A6C E3:9AA8 E4:9B3C E5:9C7C "
    "E6:9E1F E7:5364 E8:9EA6 E9:9EC4 EA:9EFE EB:6589 EC:9F50 ED:6B6F EE:9F7F EF:7ADC "
    "F0:9F99 F1:9F9C F2:4E80 F3:9F9F "
)
"""CJK Radicals Supplement (U+2E80 on): last two digits and the Equivalent_Unified_Ideograph of
Unicode 17.0 (EquivalentUnifiedIdeograph.txt); radicals without one stay."""

_NFKC_BLOCKS = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF))
"""Kangxi Radicals and CJK Compatibility Ideographs: NFKC of one of them is the common character."""


def _mended() -> dict[int, str]:
    found = {
        0x2E00 + int(at, 16): chr(int(common, 16))
        for at, common in (pair.split(":") for pair in _SUPPLEMENT.split())
    }
    for first, last in _NFKC_BLOCKS:
        for code in range(first, last + 1):
            common = unicodedata.normalize("NFKC", chr(code))
            if len(common) == 1 and common != chr(code):
                found[code] = common
    return found


_MENDED = _mended()


def mend(text: str) -> str:
    """The text with radicals and compatibility ideographs as the ordinary characters, as long.

    >>> mend("⼀⼦⾃⼈⺠，１２％")
    '一子自人民，１２％'
    """
    return text.translate(_MENDED)
