"""An answer's sentences from a language model: asked once more where that may help, never longer
than the time allowed, and each sentence bound to the places that it names.

What comes from here is not verified: whoever shows a statement asks `qa.verify.verify` first.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence

from qa.draft import ITEM, PARAGRAPH, Statement
from qa.generate.evidence import Piece
from qa.generate.language_model import PAUSE, RETRIED, LanguageModel, Message, ModelTrouble
from qa.generate.prompts import NOTHING, Shown, messages
from qa.generate.reply import MAX_SENTENCE, Sentence, SentenceReader

LOG = logging.getLogger("wence.model")

ATTEMPTS = 2
"""A call and one retry."""


class NothingToSay(Exception):
    """The model said that the evidence does not answer."""


def prompt(question: str, evidence: Sequence[Piece]) -> list[Message]:
    """What the model is told."""
    return messages(question, [Shown(p.handle, p.heading, p.words) for p in evidence])


def write(
    model: LanguageModel, question: str, evidence: Sequence[Piece], *, stream: bool
) -> Iterator[Statement]:
    """The sentences, as they become whole.

    Raises `ModelTrouble` (also behind some sentences), or `NothingToSay`.  A second attempt is
    made only while no sentence with a place was given out.
    """
    deadline = time.monotonic() + model.settings.timeout_s
    asked = prompt(question, evidence)
    places = {piece.handle: piece for piece in evidence}
    for attempt in range(1, ATTEMPTS + 1):
        given = 0
        try:
            for statement in _attempt(model, asked, places, deadline, stream):
                given += bool(statement.quotes)
                yield statement
            if given:
                return
            LOG.warning("%s: garbage (no sentence names a place)", model.name)
            raise ModelTrouble("garbage")
        except ModelTrouble as trouble:
            again = trouble.reason in RETRIED and not given and attempt < ATTEMPTS
            pause = 0.0 if trouble.reason == "garbage" else PAUSE
            if not again or time.monotonic() + pause >= deadline:
                raise
            time.sleep(pause)


def _attempt(
    model: LanguageModel,
    asked: Sequence[Message],
    places: Mapping[str, Piece],
    deadline: float,
    stream: bool,
) -> Iterator[Statement]:
    reader = SentenceReader()
    state: list[bool] = []
    for piece in model.text(asked, deadline, stream=stream):
        for sentence in reader.feed(piece):
            yield _statement(sentence, places, state)
    for sentence in reader.close():
        if not state and not sentence.handles and sentence.text.rstrip("。.") == NOTHING:
            raise NothingToSay
        yield _statement(sentence, places, state)


def _statement(sentence: Sentence, places: Mapping[str, Piece], before: list[bool]) -> Statement:
    """A sentence with the places of its known handles; one too long has none and falls."""
    known = [places[h] for h in sentence.handles if h in places]
    if len(sentence.text) > MAX_SENTENCE:
        known = []
    lead = ITEM if sentence.item else PARAGRAPH if not before or before[-1] else ""
    before.append(sentence.item)
    return Statement(sentence.text, tuple(p.quote for p in known), lead=lead, written=True)
