"""Web pages: the document without what surrounds it, its tables and lists, what the page states."""

import time
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import EmptyDocumentError, EncodingError
from ingest.parse import parse_bytes
from ingest.readers.base import Reading
from ingest.readers.web.page import read

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples"
PROSE = (
    "<p>&emsp;第一条　为了规范补贴的申领，制定本办法。</p>"
    "<p>第二条　符合条件的居民，每月可以领取补贴５0元。&nbsp;</p>"
)
LINES = [
    "第一条　为了规范补贴的申领，制定本办法。",
    "第二条　符合条件的居民，每月可以领取补贴５0元。",
]
NAVIGATION = (
    "<div class='top'><ul><li><a href='/'>首页</a></li><li><a href='/zw'>公开</a></li></ul></div>"
    "<div class='dqwz'>当前位置：<a href='/'>首页</a> &gt; <a href='/zw'>文件</a></div>"
)
FOOTER = (
    "<div class='pn'>上一篇：<a href='1'>关于某事的通知</a></div><div>【打印】 【关闭】</div>"
    "<div class='bottom'>主办单位：甲市人民政府办公室 网站标识码：1234567890，甲ICP备1号</div>"
)


def page(body: str, head: str = "") -> Reading:
    markup = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read(markup.encode(), "页.html")


def lines(body: str, head: str = "") -> list[str]:
    return page(body, head).text.splitlines()


def in_body(markup: str) -> list[str]:
    """The lines of some markup below a line of prose."""
    said = "以下内容，是为了说明情况而写的一句话。"
    return lines(f"<div class='TRS_Editor'><p>{said}</p>{markup}</div>")[1:]


@pytest.mark.parametrize(
    "opening",
    [
        *("<div class='view TRS_UEDITOR trs_paper_default'>", "<div class='TRS_Editor'>"),
        *("<div id='UCAP-CONTENT'>", "<td class='pages_content'>", "<font id='Zoom'>"),
        *("<div id='js_content' style='visibility: hidden'>", "<div id='ivs_content'>"),
        *("<div class='Article_content'>", "<div id='vsb_content'>", "<div id='zoomcon'>"),
        *("<div class='xxgk_content'>", "<div class='news_content'>", "<article>"),
        "<div class='engine-that-nobody-knows'>",
    ],
)
def test_the_body_is_found(opening: str) -> None:
    tag = opening[1:].split()[0].rstrip(">")
    around = ("<table><tr>", "</tr></table>") if tag == "td" else ("", "")
    body = f"{around[0]}{opening}{PROSE}</{tag}>{around[1]}"
    assert lines(f"{NAVIGATION}<div>{body}</div>{FOOTER}") == LINES


def test_a_named_element_beside_the_document_is_not_the_body() -> None:
    side = "<div class='content'><p>网上办事大厅，欢迎使用。</p></div>"
    assert lines(f"{side}<div class='w'><div class='x'>{PROSE * 3}</div></div>") == LINES * 3


def test_an_old_page_laid_out_in_tables() -> None:
    body = (
        f"<table><tr><td>{NAVIGATION}</td></tr><tr><td><table><tr><td><b>甲市补贴办法</b></td></tr>"
        f"<tr><td>来源：某网</td><td>日期：2014-04-29</td></tr><tr><td>{PROSE}</td></tr></table></td></tr>"
        f"<tr><td>{FOOTER}</td></tr></table>"
    )
    assert lines(body) == ["甲市补贴办法", *LINES]


def test_the_title_comes_first_and_only_once() -> None:
    head = "<title>甲市补贴办法_政策文件_甲市人民政府网</title>"
    body = f"<div id=zoom>{PROSE}</div>"
    made = page(f"{NAVIGATION}<h1>甲市<br>补贴办法</h1><p>发布日期：2023-01-05</p>{body}", head)
    assert made.text.splitlines() == ["甲市补贴办法", *LINES]
    assert made.stated["title"] == "甲市补贴办法"
    again = f"<h1>甲市补贴办法</h1><div id=zoom><p>甲市</p><p>补贴办法</p>{PROSE}</div>"
    assert lines(again, head) == ["甲市", "补贴办法", *LINES]
    other = f"<h1>甲市补贴办法</h1><div id=zoom><p>（《甲市补贴办法》的决定修正）</p>{PROSE}</div>"
    assert lines(other, head)[:2] == ["甲市补贴办法", "（《甲市补贴办法》的决定修正）"]


def test_a_title_that_the_page_is_not_clear_about_is_not_stated() -> None:
    made = page(f"<div>甲市补贴办法</div><div id=zoom>{PROSE}</div>", "<title>甲市政府网</title>")
    assert made.text.startswith("甲市补贴办法\n")
    assert "title" not in made.stated


def test_paragraphs_and_inline_elements() -> None:
    assert in_body(
        "<p><b>申</b>领<span>条件</span>：</p>　满10m<sup>2</sup><br>删<del>改</del>"
    ) == [
        "申领条件：",
        "满10m2",
        "删改",
    ]
    assert in_body("<p>中文\n   断行，English\nwords</p>") == ["中文断行，English words"]
    assert in_body("<pre>甲\n乙</pre>") == ["甲", "乙"]
    assert in_body("<span style='display:block'>甲</span>乙") == ["甲", "乙"]


def test_what_is_not_shown_is_not_read() -> None:
    hidden = (
        "<script>var a;</script><style>p{}</style><!-- 注 --><p style='DISPLAY: none'>甲</p>"
        "<p hidden>乙</p><textarea>丙</textarea><select><option>丁</select><img alt='戊'>"
    )
    assert in_body(f"{hidden}<p>己</p>") == ["己"]


def test_furniture_inside_the_body() -> None:
    body = (
        "<p>附件：<a href='1.docx'>甲表.docx</a></p><p>办理时请打印申请表。</p>"
        "<div class='bdsharebuttonbox'>微博 微信</div><p>【字号：大 中 小】</p><p>打印 关闭窗口</p>"
        "<p>相关链接：</p><p><a href='2'>某办法的解读</a></p>"
    )
    assert in_body(body) == ["附件：甲表.docx", "办理时请打印申请表。"]


def test_numbers_of_lists_are_printed() -> None:
    assert in_body("<ol><li>甲</li><li><p>乙</p><p>续</p></li></ol>") == ["1. 甲", "2. 乙", "续"]
    assert in_body("<ol type=a start=3><li>甲<ol type=I><li>乙</ol><li value=9>丙</ol>") == [
        "c. 甲",
        "I. 乙",
        "i. 丙",
    ]
    assert in_body("<ol class='custom_cn2'><li>甲<li>乙</ol>") == ["(一) 甲", "(二) 乙"]
    assert in_body("<ol><li>一、甲<li>二、乙</ol><ul><li>丙</ul>") == ["一、甲", "二、乙", "丙"]
    assert in_body("<ol reversed><li>甲<li>乙</ol>") == ["2. 甲", "1. 乙"]


def test_a_table_of_data() -> None:
    table = (
        "<table><caption>补贴标准</caption><thead><tr><th rowspan=2>项目<th colspan=2>金额</tr>"
        "<tr><th>市<th>区</tr></thead><tr><td rowspan=2><p>安</p><p>装</p><td>5元<td>6元</tr>"
        "<tr><td colspan=2>7元</tr><tr><td><td><td></tr></table>"
    )
    said = "<p>以下内容，是为了说明情况而写的一句话。</p>"
    made = page(f"<div id=zoom>{said}{table}</div>")
    assert made.text.splitlines()[1:] == [
        "补贴标准",
        "项目\t金额\t金额",
        "项目\t市\t区",
        "安 装\t5元\t6元",
        "安 装\t7元\t7元",
    ]
    (block,) = [block for block in made.blocks if block.kind == "table"]
    assert block.header == 2
    assert [[cell.of(made.text) for cell in row] for row in block.cells][2] == [
        "安 装",
        "5元",
        "6元",
    ]


def test_columns_that_no_cell_begins_in_are_none() -> None:
    assert in_body("<table><tr><td colspan=3>甲<td>乙<tr><td colspan=3>丙<td>丁</table>") == [
        "甲\t乙",
        "丙\t丁",
    ]


def test_tables_that_are_none_are_taken_apart() -> None:
    assert in_body("<table><tr><td><p>甲</p><p>乙</p></table>") == ["甲", "乙"]
    inner = "<table><tr><td>丙<td>丁</table>"
    assert in_body(f"<table><tr><td>甲<td>{inner}</table>") == ["甲", "丙\t丁"]
    prose = "<p>各区应当落实责任，明确分工。</p>" * 40
    assert in_body(f"<table><tr><td>编码<td>1<tr><td>责任<td>{prose}</table>")[:3] == [
        "编码\t1",
        "责任",
        "各区应当落实责任，明确分工。",
    ]


TABLE = (
    "<table><tr><td>索 引 号：<td>1234/2023-001<td>分类：<td></tr>"
    "<tr><td>发布机构：<td>甲市民政局<td>成文日期：<td>2023年01月04日</tr>"
    "<tr><td>文号：<td>甲民规〔2023〕1号<td>发布日期：<td>2023-01-06</tr>"
    "<tr><td>有 效 性：<td>已废止<td>失效日期：<td>2028-01-31</tr></table>"
)


def test_the_table_of_an_index_is_stated_and_no_text() -> None:
    wanted = {
        "issuer": "甲市民政局",
        "issued": date(2023, 1, 4),
        "number": "甲民规〔2023〕1号",
        "published": date(2023, 1, 6),
        "status": "已废止",
        "repealed": date(2028, 1, 31),
    }
    for body in (f"{TABLE}<div id=zoom>{PROSE}</div>", f"<div id=zoom>{TABLE}{PROSE}</div>"):
        made = page(body)
        assert made.stated == wanted
        assert made.text.splitlines() == LINES


@pytest.mark.parametrize("value", ["无", "-", "", "暂无", "2023-01-06"])
def test_a_number_that_is_none(value: str) -> None:
    made = page(f"<ul><li>文号：{value}</li><li>分类：通知</li></ul><div id=zoom>{PROSE}</div>")
    assert "number" not in made.stated


def test_a_web_site_is_no_issuer() -> None:
    for issuer in ("甲市日报社", "本网", "甲市政府网站", "规划法制"):
        body = f"<p>发布机构：{issuer} | 发布时间：2016-01-29</p><div id=zoom>{PROSE}</div>"
        assert "issuer" not in page(body).stated
    assert page("<p>来源：甲市民政局</p><div id=zoom>" + PROSE + "</div>").stated == {}


def test_who_signs_the_text_wins_over_the_site() -> None:
    signed = f"{PROSE}<p>甲市民政局　甲市财政局</p><p>2023年1月4日</p>"
    made = page(f"{TABLE}<div id=zoom>{signed}</div>")
    assert "issuer" not in made.stated
    assert "issued" not in made.stated
    assert made.text.endswith("2023年1月4日\n")


def test_the_day_on_which_old_rules_went_on_line_is_no_publication() -> None:
    head = "<meta name=ArticleTitle content='甲市补贴办法'><meta name=PubDate content='2019-03-02'>"
    for signed, wanted in (("2001年5月1日", None), ("2019年2月28日", date(2019, 3, 2))):
        body = f"<div id=zoom>{PROSE}<p>甲市民政局</p><p>{signed}</p></div>"
        assert page(body, head).stated.get("published") == wanted
    guide = "<div id=zoom><p>申请人可以在网上办理，也可以到窗口办理。</p></div>"
    assert page(guide, head).stated == {"title": "甲市补贴办法", "published": date(2019, 3, 2)}


def test_labels_above_the_text_are_no_text_but_a_guide_s_own_are() -> None:
    body = "<h2>办事须知</h2><h6>发布时间:2015-01-12 来源:</h6><p>服务对象：个人</p>"
    body += "<p>办理时请携带身份证，在窗口取号。</p><p>时间：周一至周五</p>"
    assert lines(f"<div id=zoom>{body}</div>") == [
        *("办事须知", "服务对象：个人", "办理时请携带身份证，在窗口取号。", "时间：周一至周五"),
    ]


def test_a_parsed_page_takes_what_is_stated() -> None:
    markup = f"<html><body>{TABLE}<div id=zoom>{PROSE}</div></body></html>"
    info = parse_bytes(markup.encode(), "页.html").document.info
    assert (info.number, info.issuer, info.media_type) == (
        "甲民规〔2023〕1号",
        "甲市民政局",
        "text/html",
    )
    assert info.repealed == date(2028, 1, 31)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *(("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("gb2312", "utf-8")),
        *(("utf-8", "gb18030"), ("", "utf-8"), ("", "gb18030"), ("big5", "big5")),
        *(("x-none", "utf-8"), ("gb2312", "utf-8-sig"), ("utf-8", "utf-16"), ("utf-16", "utf-8")),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>"
    words = "第一條 為了規範補貼的申領，制定本辦法。" if encoding == "big5" else f"{LINES[0]}镕㐀"
    words = words if encoding != "big5" else words.replace("規範", "管理")
    markup = f"<html><head>{meta if declared else ''}</head><body><p>{words}</p></body></html>"
    assert read(markup.encode(encoding), "页.html").text == f"{words}\n"


def test_bytes_that_are_no_characters() -> None:
    whole = f"<meta charset=gb2312><p>{LINES[0]}</p>".encode("gb18030")
    filler = f"<p>{LINES[1] * 20}</p>".encode("gb18030")
    assert read(whole + "字".encode("gb18030")[:1], "页.html").text == f"{LINES[0]}\n"
    beside = whole + filler + b"<a href=1 title='\xcd'>\xcd</a>"
    assert LINES[0] in read(b"<title>\xcd</title>" + whole + filler, "页.html").text
    with pytest.raises(EncodingError, match="字处有不成字的字节"):
        read(
            filler
            + "<p>甲，".encode("gb18030")
            + b"\xff"
            + "乙，丙丁戊己庚辛。</p>".encode("gb18030"),
            "页",
        )
    assert "\ufdd0" not in read(beside, "页.html").text
    with pytest.raises(EncodingError):
        read(b"<p>" + bytes(range(128, 256)) * 9 + b"</p>", "页.html")


def test_control_characters_are_dropped() -> None:
    assert lines("<p>第一条\x0b\x1f，为了规范\x00补贴的申领。</p>") == [
        "第一条，为了规范补贴的申领。"
    ]


def test_a_page_without_text() -> None:
    for markup in (
        "",
        "<html><body><script>1</script></body></html>",
        "<div style='display:none'>甲",
    ):
        with pytest.raises(EmptyDocumentError):
            read(markup.encode(), "页.html")
    with pytest.raises(EmptyDocumentError):
        page("<div>打印</div><div>关闭</div>")


def test_a_page_that_is_cut_off() -> None:
    markup = f"<html><body>{NAVIGATION}<div class=TRS_Editor>{PROSE}<p>第三条 本办法"
    assert read(markup.encode(), "页.html").text.splitlines() == [*LINES, "第三条 本办法"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 30_000,
        "<ol><li>" * 30_000,
        "".join(f"<font size={i}><p>" for i in range(30_000)),
        "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
        "<table>" + "<tr><td rowspan=65534 colspan=1000>字<td>字" * 3_000 + "</table>",
        "<" * 1_000_000,
        "<!--" * 100_000 + "-->",
        "<p>" + " " * 1_000_000,
        "<p>" + "来源：" * 100_000 + "</p>",
    ],
    ids=["div", "table", "ol", "font", "attributes", "spans", "<", "comment", "space", "label"],
)
def test_a_hostile_page_ends(hostile: str) -> None:
    said_more = "字" in hostile or "来源" in hostile  # than the one line behind it
    started = time.monotonic()
    made = read(f"<body>{hostile}<div>{LINES[0]}</div>".encode(), "页.html")
    assert LINES[0] in made.text or said_more
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
def test_no_navigation_in_any_sample() -> None:
    found = [
        p for f in ("html", "mirror/htm", "mirror/html") for p in sorted((SAMPLES / f).iterdir())
    ]
    assert len(found) >= 70
    for path in found:
        made = read(path.read_bytes(), path.name)
        assert len(made.text) > 250, path.name
        for word in (
            "上一篇",
            "下一篇",
            "网站地图",
            "主办单位",
            "网站标识码",
            "ICP备",
            "当前位置",
            "浏览次数",
        ):
            assert word not in made.text, (path.name, word)
        assert "第一页" not in made.text
        for line in made.text.splitlines():
            assert line.strip(" \u3000\xa0") == line.rstrip("\t") or "\t" in line, path.name


def test_a_page_that_leaves_out_part_of_the_title_does_not_name_the_document() -> None:
    printed = "<p>甲市水务局　甲市财政局</p><p>关于印发甲市修桥办法的通知</p>"
    whole = "甲市水务局甲市财政局关于印发甲市修桥办法的通知"
    for named in ("甲市修桥办法", "关于印发甲市修桥办法的通知（甲水〔2031〕4号）"):
        head = f"<meta name=ArticleTitle content='{named}'>"
        markup = f"<html><head>{head}</head><body><div id=zoom>{printed}{PROSE}</div></body></html>"
        assert parse_bytes(markup.encode(), "页.html").document.title == whole
    other = page(
        f"<div id=zoom>{printed}{PROSE}</div>", "<meta name=ArticleTitle content='甲市修桥问答'>"
    )
    assert other.stated["title"] == "甲市修桥问答"


def test_who_gives_out_a_guide_is_its_source_if_that_is_a_body() -> None:
    guide = "<div id=zoom><p>申请人可以在网上办理，也可以到窗口办理。</p></div>"
    for source, issuer in (
        ("甲市民政局、甲市就业中心", "甲市民政局、甲市就业中心"),
        ("本网", None),
        ("甲市民政局 甲日报", None),
    ):
        made = page(f"<p>信息来源：{source}</p>{guide}")
        assert made.stated.get("issuer") == issuer
    rules = page(f"<p>信息来源：甲市民政局</p><div id=zoom>{PROSE}</div>")
    assert "issuer" not in rules.stated


def test_the_day_before_the_source_is_that_of_the_page() -> None:
    beside = "<p>甲市门户网站　2031年1月21日 14时02分　来源：乙省人民政府网站</p>"
    for signed, wanted in (("2030年12月31日", date(2031, 1, 21)), ("2028年1月1日", None)):
        body = f"{beside}<div id=zoom>{PROSE}<p>甲市民政局</p><p>{signed}</p></div>"
        assert page(body).stated.get("published") == wanted


def test_a_page_is_no_publication_of_a_text_whose_years_are_long_ago() -> None:
    beside = "<p>发布时间：2031-04-29</p>"
    for year, wanted in ((2027, None), (2030, date(2031, 4, 29))):
        body = f"<p>根据甲市意见（甲发〔{year}〕10号）的要求，提出以下工作意见，请遵照执行。</p>"
        made = page(f"{beside}<div id=zoom>{body}</div>")
        assert made.stated.get("published") == wanted


def test_a_page_that_could_not_show_a_file_is_not_the_file() -> None:
    markup = b"<html><body><div>Sorry, we cannot display this file.</div></body></html>"
    with pytest.raises(EmptyDocumentError, match="没有中文正文"):
        read(markup, "表.pdf")
    assert read(markup, "page.html").text
