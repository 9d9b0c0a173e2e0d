"""What an honest model writes from the evidence of its prompt, and what lies are made of."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qa.verify.claims import plain

_STOP = re.compile("[,，;；]")
_PAIRS = [("“", "”"), ("《", "》"), ("(", ")"), ("（", "）")]
LINKS = [
    "",
    "",
    "",
    "根据文件，",
    "文件提出，",
    "具体来说，",
    "其中，",
    "按照规定，",
    "资料写明，",
    "同时，",
]
SYNONYMS = {"推动": "推进", "开展": "进行", "构建": "建设", "加快": "加速", "提升": "提高"}
DIGITS = dict(zip("23456789", "二三四五六七八九", strict=True))


@dataclass(frozen=True)
class Told:
    """A sentence with the handles that it names."""

    text: str
    handles: tuple[str, ...]

    @property
    def marked(self) -> str:
        return self.text + "".join(f"[{h}]" for h in self.handles)


def pieces_of(words: str) -> list[str]:
    """The pieces of a sentence between commas, none cut inside a quotation."""
    found = [""]
    for char in words.strip().rstrip("。"):
        balanced = all(found[-1].count(a) == found[-1].count(b) for a, b in _PAIRS)
        if _STOP.match(char) and balanced:
            found.append("")
        else:
            found[-1] += char
    return [piece.strip() for piece in found if len(piece.strip()) > 1]


def honest(evidence: Mapping[str, str], rng: random.Random, only: str = "") -> Told:
    """A sentence that says what one or two pieces say: quoted, cut, reordered, in light words."""
    handle = only or rng.choice(sorted(evidence))
    parts = pieces_of(evidence[handle])
    if not parts:
        return Told(evidence[handle], (handle,))
    handles: tuple[str, ...] = (handle,)
    way = rng.randrange(6)
    link = rng.choice(LINKS)
    if way == 0:
        return Told(link + "，".join(parts) + "。", handles)
    if way == 1:
        quoted = rng.choice(parts)
        if not re.search('[“”"]', quoted):
            return Told(f"{link.rstrip('，')}“{quoted}”。".lstrip("，"), handles)
    if way in (1, 2):  # some pieces, in their order
        kept = sorted(rng.sample(range(len(parts)), rng.randint(1, len(parts))))
        text = "，".join(parts[i] for i in kept)
    elif way == 3:  # the other way round
        text = "，".join(rng.sample(parts, min(len(parts), 3)))
    elif way == 4 and len(evidence) > 1 and not only:  # two pieces of evidence in one sentence
        other = rng.choice([h for h in sorted(evidence) if h != handle])
        text = f"{rng.choice(parts)}，并且{(pieces_of(evidence[other]) or [evidence[other]])[0]}"
        handles = (handle, other)
    else:  # light words
        text = "，".join(parts[: rng.randint(1, 3)])
        for word, same in SYNONYMS.items():
            if word in text and rng.random() < 0.5:
                text = text.replace(word, same, 1)
        number = re.search(r"(?<![\d.])([2-9])(?=[个家项条座所])", text)
        if number and rng.random() < 0.7:
            text = text[: number.start()] + DIGITS[number[1]] + text[number.end() :]
    return Told(link + text.rstrip("。") + "。", handles)


Lie = Callable[[Mapping[str, str], random.Random], Told | None]


def base(evidence: Mapping[str, str], rng: random.Random) -> tuple[str, str]:
    handle = rng.choice(sorted(evidence))
    parts = pieces_of(evidence[handle]) or [evidence[handle]]
    kept = sorted(rng.sample(range(len(parts)), rng.randint(1, min(3, len(parts)))))
    return "，".join(parts[i] for i in kept), handle


def everything(evidence: Mapping[str, str]) -> str:
    return plain("\n".join(evidence.values()))


def said_with(
    evidence: Mapping[str, str], rng: random.Random, pattern: re.Pattern[str]
) -> tuple[str, str, re.Match[str]] | None:
    found = [
        (part, handle, match)
        for handle, words in evidence.items()
        for part in pieces_of(words)
        for match in pattern.finditer(part)
    ]
    return rng.choice(found) if found else None
