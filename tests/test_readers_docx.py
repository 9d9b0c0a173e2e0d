"""Word documents: what a reader sees on paper is the text, in its order."""

from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from docx_files import STRICT, docx, level, listed, numbering, p, r, tbl, tc

from ingest.errors import (
    BinaryFileError,
    DamagedFileError,
    EmptyDocumentError,
    UnsupportedFormatError,
)
from ingest.readers import registry
from ingest.readers.archive import Archive
from ingest.readers.base import Reading
from ingest.readers.word.docx import read
from ingest.readers.word.formats import printed

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples"
BREAK = "<w:r><w:br/></w:r>"


def reading(body: str, **parts: str) -> Reading:
    return read(docx(body, **parts), "甲.docx")


def lines(body: str, **parts: str) -> list[str]:
    return reading(body, **parts).text.splitlines()


def kinds(found: Reading) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, b.span.of(found.text)) for b in found.blocks]


def test_a_document_that_another_library_made() -> None:
    made = python_docx.Document()
    made.add_heading("第一章 总则", level=1)
    made.add_paragraph("第一条\u3000为了保护湿地，制定本办法。")
    table = made.add_table(rows=2, cols=3)
    for cell, words in zip(
        table._cells, ["项目", "金额", "单位", "安装", "5元", "甲局"], strict=True
    ):
        cell.text = words
    made.add_paragraph("附则。")
    kept = BytesIO()
    made.save(kept)
    found, form = registry.read(kept.getvalue(), "甲.docx")
    assert form is registry.DOCX
    assert found.text.splitlines() == [
        "第一章 总则", "第一条\u3000为了保护湿地，制定本办法。",
        "项目\t金额\t单位", "安装\t5元\t甲局", "附则。",
    ]  # fmt: skip
    assert kinds(found)[0] == ("heading", 1, "第一章 总则")


def test_tabs_are_spaces_and_breaks_are_lines() -> None:
    runs = r("甲") + "<w:r><w:tab/></w:r>" + r("乙") + BREAK + r("丙")
    assert lines(p(runs=runs)) == ["甲 乙", "丙"]


def test_deleted_moved_and_hidden_text_is_gone() -> None:
    runs = (
        r("保留")
        + f"<w:del>{r('删')}</w:del><w:moveFrom>{r('移')}</w:moveFrom><w:ins>{r('增')}</w:ins>"
        + r("藏", "<w:vanish/>")
        + r("显", '<w:vanish w:val="0"/>')
        + r("式", '<w:rStyle w:val="h"/>')
        + "<w:r><w:delText>旧</w:delText></w:r>"
    )
    style = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert lines(p(runs=runs), styles=style) == ["保留增显"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半") + p("下一段")
    assert lines(body) == ["前半后半", "下一段"]


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_of_fields_the_result_is_printed_and_no_page_number() -> None:
    link = field('HYPERLINK "http://a.example"', "全文")
    assert lines(p(runs=r("见") + link + field("PAGEREF _Toc1", "12") + r("。"))) == ["见全文。"]
    unended = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("x")
    assert lines(p(runs=unended) + p("不受影响")) == ["不受影响"]


def test_controls_links_and_alternatives_are_unwrapped() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('甲')}</w:sdtContent>"
        f"</w:sdt><mc:AlternateContent><mc:Choice>{p('乙')}</mc:Choice><mc:Fallback>{p('乙二')}"
        f"</mc:Fallback></mc:AlternateContent>"
        + p(runs=f"<w:hyperlink>{r('丙')}</w:hyperlink><w:smartTag>{r('丁')}</w:smartTag>")
    )
    assert lines(body) == ["甲", "乙", "丙丁"]


def test_a_text_box_stands_behind_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p(runs=run + r("框外")) + p("之后")) == ["框外", "框内", "之后"]


def test_notes_stand_at_the_end_of_their_section() -> None:
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    notes = note.format(0, p("——")).replace('"0"', '"0" w:type="separator"')
    notes += note.format(2, p("见附件。")) + note.format(3, p(""))
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p(runs=r("甲") + refer.format(2))
        + p(runs=r("乙") + refer.format(3), properties="<w:sectPr/>")
        + p("丙")
    )
    assert lines(body, footnotes=notes) == ["甲", "乙", "［注1］见附件。", "丙"]


def test_symbols_of_fonts_are_mapped() -> None:
    box = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    root = '<w:r><w:sym w:font="Cambria Math" w:char="221A"/></w:r>'
    assert lines(p(runs=box + r("同意") + root)) == ["☑同意√"]


LEVELS = [
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
]


def test_automatic_numbers_are_printed_and_restart() -> None:
    body = "".join(
        listed(words, level=at)
        for words, at in [
            ("总则", 0), ("甲", 1), ("乙", 1), ("子", 2), ("分则", 0), ("丙", 1), ("丑", 2),
        ]
    )  # fmt: skip
    found = reading(body, numbering=numbering(LEVELS))
    assert found.text.splitlines() == [
        "第一章 总则", "（一）甲", "（二）乙", "1.2.1 子", "第二章 分则", "（一）丙", "2.1.1 丑",
    ]  # fmt: skip
    assert {kind for kind, _, _ in kinds(found)} == {"list"}


def test_lists_of_one_kind_go_on_counting_unless_they_say_where_to_start() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "upperLetter", "%1)")
        + "</w:lvlOverride></w:num>"
    )
    body = "".join(listed("甲", number) for number in (1, 2, 3, 3, 1, 0, 4))
    assert lines(body, numbering=numbering(LEVELS, more)) == [
        "第一章 甲", "第二章 甲", "第五章 甲", "第六章 甲", "第七章 甲", "甲", "H)甲",
    ]  # fmt: skip


def test_a_level_restarts_where_it_says() -> None:
    never = [level(0, "decimal", "%1、"), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')]
    body = listed("a") + listed("b", level=1) + listed("c") + listed("d", level=1)
    assert lines(body, numbering=numbering(never)) == ["1、a", "1)b", "2、c", "2)d"]


def test_styles_number_their_paragraphs_and_mark_headings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:name w:val="heading 2"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    levels = [LEVELS[0], level(1, "ideographTraditional", "%2、", '<w:pStyle w:val="a"/>')]
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", style="a") + p("乙", style="a") + p("丙", none, "a") + p("丁", style="loop")
    body += p("戊", '<w:outlineLvl w:val="9"/>', "a")
    found = reading(body, styles=styles, numbering=numbering(levels))
    assert kinds(found) == [
        ("heading", 2, "甲、甲"), ("heading", 2, "乙、乙"), ("heading", 2, "丙"),
        ("paragraph", 0, "丁"), ("list", 0, "丙、戊"),
    ]  # fmt: skip


def test_a_bullet_does_not_hide_a_number_of_the_text() -> None:
    bullet = [level(0, "bullet", "\uf06c", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')]
    body = listed("要点") + listed("一、总体要求")
    assert lines(body, numbering=numbering(bullet)) == ["● 要点", "一、总体要求"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", "1 10 11 100"),
        ("chineseCounting", "一 十 十一 一〇〇"),
        ("chineseCountingThousand", "一 十 十一 一百"),
        ("japaneseCounting", "一 十 十一 百"),
        ("ideographDigital", "一 一〇 一一 一〇〇"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 壹佰"),
        ("upperRoman", "I X XI C"),
        ("lowerLetter", "a j k vvvv"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ 100"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ 100"),
        ("decimalFullWidth", "１ １０ １１ １００"),
        ("decimalZero", "01 10 11 100"),
        ("unheardOf", "1 10 11 100"),
    ],
)
def test_number_formats(form: str, numbers: str) -> None:
    assert [printed(n, form) for n in (1, 10, 11, 100)] == numbers.split()


SPAN = '<w:gridSpan w:val="{}"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_in_all_their_rows_and_columns() -> None:
    body = tbl(
        [tc("任务"), tc("分工", SPAN.format(2))],
        [tc("修路", DOWN), tc("牵头"), tc("甲局")],
        [tc("", ON), tc("配合"), tc("乙局")],
        header=1,
    )
    found = reading(body)
    assert found.text.splitlines() == [
        "任务\t分工\t分工", "修路\t牵头\t甲局", "修路\t配合\t乙局",
    ]  # fmt: skip
    assert [b.header for b in found.blocks] == [1]


def test_columns_without_words_and_hairs_between_edges_are_no_columns() -> None:
    body = tbl(
        [tc("甲", SPAN.format(1)), tc("乙", SPAN.format(2)), tc()],
        [tc("丙", SPAN.format(2)), tc("丁", SPAN.format(1)), tc()],
        widths=[3000, 20, 3000, 500],
    )
    assert lines(body) == ["甲\t乙", "丙\t丁"]


def test_a_page_laid_out_as_a_table_is_read_as_paragraphs() -> None:
    inner = tbl([tc("项目"), tc("金额")], [tc("安装"), tc("5元")])
    body = tbl([tc(), tc("标题")], [tc(), tc(blocks=p("第一段") + inner + p("第二段"))])
    assert lines(body) == ["标题", "第一段", "项目\t金额", "安装\t5元", "第二段"]


def test_a_row_of_one_cell_parts_a_table() -> None:
    body = tbl([tc("项目"), tc("金额")], [tc("一、补贴", SPAN.format(2))], [tc("安装"), tc("5元")])
    assert lines(body) == ["项目\t金额", "一、补贴", "安装\t5元"]


def test_a_table_in_a_cell_is_words_of_the_cell() -> None:
    inner = tbl([tc("内甲"), tc("内乙")])
    body = tbl([tc("左"), tc(blocks=p("前") + inner + p("后"))], [tc("下"), tc("右")])
    assert lines(body) == ["左\t前 内甲 内乙 后", "下\t右"]


def test_numbers_and_letters_set_one_below_the_other_in_cells() -> None:
    stacked = tc(blocks=p("序") + p("号"))
    body = tbl(
        [stacked, tc("名称")], [tc(blocks=listed("")), tc("甲")], [tc(blocks=listed("")), tc("乙")]
    )
    levels = numbering([level(0, "decimal", "%1")])
    assert lines(body, numbering=levels) == ["序号\t名称", "1\t甲", "2\t乙"]


def test_deleted_rows_are_gone() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('除')}</w:tr>"
    body = tbl([tc("甲"), tc("乙")]).replace("</w:tbl>", row + "</w:tbl>")
    assert lines(body) == ["甲\t乙"]


def test_the_strict_namespace_and_another_main_part() -> None:
    made = docx(p("甲"), space=STRICT, main="word/document2.xml")
    assert read(made, "甲.docx").text == "甲\n"


def test_what_cannot_be_read_says_why() -> None:
    with pytest.raises(EmptyDocumentError, match="没有文字"):
        reading(p(""))
    with pytest.raises(UnsupportedFormatError, match="altChunk"):
        reading(p("甲") + "<w:altChunk/>")
    with pytest.raises(DamagedFileError, match="残缺"):
        registry.read(docx(p("甲"))[:-30], "甲.docx")
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DamagedFileError, match="加密"):
        registry.read(container, "甲.docx")
    for data, kind in (
        (b"{\\rtf1 a}", "RTF"),
        (b'<?xml version="1.0"?>\n<?mso-application', "XML"),
    ):
        with pytest.raises(UnsupportedFormatError, match=kind):
            registry.read(data, "甲.doc")
    with pytest.raises(BinaryFileError, match="ZIP"):
        registry.read(docx(p("甲"), main="other/a.xml").replace(b"word", b"text"), "甲.docx")


def printed_words(path: Path) -> str:
    """All text of the document's main part, apart from what is deleted or hidden."""
    root = Archive(path.read_bytes(), path.name).xml("word/document.xml")
    for kind in ("Fallback", "del", "moveFrom"):
        for element in list(root.iter("{*}" + kind)):
            element.getparent().remove(element)
    shown = [t for t in root.iter("{*}t") if t.getparent().find("{*}rPr/{*}vanish") is None]
    return "".join("".join(str(t.text or "") for t in shown).split())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
def test_no_word_of_real_documents_is_lost() -> None:
    paths = [*SAMPLES.glob("docx/*.docx"), *SAMPLES.glob("mirror/docx/*.docx")]
    assert len(paths) > 40
    for path in paths:
        found = "".join(read(path.read_bytes(), path.name).text.split())
        words = printed_words(path)
        pieces = [words[at : at + 40] for at in range(0, len(words), 40)]
        at, lost = 0, 0
        for piece in pieces:  # each behind the one before: the order is kept
            place = found.find(piece, at)
            lost += place < 0  # parted by an automatic number, or by a cell that is repeated
            at = max(at, place)
        assert lost <= max(2, len(pieces) // 20), path.name
