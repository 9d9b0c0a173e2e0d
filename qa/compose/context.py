"""What composing needs: the question, the ranking, the corpus and the encoder, in one record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from index.encoder import Encoder
from ingest.schema import Clause, Responsibility, Span
from qa.answerability import answerability, shipped
from qa.corpus import ClauseKey, Corpus
from qa.draft import PARAGRAPH, Quote, Statement
from qa.evidence import Evidence, best_sentences, own_sentences, trimmed, without_trailing_comma
from qa.ranking import RankedClause, Ranking
from qa.reading import Reader, shipped_reader
from qa.understood import Understood
from qa.wording import clause_name, role_name, say


@dataclass(frozen=True)
class Context:
    """One question on its way to an answer."""

    asked: Understood
    corpus: Corpus
    encoder: Encoder
    ranking: Ranking
    reader: Callable[[], Reader] = shipped_reader

    def say(self, phrase: str, **values: Any) -> str:
        """A phrase in the question's language."""
        return say(self.asked.script, phrase, **values)

    def join(self, items: list[str]) -> str:
        """A list in the question's language."""
        return (", " if self.asked.english else "、").join(items)

    def text(self, key: ClauseKey) -> str:
        """The text of the document that a clause belongs to."""
        return self.corpus.text(key[0])

    @property
    def only_document(self) -> str | None:
        """The document in question: the one that is named, or the only one there is."""
        if self.asked.document is not None:
            return self.asked.document if self.corpus.infos[self.asked.document].held else None
        return self.corpus.held[0].id if len(self.corpus.held) == 1 else None

    def clause(self, key: ClauseKey) -> Clause:
        """The clause of a key."""
        return self.corpus.clause(key)

    def duties(self, key: ClauseKey) -> list[Responsibility]:
        """The responsibility facts of a clause, or of the nearest one above that has any."""
        found = self.corpus.duties.get(key, [])
        while not found and (above := self.clause(key).parent):
            key = (key[0], above)
            found = self.corpus.duties.get(key, [])
        return found

    def owner(self, key: ClauseKey) -> ClauseKey:
        """The clause whose list of units holds for a clause: itself or one above; else itself."""
        facts = self.duties(key)
        return (key[0], facts[0].clause) if facts else key

    def name(self, key: ClauseKey) -> str:
        """A clause as one speaks of it."""
        clause = self.clause(key)
        article = ""
        above: Clause | None = clause
        while above is not None:
            if above.kind == "条":
                article = above.label
            above = self.clause((key[0], above.parent)) if above.parent is not None else None
        name = clause_name(self.asked.script, clause, article)
        if clause.kind == "1." and not article and clause.parent and self._restarts(key):
            name = self.clause((key[0], clause.parent)).path.replace("/", "") + name
        return name

    def _restarts(self, key: ClauseKey) -> bool:
        """Whether another clause has the same number, so that 第1项 alone says too little."""
        label = self.clause(key).label
        same = (c for c in self.corpus.clauses(key[0]) if c.kind == "1." and c.label == label)
        return sum(1 for _ in same) > 1

    def evidence(self, key: ClauseKey) -> list[Evidence]:
        """The sentences of a clause for this topic, best first."""
        return best_sentences(
            self.text(key),
            self.clause(key),
            self.duties(key),
            self.ranking.topic,
            self.encoder,
            self.ranking.gate,
        )

    def sentences(self, key: ClauseKey) -> list[Span]:
        """The sentences of a clause in reading order, without its list of units."""
        return own_sentences(self.text(key), self.clause(key), self.duties(key))

    def quote(self, key: ClauseKey, span: Span, limit: int) -> tuple[str, Quote]:
        """A sentence cut to `limit`: its words, with … for what was left out, and its place."""
        text = self.text(key)
        part = trimmed(text, span, self.ranking.topic, limit)
        if part.end < span.end:
            part = without_trailing_comma(text, part)
        words = part.of(text)
        shown = ("……" if part.start > span.start else "") + words.rstrip("。")
        shown += "……" if part.end < span.end else words[len(words.rstrip("。")) :]
        return shown, Quote(key, part)

    @cached_property
    def answerable(self) -> float:
        """The probability that the best clause answers the question, in [0, 1]."""
        return answerability(self.asked, self.ranking, self.corpus)

    def found(self, ranked: RankedClause | None) -> bool:
        """Whether the best clause says what the question asks about."""
        return self._reaches(ranked, shipped().answered)

    def near(self, ranked: RankedClause | None) -> bool:
        """Whether the best clause is worth offering with a word of caution."""
        return self._reaches(ranked, shipped().near)

    def nameable(self, ranked: RankedClause | None) -> bool:
        """Whether a refusal names the best clause as the nearest there is."""
        return self._reaches(ranked, shipped().named)

    def _reaches(self, ranked: RankedClause | None, least: float) -> bool:
        if ranked is None:
            return False
        return self.asked.bound == ranked.key or self.answerable >= least

    def units(self, key: ClauseKey) -> str:
        """The units of a clause, by role where roles are told apart, with 等 where printed."""
        facts = self.duties(key)
        tail = self.say("open_list") if any(f.open_ended for f in facts) else ""
        roles = list(dict.fromkeys(fact.role for fact in facts))
        if roles == ["责任"]:
            return self.join([f.unit for f in facts]) + tail
        parts = [
            f"{role_name(self.asked.script, role)}："
            + self.join([f.unit for f in facts if f.role == role])
            for role in roles
        ]
        return "；".join(parts) + tail

    def groups(self, key: ClauseKey) -> tuple[Quote, ...]:
        """The printed lists of units of a clause."""
        places = dict.fromkeys((f.clause, f.group) for f in self.duties(key))
        return tuple(Quote((key[0], clause), group) for clause, group in places)

    def ask_units(self, key: ClauseKey) -> Statement:
        """Whom to ask: the units of a clause."""
        units = self.units(key)
        told_apart = any(f.role != "责任" for f in self.duties(key))
        words = units + self.say("stop") if told_apart else self.say("ask_units", units=units)
        return Statement(words, self.groups(key), lead=PARAGRAPH)
