"""OFD: the lines of pages become the paragraphs that were set in them."""

import pytest
from ofd_files import SPEC, Box, Ruled, content, ofd, package, text_object

from ingest.errors import DamagedFileError, EmptyDocumentError, TooLargeError
from ingest.parse import parse_bytes
from ingest.readers import registry
from ingest.readers.ofd import document as reader
from ingest.readers.ofd import page as ofd_page

LONG = (
    "　　各区人民政府应当建立健全湿地保护工作机制，统筹安排资金，每年公布保护目录，接受社会监督。"
)
NEXT = "　　第三条 本办法自公布之日起施行。"


def test_lines_become_paragraphs_again() -> None:
    reading = reader.read(ofd([["青山市湿地办法", LONG, NEXT]]), "甲.ofd")
    assert reading.text == f"青山市湿地办法\n{LONG.strip()}\n{NEXT.strip()}\n"
    assert [reading.text[b.span.start : b.span.end] for b in reading.blocks] == [
        "青山市湿地办法", LONG.strip(), NEXT.strip(),
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_no_text() -> None:
    cut = 26 + 28  # the first line is indented by two characters
    whole = LONG.strip() * 2
    pages = [["　　" + whole[:cut]], [whole[cut:], NEXT]]
    reading = reader.read(ofd(pages, numbered=True), "甲.ofd")
    assert reading.text == f"{whole}\n{NEXT.strip()}\n"
    assert list(reading.pages) == [0, cut]  # the next page begins inside of the paragraph


def test_a_short_line_ends_its_paragraph() -> None:
    reading = reader.read(ofd([[LONG, "特此通知。", "联系人：甲"]]), "甲.ofd")
    assert reading.text.splitlines()[1:] == ["特此通知。", "联系人：甲"]


def test_cells_below_each_other_are_a_table() -> None:
    rows = [["项目", "金额", "单位"], ["安装", "5元", "甲局"], ["拆除", "12元", "乙局"]]
    reading = reader.read(ofd([[LONG, rows, NEXT]]), "甲.ofd")
    assert reading.text.splitlines()[1:-1] == ["\t".join(row) for row in rows]
    assert [b.kind for b in reading.blocks] == ["paragraph", "table", "paragraph"]
    # two signatures beside each other are none
    pair = [["甲市人民政府", "乙市人民政府"], ["2031年4月5日", "2031年4月5日"]]
    assert "\t" not in reader.read(ofd([[LONG, pair]]), "甲.ofd").text


def test_rules_part_a_page_into_cells() -> None:
    cells = [
        [Box("任务"), Box("分工", columns=2)],
        [Box("修路", rows=2), Box("牵头"), Box("甲局")],
        [Box("配合"), Box("乙局")],
    ]
    reading = reader.read(ofd([[LONG, Ruled(cells), NEXT]]), "甲.ofd")
    assert reading.text.splitlines()[1:-1] == [
        "任务\t分工\t分工", "修路\t牵头\t甲局", "修路\t配合\t乙局",
    ]  # fmt: skip


def test_a_seal_that_stands_askew_is_no_text() -> None:
    seal = text_object("骑缝印章", 60, 60, 3).replace('Size="', 'CTM=".7 .7 -.7 .7 0 0" Size="', 1)
    body = text_object("正文", 28, 40, 1)
    assert reader.read(package([content(body + seal)]), "甲.ofd").text == "正文\n"


def test_radicals_are_mended_and_bold_text_is_read_once() -> None:
    twice = text_object("⼈⺠政府", 28, 40, 1) + text_object("⼈⺠政府", 28.05, 40, 2)
    assert reader.read(package([content(twice)]), "甲.ofd").text == "人民政府\n"


def test_text_stands_where_the_matrix_puts_it() -> None:
    turned = text_object("下", 28, 40, 1).replace('Size="', 'CTM="1 0 0 1 0 60" Size="', 1)
    above = text_object("上", 28, 60, 2)
    assert reader.read(package([content(turned + above)]), "甲.ofd").text == "上\n下\n"


def test_templates_and_drawings_are_read() -> None:
    template = content(text_object("青山市人民政府文件", 40, 30, 1))
    unit = text_object("印章之外的文字", 0, 0, 5)
    drawings = (
        f"<ofd:Res {SPEC}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='7'>"
        f"<ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    common = "<ofd:TemplatePage ID='3' BaseLoc='Tpl.xml'/><ofd:PublicRes>Res.xml</ofd:PublicRes>"
    body = content(
        "<ofd:CompositeObject ID='9' ResourceID='7' Boundary='28 80 60 9'/>",
        "<ofd:Template TemplateID='3'/>",
    )
    reading = reader.read(package([body], common, Tpl=template, Res=drawings), "甲.ofd")
    assert reading.text == "青山市人民政府文件\n印章之外的文字\n"


def test_drawings_in_drawings_are_refused_beyond_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ofd_page, "MAX_OBJECTS", 2000)
    units = "".join(
        f"<ofd:CompositeGraphicUnit ID='{n}'><ofd:Content>"
        + f"<ofd:CompositeObject ResourceID='{n + 1}'/>" * 10
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(10)
    )
    drawings = (
        f"<ofd:Res {SPEC}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    body = content("<ofd:CompositeObject ResourceID='0'/>")
    made = package([body], "<ofd:PublicRes>Res.xml</ofd:PublicRes>", Res=drawings)
    with pytest.raises(TooLargeError, match="个以上的对象"):
        reader.read(made, "甲.ofd")


def test_what_is_damaged_or_empty_is_refused() -> None:
    whole = ofd([[LONG]])
    with pytest.raises(DamagedFileError, match="残缺"):
        registry.read(whole[:-40], "甲.ofd")
    with pytest.raises(EmptyDocumentError, match="1页上都没有文字"):
        reader.read(package([content("")]), "甲.ofd")
    lost = package([content("")], "<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    with pytest.raises(DamagedFileError, match=r"没有Doc_0/Res\.xml"):
        reader.read(lost, "甲.ofd")


def test_an_ofd_file_becomes_a_document_with_pages() -> None:
    articles = [f"　　第{n}条 " + "甲方应当按照规定办理手续。" * 3 for n in "一二三四"]
    parsed = parse_bytes(ofd([["青山市湿地办法", *articles[:2]], articles[2:]]), "甲.ofd")
    assert parsed.document.info.media_type == "application/ofd"
    assert [c.label for c in parsed.clauses if c.kind == "条"] == [f"第{n}条" for n in "一二三四"]
    assert len(parsed.document.info.pages) == 2
