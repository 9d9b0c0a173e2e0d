"""What a document itself names: units, places, policy terms in quotation marks, titles.

The rules look for what is marked as a name where it stands: listed as responsible, signed, standing
between two punctuation marks, in “ ” or in 《 》.  They see one document and nothing else, so what
they find does not depend on what else is indexed, nor on the order.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from index.folding import fold_codes, fold_text
from ingest.patterns import pattern as lazy
from ingest.words import word_table

Kind = Literal["unit", "place", "term", "title"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which a name that is found as several of them is called."""

MIN_NAME = 3
"""In code points; shorter names are bigrams, which are terms already."""
MAX_NAME = 20
MAX_TERM, MAX_PLACE = 10, 8

# Of what a name consists, after folding.
_PART = r"\u4e00-\u9fffa-z0-9+"
_NAME = lazy(rf"[{_PART}]{{{MIN_NAME},{MAX_NAME}}}")
_TWO_IDEOGRAPHS = lazy("[\u4e00-\u9fff][a-z0-9+]*[\u4e00-\u9fff]")
_STRETCH = lazy(rf"[{_PART}]{{{MIN_NAME},}}")
_QUOTED = lazy(rf'[“"「『]([{_PART}]{{{MIN_NAME},{MAX_TERM}}})[”"」』]')
_TITLE = lazy(rf"[《〈]([{_PART}]{{{MIN_NAME},{MAX_NAME}}})[》〉]")
_TAIL = lazy("[\u4e00-\u9fff]+$")
_ISSUERS = lazy(r"[、,;/\s]+")


class _Rules(NamedTuple):
    before: str
    last: re.Pattern[str]
    unit: re.Pattern[str]
    place: re.Pattern[str]
    no_unit: re.Pattern[str]
    no_name: re.Pattern[str]
    no_place: re.Pattern[str]


def rules() -> tuple[str, ...]:
    """Everything that decides what a name is, for the tokenizer's fingerprint."""
    made = _rules()
    patterns = (_NAME, _TWO_IDEOGRAPHS, _QUOTED, _TITLE, _TAIL, _ISSUERS, *made[2:])
    return (made.before, *(pattern.pattern for pattern in patterns))


def names(text: str, issuer: str, units: Iterable[str]) -> dict[str, Kind]:
    """The names in a document's text, among the units that its facts name, and its issuers'.

    >>> names("深化“数字底座”建设（责任单位：区科委）", "示例省数据厅", ["区科委"])
    {'区科委': 'unit', '示例省数据厅': 'unit', '数字底座': 'term'}
    """
    # Place by place, for speed: what a character folds to besides its first is in no name.
    folded = fold_codes(text).tobytes().decode("utf-32-le", "surrogatepass")
    said = [*map(fold_text, units), *_ISSUERS.split(fold_text(issuer))]
    found: dict[str, Kind] = {}
    for unit in said:
        if not _rules().no_unit.search(unit):
            found.setdefault(unit, "unit")
    for name in sorted(_between_marks(folded)):
        if kind := _kind(name):
            found.setdefault(name, kind)
    for name in _QUOTED.findall(folded):
        found.setdefault(name, "term")
    for name in _TITLE.findall(folded):
        found.setdefault(name, "title")
    return {
        name: kind
        for name, kind in sorted(found.items(), key=lambda one: (KINDS.index(one[1]), one[0]))
        if _NAME.fullmatch(name) and _TWO_IDEOGRAPHS.search(name)
    }


def stretches(folded: str) -> list[str]:
    """Every stretch of folded text that could be a name, each once."""
    found: dict[str, None] = {}
    for run in _STRETCH.findall(folded):
        for start in range(len(run) - MIN_NAME + 1):
            most = min(len(run), start + MAX_NAME)
            found.update(dict.fromkeys(run[start:end] for end in range(start + MIN_NAME, most + 1)))
    return list(found)


def occurrences(folded: str, known: Iterable[str]) -> Iterator[str]:
    """Every occurrence of the known names in folded text, also inside one another.

    >>> list(occurrences("由市区科委和区科委办理", ("区科委", "市区科委")))
    ['区科委', '区科委', '市区科委']
    """
    # A document has some dozens of names, most of which are not in a given passage: looking for
    # each is ten times faster than looking at each place of the text.
    for name in known:
        place = folded.find(name)
        while place >= 0:
            yield name
            place = folded.find(name, place + 1)


def _between_marks(folded: str) -> set[str]:
    """Runs of ideographs that end like a name, less a word before it (在甲街道), none too long."""
    found = set()
    made = _rules()
    for end in made.last.finditer(folded):
        first = max(0, end.end() - MAX_NAME - 2)
        run = _TAIL.search(folded, first, end.end())
        if run is not None and (first == 0 or run.start() > first):
            found.add(run[0][1:] if run[0][0] in made.before else run[0])
    return found


def _kind(run: str) -> Kind | None:
    """What the words between two punctuation marks name, if that is all they do."""
    made = _rules()
    if len(run) > MAX_NAME or made.no_unit.search(run) or made.no_name.search(run):
        return None
    if made.unit.fullmatch(run):
        return "unit"
    place = len(run) <= MAX_PLACE and made.place.fullmatch(run) and not made.no_place.search(run)
    return "place" if place else None


@cache
def _rules() -> _Rules:
    table = tomllib.loads(files("index").joinpath("names.toml").read_text("utf-8"))
    weak = set(table["weak_ends"])
    unit_ends = tuple(end for end in word_table("units.toml")["suffixes"] if end not in weak)
    place_ends = tuple(table["place_ends"])
    levels = "".join(table["levels"])
    ends = sorted({end[-1] for end in (*unit_ends, *place_ends)})
    area = f"{_any(table['areas'])}|(?!{_any(table['no_area'])})[{levels}]|.{{2,4}}[{levels}]"
    return _Rules(
        table["before"],
        re.compile(f"[{''.join(ends)}](?![\u4e00-\u9fff])"),
        re.compile(f"(?:{area}).+(?:{_any(unit_ends)})"),
        re.compile(f".{{2,}}(?:{_any(place_ends)})"),
        re.compile(_any(table["no_unit"])),
        re.compile(f"^[{table['no_start']}]|{_any(table['no_name'])}"),
        re.compile(_any(table["no_place"])),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
