"""What people use otherwise, on the same passages and questions: the rivals of `--scale`.

`langchain` repeats, step by step, what LangChain's users put together: BM25Retriever
(rank_bm25.BM25Okapi, `get_top_n`) over jieba words, a FAISS flat index (its default, L2) over the
vectors, and EnsembleRetriever's weighted reciprocal ranks (.5/.5, c = 60).  Those classes stand in
langchain_community and langchain_classic, which are not depended on.  `bm25s` gets our terms, as
does the full-text index of `lancedb`, which knows no Chinese; its vectors are searched without an
index, exactly.  None of them is told anything about the passages that we know.
"""

import importlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.dense import engine
from index.encoder import encode_queries, load_encoder
from index.tokens import bigrams, words
from qa.service.settings import load_settings

_C = 60  # EnsembleRetriever's constant
_WEIGHTS = (0.5, 0.5)
_WARM_UP = 3

Places = list[int]
Search = Callable[[str], Places]
"""A question to places in the list of passages, best first."""


class Given(NamedTuple):
    """What every rival is built from; `vectors` is (n, dim) float32, `embed` makes (dim,)."""

    texts: list[str]
    vectors: np.ndarray
    embed: Callable[[str], np.ndarray]
    folder: Path
    k: int


class Rival(NamedTuple):
    """The searches that a rival has, by the name of our arm."""

    searches: Mapping[str, Search]


class Ensemble(BaseRetriever):
    """The two retrievers of LangChain's usual stack and the fusion of their ranks."""

    lexical: Callable[[str], list[Document]]
    dense: Callable[[str], list[Document]]
    k: int

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        scores: dict[str, float] = {}
        first: dict[str, Document] = {}
        for weight, found in zip(_WEIGHTS, (self.lexical(query), self.dense(query)), strict=True):
            for rank, document in enumerate(found, start=1):
                words = document.page_content
                scores[words] = scores.get(words, 0.0) + weight / (rank + _C)
                first.setdefault(words, document)
        return sorted(first.values(), key=lambda one: scores[one.page_content], reverse=True)


def langchain(given: Given) -> Rival:
    """BM25Retriever, FAISS and EnsembleRetriever as they are usually put together."""
    okapi = _module("rank_bm25").BM25Okapi
    cutter = jieba.Tokenizer()
    cutter.tmp_dir = str(given.folder)  # its cache in the shared temporary folder is a risk
    documents = [
        Document(page_content=text, metadata={"place": place})
        for place, text in enumerate(given.texts)
    ]
    bm25 = okapi([cutter.lcut(text) for text in given.texts])
    faiss = engine()
    flat = faiss.IndexFlatL2(given.vectors.shape[1])
    flat.add(np.ascontiguousarray(given.vectors))

    def lexical(query: str) -> list[Document]:
        found: list[Document] = bm25.get_top_n(cutter.lcut(query), documents, n=given.k)
        return found

    def dense(query: str) -> list[Document]:
        _, places = flat.search(given.embed(query)[None, :], given.k)
        return [documents[place] for place in places[0] if place >= 0]

    both = Ensemble(lexical=lexical, dense=dense, k=given.k)
    return Rival(
        {
            "lexical": lambda query: _places(lexical(query)),
            "dense": lambda query: _places(dense(query)),
            "fused": lambda query: _places(both.invoke(query))[: given.k],
        }
    )


def bm25s(given: Given) -> Rival:
    """bm25s with numpy, over our words and pairs of characters."""
    index = _module("bm25s").BM25()
    index.index([_terms(text) for text in given.texts], show_progress=False)

    def lexical(query: str) -> Places:
        k = min(given.k, len(given.texts))
        found, _ = index.retrieve([_terms(query)], k=k, show_progress=False)
        return [int(place) for place in found[0]]

    return Rival({"lexical": lexical})


def lancedb(given: Given) -> Rival:
    """LanceDB: full text over our terms, vectors without an index, hybrid by its own fusion."""
    fts = _module("lancedb.index").FTS(
        base_tokenizer="whitespace", stem=False, remove_stop_words=False, ascii_folding=False,
        lower_case=False, max_token_length=None,
    )  # fmt: skip
    arrow, fuse = _module("pyarrow"), _module("lancedb.rerankers").RRFReranker()
    rows = arrow.table(
        {
            "place": np.arange(len(given.texts)),
            "terms": [" ".join(_terms(text)) for text in given.texts],
            "vector": arrow.FixedSizeListArray.from_arrays(
                np.ascontiguousarray(given.vectors).ravel(), given.vectors.shape[1]
            ),
        }
    )
    database = _module("lancedb").connect(str(given.folder / "lancedb"))
    table = database.create_table("passages", data=rows)
    table.create_index("terms", config=fts)

    def lexical(query: str) -> Places:
        return _found(table.search(" ".join(_terms(query)), query_type="fts"))

    def dense(query: str) -> Places:
        return _found(table.search(given.embed(query), query_type="vector"))

    def fused(query: str) -> Places:
        search = table.search(query_type="hybrid").vector(given.embed(query))
        return _found(search.text(" ".join(_terms(query))).rerank(fuse))

    def _found(search: Any) -> Places:
        return [row["place"] for row in search.select(["place"]).limit(given.k).to_list()]

    return Rival({"lexical": lexical, "dense": dense, "fused": fused})


RIVALS: dict[str, Callable[[Given], Rival]] = {
    "langchain": langchain,
    "bm25s": bm25s,
    "lancedb": lancedb,
}


def measure(
    name: str, folder: Path, asked: Sequence[tuple[str, Sequence[Any] | None]], k: int
) -> dict[str, Any]:
    """Build one rival from what `folder` holds and ask it everything, one arm after the other."""
    keys, texts = [], []
    for line in (folder / "passages.jsonl").read_text("utf-8").split("\n")[:-1]:
        document, ordinal, text = json.loads(line)
        keys.append((document, ordinal))
        texts.append(text)
    encoder = load_encoder(*load_settings().encoder_choice)
    vectors = np.load(folder / "vectors.npy", allow_pickle=False)
    given = Given(texts, vectors, lambda query: encode_queries(encoder, [query])[0], folder, k)
    started = time.perf_counter()
    made = RIVALS[name](given)
    found: dict[str, Any] = {"build_s": time.perf_counter() - started, "found": {}}
    for arm, search in made.searches.items():
        for question, _ in asked[-_WARM_UP:]:
            search(question)
        times, hits = [], []
        for question, source in asked:
            start = time.perf_counter()
            places = search(question)
            times.append((time.perf_counter() - start) * 1000)
            if source is not None:
                hits.append(tuple(source) in [keys[place] for place in places])
        found[f"{arm}_ms"], found["found"][arm] = times, hits
    data = folder / "lancedb"
    sizes = [path.stat().st_size for path in data.rglob("*") if path.is_file()]
    return found | ({"disk_bytes": sum(sizes)} if sizes else {})


def _terms(text: str) -> list[str]:
    return [*words(text), *bigrams(text)]


def _places(documents: Sequence[Document]) -> Places:
    return [document.metadata["place"] for document in documents]


def _module(name: str) -> Any:
    """A module that need not be installed, and whose types are no concern of ours."""
    return importlib.import_module(name)
