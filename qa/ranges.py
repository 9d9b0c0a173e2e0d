"""Ranges of clause numbers, written out: 第3到第5项 is 第3项、第4项、第5项."""

import re

from ingest.characters import CHINESE_NUMBER, chinese_number

MOST = 12
"""Most clauses that a range may mean; a longer one is left as it stands."""
_N = rf"(?:\d{{1,3}}|{CHINESE_NUMBER})"
_RANGE = re.compile(
    rf"第(?P<a>{_N})(?:条|项|个任务)?(?:到|至|[-—–~～]+)第?(?P<b>{_N})(?P<kind>条|项|个任务)"
)


def ranges_written_out(text: str) -> str:
    """A folded question with its ranges of clauses written out.

    >>> ranges_written_out("第3到第5项由谁负责?")
    '第3项、第4项、第5项由谁负责?'
    >>> ranges_written_out("第二至四条")
    '第2条、第3条、第4条'
    """
    return _RANGE.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    first, last = chinese_number(match["a"]), chinese_number(match["b"])
    if first is None or last is None or not first < last <= first + MOST:
        return match[0]
    return "、".join(f"第{n}{match['kind']}" for n in range(first, last + 1))
