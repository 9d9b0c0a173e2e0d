"""A model that lies N times: no lie may reach the user; and one that is honest: little may be lost.

    python tests/soak/lies.py --lies 500 --seed 1

Questions are those of the gold files whose answers a model may write, over this repository's
corpus; every reply goes through a real server, LangChain's client, the chain and its check.
"""

import argparse
import json
import logging
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import qa_doubles  # noqa: E402
from lying_model import LyingModel, Prompt, Reply, lying_model  # noqa: E402
from model_honest import Told, honest  # noqa: E402
from model_lies import LIES  # noqa: E402

from qa.answer import Answer, Request, Turn  # noqa: E402
from qa.generate.language_model import LanguageModel  # noqa: E402
from qa.generate.markup import plain_words  # noqa: E402
from qa.service.assistant import Assistant  # noqa: E402
from qa.verify.claims import plain  # noqa: E402

GOLD = HERE.parents[1] / "eval" / "gold"
FILES = ("huangpu-2022", "huangpu-2022-dev2", "huangpu-2022-dev3")


@dataclass
class Figures:
    """What happened: lies told and shown, honest sentences told and lost."""

    told: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    honest: int = 0
    lost: list[str] = field(default_factory=list)


def questions() -> list[Request]:
    """The gold questions with their history, as requests to the model."""
    found = []
    for name in FILES:
        for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            turns = tuple(Turn(one["question"]) for one in row["history"])
            found.append(Request(row["question"], turns, model="liar"))
    return found


def with_model(service: Assistant, model: LyingModel) -> Assistant:
    """The same service with the model under the name "liar"."""
    language_model = LanguageModel("liar", model.settings())
    return Assistant(service.index, service._encoder, models={"liar": language_model})


def asked(service: Assistant, request: Request, stream: bool) -> Answer:
    """The answer, in one piece or streamed; what is streamed must be the answer."""
    if not stream:
        return service.ask(request)
    *events, last = service.stream(request)
    assert isinstance(last.data, Answer)
    text = "".join(str(e.data) for e in events if e.kind == "token")
    assert text == last.data.answer, "streamed text and answer differ"
    return last.data


def writable(service: Assistant) -> list[Request]:
    """The questions that a model is asked at all."""
    steps = service.steps
    found = []
    for request in questions():
        composed = steps.compose(steps.retrieve(steps.understand(request)))
        if steps.to_write(composed) is not None:
            found.append(request)
    return found


def tell_lies(
    service: Assistant, model: LyingModel, pool: list[Request], count: int, seed: int
) -> Figures:
    """`count` answers, each with one lie between honest sentences or alone."""
    rng = random.Random(seed)
    figures = Figures()
    names = sorted(LIES)
    while sum(figures.told.values()) < count:
        kind = names[sum(figures.told.values()) % len(names)]
        request = rng.choice(pool)
        lie: list[Told] = []

        @once
        def reply(prompt: Prompt, kind: str = kind, lie: list[Told] = lie) -> str:
            told = LIES[kind](prompt.evidence, rng)
            if told is None:
                return honest(prompt.evidence, rng).marked
            lie.append(told)
            around = [honest(prompt.evidence, rng) for _ in range(rng.randint(0, 2))]
            # The same words in an honest sentence would be shown, and rightly.
            around = [one for one in around if not alike(one, told)]
            around.insert(rng.randint(0, len(around)), told)
            return written(around, rng)

        model.behave("fine", reply=reply)
        answer = asked(service, request, rng.random() < 0.5)
        qa_doubles.assert_exact(answer, service.corpus)
        if not lie:
            names.append(names.pop(names.index(kind)))
            continue
        figures.told[kind] += 1
        if reached(lie[0], answer, service, request):
            figures.shown.append((kind, lie[0].marked, answer.answer))
    return figures


def once(reply: Reply) -> Reply:
    """The same words at a second attempt, as a model at temperature 0 gives them."""
    said: list[str] = []

    def repeated(prompt: Prompt) -> str:
        if not said:
            said.append(reply(prompt))
        return said[0]

    return repeated


def alike(one: Told, other: Told) -> bool:
    """Whether one of two sentences contains the other."""
    words = [plain(plain_words(told.text)).rstrip("。.") for told in (one, other)]
    return words[0] in words[1] or words[1] in words[0]


def reached(lie: Told, answer: Answer, service: Assistant, request: Request) -> bool:
    """Whether the sentence of a lie stands in an answer, and not in the extractive one anyway."""
    said = plain(plain_words(lie.text)).rstrip("。.")
    if said not in plain(without_markers(answer.answer)):
        return False
    quoted = service.ask(Request(request.question, request.history)).answer
    return said not in plain(without_markers(quoted)) or answer.model != "extractive"


def without_markers(text: str) -> str:
    """An answer without its [1]."""
    import re

    return re.sub(r"\[\d+\]", "", text)


def written(sentences: list[Told], rng: random.Random) -> str:
    """A reply in one of the forms that models use."""
    form = rng.randrange(4)
    if form == 0:
        rows = [{"text": one.text, "evidence": list(one.handles)} for one in sentences]
        text = json.dumps({"sentences": rows}, ensure_ascii=False)
        return f"```json\n{text}\n```" if rng.random() < 0.5 else text
    if form == 1:
        return "\n".join(f"- {one.marked}" for one in sentences)
    thoughts = "<think>先看资料[E1]。</think>\n" if form == 2 else ""
    return thoughts + "".join(one.marked for one in sentences)


def tell_the_truth(
    service: Assistant, model: LyingModel, pool: list[Request], seed: int
) -> Figures:
    """An honest answer to each question: how many of their sentences are withheld."""
    rng = random.Random(seed)
    figures = Figures()
    for request in pool:
        told: list[Told] = []

        @once
        def reply(prompt: Prompt, told: list[Told] = told) -> str:
            order = rng.sample(sorted(prompt.evidence), min(3, len(prompt.evidence)))
            told += [
                honest(prompt.evidence, rng, only=h if rng.random() < 0.7 else "") for h in order
            ]
            return written(told, rng)

        model.behave("fine", reply=reply)
        shown = plain(without_markers(asked(service, request, rng.random() < 0.5).answer))
        figures.honest += len(told)
        figures.lost += [
            one.marked for one in told if plain(plain_words(one.text)).rstrip("。.") not in shown
        ]
    return figures


def main() -> int:
    """Run both and print the figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lies", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=1, help="honest answers to each question")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many of each to print")
    options = parser.parse_args()
    started = time.monotonic()
    logging.getLogger("wence").setLevel(logging.ERROR)  # a lie without a place is no news
    with lying_model() as model:
        service = with_model(qa_doubles.real(shipped=qa_doubles.SHIPPED), model)
        pool = writable(service)
        lies = tell_lies(service, model, pool, options.lies, options.seed)
        truth = tell_the_truth(service, model, pool * options.rounds, options.seed)
    for kind, text, _ in lies.shown[: options.show]:
        print(f"  shown ({kind}): {text}")
    for text in truth.lost[: options.show]:
        print(f"  lost: {text}")
    share = len(truth.lost) / max(1, truth.honest)
    print(dict(sorted(lies.told.items())))
    print(
        f"{sum(lies.told.values())} lies of {len(lies.told)} kinds, {len(lies.shown)} reached the "
        f"user; {truth.honest} honest sentences, {len(truth.lost)} lost ({share:.2%}); "
        f"{time.monotonic() - started:.0f} s"
    )
    return 0 if not lies.shown and share <= 0.02 else 1


if __name__ == "__main__":
    sys.exit(main())
