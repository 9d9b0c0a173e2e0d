"""All real files at hand are read, or refused for the true reason; a part of them here.

`tests/soak/samples.py` reads every one of them.
"""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.parse import parse_bytes
from ingest.readers.pdf import recognition

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")

FOLDERS = ("html", "docx", "mirror")
REFUSED = {
    "中国流动儿童数据报告-新公民计划2014.pdf": "damaged_file",  # its second half is missing
    "各地入户比较-201609.pdf": "scanned_document",  # its font does not say what it shows
    "非本市户籍职工在东莞就读子女参加社会基本医疗保险有关问题的通知2016.pdf": "scanned_document",
    "广东省义务教育经费保障机制省财政补助比例一览表.pdf": "empty_document",  # a site without it
}
"""The files that can't be read where no recognition is installed, and why."""

EACH = 6
"""Of the files that are read, every sixth one is read here."""


def files() -> list[Path]:
    return sorted(
        path for name in FOLDERS for path in (SAMPLES / name).rglob("*") if path.is_file()
    )


def outcome(path: Path) -> str:
    """The code of the error with which a file is refused, "" for one that is read."""
    try:
        parsed = parse_bytes(path.read_bytes(), path.name)
    except ReadError as error:
        return error.code
    assert parsed.passages
    return ""


@pytest.fixture
def unrecognized(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "installed", lambda: False)


def few() -> list[Path]:
    """Every sixth file and all that are refused."""
    found = files() if SAMPLES.is_dir() else []
    return [path for i, path in enumerate(found) if i % EACH == 0 or path.name in REFUSED]


@pytest.mark.usefixtures("unrecognized")
@pytest.mark.parametrize("path", few(), ids=lambda path: path.name)
def test_a_file_is_read_or_refused_for_the_true_reason(path: Path) -> None:
    assert outcome(path) == REFUSED.get(path.name, "")


def test_the_refused_files_are_at_hand() -> None:
    assert set(REFUSED) <= {path.name for path in files()}
