"""Judging one answer against one gold question of the plan's sets; the others: `eval.many_judge`.

Pure functions: the text of a document comes through a callable, so that every measure can be seen
to fail in a test.  Each returns what is wrong, in words; nothing wrong is right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.matching import whole
from qa.answer import Answer, Citation

TextOf = Callable[[str], str | None]
"""The text of a held document by its id; None when there is no such document."""

# Three digits at most: "[2022]" in a document number is no marker.
MARKER = re.compile(r"\[(\d{1,3})\]")
# What may not stand before a wanted string that begins with a Chinese number: more of that number.
_NOT_BEFORE = ("[一二三四五六七八九]", "(?<![十百千万零〇])")
# Full-width forms U+FF01..U+FF5E stand 0xFEE0 above ASCII (Unicode, Halfwidth and Fullwidth Forms).
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one answer; `first_citation_right` is None where no clause is asked for.

    `faults` says in words what is wrong, empty when the question is passed.
    """

    answer_correct: bool
    first_citation_right: bool | None
    citations_exact: bool
    refused: bool
    faults: tuple[str, ...]


def judge(gold: GoldQuestion, answer: Answer, text_of: TextOf) -> Judgement:
    """All measures for one answer."""
    wrong = answer_faults(gold, answer)
    first = first_citation_faults(gold, answer)
    inexact = citation_faults(answer, text_of)
    return Judgement(
        answer_correct=not wrong,
        first_citation_right=not first if gold.clauses else None,
        citations_exact=not inexact,
        refused=is_refusal(answer),
        faults=(*wrong, *first, *inexact),
    )


def fold(text: str) -> str:
    """`text` without white space and with full-width forms made half-width.

    >>> fold("达到 ８０％（含）")
    '达到80%(含)'
    """
    return "".join(text.translate(_WIDTH).split())


def printed_text(answer: Answer) -> str:
    """What the user reads, folded, without the [1] markers; quotes of citations do not count."""
    return fold(MARKER.sub("", answer.answer))


def occurs(word: str, text: str) -> bool:
    """Whether a wanted string stands in a folded text, a number only as a whole.

    >>> occurs("4项", "共4项"), occurs("4项", "共14项"), occurs("四项", "共十四项")
    (True, False, False)
    >>> occurs("80", "80%"), occurs("80", "80.5%"), occurs("2022", "in 2022.")
    (True, False, True)
    """
    wanted = fold(word)
    start, guard = _NOT_BEFORE
    before = guard if re.match(start, wanted) else ""
    return re.search(before + whole(wanted), text) is not None


def is_refusal(answer: Answer) -> bool:
    """Whether the answer withholds a plain answer; a corrected premise ("partial") does."""
    return answer.status != "answered"


def names_clause(wanted: str, citation: Citation) -> bool:
    """Whether the citation is in the clause a gold question names.

    "19" is the label or the path itself; "一/(二)" the path or its last steps.
    """
    name, label, path = fold(wanted), fold(citation.clause), fold(citation.clause_path)
    return name in (label, path) or path.endswith("/" + name)


def answer_faults(gold: GoldQuestion, answer: Answer) -> list[str]:
    """Why the words of the answer are not what the question asks for."""
    if gold.answerable and answer.status not in ("answered", "partial"):
        return [f"未作答（{answer.status}）"]
    text = printed_text(answer)
    faults = ["应拒答而作答"] if not gold.answerable and not is_refusal(answer) else []
    faults += [f"缺少「{word}」" for word in gold.must if not occurs(word, text)]
    faults += [
        f"缺少「{'」或「'.join(group[:3])}」{'等' if len(group) > 3 else ''}"
        for group in gold.must_any
        if not any(occurs(word, text) for word in group)
    ]
    faults += [f"不应出现「{word}」" for word in gold.must_not if occurs(word, text)]
    if gold.answerable and gold.all_clauses:
        faults += [
            f"未引用 {clause}"
            for clause in gold.clauses
            if not any(names_clause(clause, citation) for citation in answer.citations)
        ]
    return faults


def first_citation_faults(gold: GoldQuestion, answer: Answer) -> list[str]:
    """Why the first citation is not in one of the clauses; empty when none is asked for."""
    if not gold.clauses:
        return []
    wanted = "、".join(gold.clauses)
    if not answer.citations:
        return [f"没有引文，应引 {wanted}"]
    first = answer.citations[0]
    if any(names_clause(clause, first) for clause in gold.clauses):
        return []
    return [f"首条引文在 {first.clause_path or first.clause or '文首'}，应在 {wanted}"]


def citation_faults(answer: Answer, text_of: TextOf) -> list[str]:
    """Why the citations are not exact.

    Each must quote its document word for word; markers and citations must match one to one; and a
    plain answer must have a citation at all.
    """
    faults = []
    for citation in answer.citations:
        text = text_of(citation.document_id)
        if text is None:
            faults.append(f"引文[{citation.marker}]的文件 {citation.document_id!r} 不在库中")
        elif not citation.quote:
            faults.append(f"引文[{citation.marker}]为空")
        elif citation.start < 0 or text[citation.start : citation.end] != citation.quote:
            faults.append(f"引文[{citation.marker}]与原文不一致")
    markers = [citation.marker for citation in answer.citations]
    cited = set(markers)
    printed = {int(number) for number in MARKER.findall(answer.answer)}
    faults += [f"[{marker}]没有引文" for marker in sorted(printed - cited)]
    faults += [f"引文[{marker}]未在答案中出现" for marker in sorted(cited - printed)]
    faults += [f"有多条引文[{marker}]" for marker in sorted(cited) if markers.count(marker) > 1]
    if answer.status == "answered" and not answer.citations:
        faults.append("作答而无引文")
    return faults
