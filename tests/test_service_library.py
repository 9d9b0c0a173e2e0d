"""Adding and withdrawing documents, and one writer at a time."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from qa_doubles import PLAN, RULES, ask, encoder, write_invented

from index.backend import SearchBackend
from index.errors import IndexLockedError, NoIndexError, UnknownDocumentError
from ingest.errors import (
    BinaryFileError,
    EmptyDocumentError,
    EncodingError,
    MetadataError,
    ReadError,
    UnsupportedFormatError,
)
from ingest.web.errors import AddressRefusedError
from qa.service import assistant, library
from qa.service.assistant import Assistant
from qa.service.library import Library
from qa.service.settings import Settings


@pytest.fixture(autouse=True)
def _double() -> Iterator[None]:
    used = encoder()
    with (
        mock.patch.object(assistant, "load_encoder", return_value=used),
        mock.patch.object(library, "load_encoder", return_value=used),
    ):
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index_dir=tmp_path / "index")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    return write_invented(made)


def state(backend: SearchBackend) -> list[tuple[str, bool, str]]:
    return [(i.id, i.held, i.sha256) for i in backend.documents()]


def test_a_folder_brings_its_documents_and_what_it_declares(
    settings: Settings, folder: Path
) -> None:
    with Library.open(settings) as writer:
        outcomes = writer.add([folder])
        assert {(o.document_id, o.change) for o in outcomes} == {
            ("meals", "added"),
            ("travel", "added"),
        }
        assert [(i.id, i.held) for i in writer.index.documents()] == [
            ("meals", True),
            ("transport", False),
            ("travel", True),
        ]


def test_adding_again_changes_nothing(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as writer:
        writer.add([folder])
        before = state(writer.index)
        assert {o.change for o in writer.add([folder])} == {"unchanged"}
        assert state(writer.index) == before


def test_a_changed_file_replaces_the_old_text(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as writer:
        writer.add([folder])
        changed = PLAN.replace("护学路22条", "护学路37条")
        (folder / "travel.txt").write_text(changed, "utf-8")
        changes = {o.document_id: o.change for o in writer.add([folder / "travel.txt"])}
        assert changes == {"travel": "replaced"}
    answer = ask(Assistant.open(settings), "护学路建多少条?").answer
    assert "37条" in answer
    assert "22条" not in answer


def test_a_single_file_is_known_by_the_sources_beside_it(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as writer:
        (outcome,) = writer.add([folder / "meals.txt"])
    assert (outcome.document_id, outcome.title) == ("meals", "青屿区社区助餐服务管理办法")


BAD: dict[str, tuple[bytes, type[ReadError]]] = {
    "empty.txt": (b"", EmptyDocumentError),
    "blank.txt": (" \n　\n".encode(), EmptyDocumentError),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), BinaryFileError),
    "zeros.txt": ("办法\x00办法".encode(), BinaryFileError),
    "cut.txt": (PLAN.encode()[:-800][:1001], EncodingError),
    "latin.txt": ("déjà vu, façade ".encode("latin-1") * 9, EncodingError),
    "cut16.txt": (RULES.encode("utf-16")[:-1], EncodingError),
    "plan.rtf": (b"{\\rtf1 ...}", UnsupportedFormatError),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_alone_is_an_error_and_leaves_the_index_as_it_was(
    name: str, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    content, error = BAD[name]
    (tmp_path / name).write_bytes(content)
    with Library.open(settings) as writer:
        writer.add([folder / "meals.txt"])
        before = state(writer.index), writer.index.snapshot()
        with pytest.raises(error) as caught:
            writer.add([tmp_path / name])
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)
        assert (state(writer.index), writer.index.snapshot()) == before


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_keeps_no_other_from_being_added(
    name: str, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    content, error = BAD[name]
    (tmp_path / name).write_bytes(content)
    with Library.open(settings) as writer:
        bad, good = writer.add([tmp_path / name, folder / "travel.txt"])
        assert [info.id for info in writer.index.documents()] == ["travel"]
    assert (bad.change, type(bad.error), good.change) == ("failed", error, "added")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_texts_in_other_encodings_are_the_same_text(
    encoding: str, settings: Settings, folder: Path
) -> None:
    (folder / "meals.txt").write_bytes(RULES.encode(encoding))
    with Library.open(settings) as writer:
        writer.add([folder / "meals.txt"])
        assert writer.index.document("meals").text == RULES


def test_an_address_inside_is_refused(settings: Settings) -> None:
    with Library.open(settings) as writer:
        with pytest.raises(AddressRefusedError, match="内网"):
            writer.add(["http://127.0.0.1:9/plan.txt"])
        assert writer.index.documents() == []


def test_a_missing_path_is_named(settings: Settings, tmp_path: Path) -> None:
    with Library.open(settings) as writer, pytest.raises(ReadError, match=r"nowhere\.txt"):
        writer.add([tmp_path / "nowhere.txt"])


def test_a_folder_without_readable_files_is_an_error(settings: Settings, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "plan.png").write_bytes(b"\x89PNG")
    with Library.open(settings) as writer, pytest.raises(ReadError, match="没有可读的文件"):
        writer.add([bare])


def test_bad_sources_stop_the_files_that_they_tell_of(settings: Settings, folder: Path) -> None:
    (folder / "sources.toml").write_text("[[document]]\nfile = 3\n", "utf-8")
    with Library.open(settings) as writer:
        with pytest.raises(MetadataError):
            writer.add([folder])
        assert writer.index.documents() == []


def test_a_second_writer_is_refused_until_the_first_is_done(settings: Settings) -> None:
    with Library.open(settings), pytest.raises(IndexLockedError, match="另一个进程正在写"):
        Library.open(settings)
    with Library.open(settings) as writer:
        assert writer.index.documents() == []


def test_no_index_is_made_where_none_was_wanted(settings: Settings) -> None:
    with pytest.raises(NoIndexError):
        Library.open(settings, create=False)
    assert not settings.index_dir.exists()


def test_removing_an_unknown_document_removes_nothing(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as writer:
        writer.add([folder])
        before = state(writer.index)
        with pytest.raises(UnknownDocumentError, match="nosuch"):
            writer.remove(["travel", "nosuch"])
        assert state(writer.index) == before


def test_a_withdrawn_document_answers_no_more(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as writer:
        writer.add([folder])
    service = Assistant.open(settings)
    assert "区教育局、区公安分局" in ask(service, "护学路由谁负责?").answer
    with Library.open(settings) as writer:
        writer.remove(["travel"])
    service.refresh()
    gone = ask(service, "护学路由谁负责?")
    assert gone.status in ("not_found", "partial")
    assert "护学路" not in gone.answer + "".join(gone.suggestions)
    assert all(c.document_id == "meals" for c in gone.citations)


def test_questions_under_way_end_with_the_index_they_began_with(
    settings: Settings, folder: Path
) -> None:
    with Library.open(settings) as writer:
        writer.add([folder])
    service = Assistant.open(settings)
    with Library.open(settings) as writer:
        writer.remove(["travel"])
    assert "区教育局" in ask(service, "护学路由谁负责?").answer


def test_the_text_of_a_declared_document_makes_it_held(settings: Settings, folder: Path) -> None:
    question = "《云泽市综合交通体系规划》里轨道交通里程达到多少公里?"
    with Library.open(settings) as writer:
        writer.add([folder])
    service = Assistant.open(settings)
    before = ask(service, question)
    assert before.status == "not_found"
    assert "尚未入库" in before.answer

    text = "云泽市综合交通体系规划(2030-2035年)\n\n一、目标\n\n轨道交通里程达到186公里以上。\n"
    (folder / "city.txt").write_text(text, "utf-8")
    sources = (folder / "sources.toml").read_text("utf-8")
    (folder / "sources.toml").write_text(
        sources.replace('id = "transport"', 'id = "transport"\nfile = "city.txt"'), "utf-8"
    )
    with Library.open(settings) as writer:
        writer.add([folder])
        held = {i.id: i.held for i in writer.index.documents()}
    assert held == {"meals": True, "transport": True, "travel": True}
    service.refresh()
    answer = ask(service, question)
    assert "186公里" in answer.answer
    assert {c.document_id for c in answer.citations} == {"transport"}


def test_declaring_a_held_document_again_does_not_empty_it(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sources.toml").write_text('[[document]]\nid = "meals"\ntitle = "助餐办法"\n', "utf-8")
    with Library.open(settings) as writer:
        writer.add([folder])
        writer.add([other])
        assert writer.index.document("meals").text == RULES
