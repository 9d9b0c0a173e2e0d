"""Questions cut, joined and strewn with words that point: whatever is asked, there is an answer."""

from pathlib import Path
from random import Random

import pytest
from qa_doubles import SHIPPED, ask, assert_exact, invented, real

from eval.gold import read_gold
from qa.errors import QuestionError

GOLD = Path(__file__).parent.parent / "eval/gold"
FRAGMENTS = [
    "第20项",
    "第一项和第二项",
    "分别",
    "对比",
    "其中",
    "它俩",
    "前者",
    "“一件事”",
    "除了区科委",
    "区民政局",
    "最多",
    "哪些",
    "几个",
    "2000个",
    "第二部分(三)",
    "谁有本事谁来",
    "、",
    ",",
    "?",
    "(",
    "”",
    "“",
    "20.",
    "多少",
    "养老",
    "为什么",
    "附件",
    "街道",
    "是不是",
    "2022年",
    "和",
    "护学路",
]


@pytest.mark.parametrize("seed", range(6))
def test_no_question_breaks_the_answering(seed: int) -> None:
    asked = [g.question for g in read_gold(GOLD / "huangpu-2022.jsonl")]
    random = Random(seed)
    services = (real(shipped=SHIPPED), invented(shipped=SHIPPED))
    for _ in range(60):
        question = random.choice(asked)
        place = random.randrange(len(question))
        question = random.choice(
            (
                question[:place] + random.choice(FRAGMENTS) + question[place:],
                question[: place + 1],
                "".join(random.choices(FRAGMENTS, k=random.randint(1, 6))),
                question + random.choice(asked),
            )
        )
        history = random.choices(asked, k=random.randint(0, 3))
        service = random.choice(services)
        try:
            answer = ask(service, question, *history)
        except QuestionError:
            continue
        assert answer.answer
        assert_exact(answer, service.corpus)
