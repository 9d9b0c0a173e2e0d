"""By when a quantity is due: the time before it in its sentence (到2033年底，…达到92%)."""

from ingest.characters import SPACE
from ingest.patterns import pattern
from ingest.schema import Span

MAX_DEADLINE = 80
"""How far before the number, in code points, its deadline may stand."""

_YEAR = r"\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|初|前|以前)?"
TIME = (
    rf"(?:到|至|截至|截止|在|于|自|从)?[{SPACE}]*"
    rf"(?:{_YEAR}|“?[一二三四五十]+五”?(?:期间|期末|末|时期)"
    r"|(?:今|本|当|明|全)年度?(?:底|末|内)?|年底前?|年内)"
)
TIME_BEGINS = rf"到至截在于自从\d“一二三四五十今本当明全年{SPACE}"
_DEADLINE = pattern(f"(?=[{TIME_BEGINS}])(?:{TIME})")  # the class first, for speed
_HOLDS = pattern("[年期末]")
_UNTIL = pattern(r"[到至截底末前内]")


def due_before(text: str, sentence: Span, end: int) -> str:
    """The nearest time before the number that says by when, not since when or of which year."""
    found = ""
    start = max(sentence.start, end - MAX_DEADLINE)
    if not _HOLDS.search(text, start, end):
        return found
    for match in _DEADLINE.finditer(text, start, end):
        words = match[0].strip()
        following = text[match.end() : match.end() + 1]
        by_then = following in "，,力争达至实确全超不每" or _UNTIL.search(words)
        if by_then and words[:1] not in "自从":
            found = words
    return found
