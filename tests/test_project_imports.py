"""Imports run one way, and each engine is imported in as few files as its job allows."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
ENGINES = ("faiss", "fastapi", "jieba", "langchain", "langchain_core", "rjieba",
           "sentence_transformers", "streamlit", "tantivy")  # fmt: skip


def test_every_package_of_the_tree_is_under_contract() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == set(CONFIG["root_packages"])


def test_the_layers_are_those_of_the_design() -> None:
    layers = [one for one in CONFIG["contracts"] if one["type"] == "layers"]
    packages, rooms = layers
    assert packages["layers"] == ["ui | eval", "qa", "index", "ingest"]
    assert (rooms["containers"], rooms["exhaustive"]) == (["qa"], True)
    names = {name for layer in rooms["layers"] for name in layer.split(" | ")}
    within = {path.stem for path in (ROOT / "qa").glob("*.py")} - {"__init__"}
    within |= {path.parent.name for path in (ROOT / "qa").glob("*/__init__.py")}
    assert names == within


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_has_its_own_files(engine: str) -> None:
    (contract,) = [one for one in CONFIG["contracts"] if engine in one.get("forbidden_modules", [])]
    assert set(contract["source_modules"]) == set(CONFIG["root_packages"])
    allowed = [one for one in contract["ignore_imports"] if one.endswith(f" -> {engine}")]
    assert all("*" not in one for one in allowed), "each file is named"
    # A rival that is only measured beside ours hangs on an engine without the program doing so.
    assert len([one for one in allowed if not one.startswith("eval.bench_rivals ")]) <= 3


def test_the_contracts_hold() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 broken" in found.stdout
