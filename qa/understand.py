"""From the words of a question to `Understood`: language, spelling, scaffolding, history."""

import re
from functools import cached_property

from index.folding import fold_text
from index.tokens import words
from ingest.references import title_key
from qa import tables
from qa.answer import Request
from qa.background import Background
from qa.concepts import topic
from qa.corpus import ClauseKey, Corpus
from qa.english import to_chinese
from qa.history import Resolved, resolve
from qa.language import Script, script
from qa.question import checked
from qa.ranking import rank
from qa.scaffold import Scaffold, scaffold
from qa.spelling import Speller
from qa.titles import names_title
from qa.understood import Understood
from qa.units import UnitNames

MIN_TITLE_OVERLAP = 5
"""A document is meant when the question shares this many code points in a row with its title, and
the other documents' titles do not."""

_SPACED = re.compile(
    "(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] +){2,}[\u3400-\u9fff](?![\u3400-\u9fff])"
)
_CJK = re.compile("[\u3400-\u9fff]")
_SPELLED_OUT = re.compile("(?:[\u3400-\u9fff][,.、·/_-]){3,}[\u3400-\u9fff]")
_SPOKEN_POINT = re.compile(r"(?<=\d)点(?=\d)")
MAX_OUTLINES, MIN_HEADING = 200, 4
"""Documents whose headings are known by name, and the shortest such heading in code points."""


class Understanding:
    """Understands questions about one corpus; holds what was prepared from it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._regions = [fold_text(i.region) for i in corpus.held if i.region]
        self.names = UnitNames(corpus.units, self._regions)
        self.speller = Speller(corpus)
        self.background = Background(corpus.held)

    def __call__(self, request: Request) -> Understood:
        """Understand the last question of a request."""
        question = checked(request.question)
        how: Script = script(question)
        if how == "en" and self.speller.from_pinyin(fold_text(question)):
            how = "zh"
        if request.language == "en":
            how = "en"
        elif request.language == "zh" and how == "en":
            how = "zh"
        earlier = [self._apart(turn.question) for turn in request.history if turn.question.strip()]
        current = self._apart(question)
        resolved = resolve(earlier, current, self.corpus, self._locate)
        return self._understood(question, how, resolved)

    def _apart(self, question: str) -> Scaffold:
        text = _SPACED.sub(lambda m: m[0].replace(" ", ""), fold_text(question).strip())
        text = _SPELLED_OUT.sub(lambda m: re.sub("[^\u3400-\u9fff]", "", m[0]), text)
        text = _SPOKEN_POINT.sub(".", text)
        for variant, standard in tables.variants():
            if variant in text:
                text = _replaced(text, variant, standard)
        if not _CJK.search(text):
            text = self.speller.from_pinyin(text) or to_chinese(text)
        else:
            text = self.speller.corrected(text)
        parts = scaffold(text, self.names, self.background.common)
        if self.background.few or (document := self._meant(parts)) is None:
            return parts
        named = scaffold(text, self.names, self.background.of(document))
        return named if named.intent == "metadata" or named.label else parts

    def _understood(self, question: str, how: Script, resolved: Resolved) -> Understood:
        parts = resolved.scaffold
        return Understood(
            question=question,
            standalone=resolved.standalone or question,
            script=how,
            intent=parts.intent,
            text=parts.text,
            topic=parts.topic,
            units=parts.units,
            label=parts.label,
            attribute=parts.attribute,
            yes_no=parts.yes_no,
            places=self._foreign_places(parts.text),
            years=self._foreign_years(parts.years),
            said_years=parts.years,
            numbers=parts.numbers,
            expects=parts.expects,
            document=self._meant(parts),
            bound=resolved.bound or self._headed(parts),
            also=resolved.also,
        )

    def _headed(self, parts: Scaffold) -> ClauseKey | None:
        """The clause that a question without a topic of its own names by its heading.

        工作目标 and 重点任务 are made of words that carry no topic anywhere else.
        """
        if parts.topic or parts.units or parts.label or parts.intent == "metadata":
            return None
        named = [(len(h), key) for h, key in self._headings if h in parts.text]
        return max(named)[1] if named else None

    @cached_property
    def _headings(self) -> list[tuple[str, ClauseKey]]:
        """The headings of the documents, folded, with their clauses."""
        return [
            (fold_text(clause.heading), (info.id, clause.ordinal))
            for info in self.corpus.held[:MAX_OUTLINES]
            for clause in self.corpus.clauses(info.id)
            if len(clause.heading) >= MIN_HEADING
        ]

    def _locate(self, parts: Scaffold) -> ClauseKey | None:
        """The clause that an earlier question was about."""
        asked = topic(parts.topic or parts.text, self.corpus.frequencies, self.corpus.importance)
        best = rank(asked, self.corpus, self.corpus.encoder).best
        return best.key if best is not None else None

    def _foreign_places(self, text: str) -> tuple[str, ...]:
        """Places that the question names and no document here is about or mentions."""
        said = set(words(text))
        found = []
        for place in tables.places():
            named = next((n for n in place.names if n in text and _named(n, text, said)), None)
            if named is None or any(
                fold_text(place.name) in r or named in r for r in self._regions
            ):
                continue
            if any(named in fold_text(u) for u in self.corpus.units) or self.corpus.mentions(named):
                continue
            found.append(place.name)
        return tuple(dict.fromkeys(found))

    def _foreign_years(self, years: tuple[int, ...]) -> tuple[int, ...]:
        """Years that the question names and no document here belongs to."""
        known: set[int] = set()
        for info in self.corpus.held:
            known.update(d.year for d in (info.issued, info.published, info.effective) if d)
            known.update(int(y) for y in re.findall(r"(?:19|20)\d{2}", info.title))
        if not known:
            return ()
        return tuple(y for y in years if y not in known)

    def _meant(self, parts: Scaffold) -> str | None:
        """The document that the question names, not one that is only about the same matter."""
        found = self._document(parts)
        if found is None or self.background.few:
            return found
        return found if names_title(parts.text, self.corpus.infos[found].title) else None

    def _document(self, parts: Scaffold) -> str | None:
        """The document that the question names by its title or by a distinctive part of it."""
        key = title_key(fold_text(parts.text))
        infos = list(self.corpus.infos.values())
        shares = {i.id: _longest_common(key, title_key(fold_text(i.title))) for i in infos}
        best = max(shares.values(), key=len, default="")
        if len(best) < MIN_TITLE_OVERLAP:
            return None
        meant = [i for i in infos if shares[i.id] == best]
        others = [i for i in infos if i not in meant]
        if any(best in title_key(fold_text(i.title)) for i in others):
            return None
        if len(meant) > 1:
            near = [i for i in meant if any(n in key for n in _region_names(i.region))]
            meant = near or meant
        if len(meant) > 1 and any(i.held for i in meant):
            return None
        return meant[0].id


def _named(name: str, text: str, said: set[str]) -> bool:
    """Whether a name in the text is a place: a word of its own and no part of a street's name."""
    if len(name) == 2 and name not in said:
        return False  # 平安顺利 is not about 安顺
    if name.isascii():
        return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None
    return (
        re.search(name + "(?![东西南北中]?[一二三]?(?:路|街|大道|站|桥|河|里弄))", text) is not None
    )


def _region_names(region: str) -> list[str]:
    """The last area of a region: 甲市乙区 is meant by 乙区 and by 乙."""
    last = re.findall("[^省市区县]+[省市区县]", fold_text(region))[-1:]
    return [n for area in last for n in (area, area[:-1]) if len(n) > 1]


def _replaced(text: str, variant: str, standard: str) -> str:
    if variant.isascii():
        return re.sub(rf"(?<![a-z0-9]){re.escape(variant)}(?![a-z0-9])", standard, text)
    return text.replace(variant, standard)


def _longest_common(one: str, other: str) -> str:
    """The longest common substring."""
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best
