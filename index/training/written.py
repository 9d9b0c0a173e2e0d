"""Why this file exists: the project's own questions, in the words of the people who ask.

`pairs/questions.tsv` (passage, voice, question) was written for this project: for each passage
how a citizen, an elderly person, a parent, a small company or a clerk would ask for it, mostly in
words that the passage does not use.  `pairs/passages.tsv` says where the passages stand.  None
belongs to a document that anything is measured on; tests hold this.
"""

from __future__ import annotations

import re
from pathlib import Path

from index.training.corpus import Pair
from index.training.sources import Place, Texts, read_places, read_table

FOLDER = Path(__file__).parent / "pairs"

_LABEL = re.compile(r"^第[一二三四五六七八九十百零]+条\s*")


def read_questions() -> list[tuple[str, str, str]]:
    """(passage number, voice, question) of every question."""
    rows = read_table(FOLDER / "questions.tsv", 3)
    return [(number, voice, question) for number, voice, question in rows]


def read_passages() -> dict[str, Place]:
    """Where each passage stands, by its number."""
    return read_places(FOLDER / "passages.tsv")


def written_pairs(data: Path) -> list[Pair]:
    """Every question with the words of its passage, without the article number before them."""
    places, texts = read_passages(), Texts(data)
    return [
        Pair(question, _LABEL.sub("", texts[places[number]]))
        for number, _, question in read_questions()
    ]
