"""The LangChain retriever returns exact passages with their place; a reranker orders them again."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder
from langchain_core.runnables import RunnableLambda
from model_folders import encoder_folder, reranker_folder
from qa_doubles import ask, invented, write_invented

from index.backend import Hit
from index.errors import RerankerError
from index.local import LocalIndex
from index.reranker import CrossEncoderReranker, Scores
from ingest.parse import parse_file
from qa.answer import Request
from qa.errors import EmptyQuestionError
from qa.retrieval.reranking import reranked_hits
from qa.retrieval.retriever import PassageRetriever
from qa.retrieval.search import Searcher
from qa.service.assistant import Assistant
from qa.service.library import Library
from qa.service.settings import Settings

QUESTION = "护学路建设多少条"


class Wanting:
    """Likes texts with a word in them; it keeps what it read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.read += texts
        return np.array([self.word in text for text in texts], np.float32)


def searcher(*reranking: object) -> Searcher:
    service = invented()
    return Searcher(service.index, service.corpus.encoder, *reranking)  # type: ignore[arg-type]


def test_page_content_is_the_text_under_its_span() -> None:
    corpus = invented().corpus
    found = PassageRetriever(searcher=searcher(), k=7).invoke(QUESTION)
    assert len(found) == 7
    for one in found:
        place = one.metadata
        text = corpus.text(place["document_id"])
        assert one.page_content
        assert text[place["start"] : place["end"]] == one.page_content
        assert place["title"] == corpus.infos[place["document_id"]].title
        named = [c for c in corpus.clauses(place["document_id"]) if c.path == place["clause"]]
        assert list(named[0].heading_path) == place["heading_path"]
        assert named[0].span.start <= place["start"] < place["end"] <= named[0].span.end
    first = found[0].metadata
    assert "护学路22条" in found[0].page_content
    assert (first["number"], first["clause"]) == ("青绿行〔2031〕12号", "二/(二)/5")
    scores = [one.metadata["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert len({one.id for one in found}) == 7


def test_its_order_is_that_of_the_search_and_it_chains_and_awaits() -> None:
    retriever = PassageRetriever(searcher=searcher(), k=5)
    keys = [hit.key for hit in searcher().search(QUESTION, 5).fused]
    found = retriever.invoke(QUESTION)
    assert [one.id for one in found] == [f"{key.document_id}:{key.ordinal}" for key in keys]
    assert asyncio.run(retriever.ainvoke(QUESTION)) == found
    chain = retriever | RunnableLambda(lambda documents: documents[0].page_content)
    assert chain.invoke(QUESTION) == found[0].page_content


def test_what_is_no_question_is_refused() -> None:
    with pytest.raises(EmptyQuestionError):
        PassageRetriever(searcher=searcher()).invoke("？")


def test_a_reranker_moves_the_best_to_the_front_of_the_fused_order_only() -> None:
    plain = searcher().search(QUESTION, 8)
    reranker = Wanting("公共充电桩")
    found = searcher(reranker, 6).search(QUESTION, 8)
    assert found.arms == plain.arms
    assert sorted(hit.key for hit in found.fused) == sorted(hit.key for hit in plain.fused)
    assert [hit.key for hit in found.fused[6:]] == [hit.key for hit in plain.fused[6:]]
    assert [hit.score for hit in found.fused] == [hit.score for hit in plain.fused]
    assert len(reranker.read) == 6
    assert any("5.建设护学路" in text for text in reranker.read)  # the heading is read too


def test_what_a_reranker_likes_is_found_beyond_k() -> None:
    fused = searcher().search(QUESTION, 8).fused
    order = [hit.key for hit in fused]
    words = invented().corpus.passages(order[5:6])[0].text
    (first,) = searcher(Wanting(words), 8).search(QUESTION, 1).fused
    assert first == Hit(order[5], fused[0].score)
    assert reranked_hits("问", [], invented().corpus, Wanting("甲")) == []


def test_an_answer_follows_the_reranker() -> None:
    service = invented()
    question = "月牙河步道和护学路建设什么"
    liked, not_liked = "护学路", "滨水步道"
    if liked in ask(service, question).citations[0].quote:
        liked, not_liked = not_liked, liked
    assert not_liked in str(ask(service, question).citations[0].heading_path)
    reranker = Wanting(liked)
    other = Assistant(service.index, service.corpus.encoder, reranker)
    asked = other.steps.understand(Request(question))
    before = service.steps.retrieve(asked).result.ranking
    after = other.steps.retrieve(asked).result.ranking
    assert liked in service.corpus.clause(after.clauses[0].key).heading_path[-1]
    assert before.clauses[0].key != after.clauses[0].key
    assert [one.score for one in after.clauses] == [one.score for one in before.clauses]
    assert {one.key for one in after.clauses} == {one.key for one in before.clauses}
    assert liked in str(ask(other, question).citations[0].heading_path)


def test_models_of_the_settings_serve_from_the_index_to_the_answer(tmp_path: Path) -> None:
    settings = Settings(
        index_dir=tmp_path / "index",
        encoder=str(encoder_folder(tmp_path / "encoder")),
        encoder_query_prompt="查询：",
        reranker=str(reranker_folder(tmp_path / "reranker")),
        rerank_top=4,
    )
    with Library.open(settings) as library:
        library.add([write_invented(tmp_path)])
    service = Assistant.open(settings)
    assert ask(service, "护学路由谁负责?").status in ("answered", "partial", "not_found")
    found = PassageRetriever(searcher=service.searcher, k=3).invoke(QUESTION)
    assert len(found) == 3
    reranker = service.searcher._reranker
    assert isinstance(reranker, CrossEncoderReranker)
    scores = reranker.score(QUESTION, [one.page_content for one in found])
    assert np.isfinite(scores).all()
    with pytest.raises(RerankerError, match="没有文件夹"):
        Assistant.open(settings.model_copy(update={"reranker": str(tmp_path / "nowhere")}))


class Telling(HashingEncoder):
    """Tells what it was given as passages and what as questions."""

    def __init__(self) -> None:
        super().__init__(256)
        self.passages: list[str] = []
        self.questions: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.passages += texts
        return super().encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        self.questions += texts
        return super().encode(texts)


def test_a_search_reads_the_question_as_one(tmp_path: Path) -> None:
    encoder = Telling()
    with LocalIndex.create(tmp_path / "index", encoder) as index:
        index.add([parse_file(write_invented(tmp_path) / "travel.txt")])
        searcher = Searcher(index, encoder)
        searcher.search("护学路", 5)
    assert "护学路" in encoder.questions
    assert "护学路" not in encoder.passages
