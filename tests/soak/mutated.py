"""Thousands of mutated questions over any folder: none may end in an unhandled error.

    python tests/soak/mutated.py FOLDER --questions 20000 --seed 1

Questions are made of what the documents print (headings, labels, units, titles, cells) and of what
people ask, cut, joined and strewn with words that point; some have a history.  Every citation must
be the text under its span.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from qa.answer import Request, Turn  # noqa: E402
from qa.errors import QuestionError  # noqa: E402
from qa.retrieval.corpus import Corpus  # noqa: E402
from qa.service.assistant import Assistant  # noqa: E402
from qa.service.library import Library  # noqa: E402
from qa.service.settings import Settings  # noqa: E402

ASKS = [
    "{}由谁负责?", "{}有哪些?", "{}是多少?", "{}是什么?", "{}怎么办?", "什么时候{}?", "为什么{}?",
    "{}和{}有什么不同?", "{}和{}分别是多少?", "{}最多的是哪个?", "{}一共有几项?", "有没有{}?",
    "{}是不是{}?", "除了{}还有谁?", "{}有哪些任务?", "《{}》第三条规定了什么?", "第{}条是什么?",
    "{}比{}多多少?", "Who is responsible for {}?", "那{}呢?", "{}合计多少?", "{}的文号?",
]  # fmt: skip
FRAGMENTS = [
    "第20项", "第一项和第二项", "分别", "对比", "其中", "它俩", "前者", "“一件事”", "除了区科委",
    "区民政局", "最多", "最少", "哪些", "几个", "2000个", "第二部分(三)", "谁有本事谁来", "、", ",",
    "?", "(", "”", "“", "《", "》", "20.", "多少", "养老", "为什么", "附件", "街道", "是不是",
    "2022年", "和", "|", "---", "#", "第五条第二款第(三)项", "杭州市", "〔2022〕1号", "工单类型",
    "有效期", "到期", "呢", "这项", "上一条", "万元", "不超过", "%", "\n", "　", "IPv6", "who",
]  # fmt: skip


@dataclass
class Figures:
    """What happened: answers by status, refused questions, and the errors with their questions."""

    statuses: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    errors: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)


def printed(corpus: Corpus) -> list[str]:
    """Words that the documents print: titles, headings, labels, units, cells and short lines."""
    found: dict[str, None] = dict.fromkeys(corpus.units)
    for info in corpus.held:
        found |= dict.fromkeys((info.title, info.number, info.issuer))
        for clause in corpus.clauses(info.id):
            found |= dict.fromkeys((clause.heading, clause.label))
            line = clause.body.of(corpus.text(info.id)).strip()[:40]
            found |= dict.fromkeys((line, *line.strip("|").split("|")))
    return [one.strip() for one in found if one.strip()]


def questions(words: list[str], rng: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Mutated questions with their histories, without end."""
    while True:
        history = [_question(words, rng) for _ in range(rng.choice((0, 0, 0, 1, 2, 3)))]
        yield _question(words, rng), tuple(history)


def _question(words: list[str], rng: random.Random) -> str:
    form = rng.choice(ASKS)
    question = form.format(*(rng.choice(words) for _ in range(form.count("{}"))))
    place = rng.randrange(len(question))
    return rng.choice((
        question,
        question[:place] + rng.choice(FRAGMENTS) + question[place:],
        question[: place + 1],
        "".join(rng.choices(FRAGMENTS, k=rng.randint(1, 6))),
        question + rng.choice(words) + rng.choice(FRAGMENTS),
    ))  # fmt: skip


def ask_mutated(service: Assistant, number: int, seed: int) -> Figures:
    """Ask so many questions; every error is kept with its question."""
    figures = Figures()
    made = questions(printed(service.corpus), random.Random(seed))
    for _ in range(number):
        question, history = next(made)
        try:
            answer = service.ask(Request(question, tuple(Turn(one) for one in history)))
            figures.statuses[answer.status] += 1
            for one in answer.citations:
                text = service.corpus.text(one.document_id)
                if text[one.start : one.end] != one.quote:
                    raise ValueError(f"{one.quote!r} is not the text at {one.start}")
            if not answer.answer:
                raise ValueError("the answer is empty")
        except QuestionError:
            figures.refused += 1
        except Exception:
            figures.errors.append((question, history, traceback.format_exc()))
    return figures


def main() -> int:
    """Index the folder, ask, report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="documents to be asked about")
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index_dir=Path(folder) / "index")
        with Library.open(settings) as library:
            library.add([given.folder])
        service = Assistant.open(settings)
        started = time.monotonic()
        figures = ask_mutated(service, given.questions, given.seed)
        taken = time.monotonic() - started
    print(f"{given.questions} questions in {taken:.0f} s: {dict(figures.statuses)}, "
          f"{figures.refused} refused, {len(figures.errors)} errors")  # fmt: skip
    for question, history, trace in figures.errors[:10]:
        print(f"\n{question!r} after {history!r}\n{trace}")
    return bool(figures.errors)


if __name__ == "__main__":
    sys.exit(main())
