"""What `wence bench --scale` measures inside fresh processes: `python -m eval.scale_tasks TASK`.

As `eval.bench_tasks`, for one index of a given size: samples are printed, nothing is summed up.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.bench_process import PEAK_UNIT
from eval.bench_tasks import changes, main
from qa.service.settings import load_settings

K = 10
"""Hits that are asked for, of every arm and every rival."""

_WARM_UP = 5
_QUESTIONS_FROM = 10_000  # passages; larger corpora begin with the same ones
_AT_ONCE = 2_048
_TIE = 1e-6  # inner products that differ by less are equal


def questions(folder: str, passages: int, count: int) -> dict[str, Any]:
    """Questions made from the beginning of the corpus, for all sizes."""
    from eval.bench_corpus import SEED, Corpus
    from eval.bench_questions import of_documents

    corpus = Corpus(Path(folder), min(passages, _QUESTIONS_FROM))
    return {"asked": of_documents(corpus, count, SEED)}


def build(folder: str, passages: int, index: str) -> dict[str, Any]:
    """Make the corpus and build the index while it is made."""
    from dataclasses import asdict

    from eval.bench_corpus import Corpus
    from index.encoder import load_encoder
    from index.local import LocalIndex

    encoder = load_encoder(*load_settings().encoder_choice)
    corpus = Corpus(Path(folder), passages)
    started = time.perf_counter()
    with LocalIndex.create(index, encoder) as made:
        made.add(corpus.unread(), intake=corpus)
    wall = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        **asdict(corpus.spent),
        "wall_s": wall,
        "cores": os.cpu_count() or 1,
        "cpu_s": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
        "peak_mb": own.ru_maxrss * PEAK_UNIT / 1e6,
        "worker_peak_mb": others.ru_maxrss * PEAK_UNIT / 1e6,
    }


def cold(index: str, question: str) -> dict[str, Any]:
    """From the first import to the first fused result."""
    started = time.perf_counter()
    from index.encoder import load_encoder
    from index.local import LocalIndex
    from qa.retrieval.search import Searcher

    encoder = load_encoder(*load_settings().encoder_choice)
    Searcher(LocalIndex.open(index, encoder), encoder).search(question, K)
    return {"cold_ms": (time.perf_counter() - started) * 1000}


def search(index: str, asked: list[tuple[str, list[Any] | None]]) -> dict[str, Any]:
    """Each question to each arm alone, then to all of them; and how often its source was found."""
    from index.encoder import encode_queries, load_encoder
    from index.local import LocalIndex
    from qa.retrieval.search import Searcher

    encoder = load_encoder(*load_settings().encoder_choice)
    opened = LocalIndex.open(index, encoder)
    searcher = Searcher(opened, encoder)
    for question, _ in asked[-_WARM_UP:]:
        searcher.search(question, K)
    names = ("lexical_ms", "dense_ms", "fused_ms")
    samples: dict[str, list[float]] = {name: [] for name in names}
    found: dict[str, list[bool]] = {"lexical": [], "dense": [], "fused": []}
    for question, source in asked:
        clock = [time.perf_counter()]
        lexical = opened.search_lexical(question, K)
        clock.append(time.perf_counter())
        vector = encode_queries(encoder, [question])[0]
        dense = opened.search_dense(vector, K) if vector.any() else []
        clock.append(time.perf_counter())
        fused = searcher.search(question, K).fused
        clock.append(time.perf_counter())
        for name, start, end in zip(names, clock, clock[1:], strict=False):
            samples[name].append((end - start) * 1000)
        if source is not None:
            for arm, hits in (("lexical", lexical), ("dense", dense), ("fused", fused)):
                found[arm].append(tuple(source) in [hit.key for hit in hits])
    return {**samples, "found": found, **memory()}


def answers(index: str, asked: list[str]) -> dict[str, Any]:
    """Whole answers of a service, the first one apart, and what the process holds then."""
    from qa.answer import Request
    from qa.service.assistant import Assistant

    settings = load_settings().model_copy(update={"index_dir": Path(index)})
    service = Assistant.open(settings)
    times = []
    for question in asked:
        started = time.perf_counter()
        service.ask(Request(question))
        times.append((time.perf_counter() - started) * 1000)
    return {"answer_ms": times, **memory()}


def recall(index: str, asked: list[str]) -> dict[str, Any]:
    """recall@K of the dense arm for each question, against the inner products with all passages.

    A hit counts if no more than K - 1 passages are nearer, so equal passages are equally good.
    """
    import numpy as np

    from index.encoder import encode_queries, load_encoder
    from index.local import LocalIndex

    encoder = load_encoder(*load_settings().encoder_choice)
    with LocalIndex.open(index, encoder) as opened:
        wanted = encode_queries(encoder, asked)
        wanted = wanted[wanted.any(axis=1)]
        best = np.full((len(wanted), K), -np.inf, np.float32)
        count = 0
        for _, texts in passages(opened):
            scores = wanted @ encoder.encode(texts).T
            count += len(texts)
            best = -np.partition(-np.hstack([best, scores]), K - 1, axis=1)[:, :K]
        least, enough = best.min(axis=1), min(K, count)
        if count < K:
            least[:] = -np.inf
        shares = []
        for vector, floor in zip(wanted, least, strict=True):
            keys = [hit.key for hit in opened.search_dense(vector, K)]
            texts = [_input(one.passage.context, one.text) for one in opened.get(keys)]
            near = encoder.encode(texts) @ vector >= floor - _TIE
            shares.append(min(1.0, float(near.sum()) / enough))
    return {"recall": shares}


def export(index: str, folder: str) -> dict[str, Any]:
    """The passages and their vectors, for the rivals: passages.jsonl and vectors.npy."""
    import numpy as np

    from index.encoder import load_encoder
    from index.local import LocalIndex

    encoder = load_encoder(*load_settings().encoder_choice)
    vectors = []
    with (
        LocalIndex.open(index, encoder) as opened,
        (Path(folder) / "passages.jsonl").open("w", encoding="utf-8") as lines,
    ):
        for keys, texts in passages(opened):
            vectors.append(encoder.encode(texts))
            lines.writelines(
                json.dumps([*key, text], ensure_ascii=False) + "\n"
                for key, text in zip(keys, texts, strict=True)
            )
    np.save(Path(folder) / "vectors.npy", np.concatenate(vectors), allow_pickle=False)
    return {}


def rival(name: str, folder: str, asked: list[tuple[str, list[Any] | None]]) -> dict[str, Any]:
    """Build one rival on the exported passages and ask it the same questions."""
    from eval.bench_rivals import measure

    return {**measure(name, Path(folder), asked, K), **memory()}


def passages(opened: Any) -> Iterator[tuple[list[tuple[str, int]], list[str]]]:
    """Keys and texts, as the encoder is given them, of all passages, some at a time."""
    keys: list[tuple[str, int]] = []
    texts: list[str] = []
    for info in opened.documents():
        for one in opened.passages(info.id) if info.held else ():
            keys.append((info.id, one.passage.ordinal))
            texts.append(_input(one.passage.context, one.text))
        if len(texts) >= _AT_ONCE:
            yield keys, texts
            keys, texts = [], []
    if texts:
        yield keys, texts


def memory() -> dict[str, float]:
    """Megabytes that this process holds now: all of them, and those it shares with no file.

    Empty where the system has no /proc.
    """
    try:
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return {}
    sizes = dict(line.split(":", 1) for line in lines)
    return {
        name: int(sizes[key].split()[0]) * 1024 / 1e6
        for name, key in (("resident_mb", "VmRSS"), ("private_mb", "RssAnon"))
        if key in sizes
    }


def _input(context: str, text: str) -> str:
    from index.terms import dense_input

    return dense_input(context, text)


def run(arguments: Sequence[str]) -> int:
    """Run one of the tasks below."""
    tasks = (questions, build, cold, search, answers, recall, export, rival, changes)
    return main(list(arguments), {one.__name__: one for one in tasks})


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
