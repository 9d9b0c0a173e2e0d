"""What `wence bench` measures inside fresh processes: `python -m eval.bench_tasks TASK`.

A task takes its options from standard input, as one JSON object, and prints samples: seconds
(`…_s`), milliseconds (`…_ms`) or counts.  Nothing is summed up here.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from index.errors import UnknownDocumentError
from ingest.errors import WenceError
from ingest.parse import declared, document_files, parse_bytes, parse_file
from qa.service.settings import load_settings

_WARM_UP = 10
_PHRASE = "候鸟驿站饮水器"
_EXTRA = f"""星屿镇{_PHRASE}管理办法

第一条 为规范{_PHRASE}的设置,制定本办法。

第二条 {_PHRASE}每季度清洗2次,由星屿镇环境事务所负责。

第三条 本办法自2030年1月1日起施行。
"""
"""An invented document that no corpus holds, to be added and withdrawn."""


def build(folder: str, scratch: str, rounds: int) -> dict[str, Any]:
    """Read all documents, encode all passages, and build an index: each once a round."""
    from index.encoder import load_encoder
    from index.local import LocalIndex
    from index.store import Indexable
    from index.writing import dense_input

    encoder = load_encoder(*load_settings().encoder_choice)
    samples: dict[str, list[float]] = {"parse_s": [], "encode_s": [], "build_s": []}
    counts = {"documents": 0, "characters": 0, "passages": 0}
    for number in range(rounds):
        started = time.perf_counter()
        documents = [parse_file(path, stated) for path, stated in document_files(Path(folder))]
        samples["parse_s"].append(time.perf_counter() - started)
        texts = [
            dense_input(Indexable(0, "", passage.context, passage.span.of(parsed.document.text)))
            for parsed in documents
            for passage in parsed.passages
        ]
        started = time.perf_counter()
        encoder.encode(texts)
        samples["encode_s"].append(time.perf_counter() - started)
        root = Path(scratch) / f"built-{number}"
        started = time.perf_counter()
        with LocalIndex.create(root, encoder) as index:
            index.add(documents)
            index.declare(declared(Path(folder)))
        samples["build_s"].append(time.perf_counter() - started)
        shutil.rmtree(root, ignore_errors=True)  # an engine may still let go of a file
        lengths = [len(parsed.document.text) for parsed in documents]
        counts = {"documents": len(lengths), "characters": sum(lengths), "passages": len(texts)}
    return {**samples, **counts}


def first(index: str, question: str) -> dict[str, Any]:
    """What the first question waits for: encoder, index, first lexical and first dense search.

    The imports of each step are within it.
    """
    clock = [time.perf_counter()]
    from index.encoder import encode_queries, load_encoder

    encoder = load_encoder(*load_settings().encoder_choice)
    clock.append(time.perf_counter())
    from index.local import LocalIndex

    opened = LocalIndex.open(index, encoder)
    clock.append(time.perf_counter())
    opened.search_lexical(question, 10)
    clock.append(time.perf_counter())
    opened.search_dense(encode_queries(encoder, [question])[0], 10)
    clock.append(time.perf_counter())
    names = ("load_encoder_ms", "open_index_ms", "first_lexical_ms", "first_dense_ms")
    return {
        name: [(end - start) * 1000]
        for name, start, end in zip(names, clock, clock[1:], strict=False)
    }


def chosen(index: str, count: int) -> dict[str, Any]:
    """The questions to ask."""
    from eval.bench_questions import questions
    from index.local import LocalIndex

    with LocalIndex.open(index) as opened:
        return {"questions": questions(opened, count)}


def answers(index: str, asked: list[str]) -> dict[str, Any]:
    """Each question once to a service that is awake, then to each arm alone."""
    from eval.bench_questions import warm_up
    from index.encoder import encode_queries
    from qa.answer import Request
    from qa.retrieval.candidates import LEXICAL as POOL
    from qa.service.assistant import Assistant

    settings = load_settings().model_copy(update={"index_dir": Path(index)})
    service = Assistant.open(settings)
    unknown = ("星屿区候鸟局有哪些任务?", "shei fuze?")  # have the tables for typing errors made
    for question in (*warm_up(service.index, _WARM_UP), *unknown):
        service.ask(Request(question))
    stages = ("answer_ms", "retrieve_ms", "total_ms")
    arms = ("encode_question_ms", "lexical_ms", "dense_ms")
    samples: dict[str, list[float]] = {name: [] for name in (*stages, *arms)}
    status: dict[str, int] = {}
    for question in asked:
        started = time.perf_counter()
        answer = service.ask(Request(question))
        samples["answer_ms"].append((time.perf_counter() - started) * 1000)
        for stage in ("retrieve", "total"):
            samples[f"{stage}_ms"].append(answer.timings_ms[stage])
        status[answer.status] = status.get(answer.status, 0) + 1
    encoder = service.corpus.encoder
    for question in asked:
        clock = [time.perf_counter()]
        vector = encode_queries(encoder, [question])[0]
        clock.append(time.perf_counter())
        service.index.search_lexical(question, POOL)
        clock.append(time.perf_counter())
        service.index.search_dense(vector, POOL)
        clock.append(time.perf_counter())
        for name, start, end in zip(arms, clock, clock[1:], strict=False):
            samples[name].append((end - start) * 1000)
    return {**samples, "status": status}


def changes(index: str, rounds: int) -> dict[str, Any]:
    """Add a document, find it as a reader would, withdraw it; in the end all is as before.

    Raises WenceError if it is not found once added, or found once withdrawn.
    """
    from index.encoder import load_encoder
    from index.local import LocalIndex

    encoder = load_encoder(*load_settings().encoder_choice)
    names = ("add_one_ms", "find_one_ms", "delete_one_ms", "miss_one_ms")
    samples: dict[str, list[float]] = {name: [] for name in names}
    reader = LocalIndex.open(index, encoder)
    with LocalIndex.open(index, encoder, writable=True) as writer:
        for _ in range(rounds):
            started = time.perf_counter()
            parsed = parse_bytes(_EXTRA.encode(), "bench.txt")
            writer.add([parsed])
            added = time.perf_counter()
            reader = reader.latest()
            hits = reader.search_lexical(_PHRASE, 1)
            found = time.perf_counter()
            writer.delete([parsed.document.id])
            deleted = time.perf_counter()
            if [hit.key.document_id for hit in hits] != [parsed.document.id]:
                raise _unexpected("新添加的文件查不到", "添加后即可查到")
            try:
                reader.latest().document(parsed.document.id)
            except UnknownDocumentError:
                pass
            else:
                raise _unexpected("已撤下的文件仍可读出", "撤下后不再存在")
            clock = (started, added, found, deleted, time.perf_counter())
            for name, start, end in zip(names, clock, clock[1:], strict=False):
                samples[name].append((end - start) * 1000)
    return samples


def _unexpected(seen: str, wanted: str) -> WenceError:
    return WenceError(seen, wanted, "运行 wence doctor 并报告此问题")


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "build": build,
    "first": first,
    "chosen": chosen,
    "answers": answers,
    "changes": changes,
}


def main(arguments: list[str], tasks: Mapping[str, Callable[..., dict[str, Any]]] = TASKS) -> int:
    """Run one of the tasks and print what it found as one JSON object."""
    (name,) = arguments
    try:
        print(json.dumps(tasks[name](**json.load(sys.stdin)), ensure_ascii=False))
    except WenceError as error:
        print(f"{error}({error.code})", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
