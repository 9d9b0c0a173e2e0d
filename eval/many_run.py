"""Asking the questions of `eval/gold/many` of the program, and of the plain baseline beside it.

All documents are in one temporary index, whichever part is asked about: many documents are the
normal case.  The index of the settings is neither read nor written.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from eval.baseline import plain_over
from eval.collection import materialized
from eval.gold import GoldQuestion
from eval.replies import Reply
from eval.retrieval_run import indexed_folder
from eval.run import Ask, answered
from index.encoder import load_encoder
from index.reranker import load_reranker
from qa.retrieval.corpus import Corpus
from qa.service.assistant import Assistant
from qa.service.settings import load_settings


@contextmanager
def asking(texts: Mapping[str, bytes]) -> Iterator[tuple[Ask, Ask]]:
    """The program and the plain baseline over a temporary index of these documents."""
    settings = load_settings()
    encoder = load_encoder(*settings.encoder_choice)
    reranker = load_reranker(settings.reranker)
    with materialized(texts) as folder, indexed_folder(folder, encoder) as index:
        assistant = Assistant(index, encoder, reranker, settings.rerank_top)
        yield assistant.ask, plain_over(Corpus(index, encoder), encoder)


def replies(questions: Iterable[GoldQuestion], ask: Ask) -> dict[str, Reply]:
    """What comes back for every question, by its id; a crash is what came back as well."""
    found = {}
    for gold in questions:
        try:
            found[gold.id] = Reply(*answered(gold, ask))
        except Exception as error:
            found[gold.id] = Reply(None, 0.0, f"{type(error).__name__}: {error}")
    return found
