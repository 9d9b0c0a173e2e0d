"""An answer as Markdown that Streamlit shows as it is meant.

An answer is Markdown of our own making (paragraphs, items, bold words, hard line breaks, [1]) with
words of documents in it.  Ours may act; theirs, between “ and ”, are shown as they stand: no
heading, list, formula, image or directive comes out of a provision.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ingest.patterns import pattern
from ui.marking import places
from ui.render import printable

MARKER = pattern(r"\[(\d{1,3})\]")
# What Streamlit's Markdown would act on, but policy text means literally: formulas ($), strike-
# through (5~10万), a lone asterisk (3*5*8), entities (&lt;), directives and emoji (:red[…],
# :smile:), and images, which would be fetched.
ACTING = pattern(
    r"\$|~|(?<![*\\])\*(?![*\s])|&(?=#?\w+;)|:(?=[A-Za-z_+-]+[\w/+-]*[\[:])"
    r"|!(?=\[)|<(?=[A-Za-z/!?])|(?<=\])\("
)
# Lines that Markdown keeps apart by itself: items, rows of a table, what is indented below an item.
BLOCK_LINE = pattern(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\||\s+\S")
# What would begin a heading, an item, a quotation, a rule, a table or code.
OPENING = pattern(r"(\d*)([-*+>#=_`|]|(?<=\d)[.)](?=\s))")
BREAK = "  "
"""At the end of a line: the next one begins on a new line of the same paragraph."""
BACKSLASH = "\\"
CELLS = " │ "
"""What parts the cells of a row, which the text parts by a tab."""
ON, OFF = "\x02", "\x03"  # around marked words; no printable text holds them
MARKED = pattern(f"(:?){ON}(.*?){OFF}(\\{{?)")


def paragraphs(answer: str) -> str:
    """The answer with a blank line after every line that Markdown would else join to the next.

    A hard line break stays one; a line inside a quotation opens nothing.

    >>> paragraphs("共有2项：\\n- 甲\\n- 乙\\n此外还有丙。")
    '共有2项：\\n\\n- 甲\\n- 乙\\n\\n此外还有丙。'
    >>> paragraphs("第四条：“补贴如下：  \\n- 甲；  \\n1. 乙。”[1]")
    '第四条：“补贴如下：  \\n\\\\- 甲；  \\n1\\\\. 乙。”[1]'
    """
    lines = answer.split("\n")
    joined, depth = lines[0], 0  # depth: how many quotations are open
    block = bool(BLOCK_LINE.match(lines[0]))  # whether the line before stands in an item or a table
    for before, line in pairwise(lines):
        # a blank line ends what a document left open
        depth = max(0, depth + before.count("“") - before.count("”")) if before else 0
        broken = before.endswith(BREAK) and bool(before.strip() and line.strip())
        own = not depth and bool(BLOCK_LINE.match(line))
        together = own and (block or not before)
        block = own or (block and broken)
        joined += "\n" if together or broken or not line or not before else "\n\n"
        joined += literal(line) if depth else line
    return joined


def literal(line: str) -> str:
    """A line that opens no heading, item, quotation, rule or code.

    >>> [literal(line) for line in ("# 甲", "1. 甲", "    甲", "2024年")]
    ['\\\\# 甲', '1\\\\. 甲', '甲', '2024年']
    """
    bare = line.lstrip(" \t")
    return OPENING.sub(r"\1\\\2", bare, count=1) if OPENING.match(bare) else bare


def answer_markdown(
    answer: str, turn: int, markers: Sequence[int], citations: Sequence[Mapping[str, Any]] = ()
) -> str:
    r"""The answer for `st.markdown`: its [n] lead to the citations shown below it.

    The words that `citations` highlight are marked where the answer quotes them.

    >>> print(answer_markdown("由区数据局负责。[1] 增长5~10%。[7]", 3, [1]))
    由区数据局负责。[\[1\]](#cite-3-1) 增长5\~10%。\[7\]
    >>> cited = {"quote": "补贴[2]40%", "start": 5, "end": 13, "highlights": [[7, 13]]}
    >>> print(answer_markdown("第四条:“补贴[2]40%”[1]", 3, [1], [cited]))
    第四条:“补贴:orange-background[\[2\]40%]”[\[1\]](#cite-3-1)
    """
    shown = printable(answer)
    for first, last in reversed(places(shown, citations)):
        shown = f"{shown[:first]}{ON}{shown[first:last]}{OFF}{shown[last:]}"
    safe = ACTING.sub(lambda match: BACKSLASH + match[0], paragraphs(shown))
    # inside a mark no bracket may close it, and none is a marker
    safe = MARKED.sub(_escaped_mark, safe)
    linked = MARKER.sub(
        lambda match: (
            rf"[\[{match[1]}\]](#cite-{turn}-{match[1]})"
            if int(match[1]) in markers
            else rf"\[{match[1]}\]"
        ),
        safe,
    )
    shown = linked.replace(ON, ":orange-background[").replace(OFF, "]")
    return shown.replace("\t", CELLS)


def _escaped_mark(match: re.Match[str]) -> str:
    """A marked piece with its brackets, and what stands beside it, made harmless."""
    colon, words, brace = match.groups()
    inside = re.sub(r"(?<!\\)[\[\]]", lambda bracket: BACKSLASH + bracket[0], words)
    return f"{colon and BACKSLASH + colon}{ON}{inside}{OFF}{brace and BACKSLASH + brace}"
