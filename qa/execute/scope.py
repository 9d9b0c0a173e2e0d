"""Which documents a question is about, and whether one that it needs is missing.

Titles in 《》 or bare, 发文字号, places and years choose among documents.  A place or year that the
question names and the evidence does not share is a reason to say so, not to answer with the
neighbour's rule.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from index.folding import fold_text
from ingest.patterns import pattern
from ingest.references import title_key
from ingest.schema import DocumentInfo
from qa.question.parse import content
from qa.question.places import place_names
from qa.question.places import places as places_in
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.retrieval.titles import document_meant, names_title
from qa.words import tables

SHORTENED = 0.85
"""Share of a title's code points that must stand, in order, in the full one.

公房办法 is meant for 公有住房办法.
"""
SCANNED = 3000
"""Largest number of documents whose titles are all compared with a shortened one."""
SHORT = 5

_YEARS = pattern(r"((?:19|20)\d{2})(?:年?[-—－~～至到]+((?:19|20)\d{2}))?")
_TITLED = pattern("《[^《》]*》")
_OTHER_TITLE = pattern(
    "(?:修改|修正|废止|延长|实施|贯彻|落实|执行|就|对|<|解读)[^》]{0,4}《[^》]+》(?:的|有效期|办法|细则|规定|条例|热点|答|有关|若干)"
)
"""A title that names another document's: 修改《甲办法》的决定, 实施《甲条例》办法."""
_CHANGES = pattern("修改|修正|修订|废止|延长|延续")
_OWN_AREA = pattern("[\u4e00-\u9fff]{2,6}?[省市区县州旗镇乡]")
_TITLE_AREA = pattern(
    "(?:^|《|印发|关于)([\u4e00-\u9fff]{2,4}?(?:省|市|(?<![地社园小校厂城片库景辖郊山街])区|县|自治州))"
)
"""The area with which a title begins, whether a table has it or not (澄湖区加装电梯补贴办法)."""
_BEFORE = pattern("^.*(?:[是的按据把和与到在被]|根据|按照|文号)(?=.{2,}[〔\\[(（])")


@dataclass(frozen=True, slots=True)
class Searched:
    """The documents to look in: None is all; `named` says that the question names them.

    `unheld` is the title of a document that it names and that is not here.
    """

    documents: tuple[str, ...] | None
    named: bool = False
    unheld: str = ""


class Scoping:
    """Resolves the scope of plans over one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._area_of = lru_cache(maxsize=4096)(self._areas)

    def resolve(self, plan: Plan) -> Searched:
        """The documents that a plan names, by number, title or part of one."""
        scope = plan.scope
        fixed = scope.documents
        if found := [d for n in scope.numbers for d in self._numbered(n)]:
            return Searched(tuple(dict.fromkeys(found)), True)
        unheld = ""
        for number in scope.numbers:
            if scope.titles or "number" in plan.attributes:  # a number to be checked names nothing
                break
            if not self._corpus.mentions(fold_text(_BEFORE.sub("", number))):
                return Searched(fixed or None, bool(fixed), number)
        named: list[str] = []
        for title in scope.titles:
            held = self._longer(title, plan.text) or self.titled(title)
            named += held
            unheld = unheld or ("" if held or _FORM.search(title) else title)
        if not named and not scope.titles and not scope.numbers:
            meant = document_meant(plan.text, self._corpus.holdings)
            if meant is not None and names_title(plan.text, self._corpus.infos[meant].title):
                if self._corpus.infos[meant].held:
                    named = [self._changed(plan.text, meant)]
                else:
                    unheld = self._corpus.infos[meant].title
        if named:
            within = [d for d in named if not fixed or d in fixed]
            return Searched(tuple(dict.fromkeys(within or named)), True)
        if not (fixed or unheld or plan.labels) and plan.select in ("text", "metadata"):
            unheld = self._referred(plan)
        return Searched(fixed or None, bool(fixed), unheld)

    def _referred(self, plan: Plan) -> str:
        """A title of a document that is only referred to, where the question names nothing else."""
        said, rest = title_key(plan.text), content(plan.topic)
        titles = (t for t in self._corpus.referred if len(t) >= SHORT and t in said)
        return next((t for t in titles if rest and all(w in t for w in rest)), "")

    def titled(self, title: str) -> list[str]:
        """The held documents that a title means, shortened or not; the same title first."""
        key = title_key(fold_text(title))
        if len(key) < 2:
            return []
        infos = self._corpus.infos
        found = list(self._corpus.holdings.titled(key))
        if found:
            exact = [d for d in found if title_key(fold_text(infos[d].title)) == key]
            return exact or sorted(found, key=lambda d: len(infos[d].title))
        if len(key) < SHORT or len(self._corpus.held) > SCANNED:
            return []
        scored = [
            (LCSseq.similarity(key, other) / len(key), -len(other), info.id)
            for info in self._corpus.held
            for other in [title_key(fold_text(info.title))]
            if _same_kind(key, other)
        ]
        best = max(scored, default=(0.0, 0, ""))
        return [best[2]] if best[0] >= SHORTENED else []

    def held(self, title: str, text: str) -> bool:
        """Whether a document of this title is here, and not only others that name it in theirs."""
        key = title_key(fold_text(title))
        infos = self._corpus.infos
        return bool(self._longer(title, text)) or any(
            _OTHER_TITLE.search(fold_text(infos[d].title)) is None
            or title_key(fold_text(infos[d].title)) == key
            for d in self.titled(title)
        )

    def _longer(self, title: str, text: str) -> list[str]:
        """The documents whose title holds another and is said whole (修改《甲办法》的决定)."""
        said = title_key(text)
        names = {
            d: _STATUS.sub("", title_key(fold_text(self._corpus.infos[d].title))).removeprefix(
                "关于"
            )
            for d in self._corpus.holdings.titled(title_key(fold_text(title)))
        }
        whole = [d for d, name in names.items() if name in said and len(name) > len(title) + 2]
        return sorted(whole, key=lambda d: -len(names[d]))[:1]

    def _changed(self, text: str, document: str) -> str:
        """The document that another one changes, where only its title and no change is said.

        甲办法的有效期 is asked of 甲办法, though 关于延长《甲办法》有效期的通知 shares more words.
        """
        title = self._corpus.infos[document].title
        inner = _TITLED.search(title)
        if inner is None or not _CHANGES.search(title) or _CHANGES.search(text):
            return document
        some = self.titled(inner[0])
        return next((d for d in some if not _CHANGES.search(self._corpus.infos[d].title)), document)

    def changing(self, text: str, document: str) -> str:
        """The document that changes another one where that is meant, else that one.

        废止甲意见的那个通知 is not 甲意见.
        """
        base = title_key(fold_text(self._corpus.infos[document].title))
        said = title_key(text)
        start = SequenceMatcher(None, said, base, autojunk=False).find_longest_match().a
        others = [d for d in self._corpus.holdings.titled(base) if d != document]
        verbs = {d: _CHANGES.search(self._corpus.infos[d].title) for d in others}
        return next((d for d, verb in verbs.items() if verb and verb[0] in said[:start]), document)

    def _numbered(self, number: str) -> list[str]:
        wanted = _number_key(number)
        held = [(_number_key(i.number), i.id) for i in self._corpus.held if i.number]
        return [one for number, one in held if wanted.endswith(number)]  # words may stand before it

    def of_place(self, document_id: str, place: str) -> bool:
        """Whether a document may speak for a place: it is of that place, or says it anywhere."""
        own = self._area_of(document_id)
        names = place_names(place)
        if any(n in area or area in n for area in own for n in names if len(area) > 1):
            return True
        if any(name in self._corpus.folded(document_id) for name in names):
            return True
        return not own or any(_above(area, place) for area in own)

    def at_place(self, document_id: str, place: str) -> bool:
        """Whether a document is of a place itself, by its title, issuer, number or region."""
        own = self._area_of(document_id)
        return any(
            n in area or area in n for area in own for n in place_names(place) if len(area) > 1
        )

    def documents_at(self, place: str) -> tuple[str, ...]:
        """The held documents of a place itself."""
        return tuple(i.id for i in self._corpus.held if self.at_place(i.id, place))

    def _areas(self, document_id: str) -> tuple[str, ...]:
        """The places that a document is of, by what it calls itself."""
        info: DocumentInfo = self._corpus.infos[document_id]
        said = fold_text(" ".join((info.region, info.title, info.issuer)))
        found = places_in(said)
        if not found:
            own = _OWN_AREA.findall(fold_text(info.region)) or _TITLE_AREA.findall(info.title)
            found = tuple(own[-1:])
        return tuple(one for one in found if not any(_above(one, other) for other in found))

    def foreign_year(self, plan: Plan, document_id: str) -> int | None:
        """A year of the question that a document of other years says nothing of."""
        info = self._corpus.infos[document_id]
        own = _years(info.title)
        if not own:
            return None
        for year in plan.scope.years:
            if year in own:
                continue
            if str(year) not in _TITLED.sub("", self._corpus.text(document_id)):
                return year
        return None


_STATUS = pattern("[(（]?(?:草案|(?:公开)?征求意见稿|试行|暂行)[)）]?$")
"""What a title says of its status at its end, and a question leaves out."""
_FORM = pattern("[书函表证单卡照]$|协议$|合同$")
"""What ends the title of a form: it is filled in, and no document to be held."""


def _years(title: str) -> set[int]:
    found: set[int] = set()
    for match in _YEARS.finditer(fold_text(title)):
        first = int(match[1])
        found |= set(range(first, int(match[2] or first) + 1))
    return found


def _number_key(number: str) -> str:
    return re.sub(r"[\s〔〕\[\]［］()（）【】第]", "", fold_text(number))


def _above(area: str, place: str) -> bool:
    """Whether an area holds a place, as the table of places has it."""
    parents = {p.name: p.parent for p in tables.places()}
    above = parents.get(place, "")
    while above and above != "中国":
        if area in place_names(above) or fold_text(above) == area:
            return True
        above = parents.get(above, "")
    return False


def _same_kind(one: str, other: str) -> bool:
    """Whether two titles end in the same kind of document (办法, 条例)."""
    return one[-2:] == other[-2:] or other[-2:] in one or one[-2:] in other
