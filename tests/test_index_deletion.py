"""A deleted document is in no byte of the folder."""

from pathlib import Path

import pytest
import tantivy
from index_doubles import HashingEncoder, corpus, document

from index.local import LocalIndex
from index.tokens import bigrams, words
from index.verify import verify

ENCODER = HashingEncoder()
SECRET = "魑魅魍魉饕餮zxqv8842"


def traces_looked_for() -> set[tuple[str, str]]:
    """Fields and terms of the secret that no other document has."""
    found = {("words", word) for word in words(SECRET) if len(word) > 1}
    return found | {("bigrams", pair) for pair in bigrams(SECRET)}


def terms(folder: Path) -> int:
    """How many terms of the secret tantivy's dictionaries know; they count deleted passages, too.

    A term dictionary is an automaton, so its bytes do not show the terms.
    """
    index = tantivy.Index.open(str(next(folder.glob("lexical-*"))))
    return sum(index.searcher().doc_freq(*looked) > 0 for looked in traces_looked_for())


def traces(folder: Path) -> set[str]:
    """Which pieces of the secret stand in which files, as UTF-8 or UTF-16, also backwards."""
    pieces = {SECRET, "魑魅魍魉", *(term for _, term in traces_looked_for())}
    return {
        f"{piece} in {path.relative_to(folder)}"
        for path in folder.rglob("*")
        if path.is_file()
        for piece in pieces
        for coding in ("utf-8", "utf-16-le")
        for order in (1, -1)
        if piece.encode(coding)[::order] in path.read_bytes()
    }


@pytest.mark.parametrize("way", ["deleted", "replaced", "deleted without an encoder"])
@pytest.mark.parametrize("alone", [True, False], ids=["own segment", "shared segment"])
def test_nothing_is_left_in_any_file(tmp_path, way, alone):
    root = tmp_path / "index"
    secret = document("secret", f"关于{SECRET}的规定。" * 300, title=f"办法{SECRET}")
    with LocalIndex.create(root, ENCODER) as index:
        if alone:
            index.add(corpus(3, 20))
            index.add([secret])
        else:
            index.add([*corpus(3, 20), secret])
        assert any("store.sqlite" in trace for trace in traces(root))
        assert terms(root) == len(traces_looked_for())
        if way == "replaced":
            index.add([document("secret", "换过的内容。")])
            index.compact(full=True)
        elif way == "deleted":
            index.delete(["secret"])
            index.compact(full=True)
    if way == "deleted without an encoder":
        with LocalIndex.open(root, writable=True) as index:
            index.delete(["secret"])
            index.compact(full=True)
    assert traces(root) == set()
    assert terms(root) == 0
    assert verify(root, ENCODER) == []


def test_the_number_of_a_deleted_passage_is_never_given_again(tmp_path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add([document("a", "甲。", "乙。")])
        index.delete(["a"])
        index.add([document("b", "丙。")])
        (hit,) = index.search_dense(ENCODER.encode(["丙"])[0], 9)
        assert hit.key == ("b", 1)
        assert [view.store.pids() for view in index._generation.views] == [[3]]
