"""Sentences with their handles out of a model's reply, while it comes.

Two forms are read: marker text (…。[E1][E3]) and JSON ({"sentences": [{"text": …, "evidence":
["E1"]}]}), with a code fence or a model's thoughts (<think>…</think>) around it or not.  A sentence
is given out when it and its markers are whole; half a marker is never text.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.characters import CLOSERS
from ingest.patterns import pattern
from qa.generate.markup import is_item, plain_words

MAX_SENTENCE = 400
"""Longest sentence, in code points; what runs on without a stop is no sentence."""

_HANDLE = pattern(r"[EeＥｅ]\s*(\d{1,3})")
_MARKER = pattern(
    r"[\[【［(（]\s*[EeＥｅ]\s*\d{1,3}(?:\s*[,，、;；\s和]\s*[EeＥｅ]?\s*\d{1,3})*\s*[\]】］)）]"
)
_OPEN_MARKER = pattern(r"[\[【［(（][EeＥｅ\d,，、;；\s]{0,40}$")
_STOPS = "。！？!?"
_QUOTED = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "〔": "〕"}
_THOUGHTS = pattern(r"^\s*<think>.*?</think>", re.S)
_FENCE = pattern(r"^\s*```[a-z]*\s*\n?|\n?\s*```\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain words with the handles that the model named, in order; `item` in a list."""

    text: str
    handles: tuple[str, ...]
    item: bool = False


class SentenceReader:
    """Feed it pieces of a reply; it gives the sentences that are whole."""

    def __init__(self) -> None:
        self._waiting = ""
        self._form = ""  # "", "text" or "json"

    def feed(self, piece: str) -> Iterator[Sentence]:
        """The sentences that this piece completes."""
        self._waiting += piece
        if not self._form:
            self._decide(False)
        if self._form == "text":
            yield from self._whole(False)

    def close(self) -> Iterator[Sentence]:
        """What is left when the reply has ended."""
        if not self._form:
            self._decide(True)
        if self._form == "json":
            found = _of_json(self._waiting)
            if found is not None:
                yield from found
                return
        if self._form:
            yield from self._whole(True)

    def _decide(self, ended: bool) -> None:
        """Which form the reply has, once its thoughts are over."""
        start = self._waiting.lstrip()
        if "<think>".startswith(start[:7]) and start[:7]:
            thoughts = _THOUGHTS.match(start)
            if thoughts is None:
                if not ended and (start.startswith("<think>") or len(start) < 7):
                    return
                if start.startswith("<think>"):
                    self._waiting = ""  # thoughts without an end are no answer
                    return
            else:
                start = start[thoughts.end() :].lstrip()
        if not start:
            self._waiting = start if ended else self._waiting
            return
        self._waiting = start
        self._form = "json" if start[0] in "{`" or start[:2] in ("[{", "[\n") else "text"
        if start[0] == "[" and len(start) < 2 and not ended:
            self._form = ""

    def _whole(self, ended: bool) -> Iterator[Sentence]:
        while (end := _end(self._waiting, ended)) is not None:
            words, self._waiting = self._waiting[:end], self._waiting[end:]
            if sentence := _sentence(words):
                yield sentence
        if len(self._waiting) > MAX_SENTENCE * 3 and not ended:
            self._waiting = self._waiting[-1:]


def _end(text: str, ended: bool) -> int | None:
    """Where the first sentence ends, its markers included; None while that can't be told."""
    closing: list[str] = []
    place = inside = 0  # the first stop inside a bracket, which may never be closed
    while place < len(text):
        char = text[place]
        if marker := _MARKER.match(text, place):
            place = marker.end()
            continue
        if char == "\n":
            if text[:place].strip():
                return _with_markers(text, place + 1, ended)
            place += 1
            continue
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _QUOTED:
            closing.append(_QUOTED[char])
        elif char in _STOPS and closing:
            inside = inside or place + 1
        elif char in _STOPS:
            after = place + 1
            while after < len(text) and text[after] in _STOPS + CLOSERS.replace("]", "") + "\"'":
                after += 1
            return _with_markers(text, after, ended)
        place += 1
    if ended and closing and inside:
        return _with_markers(text, inside, ended)
    return len(text) if ended and text.strip() else None


def _with_markers(text: str, end: int, ended: bool) -> int | None:
    """The end, markers that follow taken in; None while more of them may come."""
    place = end
    while True:
        after = place
        while after < len(text) and text[after] in " \t":
            after += 1
        if marker := _MARKER.match(text, after):
            place = marker.end()
            while place < len(text) and text[place] in _STOPS:
                place += 1
            continue
        if ended:
            return place
        rest = text[after:]
        if not rest or (len(rest) < 42 and _OPEN_MARKER.match(rest)):
            return None
        return place


def _sentence(words: str) -> Sentence | None:
    handles = [h for marker in _MARKER.findall(words) for h in _named(marker)]
    text = plain_words(_MARKER.sub("", words))
    if not any(c.isalnum() for c in text):
        return None
    if text[-1] not in _STOPS + CLOSERS and not is_item(words):
        text = text.rstrip("，,；;：:、 ") + "。"
    return Sentence(text[: MAX_SENTENCE + 1], tuple(dict.fromkeys(handles)), is_item(words))


def _named(words: str) -> list[str]:
    """The handles in a marker or a JSON string: [E1, 2] names E1 and E2."""
    return [f"E{int(n)}" for n in re.findall(r"\d{1,3}", words)] if _HANDLE.search(words) else []


def _of_json(text: str) -> list[Sentence] | None:
    """The sentences of a JSON reply; None if it is no such thing."""
    try:
        found = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if lists else [found]
    if not isinstance(found, list):
        return None
    sentences = []
    for one in found:
        if isinstance(one, dict):
            sentences += list(_json_sentences(one))
    return sentences


def _json_sentences(one: dict[str, Any]) -> Iterator[Sentence]:
    words = next(
        (one[k] for k in ("text", "sentence", "answer") if isinstance(one.get(k), str)), ""
    )
    named = next((one[k] for k in ("evidence", "handles", "citations") if k in one), ())
    listed = named if isinstance(named, list) else [named]
    handles = [h for n in listed if isinstance(n, str) for h in _named(n)]
    reader_words, rest = words, ""
    while reader_words:  # a field may hold several sentences: each stands on the same places
        end = _end(reader_words, True)
        if end is None:
            break
        rest, reader_words = reader_words[:end], reader_words[end:]
        if sentence := _sentence(rest):
            own = tuple(dict.fromkeys([*sentence.handles, *handles]))
            yield Sentence(sentence.text, own, sentence.item)
