"""The program and the baseline are asked over one index of all documents, and crashes are kept."""

from eval.collection import as_read
from eval.gold import GoldQuestion
from eval.many_run import asking, replies
from eval.replies import judged
from ingest.errors import WenceError
from qa.answer import Answer, Request
from qa.errors import EmptyQuestionError

TEXTS = {
    name: "\n".join(lines).encode()
    for name, lines in {
        "dogs.txt": ("甲市养犬管理条例", "第一条 养犬应当登记。", "第二条 登记费每年二百元。"),
        "smoke.txt": ("甲市控制吸烟条例", "第一条 室内禁止吸烟。", "第二条 违者罚款五十元。"),
    }.items()
}
GOLD = GoldQuestion(
    "a-1", "amount", "室内吸烟违者罚款多少?", must=("五十元",), documents=("smoke.txt",),
    quote="违者罚款五十元",
)  # fmt: skip


def test_documents_are_cited_by_the_names_that_the_questions_have() -> None:
    with asking(TEXTS) as (program, plain):
        for ask in (program, plain):
            (found,) = judged([GOLD], replies([GOLD], ask), as_read(TEXTS).get)
            assert (found.verdict.right, found.verdict.why) == (True, "")
            assert found.verdict.first_document
            assert found.verdict.evidence
            assert found.verdict.exact
            assert found.reply.ms > 0


def test_the_baseline_reads_an_earlier_question_with_the_question() -> None:
    with asking(TEXTS) as (_, plain):
        later = GoldQuestion("a-2", "followup", "多少钱?", ("养犬登记费怎么收?",))
        answer = replies([later], plain)["a-2"].answer
    assert answer is not None
    assert answer.citations[0].document_id == "dogs.txt"


def test_a_crash_is_what_came_back_and_a_rejection_is_a_refusal() -> None:
    def ask(request: Request) -> Answer:
        if request.question == "?":
            raise EmptyQuestionError("问题为空", "至少一个字", "输入问题")
        raise KeyError("x")

    rejected = GoldQuestion("u-1", "unanswerable", "?", answerable=False)
    came = replies([GOLD, rejected], ask)
    assert came["a-1"].answer is None
    assert came["a-1"].error == "KeyError: 'x'"
    assert not issubclass(KeyError, WenceError)
    answer = came["u-1"].answer
    assert answer is not None
    assert answer.status == "clarify"
