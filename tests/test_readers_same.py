"""One document in five formats: the same clauses, facts and answers, whatever the file was."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from five_formats import five
from pdf_files import prints
from ten_documents_more import TEN

from eval.many_run import asking
from ingest.parse import parse_bytes
from ingest.schema import ParsedDocument
from qa.answer import Answer, Request


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("five")


@cache
def files(kind: str, folder: Path) -> dict[str, bytes]:
    return five(TEN[kind], kind, folder)


def skip_unprinted() -> None:
    """Says of a test that four formats passed and the fifth could not be made."""
    if not prints():
        pytest.skip("the PDF needs Chromium with a Chinese font: apt-get install chromium")


def bare(words: str) -> str:
    return "".join(words.split())


def clauses(parsed: ParsedDocument) -> list[tuple[str, ...]]:
    text = parsed.document.text
    return [(c.kind, bare(c.path), bare(c.heading), bare(c.body.of(text))) for c in parsed.clauses]


def facts(parsed: ParsedDocument) -> list[tuple[Any, ...]]:
    text = parsed.document.text
    return [
        (
            *(f.kind, bare(f.who), f.role, bare(f.what), f.value, f.measure, f.bound),
            *(bare(f.when), bare(f.span.of(text))),
        )
        for f in parsed.facts
    ]


def head(parsed: ParsedDocument) -> tuple[Any, ...]:
    info = parsed.document.info
    return info.title, info.number, info.issuer, info.issued, info.effective


@pytest.mark.parametrize("kind", TEN)
def test_the_same_clauses_and_facts(kind: str, folder: Path) -> None:
    made = files(kind, folder)
    read = {name: parse_bytes(data, name) for name, data in made.items()}
    first = read[f"{kind}.txt"]
    for name, parsed in read.items():
        assert head(parsed) == head(first), name
        assert clauses(parsed) == clauses(first), name
        assert facts(parsed) == facts(first), name
    assert first.document.title == TEN[kind].title
    skip_unprinted()


def told(answer: Answer) -> tuple[str, str]:
    return answer.status, bare(answer.answer)


@pytest.mark.parametrize("kind", TEN)
def test_the_same_answers(kind: str, folder: Path) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, data in files(kind, folder).items():
        with asking({name: data}) as (program, _):
            found[name] = [told(program(Request(question))) for question in TEN[kind].questions]
    first = found[f"{kind}.txt"]
    for name, answers in found.items():
        assert answers == first, name
    assert {status for status, _ in first} <= {"answered", "partial"}
    skip_unprinted()
