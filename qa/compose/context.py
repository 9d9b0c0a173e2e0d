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
        """The responsibility facts of a clause."""
        return self.corpus.duties.get(key, [])

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
        return clause_name(self.asked.script, clause, article, self._alone(clause))

    def _alone(self, clause: Clause) -> bool:
        """Whether no other item of the document has the number of this one."""
        if clause.kind != "1." or "/" not in clause.path:
            return True
        return self.corpus.numbered_once(clause.document_id, clause.label)

    def follow_up(self, key: ClauseKey, phrase: str) -> str:
        """A question about a clause as one would ask it: {…}由谁负责?"""
        clause = self.clause(key)
        straight = clause.label.isdecimal() and self._alone(clause)
        if straight:
            return phrase.format(f"第{clause.label}项")
        return phrase.format(clause.label if clause.kind == "条" else clause.path.replace("/", ""))

    def evidence(self, key: ClauseKey) -> list[Evidence]:
        """The sentences of a clause for this topic, best first."""
        return best_sentences(
            self.text(key),
            self.clause(key),
            self.duties(key),
            self.ranking.topic,
            self.encoder,
            self.ranking.gate,
            self.own_words,
        )

    @property
    def own_words(self) -> str:
        """All words of the question, folded; "" where its topic alone says what it is about."""
        asked = self.asked
        return "" if asked.inherits or asked.english or not asked.topic else asked.text

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

    def units_place(self, key: ClauseKey) -> ClauseKey:
        """The clause whose units answer for a clause: itself, or the item above that has the list.

        Only an item whose sub-items name no units lists those of all of them.
        """
        clause = self.clause(key)
        if self.duties(key) or clause.parent is None:
            return key
        above = (key[0], clause.parent)
        siblings = self.corpus.children(above)
        if any(self.duties((key[0], one.ordinal)) for one in siblings):
            return key
        return above if clause.parent and self.duties(above) else key

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

    def attached(self, key: ClauseKey) -> bool:
        """Whether a clause is a row of an attached table, which sums up what the text says."""
        clause = self.clause(key)
        return clause.kind == "行" and clause.path.startswith("附件")

    def groups(self, key: ClauseKey) -> tuple[Quote, ...]:
        """The printed lists of units of a clause."""
        return tuple(Quote(key, g) for g in dict.fromkeys(f.group for f in self.duties(key)))

    def ask_units(self, key: ClauseKey) -> Statement:
        """Whom to ask: the units of a clause."""
        units = self.units(key)
        told_apart = any(f.role != "责任" for f in self.duties(key))
        words = units + self.say("stop") if told_apart else self.say("ask_units", units=units)
        return Statement(words, self.groups(key), lead=PARAGRAPH)
