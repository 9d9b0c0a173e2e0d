"""The package's tables of words (*.toml), which the grammars read their vocabulary from."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_table(name: str) -> dict[str, Any]:
    """One of the package's tables of words."""
    return tomllib.loads(files("ingest").joinpath(name).read_text("utf-8"))
