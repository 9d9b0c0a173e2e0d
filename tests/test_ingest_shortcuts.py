"""What reading passes over for speed's sake holds nothing of what it looks for."""

import random
import re

import pytest

from ingest import lines, metadata, subjects, times, titles, unit_lists
from ingest.characters import SPACE
from ingest.numbers.bounds import bound_words
from ingest.words import word_table

# Without the lookahead for the first character, which is what is held here.
_LEAD = re.compile(re.sub(r"^\(\?=\[[^\]]*\]\)", "", subjects._LEAD.pattern))
_DEADLINE = re.compile(re.sub(r"^\(\?=\[[^\]]*\]\)", "", times._DEADLINE.pattern))
_PARTS = [
    *"一二三十百千万亿两零〇12345,.．-～至到年月日期末底前内外",
    *"多余分之个项家元米克瓦时小点的中局，。、（）(“”甲乙丙 \u3000",
    *word_table("measures.toml")["measures"],
    *word_table("measures.toml")["counting"],
    *bound_words("before", "reached", "after"),
    *(
        "不少于",
        "达到",
        "至少",
        "力争",
        "应当",
        "每年",
        "其中",
        "十四五期间",
        "今年底",
        "同比增长",
        "原则上",
    ),
    *(
        "责任单位：",
        "牵头",
        "负责",
        "附件：",
        "版权所有",
        "ICP备",
        "来源：",
        "Copyright",
        "通知",
        "办法",
    ),
]
_TRAIL_WORDS = re.findall("[\u4e00-\u9fff]+", subjects._TRAIL.pattern)


def random_texts(count: int, longest: int = 14) -> list[str]:
    chooser = random.Random(count)
    parts = [*_PARTS, *_TRAIL_WORDS]
    return ["".join(chooser.choices(parts, k=chooser.randint(1, longest))) for _ in range(count)]


def test_words_around_a_subject_begin_and_end_as_the_classes_say():
    leads = trails = dated = 0
    for text in random_texts(30_000, 6):
        lead, plain = subjects._LEAD.match(text), _LEAD.match(text)
        assert (lead and lead.span()) == (plain and plain.span()), text
        if subjects._TRAIL.search(text):
            assert text[-1] in subjects._TRAIL_ENDS, text
            trails += 1
        found = [match.span() for match in _DEADLINE.finditer(text)]
        assert [match.span() for match in times._DEADLINE.finditer(text)] == found, text
        if found:
            assert times._HOLDS.search(text), text
            dated += 1
        leads += plain is not None
    assert min(leads, trails, dated) > 400


def first_characters(parts) -> set[str]:
    """What a parsed pattern may begin with; only what `lines._STARTS` is made of."""
    found: set[str] = set()
    for kind, value in parts:
        if kind is re._constants.LITERAL:
            return found | {chr(value)}
        if kind is re._constants.BRANCH:
            return found.union(*(first_characters(branch) for branch in value[1]))
        if kind is re._constants.SUBPATTERN:
            return found | first_characters(value[3])
        assert (kind, value[0]) == (re._constants.MAX_REPEAT, 0)
        found |= first_characters(value[2])
    raise AssertionError("a pattern that may be empty")


@pytest.mark.parametrize("words", lines._STARTS)
def test_furniture_begins_as_the_class_says(words: str):
    begins = first_characters(re._parser.parse(words))
    assert {case for char in begins for case in (char, char.upper(), char.lower())} <= lines._FIRST


def test_furniture_anywhere_is_told_by_its_words():
    anywhere = re.compile(lines._ANYWHERE, re.IGNORECASE)
    for text in [
        *random_texts(5_000),
        "icp备",
        "沪ICP备1号",
        "公网安备",
        "网站标识码",
        "点击此处",
        "阅读原文",
    ]:
        if anywhere.search(text):
            assert any(word in text for word in lines._TELLING), text


def test_titles_and_labels_end_as_the_classes_say():
    for text in [
        *random_texts(5_000),
        "甲市的管理办法（试行）",
        "发文机关：甲",
        "印发日期 : 2022-01-02",
    ]:
        if titles._TITLE.search(text):
            assert text[-1] in titles._TITLE_ENDS, text
        if any(pattern.search(text) for pattern in metadata._LABELS.values()):
            assert metadata._LABEL_ENDS.search(text), text
    for labels in metadata._NAMES.values():
        for word in labels.split("|"):
            assert metadata._LABEL_ENDS.search(f"{word}{SPACE[0]}："), word


def test_every_verb_that_closes_a_list_is_looked_for():
    names = unit_lists.unit_words()
    for text in random_texts(5_000):
        if names.closing_verb.search(text):
            assert names.verb.search(text), text
