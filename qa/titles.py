"""Whether a question names a document by its title, or only speaks of the same matter.

Where many documents are about one matter, nearly every question shares some words with one title
or another: of 234 questions about 599 notices whose words met one title only, 102 were answered by
another notice.
"""

import re
from difflib import SequenceMatcher

from index.folding import fold_text
from ingest.references import title_key

MOST = 0.6
"""The share of a title's code points, in one run, with which a question names it without saying
what kind of document it is."""

_KIND = re.compile(
    "方案|办法|通知|规定|意见|条例|规划|计划|公告|通告|公示|要点|指南|细则|措施|决定|清单|目录"
    "|标准|规范|倡议|提示|答复|解读|报告|函|纲要|章程|规则"
)


def names_title(question: str, title: str) -> bool:
    """Whether the run of code points that both share says the kind of document or most of it.

    >>> names_title("绿色出行行动方案的文号是什么?", "甲区2031年绿色出行行动方案")
    True
    >>> names_title("受疫情影响的企业怎么还贷?", "对受疫情影响的企业延长亏损结转年限")
    False
    """
    asked, printed = title_key(fold_text(question)), title_key(fold_text(title))
    if not printed:
        return False
    shared = SequenceMatcher(None, asked, printed, autojunk=False).find_longest_match()
    words = asked[shared.a : shared.a + shared.size]
    return _KIND.search(words) is not None or len(words) >= MOST * len(printed)
