"""Facts about a document, line by line, each with the place that prints it."""

from ingest.schema import Span
from qa.draft import ITEM, PARAGRAPH, Draft, Quote, Statement
from qa.execute.result import About, Result
from qa.retrieval.corpus import Corpus
from qa.tell import names
from qa.tell.provisions import lines, printed, quotes
from qa.words import tables
from qa.words.wording import say

_SHOWN_AS = {"meta_" + name: name for name in ("number", "issuer", "title", "region", "issued", "published", "effective", "expiry", "period", "source")}


def tell(corpus: Corpus, result: Result, found: About) -> Draft:
    """Each fact as a line: the value, or the sentence that says it."""
    script = result.plan.script
    known = tables.toml("phrases.toml")
    statements: list[Statement] = []
    if len(corpus.held) > 1:
        statements.append(Statement(f"{names.title(corpus, found.document_id)}：", ()))
    structure = [one for one in found.facts if one[0] == "structure"]
    for attribute, value, place in found.facts:
        if attribute == "structure":
            continue
        lead = PARAGRAPH if statements else ""
        if value and f"meta_{attribute}" in known:
            text = corpus.text(found.document_id)
            shown = _date(value) if value.count("-") == 2 else value
            words = say(script, f"meta_{attribute}", value=shown)
            computed = () if _says(text, place.span, shown) else tuple(_numbers(shown))
            statements.append(Statement(words, quotes(place), lead, computed=computed))
            if len(place.span) > len(value) + 12:
                statements += printed(corpus, [place], script, True)
        else:
            said = " ".join(lines(corpus.text(found.document_id), place))
            statements.append(Statement(f"“{said}”", quotes(place), lead))
    if structure:
        count = str(len(structure))
        every = tuple(Quote(p.key, p.span) for _, _, p in structure)
        statements.append(Statement(say(script, "parts", count=count), every[:1], PARAGRAPH if statements else "", computed=(count,)))
        statements += [
            Statement(q.span.of(corpus.text(found.document_id)).strip(), (q,), ITEM) for q in every
        ]
    if statements and not statements[0].quotes and len(statements) > 1:
        first = statements[1]
        joined = Statement(statements[0].text + first.text, first.quotes, "", first.computed, first.asked)
        statements = [joined, *statements[2:]]
    return Draft("answered" if not found.absent else "partial", tuple(statements))


def _date(value: str) -> str:
    year, month, day = value.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _says(text: str, span: Span, value: str) -> bool:
    return value in "".join(span.of(text).split())


def _numbers(value: str) -> list[str]:
    return [value]
