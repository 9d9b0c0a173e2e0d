"""What must not stand in the tree: paths of one machine, and the corpus inside the program."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A name of a home or work folder at the start of a path, not within an address or another path.
MACHINE_PATH = re.compile(
    r"(?<![\w.~/})-])/(?:"
    + "|".join(["root", "work", "home", "Users", "opt", "mnt", "farm"])
    + r")/\w"
)
GRAM = 12  # characters in a row that a program and a document share only by copying


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the checkout, those not yet added included, those ignored left out."""
    found = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if found.returncode:
        pytest.skip("not a git checkout: no list of the files that belong to the tree")
    names = found.stdout.decode("utf-8").split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def program() -> list[Path]:
    """The Python files outside the tests."""
    return [p for p in tracked() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] != "tests"]


def corpus() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))


def units(text: str) -> set[str]:
    """The units of every printed list of those responsible, longer than 4 characters."""
    lists = re.findall(r"[(（]责任单位[:：]([^)）]*)[)）]", text)
    names = {name.strip() for one in lists for name in re.split("[、,，]", one)}
    return {name for name in names if len(name) > 4}


def task_titles(text: str) -> set[str]:
    """The headings of numbered tasks: what stands between "3." and the first full stop."""
    return set(re.findall(r"^\s*\d{1,2}\.(\S[^。\n]{3,39})。", text, re.MULTILINE))


def grams(text: str) -> set[str]:
    """Every run of `GRAM` Chinese characters of the text, with the signs between them."""
    runs = re.findall(r"[\u4e00-\u9fff，,、。;；:：]+", text)
    return {run[at : at + GRAM] for run in runs for at in range(len(run) - GRAM + 1)}


def test_no_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # weights and pictures
        found += [f"{path.relative_to(ROOT)}: {one[0]}" for one in MACHINE_PATH.finditer(text)]
    assert found == []


def test_a_path_of_one_machine_would_be_found() -> None:
    assert MACHINE_PATH.search(f"open('/{'root'}/x')")
    assert not MACHINE_PATH.search("https://example.org/home/x docs/work/x ~/opt/x")


def test_the_corpus_yields_units_titles_and_runs_to_look_for() -> None:
    assert len(units(corpus())) > 20
    assert len(task_titles(corpus())) > 15
    assert len(grams(corpus())) > 1000


def test_the_program_knows_no_unit_or_task_of_the_corpus() -> None:
    names = units(corpus()) | task_titles(corpus())
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in program()
        for name in sorted(names)
        if name in path.read_text("utf-8")
    ]
    assert found == []


def test_the_program_holds_no_text_of_the_corpus() -> None:
    known = grams(corpus())
    found = [
        f"{path.relative_to(ROOT)}: {gram}"
        for path in program()
        for gram in sorted(known & grams(path.read_text("utf-8")))
    ]
    assert found == []
