"""Word documents from before 2007: their text is the same whichever converter made it."""

import shutil
import time
from pathlib import Path

import pytest

from ingest.errors import DamagedFileError
from ingest.readers import registry
from ingest.readers.word import doc

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples/mirror/doc"
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
real_documents = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")


def compound(*names: str) -> bytes:
    """A compound file of one sector of nothing, with streams of these names, all empty."""
    header = bytearray(512)
    header[:8] = MAGIC
    header[24:34] = bytes.fromhex("3e000300feff09000600")  # version 3, sectors of 512 bytes
    header[44:48] = (1).to_bytes(4, "little")  # sectors of the allocation table
    header[48:52] = (1).to_bytes(4, "little")  # where the directory begins
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:] = (0).to_bytes(4, "little") + b"\xff" * 432
    table = b"\xfd\xff\xff\xff\xfe\xff\xff\xff" + b"\xff" * 504
    entries = b""
    for place, name in enumerate(("Root Entry", *names)):
        entry = bytearray(128)
        written = name.encode("utf-16-le") + b"\0\0"
        entry[: len(written)] = written
        entry[64:66] = len(written).to_bytes(2, "little")
        entry[66], entry[67] = (5 if place == 0 else 2), 1
        entry[68:80] = b"\xff" * 12
        if place == 0 and names:
            entry[76:80] = (1).to_bytes(4, "little")
        entry[116:120] = b"\xfe\xff\xff\xff"
        entries += entry
    return bytes(header) + table + entries.ljust(512, b"\0")


def test_a_file_that_is_cut_off_is_refused_without_another_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doc, "_by_program", lambda *_: pytest.fail("a damaged file was passed on"))
    whole = compound("WordDocument")
    assert registry.format_of(whole, "甲.doc") is registry.DOC
    with pytest.raises(DamagedFileError, match="残缺的旧版Word文档"):
        doc.read(whole[:600], "甲.doc")


def test_without_a_second_converter_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(DamagedFileError, match=r"甲\.doc转换不了.*安装LibreOffice"):
        doc.read(compound("WordDocument"), "甲.doc")


def test_a_converter_that_does_not_end_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    late = tmp_path / "late"
    program.write_text(f"#!/bin/sh\n(sleep 2; touch {late}) & sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    monkeypatch.setattr(doc, "TIME_LIMIT", 0.5)
    with pytest.raises(DamagedFileError, match="LibreOffice用了"):
        doc.read(compound("WordDocument"), "甲.doc")
    time.sleep(2.5)
    assert not late.exists()  # what it started was ended with it


def test_a_converter_that_fails_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")  # as it does: no file, and no word of it
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    with pytest.raises(DamagedFileError, match=r"转换不了.*另存为docx"):
        doc.read(compound("WordDocument"), "甲.doc")


@real_documents
def test_real_documents_are_read_whole() -> None:
    paths = sorted(SAMPLES.glob("*.doc"))
    assert len(paths) >= 18
    for path in paths:
        text = doc.read(path.read_bytes(), path.name).text
        assert len(text) > 2000, path.name
        assert not any(word in text for word in ("HYPERLINK", "PAGEREF", "\ufffd", "\x07", "\x13"))


@real_documents
@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
def test_both_converters_give_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    path = min(SAMPLES.glob("*.doc"), key=lambda one: one.stat().st_size)
    first = doc.read(path.read_bytes(), path.name)
    monkeypatch.setattr(doc, "_by_library", lambda *_: "not asked")
    assert doc.read(path.read_bytes(), path.name).text == first.text
