"""Where a document prints what it says of itself: its title, number, issuer, dates."""

import re
from datetime import date

from ingest.characters import without_spaces
from ingest.metadata import head, printed_date
from ingest.schema import DocumentInfo, Span
from qa.compose.context import Context
from qa.draft import Quote, clause_at

_LINES = {
    "attachment": re.compile(r"^\W*附件\s*\d*[:：]\s*(?P<v>\S[^\n]*?)\s*$", re.M),
    "source": re.compile(r"(?:信息)?来源[:：]\s*(?P<v>\S[^\n]*?)\s*$", re.M),
    "approval": re.compile(r"经(?:过)?(?P<v>[^，,。；;\n]{2,30}?)(?:同意|批准|审议通过|审定)"),
    "addressee": re.compile(r"^\s*(?P<v>各[^。\n]{1,60})[:：]\s*$", re.M),
}


def quote_of(context: Context, info: DocumentInfo, span: Span) -> Quote:
    """A place of a document, in the innermost clause that covers it."""
    clause = clause_at(context.corpus, info.id, span)
    return Quote((info.id, clause.ordinal), span)


def printed_place(context: Context, info: DocumentInfo, attribute: str) -> tuple[str, Span] | None:
    """The value as it is to be shown and the place that prints it."""
    text = context.corpus.text(info.id)
    if attribute in _LINES:
        found = list(_LINES[attribute].finditer(text))
        named = [m for m in found if re.search(r"\.[a-z]{3,4}$", m["v"])]  # with its file format
        best = named or found
        return (best[0]["v"], Span(*best[0].span("v"))) if best else None
    if attribute in ("issued", "published", "effective"):
        when: date | None = getattr(info, attribute)
        span = _printed_date(text, when) if when else None
        return (span.of(text), span) if span else None
    if attribute == "title":
        span = located(text, info.title)
        if span is None:
            return None
        line_start = text.rfind("\n", 0, span.start) + 1
        line_end = text.find("\n", span.end)
        line = Span(line_start, len(text) if line_end < 0 else line_end)
        words = line.of(text).strip()
        if len(words) <= len(info.title) + 20:  # 关于印发《…》的通知 is the title as published
            start = text.index(words, line.start)
            return words, Span(start, start + len(words))
        return info.title, span
    value = str(getattr(info, attribute))
    span = located(text, value) if value else None
    return (value, span) if span else None


def located(text: str, value: str) -> Span | None:
    """Where `text` prints `value`, white space inside it aside; the head is searched first."""
    pattern = re.compile(r"\s*".join(map(re.escape, without_spaces(value))))
    match = pattern.search(text, 0, head(text).end) or pattern.search(text)
    return Span(*match.span()) if match else None


def _printed_date(text: str, when: date) -> Span | None:
    for match in re.finditer(
        r"[\d〇零○一二三四五六七八九十]{2,4}\s*[年\-./]\s*[\d一二三四五六七八九十]{1,3}\s*[月\-./]\s*[\d一二三四五六七八九十]{1,3}\s*日?",
        text,
    ):
        if printed_date(match[0]) == when:
            return Span(match.start(), match.start() + len(match[0].rstrip()))
    return None
