"""Where a clause's heading ends and its text begins.

Three printed forms: a line of its own; a short first sentence with text after it; and, by a slip
of the pen, a heading that runs into its text with no stop.  What a clause's siblings do decides
between them: a first sentence is a heading only where most siblings have one, and a run-in
heading is cut where a sentence could open and the piece resembles the siblings' headings.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from statistics import median

from ingest.characters import CJK, SPACE
from ingest.numbering import Mark
from ingest.patterns import pattern
from ingest.schema import Span
from ingest.words import word_table

MAX_LINE = 45
MAX_QUESTION = 80
MAX_SENTENCE = 40
MAX_LEAD = 20
"""Longest headings, in code points: own line, question, first sentence, words before a colon."""

SHARE = 0.4
SHARE_STATUTORY = 0.6
SHARE_RUN_IN = 0.6
"""Share of the siblings that must have a heading of the form, so that one is read as one."""

RUN_IN = range(4, 25)
"""Lengths, in code points, that a run-in heading may have."""

MIN_LED, MAX_LED = 4, 8
"""So many articles in a row with a lead of so few code points have headings, others or not."""

_WORDS = pattern(f"[{CJK}]+")
_BRACKETED = pattern(r"[（(【\[][^）)】\]\n]{2,24}[）)】\]]")
_SPACED = pattern(rf"[^，,、。；;：:！？\n{SPACE}]{{3,29}}[{CJK}](?=[{SPACE}]+[{CJK}“《])")
"""A heading parted from its text by nothing but a space, where a line break was lost."""

_STOP = pattern("[。；;：:！？\n]")
_BEHIND = pattern(r"(?:\*\*)?[。:：]?(?:\*\*)?")


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """The line that opens a clause: its mark and what stands behind it on the line.

    The title of an annex may stand on the line below its mark instead.

    Each is equal to itself alone, so that looking one up needs no hash of all that it holds.

    `group` is equal for siblings in the wide sense: same kind below the same kinds.
    """

    mark: Mark
    rest: Span
    group: str


@cache
def _openers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = word_table("openers.toml")
    return tuple(table["prepositions"]), tuple(table["verbs"])


class HeadingStyles:
    """The headings of one document, decided group by group."""

    def __init__(self, text: str, openings: list[Opening], above: Collection[Opening] = ()) -> None:
        """`above` are the openings right below which the next clauses open."""
        self.text = text
        self._above = frozenset(above)
        self._found: dict[Opening, Span] = {}
        groups: dict[str, list[Opening]] = {}
        for opening in openings:
            groups.setdefault(opening.group, []).append(opening)
        for members in groups.values():
            self._decide(members)

    def heading(self, opening: Opening) -> Span:
        """The span of the heading's words; empty, behind the mark, if there is none."""
        return self._found.get(opening, Span(opening.mark.end, opening.mark.end))

    def body_start(self, opening: Opening, heading: Span) -> int:
        """Where the clause's text begins: behind the heading and its stop."""
        if not len(heading):
            return opening.mark.end
        behind = _BEHIND.match(self.text, heading.end, opening.rest.end)
        return behind.end() if behind else heading.end

    def _decide(self, members: list[Opening]) -> None:
        kind, statutory = members[0].mark.kind.name, members[0].mark.kind.statutory
        if kind in ("编", "章", "节"):
            for opening in members:
                self._found[opening] = self._rest(opening)
            return
        certain = {o: s for o in members if (s := self._certain(o)) is not None}
        likely = {o: s for o in members if o not in certain and (s := self._first_sentence(o))}
        share = (len(certain) + len(likely)) / len(members)
        if share >= (SHARE_STATUTORY if statutory else SHARE):
            certain |= likely
        elif statutory:
            certain |= self._led(members, likely)
        self._found |= certain
        if not statutory and len(certain) / len(members) >= SHARE_RUN_IN:
            usual = median(len(s) for s in certain.values())
            tails = {s.of(self.text)[-2:] for s in certain.values()}
            for opening in members:
                if opening not in certain and (cut := self._run_in(opening, usual, tails)):
                    self._found[opening] = cut

    def _led(self, members: list[Opening], likely: dict[Opening, Span]) -> dict[Opening, Span]:
        """The short leads of articles in a row, where the first and last articles have none."""
        found: dict[Opening, Span] = {}
        run: list[Opening] = []
        for opening in [*members, None]:
            lead = likely.get(opening) if opening else None
            if opening and lead and len(lead) <= MAX_LED and _WORDS.fullmatch(lead.of(self.text)):
                run.append(opening)
                continue
            found |= {one: likely[one] for one in run} if len(run) >= MIN_LED else {}
            run = []
        return found

    def _rest(self, opening: Opening) -> Span:
        start = opening.rest.start
        while start < opening.rest.end and self.text[start] in SPACE:
            start += 1
        end = opening.rest.end
        return self._plain(Span(start, end))

    def _plain(self, span: Span) -> Span:
        """The span without Markdown's signs of bold around it."""
        start, end = span.start, span.end
        if self.text.startswith("**", start, end):
            start += 2
        if self.text.endswith("**", start, end):
            end -= 2
        return Span(start, end)

    def _certain(self, opening: Opening) -> Span | None:
        """A heading in brackets, or one that has its line for itself."""
        rest = self._rest(opening)
        words = rest.of(self.text)
        if opening.mark.kind.name == "条":
            found = _BRACKETED.match(words)
            return Span(rest.start, rest.start + found.end()) if found else None
        asked = words.endswith(("？", "?"))  # pages of questions and answers
        if not words or words[-1] in "，,、" or len(words) > (MAX_QUESTION if asked else MAX_LINE):
            return None
        if not _STOP.search(words.replace("？", "") if asked else words):
            return rest
        one = words[-1] == "。" and not _STOP.search(words[:-1]) and not _SPACED.match(words)
        if one and opening in self._above:
            return Span(rest.start, rest.end - 1)  # one sentence, and then its sub-items
        return None

    def _first_sentence(self, opening: Opening) -> Span | None:
        rest = self._rest(opening)
        words = rest.of(self.text)
        if (spaced := _SPACED.match(words)) and not opening.mark.kind.statutory:
            return Span(rest.start, rest.start + spaced.end())
        found = _STOP.search(words)
        if found is None or not found.start() >= 2 or found.end() >= len(words.rstrip()):
            return None
        limit = {"。": MAX_SENTENCE, "：": MAX_LEAD, ":": MAX_LEAD}.get(found[0], 0)
        if opening.mark.kind.statutory and found[0] != "。":
            limit = 0
        head = words[: found.start()]
        if found.start() > limit or head.count("，") + head.count(",") > 2:
            return None
        return self._plain(Span(rest.start, rest.start + found.start()))

    def _run_in(self, opening: Opening, usual: float, tails: set[str]) -> Span | None:
        """The best cut of a heading that runs into its text, or None if no sentence could open."""
        rest = self._rest(opening)
        words = rest.of(self.text)
        prepositions, verbs = _openers()
        best: tuple[float, int] | None = None
        for cut in RUN_IN:
            head, tail = words[:cut], words[cut:]
            if (
                not tail
                or re.search("[，,。；;：:、]", head)
                or head.endswith((*prepositions, *verbs, "年"))
            ):
                continue
            if head.count("“") != head.count("”"):
                continue
            weight = max(
                (2.0 if len(w) > 1 else 1.2 for w in prepositions if tail.startswith(w)),
                default=0.0,
            ) or (1.0 if tail.startswith(verbs) else 0.0)
            if not weight:
                continue
            score = weight - 0.25 * abs(cut - usual) + (0.5 if head[-2:] in tails else 0.0)
            if best is None or score > best[0]:
                best = (score, cut)
        return None if best is None else Span(rest.start, rest.start + best[1])
