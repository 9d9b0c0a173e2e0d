"""Bytes become text without a byte lost, or are refused with what was found and what to do."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import (
    BinaryFileError,
    DamagedFileError,
    EmptyDocumentError,
    EncodingError,
    MetadataError,
    ReadError,
    UnsupportedFormatError,
)
from ingest.parse import declared, document_files, parse_bytes, parse_file
from ingest.readers import registry
from ingest.readers.decoding import MAX_BYTES, decode, read_bytes

TEXT = "关于推进政务服务工作的通知\n一、总体要求\n各部门、各单位要认真落实，办结率达到80%以上。\n"
TRADITIONAL = "關於推進政務服務工作的通知，各機關單位應當認真執行，並於年底前報告辦理情形。\n"
PLAIN = TEXT.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "gb2312"])
def test_common_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "utf-16-le")],
)
def test_utf_16_is_read_in_both_orders(bom: bytes, encoding: str) -> None:
    assert decode(bom + TEXT.encode(encoding)) == TEXT


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030")) == TRADITIONAL


def test_line_ends_become_one_kind() -> None:
    assert decode("一、甲\r\n二、乙\r三、丙\n".encode()) == "一、甲\n二、乙\n三、丙\n"


BAD: list[tuple[str, bytes, type[ReadError], str]] = [
    ("empty", b"", EmptyDocumentError, "是空的"),
    ("spaces", b" \n\t\r\n ", EmptyDocumentError, "是空的"),
    ("wide spaces", "\u3000\n\u2002".encode(), EmptyDocumentError, "只有空白"),
    ("only a BOM", codecs.BOM_UTF8, EmptyDocumentError, "只有空白"),
    ("cut in a character", PLAIN[:-5], EncodingError, "UTF-8字符不完整"),
    ("one byte damaged", PLAIN[:60] + b"\xff" + PLAIN[61:], EncodingError, "UTF-8"),
    ("cut GB18030", TEXT.strip().rstrip("。").encode("gb18030") + b"\xb8", EncodingError, "不是"),
    ("cut UTF-16", TEXT.encode("utf-16")[:-1], EncodingError, "utf-16"),
    ("two encodings", PLAIN + TEXT.encode("gb18030"), EncodingError, "UTF-8"),
    ("zero bytes", PLAIN + b"\x00\x00", BinaryFileError, "U+0000"),
    ("zeros in GBK", TEXT.encode("gbk") + b"\x00" * 3, BinaryFileError, "零字节"),
    ("a control character", PLAIN + b"\x07", BinaryFileError, "U+0007"),
    ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryFileError, "PNG"),
    ("zip", b"PK\x03\x04" + bytes(64), DamagedFileError, "ZIP"),
    ("ELF", b"\x7fELF\x02\x01" + bytes(64), BinaryFileError, "程序"),
]


@pytest.mark.parametrize(("name", "data", "error", "words"), BAD, ids=[row[0] for row in BAD])
def test_unreadable_bytes_are_refused(
    name: str, data: bytes, error: type[ReadError], words: str
) -> None:
    with pytest.raises(ReadError) as caught:
        registry.read(data, "某文件.txt")
    assert type(caught.value) is error, name
    assert words in caught.value.found
    assert "某文件.txt" in caught.value.found
    assert caught.value.expected
    assert caught.value.remedy
    assert str(caught.value).count("；") >= 2


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = [EmptyDocumentError, EncodingError, BinaryFileError, UnsupportedFormatError]
    assert len({kind.code for kind in kinds}) == len(kinds)


CJK = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@given(CJK, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_chinese_text_survives(words: str, encoding: str) -> None:
    text = TEXT + words  # a legacy encoding is told by common characters around
    assert decode(text.encode(encoding)) == text


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_what_is_decoded_loses_no_byte(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadError:
        return
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    encoded = [text.encode("utf-8"), text.encode("utf-8-sig")]
    for encoding in ("gb18030", "big5"):
        try:
            encoded.append(text.encode(encoding))
        except UnicodeEncodeError:
            continue
    wide = [text.encode("utf-16-le"), text.encode("utf-16-be")]
    if plain not in encoded:  # UTF-16, where a line end takes two bytes
        assert len(data) - 2 <= len(wide[0]) + 2 * text.count("\n") + 2
        assert data.decode("utf-16").replace("\r\n", "\n").replace("\r", "\n") == text or any(
            data.endswith(w[-2:]) for w in wide
        )


def test_missing_files_folders_and_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="没有文件"):
        parse_file(tmp_path / "无.txt")
    with pytest.raises(ReadError, match="不是文件"):
        read_bytes(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"1,2")
    with pytest.raises(UnsupportedFormatError, match=r"\.csv"):
        parse_file(tmp_path / "a.csv")


def test_a_file_over_the_limit_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="字节"):
        read_bytes(path)


def test_furniture_alone_is_no_document() -> None:
    with pytest.raises(EmptyDocumentError, match="没有正文"):
        parse_bytes("版权所有 某站\n".encode(), "x.txt")


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "c.png", "无后缀"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[document]]\nfile = "b.txt"\ntitle = "乙通知"\n'
        '[[document]]\nid = "x"\ntitle = "丙办法"\n',
        encoding="utf-8",
    )
    assert [(p.name, dict(v)) for p, v in document_files(tmp_path)] == [
        ("a.md", {}),
        ("b.txt", {"title": "乙通知"}),
    ]
    assert [(i.id, i.title, i.held) for i in declared(tmp_path)] == [("x", "丙办法", False)]
    assert parse_file(tmp_path / "b.txt").document.title == "乙通知"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[[document]", "不是有效的TOML"),
        ("title = 1", "title"),
        ("document = 3", "document"),
        ("document = [3]", "不是表"),
        ('[[document]]\nname = "x"', "name"),
        ("[[document]]\ntitle = 3", "title"),
        ('[[document]]\nissued = "2022-07-19"', "issued"),
        ("[[document]]\nissued = 2022-07-19T08:00:00", "issued"),
        ("[[document]]\nfile = 3", "file"),
        ('[[document]]\ntitle = "只有标题"', "没有file"),
        ('[[document]]\nfile = "无.txt"', "不存在"),
        ('[[document]]\nfile = "a.txt"\n[[document]]\nfile = "a.txt"', "多次"),
    ],
)
def test_a_wrong_sources_file_is_explained(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(MetadataError) as caught:
        list(document_files(tmp_path))
    assert words in str(caught.value)
    assert "sources.toml" in str(caught.value)


def test_the_id_follows_name_title_and_number_not_the_bytes() -> None:
    one = parse_bytes(TEXT.encode(), "a.txt").document
    same = parse_bytes((TEXT + "补充。\n").encode("gb18030"), "a.txt").document
    other = parse_bytes(TEXT.encode(), "b.txt").document
    assert one.id == same.id != other.id
    assert one.info.sha256 != same.info.sha256
    assert parse_bytes(TEXT.encode(), "a.txt", {"id": "mine"}).document.id == "mine"
