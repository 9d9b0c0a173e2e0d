"""A deleted or replaced document is in no byte of the folder."""

from pathlib import Path

import pytest
import tantivy
from index_doubles import HashingEncoder, corpus, document

from index.draft import Draft
from index.encoder import shipped_encoder
from index.local import LocalIndex
from index.pace import Pace
from index.tokens import bigrams, words
from index.verify import verify
from ingest.errors import ReadError
from ingest.parse import Unread
from ingest.schema import DocumentInfo

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
    looked = {
        piece.encode(coding)[::order]: piece
        for piece in pieces
        for coding in ("utf-8", "utf-16-le")
        for order in (1, -1)
    }
    looked[shipped_encoder().ids([SECRET])[0].tobytes()] = "its token ids"
    return {
        f"{piece} in {path.relative_to(folder)}"
        for path in folder.rglob("*")
        if path.is_file()
        for wanted, piece in looked.items()
        if wanted in path.read_bytes()
    }


WAYS = (
    *("deleted", "replaced", "replaced twice in a call", "replaced in batches"),
    *("superseded", "declared and held", "deleted without an encoder"),
)


class Superseding:
    """An intake by which what is given comes in the place of the secret document."""

    def read(self, made: Draft) -> Draft:
        return made._replace(supersedes="secret")

    def unreadable(self, unread: Unread, error: ReadError) -> None:
        raise error


@pytest.mark.parametrize("way", WAYS)
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
        assert any("token ids" in trace for trace in traces(root))
        later = document("secret", "换过的内容。")
        if way == "replaced":
            index.add([later])
        elif way == "replaced twice in a call":
            index.add([document("secret", f"又是{SECRET}。"), later])
        elif way == "replaced in batches":
            index.add([secret, later, *corpus(3, 20)], pace=Pace(shortest=0, longest=0))
        elif way == "superseded":
            index.add([document("other", "换过的内容。")], intake=Superseding())
        elif way == "declared and held":  # its title is a secret, too, and is said again
            index.delete(["secret"])
            index.declare([DocumentInfo("secret", f"办法{SECRET}", held=False)])
            index.add([later])
        elif way == "deleted":
            index.delete(["secret"])
        if way != "deleted without an encoder":
            assert index.search_lexical("魑魅魍魉", 9) == []
            assert SECRET not in str(index.documents()) + str(index.facts())
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
