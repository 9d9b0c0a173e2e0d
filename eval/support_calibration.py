"""Calibrates lexical support (`qa.verify.support`): how much of it true and false sentences have.

    python -m eval.support_calibration NCPP_FOLDER PARAPHRASES.jsonl.xz

Run by hand, not at run time.  NCPP_FOLDER holds documents.jsonl and questions.jsonl, as for
`wence eval --retrieval`, each question with `answer`, `start` and `end`.  Sentences of 12
characters or more; weights are inverse document frequencies over the documents' sentences.

True: answers as they stand in their sentence; the same with pieces dropped, turned round, and
common words exchanged.  False: answers beside another sentence of the same document, beside one of
another document, and true sentences with a piece of another document behind them.  Paraphrases by
people (label 1, 0) are another kind of text, short questions; they are shown for comparison.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from eval.jsonl import rows
from ingest.schema import Span
from ingest.sentences import sentences
from qa.verify.claims import plain
from qa.verify.support import MAX_GAP, MIN_PIECE, MIN_SENTENCE, Support, content_words, support

SHORTEST = 12
_SAME = {
    "推动": "推进",
    "开展": "进行",
    "构建": "建设",
    "加强": "强化",
    "提升": "提高",
    "应当": "须",
}
_PIECES = re.compile("[，,；;。]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence that is said, and the text that it cites."""

    kind: str
    said: str
    shown: str


def pairs(folder: Path, rng: random.Random) -> Iterator[Pair]:
    """The true and the false pairs of the answers of a collection."""
    texts = {row["id"]: row["text"] for _, _, row in rows(folder / "documents.jsonl")}
    spans = {name: sentences(text, Span(0, len(text))) for name, text in texts.items()}
    every = [s.of(texts[n]) for n, found in spans.items() for s in found if len(s) >= SHORTEST]
    for _, _, row in rows(folder / "questions.jsonl"):
        name, answer = row["documents"][0], Span(row["start"], row["end"])
        own = [s for s in spans[name] if s.start < answer.end and answer.start < s.end]
        said = row["answer"]
        if len(said) < SHORTEST or not own:
            continue
        shown = Span(own[0].start, own[-1].end).of(texts[name])
        yield Pair("true: as printed", said, shown)
        parts = [p for p in _PIECES.split(said) if p.strip()]
        light = "，".join(rng.sample(parts, max(1, len(parts) * 2 // 3)))
        for word, same in _SAME.items():
            light = light.replace(word, same)
        if len(light) >= SHORTEST:
            yield Pair("true: pieces, turned round, light words", light, shown)
        others = [s for s in spans[name] if s not in own and len(s) >= SHORTEST]
        if others:
            yield Pair("false: same document", said, rng.choice(others).of(texts[name]))
        yield Pair("false: another document", said, rng.choice(every))
        strange = [p for p in _PIECES.split(rng.choice(every)) if len(p) >= 6]
        if strange:
            yield Pair("false: a strange piece behind", f"{light}，{rng.choice(strange)}", shown)


def paraphrases(path: Path, most: int, rng: random.Random) -> Iterator[Pair]:
    """Pairs of people's sentences, by label."""
    found = [row for _, _, row in rows(path)]
    for row in rng.sample(found, min(most, len(found))):
        one, other = sorted((v for v in row.values() if isinstance(v, str)), key=len)[-2:]
        yield Pair(f"people's paraphrases, label {row['label']}", one, other)


def weighing(texts: Sequence[str]) -> Callable[[list[str]], dict[str, float]]:
    """Inverse document frequencies over texts, as `qa.retrieval.concepts.rarity` has them."""
    count = Counter(word for text in texts for word in set(content_words(plain(text))))

    @cache
    def weight(word: str) -> float:
        return log(1 + (len(texts) - count[word] + 0.5) / (count[word] + 0.5))

    return lambda words: {word: weight(word) for word in words}


def measured(found: Sequence[Pair]) -> dict[str, list[Support]]:
    """The support of each pair, by kind."""
    weigh = weighing([pair.shown for pair in found])
    by_kind: dict[str, list[Support]] = {}
    for pair in found:
        said = plain(pair.said)
        one = support(said, plain(pair.shown), weigh(content_words(said)))
        by_kind.setdefault(pair.kind, []).append(one)
    return by_kind


def passing(some: Sequence[Support], sentence: float, piece: float, gap: int) -> float:
    """The share that reaches these thresholds."""
    kept = sum(o.sentence >= sentence and o.piece >= piece and o.gap <= gap for o in some)
    return kept / len(some)


def main() -> None:
    """Print the share of each kind that passes, for a grid of thresholds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ncpp", type=Path)
    parser.add_argument("paraphrases", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - samples, not secrets
    found = measured([*pairs(options.ncpp, rng)])
    found |= measured([*paraphrases(options.paraphrases, 4000, rng)])
    grid = [(s, p, g) for g in (3, 4, 6) for s in (0.6, 0.7, 0.8) for p in (0.4, 0.5, 0.6)]
    print("sentence ≥, piece ≥, gap ≤ → share shown:", *found, sep="\n  ")
    for thresholds in [(MIN_SENTENCE, MIN_PIECE, MAX_GAP), *grid]:
        shares = "  ".join(f"{passing(some, *thresholds):6.1%}" for some in found.values())
        print(*thresholds, "→", shares)
    print("pairs:", *(len(some) for some in found.values()))


if __name__ == "__main__":
    main()
