"""Wanted words are found as the rules of shared/cases find them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.many_judge import DENIALS
from eval.matching import has, overlaps

RULES = Path(__file__).parents[2] / "shared" / "cases" / "score_cases.py"
WORDS = st.text(st.sampled_from("甲乙元40.%８ \n，①"), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    if not RULES.is_file():
        pytest.skip("no shared/cases beside this checkout")
    spec = importlib.util.spec_from_file_location("score_cases", RULES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("补贴28万元", "8万元", False),
        ("补贴8万元", "8万元", True),
        ("60.5%", "60", False),
        ("0.5元", "5元", False),
        ("6000件", "60", False),
        ("４０％", "40%", True),
        ("甲\n局", "甲局", True),
        ("12\n34", "1234", False),
        ("第①项", "1", True),
    ],
)
def test_a_number_is_found_only_whole_and_forms_do_not_matter(
    text: str, wanted: str, found: bool
) -> None:
    assert has(text, wanted) is found


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("每台补贴28万元。", "（每台补贴28万元）", True),
        ("前文。每台补贴二十八万元", "每台补贴二十八元", True),
        ("每台补贴二十万", "每台补贴三十万", False),
        ("", "每台", False),
        ("。", "每台", False),
    ],
)
def test_passages_overlap_by_six_characters_or_as_a_whole(one: str, other: str, met: bool) -> None:
    assert overlaps(one, other) is met
    assert overlaps(other, one) is met


@given(text=WORDS, wanted=WORDS.filter(str.strip))
def test_words_are_found_as_the_rules_find_them(rules: ModuleType, text: str, wanted: str) -> None:
    assert has(text, wanted) == rules.has(text, wanted)


@given(one=WORDS, other=WORDS)
def test_overlaps_are_those_of_the_rules(rules: ModuleType, one: str, other: str) -> None:
    assert overlaps(one, other) == rules.overlaps(one, other)


def test_denials_are_those_of_the_rules(rules: ModuleType) -> None:
    assert rules.DENIALS == DENIALS
