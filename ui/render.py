"""Text for people: citations and clauses as HTML or plain lines; `ui.markdown` has the answers.

Pure functions over the JSON objects of the contract.  Two rules hold everywhere: what came out of
a document is shown as it stands there and can't act (no HTML, no images, no terminal codes), and
what is set off in a clause is exactly the quote.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.patterns import pattern
from ui.marking import merged, pieces

CONTROLS = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NO_WORDS = pattern(r"[\W_]+")
SHORT_LIST = 5
"""More citations than this start folded."""
HEAD_CHARACTERS = 400
"""How much is shown on either side of a quote that stands in no clause."""


def printable(text: str) -> str:
    """The text without control and direction characters, which a terminal would obey.

    >>> printable("区数据局\\x1b[31m\\n负责")
    '区数据局[31m\\n负责'
    """
    return CONTROLS.sub("", text)


def escape(text: str) -> str:
    """Text for HTML content and attributes.

    >>> escape('<b a="1">&')
    '&lt;b a=&quot;1&quot;&gt;&amp;'
    """
    return html.escape(printable(text))


def clause_range(
    outline: Sequence[Mapping[str, Any]], text: str, start: int, end: int, path: str = ""
) -> tuple[int, int]:
    """The clause to show around `text[start:end]`: half-open code points.

    The narrowest clause that covers the quote, where two are alike the one with this path.  Outside
    the outline (the head of a document) it is the text around the quote.

    >>> outline = [{"path": "一", "start": 0, "end": 9}, {"path": "一/1", "start": 2, "end": 6}]
    >>> clause_range(outline, "甲乙丙丁戊己庚辛壬癸", 3, 5)
    (2, 6)
    >>> clause_range(outline, "甲乙丙丁戊己庚辛壬癸", 8, 10)
    (0, 10)
    """
    named = [one for one in outline if one["path"]]  # the node without a path is the document
    covering = [one for one in named if one["start"] <= start and end <= one["end"]]
    if covering:
        best = min(covering, key=lambda one: (one["end"] - one["start"], one["path"] != path))
        return best["start"], best["end"]
    return max(0, start - HEAD_CHARACTERS), min(len(text), end + HEAD_CHARACTERS)


def highlight(
    text: str,
    start: int,
    end: int,
    around: tuple[int, int],
    anchor: str,
    highlights: Sequence[Sequence[int]] = (),
) -> str:
    """The part `around` of a text as HTML, with `text[start:end]` set off as the quote.

    What answers in the quote is in `<mark>`; where nothing is told apart, that is all of it.  The
    first mark is the anchor.

    >>> highlight("甲<乙>丙丁", 1, 4, (0, 5), "cite-1-1")
    '甲<span class="wence-quote"><mark id="cite-1-1">&lt;乙&gt;</mark></span>丙'
    >>> highlight("甲乙丙丁", 0, 4, (0, 4), "a", [[1, 2], [3, 4]])
    '<span class="wence-quote">甲<mark id="a">乙</mark>丙<mark>丁</mark></span>'
    """
    first, last = around
    before, quote, after = text[first:start], text[start:end], text[end:last]
    spots = merged(highlights, start, end) or [(start, end)]
    shown = "".join(
        f"<mark>{escape(piece)}</mark>" if marked else escape(piece)
        for piece, marked in pieces(quote, start, spots)
    ).replace("<mark>", f'<mark id="{anchor}">', 1)
    return (
        f'{escape(before.lstrip())}<span class="wence-quote">{shown}</span>{escape(after.rstrip())}'
    )


def reference_line(citation: Mapping[str, Any]) -> str:
    """Title and number of the cited document.

    >>> reference_line({"document_title": "工作要点", "document_number": "沪府〔2022〕1号"})
    '《工作要点》（沪府〔2022〕1号）'
    """
    title, number = citation["document_title"], citation["document_number"]
    shown = title if "《" in title else f"《{title}》"
    return f"{shown}（{number}）" if number else shown


def clause_line(citation: Mapping[str, Any]) -> str:
    """Where in the document: the headings from the top down.

    >>> clause_line({"heading_path": ["二、重点任务", "1.建设"], "clause": "1"})
    '二、重点任务 › 1.建设'
    """
    return " › ".join(citation["heading_path"]) or citation["clause"]


def citation_title(citation: Mapping[str, Any]) -> tuple[str, str]:
    """What tells a citation from its neighbours, and what it shares with them.

    >>> citation_title({"document_title": "要点", "document_number": "", "clause": "1",
    ...                 "heading_path": ["二、重点任务", "1.建设"]})
    ('1.建设', '《要点》 › 二、重点任务')
    """
    document = reference_line(citation)
    *above, last = citation["heading_path"] or [citation["clause"]]
    return (last, " › ".join([document, *above])) if last else (document, "")


def linked(source: str) -> str:
    """A source as HTML: a web address as a link, anything else as text.

    >>> linked("corpus/a.txt"), linked("javascript:x")
    ('corpus/a.txt', 'javascript:x')
    """
    shown = escape(source)
    if not re.match(r"https?://[^\s]+$", source):
        return shown
    return f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def citation_html(
    citation: Mapping[str, Any],
    turn: int,
    document: Mapping[str, Any] | None,
    words: Mapping[str, str],
) -> str:
    """One citation as a fold: reference above, the whole clause with the quote marked inside.

    Without the document (it was withdrawn since, or the service is away) the quote stands alone.
    The mark is the anchor: a browser that follows a link to it opens the fold and scrolls the
    clause to the quote, with no script.  The closed line is such a link itself.
    """
    start, end, quote = citation["start"], citation["end"], citation["quote"]
    anchor, note = f"cite-{turn}-{citation['marker']}", ""
    if document is not None and document["text"][start:end] == quote:
        text, outline = document["text"], document["outline"]
        around = clause_range(outline, text, start, end, citation["clause_path"])
        body = highlight(text, start, end, around, anchor, citation["highlights"])
    else:
        inside = [(first - start, last - start) for first, last in citation["highlights"]]
        body = highlight(quote, 0, len(quote), (0, len(quote)), anchor, inside)
        note = words["text_unavailable"]
    source = f"{words['source']} {linked(citation['source'])}" if citation["source"] else ""
    page = f"{words['page']} {citation['page']}" if citation["page"] else ""
    foot = "".join(f"<span>{fact}</span>" for fact in (source, page, escape(note)) if fact)
    title, shared = citation_title(citation)
    return (
        f'<details class="wence-cite"><summary><b>{citation["marker"]}</b>'
        f'<a href="#{anchor}">{escape(title)}</a>'
        f'<span class="wence-path">{escape(shared)}</span>'
        f"<i>{escape(words['open'])}</i><i>{escape(words['close'])}</i></summary>"
        f'<div class="wence-clause" tabindex="0">{body}</div>'
        f'<div class="wence-foot">{foot}</div></details>'
    )


def citations_html(
    citations: Sequence[Mapping[str, Any]],
    turn: int,
    documents: Mapping[str, Mapping[str, Any] | None],
    words: Mapping[str, str],
) -> str:
    """All citations of an answer; a long list starts closed, so that the answer stays in view."""
    folds = "".join(
        citation_html(one, turn, documents.get(one["document_id"]), words) for one in citations
    )
    title = escape(words["citations"].format(count=len(citations)))
    state = " open" if len(citations) <= SHORT_LIST else ""
    return f'<details class="wence-cites"{state}><summary>{title}</summary>{folds}</details>'


def badge_html(
    status: str,
    words: Mapping[str, str],
    verification: Mapping[str, int],
    understood: str = "",
    model: str = "extractive",
) -> str:
    """The status of an answer in words, with who wrote it and what the check kept back.

    >>> words = {"status_answered": "已核验引文", "checked": "核验 {count} 处"}
    >>> badge_html("answered", words, {"checked": 3, "withheld": 0})
    '<span class="wence-badge wence-answered">已核验引文</span><small>核验 3 处</small>'
    """
    notes = [
        words[key].format(count=verification[key])
        for key in ("checked", "withheld")
        if verification[key] and (key == "withheld" or status in ("answered", "partial"))
    ]
    if model != "extractive":
        notes.insert(0, words["written_by"].format(model=model))
    if understood:
        notes.append(words["understood"].format(question=understood))
    label = escape(words[f"status_{status}"])
    small = "".join(f"<small>{escape(note)}</small>" for note in notes)
    return f'<span class="wence-badge wence-{status}">{label}</span>{small}'


def differs(asked: str, question: str) -> bool:
    """Whether a question was understood as more than its own words.

    >>> differs("谁负责5G建设?", "谁负责 5G 建设？"), differs("区数据局有哪些任务", "它有哪些任务")
    (False, True)
    """
    return bool(asked) and NO_WORDS.sub("", asked) != NO_WORDS.sub("", question)


def document_html(document: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """One line of the list of documents; one that is not held says so."""
    if document["held"]:
        first = " · ".join(fact for fact in (document["number"], document["issued"]) if fact)
        small = "".join(
            f"<small>{escape(line)}</small>" for line in (first, document["issuer"]) if line
        )
        return f"<li>{escape(document['title'])}{small}</li>"
    mark = f"<em>{escape(words['not_held'])}</em>"
    return f'<li class="wence-missing">{mark}{escape(document["title"])}</li>'
