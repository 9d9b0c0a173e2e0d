"""Definition facts: what a term means, and what a short name stands for.

本办法所称学徒，是指…；学徒是指…；“三清”（车身清、车轮清、号牌清）; a formula (甲＝乙×丙); and the
full name before （以下简称“学徒办”）.  The term is in `who`, the definition or full name the span.
"""

from collections.abc import Iterator, Sequence

from ingest.characters import CJK, SPACE
from ingest.numbering import mark_at
from ingest.occurrences import occurrences, occurs
from ingest.patterns import pattern
from ingest.schema import Clause, Fact, Span
from ingest.sentences import trim
from ingest.words import word_table

MAX_TERM = 30
"""Longest term, in code points."""

MAX_FULL = 24
"""Longest full name that an abbreviation in Latin letters stands for, in code points."""

_SP = f"[{SPACE}]*"
_MEANS = pattern(rf"{_SP}[，,：:]?{_SP}(?:是指|指的是|系指|，指|是以(?=[^，。]{{2,40}}[、，]))")
_CALLED = pattern(rf"^(?:本|该|前)[{CJK}]{{0,8}}?(?:所称|中所称|所指)的?|^(?:所称|所谓)的?")
_SHORT = pattern(
    rf"[（(](?:[^（）()]{{0,40}}[，,；;])?(?:(?:以下|下文|下同)[{CJK}]{{0,2}}?(?:简称|统称|称)|简称)为?"
    rf"{_SP}[：:]?{_SP}(?P<mark>[“\"「『]?)(?P<term>[^（）()“”\"]{{1,{MAX_TERM}}}?)[”\"」』]?[）)]"
)
_KINDS_OF_TERMS = ("要求", "标准", "机制", "模式", "行动", "工程", "原则", "目标")
_EXPLAINED = pattern(
    rf"“(?P<term>[^“”]{{2,12}})”(?:{'|'.join(_KINDS_OF_TERMS)})?（(?P<means>[^（）()]{{6,200}})）"
)
_LATIN = pattern(r"[（(](?P<term>[A-Z][A-Za-z]{1,9})[）)]")
_LATIN_FULL = pattern(rf"[{CJK}]{{4,{MAX_FULL}}}$")
_LATIN_PARTS = pattern("或|的|以及|采用|通过|包括")
_BELOW = pattern(r"[，,]以下(?P<all>统称|简称|称)为?(?P<term>《[^《》\n]{1,30}》|“[^“”\n]{1,30}”)")
_NAMED = pattern(r"《[^《》\n]+》|“[^“”\n]+”")
_GOES_ON = pattern("以及|及其|及|和|或者")
_FORMULA = pattern(rf"^(?P<term>[{CJK}]{{3,{MAX_TERM}}}){_SP}[=＝]{_SP}(?P<means>[^=＝]+)$")
_STOP = pattern("[，,。；;：:\n“”]")
_SIGNS = ("是指", "指的是", "系指", "，指", "简称", "统称", "以下称", "是以", "=", "＝")
"""What every definition holds, but those in brackets."""
_PURPOSE = pattern(
    rf"^为了?(?:进一步)?|^(?:根据|按照|依据|对|将|由|经|向)|^(?:本|我)[市区省县]的?(?=[{CJK}]{{3}})"
)


def definitions(
    text: str, clauses: Sequence[Clause], bodies: Sequence[Sequence[Span]]
) -> list[Fact]:
    """The definitions of all clauses, in reading order; `bodies` are the clauses' sentences."""
    quoted = [at for at in occurrences(text, "”") if "（" in text[at : at + 4]]
    latin = [at for at in occurrences(text, "（(") if "A" <= text[at + 1 : at + 2] <= "Z"]
    signs = sorted([*occurrences(text, _SIGNS), *quoted, *latin])
    return [
        Fact("definition", clause.document_id, clause.ordinal, span, sentence, who=who, what=what)
        for clause, body in zip(clauses, bodies, strict=True)
        if occurs(signs, clause.body.start, clause.body.end)
        for sentence in body
        if occurs(signs, sentence.start, sentence.end)
        for who, what, span in _of_sentence(text, sentence)
    ]


def _of_sentence(text: str, sentence: Span) -> Iterator[tuple[str, str, Span]]:
    mark = mark_at(text, sentence.start, sentence.end)
    start = mark.end if mark else sentence.start
    if formula := _FORMULA.match(text[start : sentence.end]):
        means = Span(start + formula.start("means"), sentence.end)
        yield formula["term"], "公式", trim(text, means)
    if means_at := _MEANS.search(text, start, min(sentence.end, start + MAX_TERM + 16)):
        term = _CALLED.sub("", text[start : means_at.start()]).strip(f'{SPACE}“”"，,：:')
        if 1 < len(term) <= MAX_TERM and not _STOP.search(term):
            begin = means_at.end() - (2 if text.endswith("是以", 0, means_at.end()) else 0)
            yield term, "所称", trim(text, Span(begin + _is(text, begin), sentence.end))
    for short in _SHORT.finditer(text, sentence.start, sentence.end):
        full = _full_name(text, Span(sentence.start, short.start()))
        if len(full) > 1:
            yield short["term"].strip(SPACE), "简称", full
    for latin in _LATIN.finditer(text, sentence.start, sentence.end):
        least = max(sentence.start, latin.start() - MAX_FULL)
        if words := _LATIN_FULL.search(text[least : latin.start()]):
            begin = least + words.start()
            for part in _LATIN_PARTS.finditer(text, begin, latin.start()):
                begin = part.end()
            yield latin["term"], "简称", _full_name(text, Span(begin, latin.start()))
    for below in _BELOW.finditer(text, sentence.start, sentence.end):
        before = [Span(*m.span()) for m in _NAMED.finditer(text, sentence.start, below.start())]
        for full in before if below["all"] == "统称" else before[-1:]:
            yield below["term"].strip("“”"), "简称", full
    for one in _EXPLAINED.finditer(text, sentence.start, sentence.end):
        if not _SHORT.search(text, one.end("term"), one.end()):
            yield one["term"], "所称", Span(*one.span("means"))


def _is(text: str, begin: int) -> int:
    """是以… is the definition from 以 on."""
    return 1 if text.startswith("是以", begin) else 0


def _full_name(text: str, before: Span) -> Span:
    """The words that a short name stands for: a title, or what the part of the sentence ends with.

    The purpose before them (为加强…) is no part of them.
    """
    before = trim(text, before)
    if text[before.end - 1] == "》":
        opens = text.rfind("《", before.start, before.end)
        return Span(opens, before.end) if opens >= 0 else before
    if text[before.end - 1] == "”":
        opens = text.rfind("“", before.start, before.end)
        return Span(opens + 1, before.end - 1) if opens >= 0 else before
    starts = [before.start, *(m.end() for m in _STOP.finditer(text, before.start, before.end))]
    while len(starts) > 1 and _GOES_ON.match(text, starts[-1]):
        starts.pop()  # 甲、乙，以及丙（以下简称丁）
    start = starts[-1]
    acts = word_table("units.toml")["prose"]["acts"]
    while start < before.end:
        words = text[start : before.end]
        if found := _PURPOSE.match(words):
            start += found.end() or 1
        elif act := next((a for a in (*acts, "规范", "促进") if words.startswith(a)), ""):
            start += len(act)
        else:
            break
    return trim(text, Span(start, before.end))
