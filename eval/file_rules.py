"""When what was read of a file is what its sheet says, field by field.

White space, full and half width, and the form of brackets never count; everything else does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eval.file_sheets import DAYS, Sheet
from ingest.schema import Clause, Fact, ParsedDocument

FIRST = 400
"""The first words stand within so many code points of the text, white space left out."""

LAST = 1500
"""The last words stand within so many at its end, unless an annex follows them."""

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[^\w%]+")
_BRACKETS = str.maketrans("〔【〕】", "[[]]")
_PART = re.compile("[，,；;]")
"""A sheet leaves out the figure, and what stands beside it, between two parts of a sentence."""
_NUMBER_BRACKETS = re.compile(r"[\[\]()〔〕（）【】第]")
_LABEL = re.compile(
    r"(?P<label>第[〇零一二三四五六七八九十百千\d]+(?:编|章|节|条|部分)|[一二三四五六七八九十百]+(?=、)"
    r"|\([一二三四五六七八九十百]+\)|\d+(?=\.))[、.]?(?P<words>.*)$"
)
_FORMS = (
    ("章", re.compile("第.+章")),
    ("节", re.compile("第.+节")),
    ("条", re.compile("第.+条")),
    ("一、", re.compile("[一二三四五六七八九十百]+")),
    ("(一)", re.compile(r"\([一二三四五六七八九十百]+\)")),
    ("1.", re.compile(r"\d+")),
)
_ANNEX = re.compile(r"^\s*附\s*[件表录]", re.MULTILINE)
_BOUNDS = re.compile("以上|以下|以内|不超过|不低于|至少")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a sheet asks of a file: whether it was met, and what was found instead."""

    file: str
    field: str
    met: bool
    expected: str
    found: str


Rule = Callable[[Sheet, ParsedDocument], Iterator[tuple[bool, str, str]]]


def checks(sheet: Sheet, parsed: ParsedDocument) -> list[Check]:
    """All that a sheet asks of a file that could be read, each with met, expected, found."""
    return [
        Check(sheet.file, field, met, expected, found)
        for field, rule in RULES.items()
        for met, expected, found in rule(sheet, parsed)
    ]


def folded(words: str) -> str:
    """One width, one form of brackets, no white space.

    >>> folded("甲府〔２０３１〕 ４号"), folded("（一） 修桥")
    ('甲府[2031]4号', '(一)修桥')
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", words)).translate(_BRACKETS)


def _title(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    title = parsed.document.title
    yield folded(sheet.title) == folded(title), sheet.title, title


def _number(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    found = parsed.document.info.number
    one, other = (_NUMBER_BRACKETS.sub("", folded(words)) for words in (sheet.number, found))
    yield one == other, sheet.number, found


def _issuer(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    found = parsed.document.info.issuer
    one, other = ({folded(who) for who in words.split("、")} for words in (sheet.issuer, found))
    yield one == other, sheet.issuer, found


def _day(field: str) -> Rule:
    def rule(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
        day = getattr(parsed.document.info, field)
        found = day.isoformat() if day else ""
        yield getattr(sheet, field) == found, getattr(sheet, field), found

    return rule


def _headings(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    """Each heading below the one before it, with its label and, where given, its words."""
    place = 0
    for expected in sheet.headings:
        found = next(
            (i for i, clause in enumerate(parsed.clauses) if i >= place and _is(clause, expected)),
            None,
        )
        labelled = "" if found is not None else _labelled(parsed.clauses, expected)
        yield found is not None, expected, labelled
        place = place if found is None else found + 1


def _is(clause: Clause, expected: str) -> bool:
    printed = _LABEL.match(folded(expected))
    if printed is None or folded(clause.label) != printed["label"]:
        return False
    return not printed["words"] or _bare(clause.heading) == _bare(printed["words"])


def _labelled(clauses: Sequence[Clause], expected: str) -> str:
    printed = _LABEL.match(folded(expected))
    label = printed["label"] if printed else ""
    found = [clause for clause in clauses if folded(clause.label) == label]
    return " | ".join(f"{clause.kind} {clause.path} {clause.heading[:30]}" for clause in found[:4])


def _ranks(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    """How many clauses there are of each form of number, questions by the form of theirs."""
    counted = Counter(_form(clause) for clause in parsed.clauses)
    for kind, expected in sheet.ranks.items():
        found = counted[folded(kind) if kind[0] in "(（" else kind]
        yield expected == found, f"{kind} {expected}", f"{found}"


def _form(clause: Clause) -> str:
    if clause.kind != "问":
        return clause.kind
    return next((name for name, form in _FORMS if form.fullmatch(clause.label)), "")


def _first(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    said = folded(parsed.document.text)[: FIRST + len(sheet.first)]
    yield folded(sheet.first) in said, sheet.first, said[:60]


def _last(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    said = folded(parsed.document.text)
    place = said.rfind(folded(sheet.last))
    annex = next((m.start() for m in _ANNEX.finditer(parsed.document.text)), -1)
    near = place >= len(said) - LAST or annex >= 0
    yield place >= 0 and near, sheet.last, said[-60:]


def _navigation(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    said = folded(parsed.document.text)
    for words in sheet.navigation:
        there = folded(words) in said
        yield not there, f"没有 {words}", words if there else ""


def _duties(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    text = parsed.document.text
    duties = parsed.facts_of("duty")
    for unit, role, words in sheet.duties:
        units = {_bare(unit)}
        same = [d for d in duties if _bare(d.who) in units or _bare(d.group.of(text)) in units]
        met = any(duty.role == role for duty in same)
        near = [d for d in duties if _bare(words) in _bare(_clause_text(parsed, d))]
        found = "；".join(f"{d.who}({d.role})" for d in (same or near)[:4])
        yield met, f"{unit}（{role}）：{words}", found


def _clause_text(parsed: ParsedDocument, fact: Fact) -> str:
    return parsed.clauses[fact.clause].span.of(parsed.document.text)


def _figures(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    text = parsed.document.text
    facts = [
        (_bare(f.what), _bare(f.group.of(text)), f.span.of(text)) for f in parsed.facts_of("figure")
    ]
    for value, words in sheet.figures:
        about = [_bare(part) for part in _PART.split(words) if part]
        near = [
            one for one in facts
            if all(part in one[0] or part in one[1].replace(_bare(value), "") for part in about)
        ]  # fmt: skip
        said = [_value(one[2]) for one in near]
        met = all(any(amount in one for one in said) for amount in _amounts(value))
        yield met, f"{value}：{words}", "；".join(one[2] for one in near[:4])


def _amounts(printed: str) -> list[str]:
    """The numbers with their units: two of 一千元以上五千元以下."""
    return [amount for amount in _BOUNDS.split(folded(printed)) if amount]


def _value(printed: str) -> str:
    return _BOUNDS.sub("", folded(printed))


def _cell(sheet: Sheet, parsed: ParsedDocument) -> Iterator[tuple[bool, str, str]]:
    if (wanted := sheet.cell) is None:
        return
    text = parsed.document.text
    value, row, column = (_bare(words) for words in (wanted.value, wanted.row, wanted.column))
    same = [fact for fact in parsed.facts_of("cell") if value in _bare(fact.span.of(text))]
    met = any(row in _bare(fact.group.of(text)) and column in _bare(fact.what) for fact in same)
    found = "；".join(f"{f.who[:20]}/{f.what[:20]}" for f in same[:4])
    yield met, f"{wanted.row}/{wanted.column}：{wanted.value}", found


def _bare(words: str) -> str:
    """Letters, figures and % alone."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", words))


RULES: dict[str, Rule] = {
    "title": _title,
    "number": _number,
    "issuer": _issuer,
    **{day: _day(day) for day in DAYS},
    "headings": _headings,
    "ranks": _ranks,
    "first": _first,
    "last": _last,
    "navigation": _navigation,
    "duties": _duties,
    "figures": _figures,
    "cell": _cell,
}
