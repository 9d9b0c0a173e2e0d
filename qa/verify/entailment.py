"""Whether a sentence that a language model wrote follows from the places that it cites.

Beyond what every statement must pass (`qa.verify.verify`): its figures by value and by what they
are said of, its Latin words and addresses, its bodies and their roles, the force of its words, and
lexical support.  Nothing here trusts the sentence: what can't be compared is withheld.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.folding import fold_text
from ingest.numbers.figures import Figure, figures
from ingest.patterns import pattern
from ingest.schema import Clause, Fact
from qa.draft import Quote, Statement
from qa.question.orders import speaks_to_machine
from qa.question.units import UnitNames
from qa.retrieval.concepts import rarity
from qa.retrieval.corpus import Corpus
from qa.verify.bodies import invented, misplaced
from qa.verify.claims import plain
from qa.verify.figures import unsupported
from qa.verify.force import forced, unforced
from qa.verify.support import Support, content_words, support

_LATIN = pattern(r"[a-z0-9]*[a-z][a-z0-9]*(?:[-_./@:+&][a-z0-9]+)*")
_ADDRESS = pattern(
    r"https?:|www\.|[\w.-]+@[\w-]+\.|(?<![a-z])[a-z0-9-]+\.(?:com|cn|net|org|gov|edu|io|top|xyz|cc)\b"
)
_PHONE = pattern(r"(?:\d[\s-]?){5,}")
_TITLE = pattern("《([^《》]*)》?")
_AREA = pattern("[^省市区县]+[省市区县]")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence may stand on, folded and without white space.

    `spans` are the cited places, `headings` the headings of their clauses without the labels,
    `duties` the responsibility facts of those clauses, `clauses` how many they are: a lead-in
    or the head of a document is none.
    """

    spans: tuple[str, ...]
    headings: tuple[str, ...]
    duties: tuple[Fact, ...]
    clauses: int
    regions: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, one place a line."""
        return "\n".join([*self.spans, *self.headings])


def ground_of(quotes: Sequence[Quote], corpus: Corpus) -> Ground:
    """The ground that quotes give; they must be exact (`verify` sees to it)."""
    keys = list(dict.fromkeys(q.clause for q in quotes))
    cited = [corpus.clause(key) for key in keys]
    regions = {corpus.infos[key[0]].region for key in keys}
    return Ground(
        spans=tuple(plain(q.span.of(corpus.text(q.clause[0]))) for q in quotes),
        headings=tuple(dict.fromkeys(plain(h) for c in cited for h in _headings(c))),
        duties=tuple(fact for key in keys for fact in corpus.duties.get(key, ())),
        clauses=sum(ordinal > 0 for _, ordinal in keys),
        regions=tuple(name for region in regions for name in _areas(region)),
    )


def faults(statement: Statement, corpus: Corpus, names: UnitNames) -> list[str]:
    """Why a written sentence is withheld, as short English words; nothing: it follows."""
    if not statement.quotes:
        return ["no evidence"]
    ground = ground_of(statement.quotes, corpus)
    said = plain(statement.text)
    found = supported(said, ground, corpus)
    weak = f"support {found.sentence:.2f} {found.piece:.2f} {found.gap}"
    return [*faults_of_words(said, ground, names), *([] if found.enough else [weak])]


def faults_of_words(said: str, ground: Ground, names: UnitNames) -> list[str]:
    """What of a folded sentence can't stand on the ground, lexical support aside."""
    found = []
    shown = ground.text
    if speaks_to_machine(said):
        found.append("speaks to a machine")
    if _ADDRESS.search(said) and any(m[0] not in shown for m in _ADDRESS.finditer(said)):
        found.append("address")
    spoken = figures(said)
    dates = [f for f in spoken if f.key[0] == "date"]
    phones = _PHONE.finditer(_without(said, dates))
    found += ["phone" for m in phones if m[0].strip() not in shown]
    printed = [one for span in (*ground.spans, *ground.headings) for one in figures(span)]
    found += [f"figure {'/'.join(f.key)}" for f in unsupported(spoken, printed)]
    latin = set(_LATIN.findall(shown))
    measured = {f.key[2] for f in spoken if f.key[0] != "date"}
    found += [f"latin {w}" for w in _LATIN.findall(said) if w not in latin and not (
        w.lstrip("0123456789.") in measured and w[0].isdigit()
    )]  # fmt: skip
    found += [f"title {t}" for t in _TITLE.findall(said) if f"《{t}》" not in shown]
    found += [f"body {b}" for b in invented(_without(said, spoken), shown, ground.regions)]
    found += [f"role {u}" for u in misplaced(said, shown, ground.duties, names)]
    if ground.clauses > 1 and any(m.printed for m in names.find(said)):
        found.append("unit with places of several clauses")
    found += [f"force {w}" for w in forced(said, shown)]
    found += [f"dropped {w}" for span in ground.spans for w in unforced(said, span)]
    return found


def supported(said: str, ground: Ground, corpus: Corpus) -> Support:
    """The lexical support of a folded sentence on its ground, weighted by the corpus."""
    said = _without(said, figures(said), "0")
    weights = rarity(list(dict.fromkeys(content_words(said))), corpus.frequencies)
    return support(said, ground.text, weights)


def _without(said: str, some: Sequence[Figure], blank: str = " ") -> str:
    """The sentence with figures blanked: they are compared by value, not as words."""
    for one in some:
        start, end = one.span
        said = said[:start] + blank * (end - start) + said[end:]
    return said


def _headings(clause: Clause) -> list[str]:
    """The headings of a clause; of those above it, the words alone: labels are no figures."""
    strip = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十百\d]+[)）、.．]|第\S{1,6}[章节条])\s*")
    return [strip.sub("", h) for h in (*clause.heading_path, clause.heading) if h]


def _areas(region: str) -> list[str]:
    """The areas of a region that may stand before a unit: of 甲市乙区 all, 甲市, 乙区, 乙."""
    parts = _AREA.findall(fold_text(region))
    found = ["".join(parts), *parts, *(p[:-1] for p in parts if len(p) > 2)]
    return [name for name in found if name]
