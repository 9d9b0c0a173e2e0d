"""The parts of a document, counted and named, each with its place."""

from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.execute.result import Outline, Result
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.words.wording import say

SHOWN = 40
"""Parts that are named one by one; of more only the number is told, with the last one as proof."""


def tell(corpus: Corpus, result: Result, found: Outline) -> Draft:
    """How many there are, then each by its heading."""
    script = result.plan.script
    statements: list[Statement] = []
    for one in found.parts:
        count = str(len(one.items))
        if one.key is None:
            name = names.title(corpus, found.document_id)
        else:
            name = f"“{corpus.clause(one.key).heading.strip()}”"
        rows = [_row(corpus, key, script) for key in one.items]
        shown = len(rows) <= SHOWN
        phrase = {"部分": "outline_parts", "项": "outline_items"}.get(
            one.measure, "outline_articles"
        )
        words = say(script, phrase, name=name, count=count, measure=one.measure)
        proof = rows[:1] if shown else rows[-1:]
        head = tuple(q for row in proof for q in row.quotes)
        lead = PARAGRAPH if statements else ""
        statements.append(Statement(words, head, lead, (count,), (name,), sums_up=True))
        statements += rows if shown else []
    return Draft("answered", tuple(statements))


def _row(corpus: Corpus, key: tuple[str, int], script: str) -> Statement:
    clause = corpus.clause(key)
    name = names.clause(corpus, key, "en" if script == "en" else "zh", heading=False)
    heading = clause.heading.strip()
    words = f"{name}：{heading}" if name and heading else name or heading
    span = clause.heading_span if len(clause.heading_span) else clause.body
    return Statement(words, (Quote(key, span),), ITEM)
