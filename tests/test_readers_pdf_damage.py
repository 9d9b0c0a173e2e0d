"""PDF files that are locked, cut off, damaged, too large or pictures: refused with the cause."""

import zlib
from contextlib import suppress

import pytest
from pdf_files import locked, pages, pdf, stream, words

from ingest.errors import (
    DamagedFileError,
    EmptyDocumentError,
    ReadError,
    ScannedDocumentError,
    TooLargeError,
)
from ingest.readers.pdf import recognition
from ingest.readers.pdf import streams as pdf_streams
from ingest.readers.pdf.document import read


def test_an_empty_password_opens_and_any_other_is_named() -> None:
    assert read(locked("open to all readers", b""), "a.pdf").text == "open to all readers\n"
    with pytest.raises(DamagedFileError, match=r"密文\.pdf加了密码"):
        read(locked("open to some", b"secret"), "密文.pdf")


GOOD = pages([words("hello world again")] * 3)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.98])
def test_a_file_that_is_cut_off_is_refused(share: float) -> None:
    with pytest.raises(DamagedFileError, match=r"残\.pdf是残缺的PDF"):
        read(GOOD[: int(len(GOOD) * share)], "残.pdf")


def test_damaged_bytes_give_an_error_or_a_text() -> None:
    for at in range(9, len(GOOD), 37):
        data = GOOD[:at] + b"\x00\xff/[<<" + GOOD[at + 6 :]
        with suppress(ReadError):  # no other error, and no crash
            assert read(data, "a.pdf").text


def test_bombs_are_refused() -> None:
    with pytest.raises(TooLargeError, match="有3001页"):
        read(pages([b""] * 3001), "a.pdf")
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(bytes(2**20)) for _ in range(300)) + packed.flush()
    with pytest.raises(TooLargeError, match="展开后超过256兆字节"):
        read(pages([stream(bomb, b"/Filter/FlateDecode")]), "a.pdf")
    twice = stream(zlib.compress(bomb), b"/Filter[/FlateDecode/FlateDecode]")
    with pytest.raises(TooLargeError, match="展开后超过256兆字节"):
        read(pages([twice]), "a.pdf")
    with pytest.raises(TooLargeError, match="第1页有200000字"):
        read(pages([b"BT /F1 1 Tf " + b"(abcdefghij) Tj " * 20000 + b"ET"]), "a.pdf")


def test_a_page_tree_without_end_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        read(
            pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"]),
            "a.pdf",
        )
    with pytest.raises(EmptyDocumentError, match="1页都没有文字"):
        read(pages([b"0 0 m 10 10 l S"]), "a.pdf")


def test_forms_that_multiply_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_streams, "MAX_SECONDS", 3)
    depth = 12
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
        *(stream(b"/X Do " * 10, form % (6 + n)) for n in range(depth)),
        stream(b"0 0 m 9 9 l S", form % 1),
    ]
    with pytest.raises(TooLargeError, match="图形互相嵌套"):
        read(pdf(objects), "a.pdf")


def picture(width: int, height: int, pixels: bytes) -> bytes:
    shown = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
    image = stream(pixels, shown + b"/Width %d/Height %d" % (width, height))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 2/Kids[3 0 R 5 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</I 8 0 R>>>>>>",
            stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
            b"/Resources<</Font<</F1 7 0 R>>>>>>",
            stream(words("a page with text of its own")),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            image,
        ]
    )


def test_a_scan_without_recognition_is_named_with_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recognition, "installed", lambda: False)
    with pytest.raises(ScannedDocumentError, match=r"图\.pdf第1页是扫描件，没有文字层") as caught:
        read(picture(10, 10, bytes([255]) * 100), "图.pdf")
    assert "ocr" in caught.value.remedy


def test_a_giant_picture_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "installed", lambda: True)
    with pytest.raises(TooLargeError, match="3600000000像素"):
        read(picture(60000, 60000, b"\0"), "图.pdf")
