"""The project's own training data: enough of it, and apart from everything that is measured."""

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.gold import read_gold
from eval.retrieval_sets.make import FOLDER, NAMES, make
from index.training.lay_cloze import read_thesaurus
from index.training.sources import LAWS, Texts, read_places, read_table
from index.training.written import FOLDER as PAIRS
from index.training.written import read_passages, read_questions, written_pairs

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FIELDS = {
    "health",
    "insurance",
    "schools",
    "housing",
    "transport",
    "elderly",
    "disability",
    "jobs",
    "aid",
    "police",
    "market",
    "food",
    "fire",
    "environment",
    "building",
    "culture",
    "networks",
    "data",
    "finance",
    "licences",
    "taxes",
}


def bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def asked_for_measuring() -> dict[str, str]:
    found = {}
    for path in sorted((ROOT / "eval/gold").glob("*.jsonl")):
        for one in read_gold(path):
            for text in (one.question, *one.history):
                found[bare(text)] = path.name
    for name in NAMES:
        for _, _, text in read_table(FOLDER / f"{name}.questions.tsv", 3):
            found[bare(text)] = name
    return found


def test_there_are_thousands_of_questions_over_all_fields() -> None:
    rows = read_table(PAIRS / "passages.tsv", 6)
    field = {number: name for number, name, *_ in rows}
    by_field = Counter(field[number] for number, _, _ in read_questions())
    assert sum(by_field.values()) >= 4_000
    assert set(by_field) >= FIELDS
    assert min(by_field[name] for name in FIELDS) >= 100


def test_no_question_is_written_twice_or_anywhere_asked_for_measuring() -> None:
    texts = [bare(question) for _, _, question in read_questions()]
    assert len(set(texts)) == len(texts)
    measured = asked_for_measuring()
    assert [text for text in texts if text in measured] == []


def test_no_passage_is_of_a_document_that_is_measured_on() -> None:
    ours = {(place.source, place.document) for place in read_passages().values()}
    for name in NAMES:
        theirs = read_places(FOLDER / f"{name}.passages.tsv").values()
        assert ours.isdisjoint({(place.source, place.document) for place in theirs}), name
    assert not any(source.startswith("bench/ncpp") for source, _ in ours)
    titles = {path.stem for path in (ROOT / "corpus").glob("*.txt")}
    assert not any(title in document for title in titles for _, document in ours)


def test_every_question_has_a_passage() -> None:
    assert {number for number, _, _ in read_questions()} <= set(read_passages())


def test_the_thesaurus_is_large_and_no_lay_word_has_two_meanings() -> None:
    groups = read_thesaurus(ROOT / "qa/words/data/thesaurus.tsv")
    assert len(groups) >= 2_500
    lay = [word for group in groups for word in group.lay]
    assert len(set(lay)) == len(lay)
    assert {group.field for group in groups} >= FIELDS | {"tourism", "privacy"}


@pytest.mark.parametrize("name", NAMES)
def test_a_test_set_has_enough_questions_and_knows_its_clauses(name: str) -> None:
    clauses = read_places(FOLDER / f"{name}.passages.tsv")
    rows = list(read_table(FOLDER / f"{name}.questions.tsv", 3))
    assert len(rows) >= 200
    assert all(number in clauses for numbers, _, _ in rows for number in numbers.split(","))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the training texts are not beside the project")
def test_passages_stand_where_they_are_said_to_stand(tmp_path: Path) -> None:
    laws = [place for place in read_passages().values() if place.source == LAWS]
    texts = Texts(SHARED)
    begun = sum(bool(re.match("第[一二三四五六七八九十百零]+条", texts[place])) for place in laws)
    assert begun / len(laws) > 0.99
    make("lay-natural", SHARED, tmp_path)
    assert (tmp_path / "questions.jsonl").read_text("utf-8").count("\n") >= 200
    assert len(written_pairs(SHARED)) == len(read_questions())
