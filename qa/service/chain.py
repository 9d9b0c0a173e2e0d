"""The whole as a LangChain Runnable: understand | retrieve | compose | write | verify.

Each step takes and returns records (see `steps`), so any of them can be tapped, replaced or traced;
the input is a `Request`, the output an `Answer`.
"""

from langchain_core.runnables import Runnable, RunnableLambda

from index.encoder import Encoder
from index.reranker import TOP, Reranker
from qa.answer import Answer, Request
from qa.retrieval.corpus import Corpus
from qa.service.steps import Asked, Composed, Retrieved, Steps


def build_chain(
    corpus: Corpus, encoder: Encoder, reranker: Reranker | None = None, rerank_top: int = TOP
) -> Runnable[Request, Answer]:
    """The chain over one generation of an index."""
    return chain_of(Steps(corpus, encoder, reranker, rerank_top))


def chain_of(steps: Steps) -> Runnable[Request, Answer]:
    """The steps as a sequence that LangChain can invoke, batch, stream and trace."""
    return (
        RunnableLambda(steps.understand, name="understand")
        | RunnableLambda(steps.retrieve, name="retrieve")
        | RunnableLambda(steps.compose, name="compose")
        | RunnableLambda(steps.write, name="write")
        | RunnableLambda(steps.verify, name="verify")
    )


__all__ = ["Asked", "Composed", "Retrieved", "build_chain", "chain_of"]
