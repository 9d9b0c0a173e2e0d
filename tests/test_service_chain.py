"""The whole as a LangChain Runnable: invoked, batched, streamed, tapped and taken apart."""

import asyncio
from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableLambda, RunnableSequence
from qa_doubles import ask, invented

from qa.answer import Answer, Request
from qa.draft import Draft, Statement
from qa.execute.result import Evidence
from qa.service.chain import Composed, build_chain

QUESTIONS = ["护学路由谁负责?", "区财政局有哪些任务?", "绿色出行比例要达到多少?"]


def chain() -> RunnableSequence[Request, Answer]:
    service = invented()
    built: Runnable[Request, Answer] = service.chain
    assert isinstance(built, RunnableSequence)
    return built


def same(one: Answer, other: Answer) -> bool:
    return replace(one, timings_ms={}) == replace(other, timings_ms={})


def test_its_steps_are_those_of_the_design() -> None:
    names = [step.get_name() for step in chain().steps]
    assert names == ["understand", "retrieve", "compose", "write", "verify"]


def test_invoke_batch_and_the_service_agree() -> None:
    requests = [Request(q) for q in QUESTIONS]
    for question, batched in zip(QUESTIONS, chain().batch(requests), strict=True):
        assert same(batched, chain().invoke(Request(question)))
        assert same(batched, ask(invented(), question))


def test_streaming_and_awaiting_give_the_same_answer() -> None:
    request = Request(QUESTIONS[0])
    (streamed,) = chain().stream(request)
    assert same(streamed, chain().invoke(request))
    assert same(asyncio.run(chain().ainvoke(request)), streamed)


def test_timings_are_measured() -> None:
    timings = chain().invoke(Request(QUESTIONS[0])).timings_ms
    assert set(timings) >= {"retrieve", "total"}
    assert 0 < timings["retrieve"] < timings["total"] < 60_000


def test_a_step_can_be_replaced_and_the_check_still_holds() -> None:
    def invent(given: Composed) -> Composed:
        claim = Statement("护学路共有4711条。")
        return replace(given, draft=Draft("answered", (claim,)))

    understand, retrieve, compose, write, verify = chain().steps
    lying = understand | retrieve | compose | RunnableLambda(invent) | write | verify
    answer = lying.invoke(Request(QUESTIONS[0]))
    assert "4711" not in answer.answer
    assert answer.verification.withheld == 1
    assert answer.status == "partial"
    assert "1句未通过核验" in answer.answer


def test_what_stands_between_the_steps_can_be_looked_at() -> None:
    understand, retrieve, compose, *_ = chain().steps
    composed = (understand | retrieve | compose).invoke(Request(QUESTIONS[0]))
    assert isinstance(composed, Composed)
    assert composed.retrieved.asked.plan.select == "duty"
    assert isinstance(composed.retrieved.result.found, Evidence)


def test_it_is_built_over_any_corpus_and_encoder() -> None:
    corpus = invented().corpus
    built = build_chain(corpus, corpus.encoder)
    assert same(built.invoke(Request(QUESTIONS[0])), ask(invented(), QUESTIONS[0]))


def test_the_stream_of_the_service_ends_with_the_whole_answer() -> None:
    events = list(invented().stream(Request(QUESTIONS[1])))
    *before, last = events
    assert last.kind == "answer"
    assert isinstance(last.data, Answer)
    assert same(last.data, ask(invented(), QUESTIONS[1]))
    tokens = "".join(str(e.data) for e in before if e.kind == "token")
    assert tokens == last.data.answer


def test_the_assistant_answers_as_the_chain_does() -> None:
    for question in QUESTIONS:
        assert same(invented().ask(Request(question)), invented().chain.invoke(Request(question)))
