"""Indexes of older versions are brought up to date, and a rebuild goes on where it was killed."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from index_doubles import HashingEncoder, corpus, document, full_document

from index import manifest, rebuilding, rows, sealing
from index.encoder import shipped_encoder
from index.errors import CorruptIndexError, ForeignIndexError
from index.facts import FactQuery
from index.local import LocalIndex
from index.manifest import LAYOUT
from index.migrations import MIGRATIONS, SCHEMA, migrate
from index.rebuilding import outdated, rebuild
from index.store import Store
from index.verify import verify
from ingest.schema import DocumentInfo, Fact, ParsedDocument

ENCODER = HashingEncoder()
DECLARED = DocumentInfo(id="rules", title="示例办法", held=False)


def insert(connection: sqlite3.Connection, table: str, columns: str, values: list) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)


def first_store(path: Path, documents: list[ParsedDocument]) -> None:
    """A store as version 0.1.0 wrote it, after the first migration."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, MIGRATIONS[:1])
    documents_columns = f"{rows.DOCUMENT_COLUMNS.removesuffix(', pages, recognized')}, digest"
    insert(connection, "documents", documents_columns, [(*rows.document_row(DECLARED)[:-2], "")])
    for parsed in documents:
        made = rows.DocumentRows.of(parsed)
        insert(connection, "documents", documents_columns, [(*made.document[:-2], made.digest())])
        insert(connection, "texts", "document_id, text", [(parsed.document.id, made.text)])
        insert(connection, "clauses", rows.CLAUSE_COLUMNS, made.clauses)
        old_columns = rows.PASSAGE_COLUMNS.removesuffix(", text")
        insert(connection, "passages", old_columns, [row[:-1] for row in made.passages])
        for table, facts in facts_apart(parsed.facts).items():
            numbered = [(seq, *row) for seq, row in enumerate(facts)]
            insert(connection, table, f"seq, {TABLES[table]}", numbered)
    connection.close()


TABLES = {
    "responsibilities": (
        'document_id, clause, unit, role, start, "end", group_start, group_end, open_ended'
    ),
    "targets": (
        "document_id, clause, subject, comparator, value, unit, printed, deadline, "
        'start, "end", subject_start, subject_end, sentence_start, sentence_end'
    ),
    "references": 'document_id, clause, title, start, "end", target',
}
"""The tables of facts up to the third migration, with their columns."""


def facts_apart(facts: Sequence[Fact]) -> dict[str, list[rows.Row]]:
    """The rows of facts in those tables; none had dates."""
    found: dict[str, list[rows.Row]] = {table: [] for table in TABLES}
    for fact in facts:
        span, group = (fact.span.start, fact.span.end), (fact.group.start, fact.group.end)
        place = (fact.document_id, fact.clause)
        if fact.kind == "duty":
            row = (*place, fact.who, fact.role, *span, *group, int(fact.open))
            found["responsibilities"].append(row)
        elif fact.kind == "figure":
            value = None if fact.value is None else str(fact.value)
            said = (fact.what, fact.bound, value, fact.measure, "printed", fact.when)
            found["targets"].append((*place, *said, *span, *span, *group))
        elif fact.kind == "reference":
            found["references"].append((*place, fact.what, *span, fact.target))
    return found


def undated(parsed: ParsedDocument) -> ParsedDocument:
    """What an older version knew of a document."""
    known = ("duty", "figure", "reference")
    return replace(parsed, facts=[fact for fact in parsed.facts if fact.kind in known])


def taken_back(path: Path) -> dict[str, int]:
    """Undo the last two migrations of a store; returns the number of facts by their tables."""
    store = Store(path)
    apart = facts_apart(store.facts(FactQuery()))
    store.close()
    first = sqlite3.connect(":memory:", isolation_level=None)
    migrate(first, MIGRATIONS[:1])
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "DROP TABLE names; DROP TABLE facts; ALTER TABLE documents DROP COLUMN pages;"
        "ALTER TABLE documents DROP COLUMN recognized; PRAGMA user_version = 2;"
    )
    for table, found in apart.items():
        sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
        connection.execute(first.execute(sql, (table,)).fetchone()[0])
        numbered = [(seq, *row) for seq, row in enumerate(found)]
        insert(connection, table, f"seq, {TABLES[table]}", numbered)
    connection.close()
    return {table: len(found) for table, found in apart.items()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of an index of layout 1, as far as an upgrade looks at it."""
    root = tmp_path / "index"
    (root / "generation-00000007").mkdir(parents=True)
    first_store(root / "generation-00000007" / "store.sqlite", [full_document(), *corpus(2, 3)])
    content = {"format": "wence-index", "layout": 1, "generation": 7, "schema": 1}
    (root / "manifest.json").write_text(json.dumps(content))
    return root


def test_readers_of_an_older_layout_are_told_what_to_do(old):
    for writable in (False, True):
        with pytest.raises(ForeignIndexError, match=r"第 1 版.*第 2 版.*wence add"):
            LocalIndex.open(old, writable=writable)
    assert verify(old)[0].severity == "error"
    assert (old / "generation-00000007" / "store.sqlite").exists()


def test_the_first_writer_upgrades_an_index_of_layout_1(old):
    with LocalIndex.open(old, ENCODER, writable=True) as index:
        assert index.add([undated(full_document())])[0].change == "unchanged"
    assert json.loads((old / "manifest.json").read_text())["layout"] == LAYOUT
    assert not list(old.glob("generation-*"))
    with LocalIndex.open(old, ENCODER) as index:
        assert [info.id for info in index.documents()] == ["doc000", "doc001", "full", "rules"]
        assert index.document("full") == full_document().document
        assert index.facts() == undated(full_document()).facts
        assert index.search_lexical("覆盖率", 1)[0].key == ("full", 1)
        assert len(index.search_dense(ENCODER.encode(["网络"])[0], 99)) == 7
    assert verify(old, ENCODER) == []
    with LocalIndex.open(old, ENCODER, writable=True) as index:  # its dates are read only now
        assert index.add([full_document()])[0].change == "replaced"
        assert index.facts() == full_document().facts


def test_an_upgrade_that_fails_leaves_the_old_index(old, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = (old / "manifest.json").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("index.manifest.write", stop)
        with pytest.raises(KeyboardInterrupt):
            LocalIndex.open(old, ENCODER, writable=True)
    assert (old / "manifest.json").read_bytes() == before
    assert [path.name for path in old.glob("*-*")] == ["generation-00000007"]
    LocalIndex.open(old, ENCODER, writable=True).close()
    (old / "manifest.json").write_bytes(before)
    with pytest.raises(CorruptIndexError, match="不存在"):
        LocalIndex.open(old, ENCODER, writable=True)


def test_the_second_migration_gives_each_passage_its_words(tmp_path):
    path = tmp_path / "store.sqlite"
    first_store(path, [full_document()])
    connection = sqlite3.connect(path, isolation_level=None)
    assert migrate(connection) == len(MIGRATIONS) - 1
    assert migrate(connection) == 0
    connection.close()
    store = Store(path)
    assert store.schema() == SCHEMA
    assert store.parsed("full") == undated(full_document())
    (stored,) = store.passages("full")
    assert stored.text == stored.passage.span.of(full_document().document.text)
    store.close()


class Counting(HashingEncoder):
    """Counts texts, and breaks off after so many calls."""

    def __init__(self, calls: int = 10**9) -> None:
        super().__init__(32, "hashing-2")
        self.texts, self.calls = 0, calls

    def encode(self, texts):
        if self.calls == 0:
            raise KeyboardInterrupt
        self.calls -= 1
        self.texts += len(texts)
        return super().encode(texts)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(rebuilding, "CHUNK", 4)
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(corpus(9, 3))
        index.add([full_document()])
        index.delete(["doc001"])
    return tmp_path / "index"


def test_a_rebuild_goes_on_where_it_was_killed(folder):
    seen: list[tuple[int, int]] = []
    with pytest.raises(KeyboardInterrupt):
        rebuild(folder, Counting(calls=2), lambda done, all_: seen.append((done, all_)))
    assert seen == [(4, 28), (8, 28)]
    with LocalIndex.open(folder, ENCODER, writable=True) as index:  # goes on as it was meanwhile
        index.add([document("later", "后来的网络。")])
        index.delete(["doc000"])
    assert any("未完成的重建" in one.found for one in verify(folder))
    encoder = Counting()
    assert outdated(folder, encoder)
    rebuild(folder, encoder)
    assert not outdated(folder, encoder)
    assert encoder.texts == 21  # 27 + 1 + 1, less 8 that were done
    assert not list(folder.glob("rebuild-*"))
    with LocalIndex.open(folder, encoder) as index:
        assert len(index.search_dense(encoder.encode(["网络"])[0], 99)) == 23
        assert index.search_lexical("覆盖率", 1)[0].key == ("full", 1)
    assert [one for one in verify(folder, encoder) if one.severity == "error"] == []


def test_pieces_of_another_tokenizer_are_cut_anew_and_vectors_kept(folder, monkeypatch):
    class Mute(HashingEncoder):
        def encode(self, texts):
            raise AssertionError("the vectors are there already")

    assert not outdated(folder, ENCODER)
    monkeypatch.setattr(shipped_encoder(), "fingerprint", "static:other")
    assert outdated(folder, ENCODER)
    with LocalIndex.open(folder, ENCODER) as index:
        before = index.search_dense(ENCODER.encode(["网络"])[0], 99)
        keys = [hit.key for hit in before]
        with pytest.raises(ForeignIndexError, match="词片"):
            index.token_ids(keys)
    rebuild(folder, Mute())
    assert not outdated(folder, ENCODER)
    with LocalIndex.open(folder, ENCODER) as index:
        assert index.search_dense(ENCODER.encode(["网络"])[0], 99) == before
        assert len(index.token_ids(keys)) == len(keys)
    assert [one for one in verify(folder, ENCODER) if one.severity == "error"] == []


def without_facts(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if kind not in ("facts", "names")}


def test_an_index_from_before_the_dictionary_is_rebuilt_with_names(folder):
    with LocalIndex.open(folder, ENCODER) as index:
        expected, names = index.search_lexical("示例局的示例办法", 99), index.names()
        assert sum(names.values()) == 2
    content = json.loads((folder / "manifest.json").read_text())
    content |= {"schema": 2, "tokenizer": "rules of 0.1.0"}
    total = dict.fromkeys(TABLES, 0)
    sealed = {one.name: one.parts for one in manifest.read(folder).segments}
    for segment in content["segments"]:
        path = folder / segment["name"] / "store.sqlite"
        apart = taken_back(path)
        segment["counts"] = without_facts(segment["counts"]) | apart
        total = {table: total[table] + count for table, count in apart.items()}
        part = sealing.seal(path.parent, sealed[segment["name"]], {})[path.name]
        segment["parts"][path.name] = {"bytes": part.bytes, "sha256": part.sha256}
    content["counts"] = without_facts(content["counts"]) | total
    (folder / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(ForeignIndexError, match=r"第 2 版.*wence add"):
        LocalIndex.open(folder, ENCODER)
    with pytest.raises(ForeignIndexError, match=r"分词规则.*wence add"):
        LocalIndex.open(folder, ENCODER, writable=True)
    assert outdated(folder, ENCODER)
    rebuild(folder, ENCODER)
    with LocalIndex.open(folder, ENCODER, writable=True) as index:
        assert index.names() == names
        assert index.facts() == undated(full_document()).facts
        found = index.search_lexical("示例局的示例办法", 99)
        assert [hit.key for hit in found] == [hit.key for hit in expected]
        assert index.add([full_document()])[0].change == "unchanged"
    assert [one for one in verify(folder, ENCODER) if one.severity == "error"] == []


def test_a_rebuild_leaves_nothing_withdrawn_behind(folder):
    rebuild(folder, Counting())
    with LocalIndex.open(folder, writable=True) as index:
        before = index.snapshot()
        index.compact(full=True)
        views = index._generation.views
        assert all(view.withdrawn == frozenset() for view in views)
        assert index._generation.manifest.lexical.withdrawn == 0
        assert len(views) == 1 or index.snapshot() != before
