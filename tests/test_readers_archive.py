"""ZIP files and their XML: what could exhaust memory or reach outside is refused at once."""

import zipfile
from io import BytesIO

import pytest

from ingest.errors import DamagedFileError, TooLargeError
from ingest.readers import archive as limits
from ingest.readers.archive import Archive, resolved

NAME = "甲.docx"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xxxxxxxxxx">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<a>&d;</a>"""


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return kept.getvalue()


def test_members_are_found_whatever_their_case_and_slashes() -> None:
    made = Archive(zipped({"Word\\Document.XML": b"<a>1</a>"}), NAME)
    assert "word/document.xml" in made
    assert "/word/document.xml" in made
    assert made.xml("word/document.xml").text == "1"
    assert "word/other.xml" not in made


@pytest.mark.parametrize(
    "xml",
    [BOMB, b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', BOMB.decode().encode("utf-16")],
    ids=["entities", "another file", "UTF-16"],
)
def test_a_document_type_is_refused(xml: bytes) -> None:
    xml = xml.replace(b'version="1.0"', b'version="1.0"')
    with pytest.raises(DamagedFileError, match="DOCTYPE"):
        Archive(zipped({"a.xml": xml}), NAME).xml("a.xml")


def test_too_deep_and_broken_xml_are_refused() -> None:
    deep = b"<a>" * 5000 + b"</a>" * 5000
    with pytest.raises(DamagedFileError, match="不是完整的XML"):
        Archive(zipped({"a.xml": deep}, zipfile.ZIP_STORED), NAME).xml("a.xml")
    with pytest.raises(DamagedFileError, match="不是完整的XML"):
        Archive(zipped({"a.xml": b"<a><b></a>"}), NAME).xml("a.xml")


def test_a_member_that_is_missing_or_altered_is_named() -> None:
    with pytest.raises(DamagedFileError, match=r"甲\.docx里没有b\.xml"):
        Archive(zipped({"a.xml": b"<a/>"}), NAME).xml("b.xml")
    made = zipped({"a.xml": b"<a>" + b"1" * 50 + b"</a>"}, zipfile.ZIP_STORED)
    with pytest.raises(DamagedFileError, match=r"a\.xml解压不了"):
        Archive(made.replace(b"111", b"112", 1), NAME).xml("a.xml")
    with pytest.raises(DamagedFileError, match="残缺的ZIP"):
        Archive(made[:-30], NAME)


def test_a_member_with_a_password_is_refused() -> None:
    made = bytearray(zipped({"a.xml": b"<a/>"}))
    made[6] |= 1  # the flag in the member's own header and in the directory
    made[made.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DamagedFileError, match="加密"):
        Archive(bytes(made), NAME).read("a.xml")


def test_what_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zipped({"a.xml": bytes(20 * 1024 * 1024)})
    assert len(zeros) < 30_000
    with pytest.raises(TooLargeError, match=r"a\.xml压缩了\d+倍"):
        Archive(zeros, NAME)
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1000)
    with pytest.raises(TooLargeError, match="解压后有1200字节"):
        Archive(zipped({"a": bytes(600), "b": bytes(600)}), NAME)
    monkeypatch.setattr(limits, "MAX_MEMBERS", 1)
    with pytest.raises(TooLargeError, match="2个成员"):
        Archive(zipped({"a": b"", "b": b""}), NAME)
    monkeypatch.setattr(limits, "MAX_XML", 10)
    with pytest.raises(TooLargeError, match=r"a\.xml有20字节"):
        Archive(zipped({"a.xml": b"<a>1234567890123</a>"}), NAME).xml("a.xml")


def test_a_member_that_lies_about_its_size_is_found_out() -> None:
    made = bytearray(zipped({"a.xml": b"<a>" + b"1" * 5000 + b"</a>"}))
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = made.index(magic) + at
        made[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(DamagedFileError, match="解压不了"):
        Archive(bytes(made), NAME).check()


def test_a_zip_file_within_stays_packed() -> None:
    inner = zipped({"a.xml": bytes(20 * 1024 * 1024)})
    made = Archive(zipped({"inner.zip": inner}), NAME)
    made.check()
    assert made.read("inner.zip") == inner


def test_locations_stay_within_the_archive() -> None:
    assert resolved("word/document.xml", "../../../etc/passwd") == "etc/passwd"
    assert resolved("", "xl\\workbook.xml") == "xl/workbook.xml"
