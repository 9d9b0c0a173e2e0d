"""PDF: paragraphs, tables and pages as printed, furniture left out, scans read."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from pdf_files import pages, printed, scanned, words

from ingest.parse import parse_bytes
from ingest.readers.base import Cell, Layout
from ingest.readers.pdf import recognition
from ingest.readers.pdf.document import read
from ingest.readers.radicals import mended

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples/mirror/pdf"
STYLE = """<style>
@page {size: A4; margin: 2.5cm 2.2cm}
body {font: 12pt/1.8 'Noto Serif CJK SC'} h1 {text-align: center; font-size: 22pt}
p {text-indent: 2em; margin: 0} .flush {text-indent: 0}
table {border-collapse: collapse; width: 100%} td, th {border: 1px solid #000; padding: 4px}
</style>"""
LONG = (
    "申请人应当在安装之前向所在镇人民政府提出申请，并提交身份证明、房屋权属证明和安装方案的原件和"
    "复印件，镇人民政府自收到申请之日起十个工作日内审核完毕；不予批准的，应当书面说明理由。"
)


def test_a_notice_printed_by_a_browser_comes_back_line_for_line(tmp_path: Path) -> None:
    title = "青禾市人民政府办公室关于印发青禾市屋顶雨水收集补贴管理办法的通知"
    articles = [f"第{n}条　自己的人民子女从小到大。{LONG}" for n in "一二三四五六七八九"]
    articles.append("第十条　" + 14 * LONG)
    html = (
        f"{STYLE}<title>另一个名字</title><h1>{title}</h1>"
        "<p class=flush style='text-align:center'>青政办发〔2031〕7号</p>"
        "<p class=flush>各镇人民政府，市直各部门：</p>"
        + "".join(f"<p>{article}</p><p>（一）身份证明；</p>" for article in articles)
        + "<p class=flush style='text-align:right'>青禾市人民政府办公室</p>"
        "<p class=flush style='text-align:right'>2031年4月5日</p>"
    )
    data = printed(html, tmp_path)
    reading = read(data, "通知.pdf")
    expected = [title, "青政办发〔2031〕7号", "各镇人民政府，市直各部门："]
    for article in articles:
        expected += [article, "（一）身份证明；"]
    expected += ["青禾市人民政府办公室", "2031年4月5日"]
    assert reading.text.splitlines() == expected
    assert reading.blocks[0].kind == "heading"
    assert not reading.recognized
    assert not reading.stated
    # The last article is longer than a page: one begins inside of it.
    start = reading.text.index(articles[-1])
    assert any(start < page < start + len(articles[-1]) for page in reading.pages)
    assert reading.pages[0] == 0
    info = parse_bytes(data, "通知.pdf").document.info
    assert (info.title, info.number) == (title, "青政办发〔2031〕7号")
    assert info.pages == tuple(reading.pages)


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    body = "".join(f"<p>第{n}项　{LONG}</p>" for n in range(1, 31))
    html = f"{STYLE}<title>页眉里的名字</title>{body}"
    plain, framed = tmp_path / "a", tmp_path / "b"
    plain.mkdir()
    framed.mkdir()
    without = read(printed(html, plain), "a.pdf")
    data = printed(html, framed, "--no-first-run")  # the browser's own header and footer
    assert read(data, "b.pdf").text == without.text
    assert len(without.pages) >= 3


def test_a_first_line_that_only_looks_alike_stays() -> None:
    alike = [words("Attachment", y=800) + words(f"text of part {n}", y=780) for n in range(2)]
    assert read(pages(alike), "a.pdf").text.count("Attachment") == 2
    far = [words("The Gazette", y=820) + words(f"text of part {n}", y=700) for n in range(4)]
    numbered = [page + words(f"- {n + 1} -", 290, 30) for n, page in enumerate(far)]
    assert "Gazette" not in read(pages(numbered), "a.pdf").text
    assert "-" not in read(pages(numbered), "a.pdf").text
    lone = pages([words("Chapter", y=820) + words("2031", 290, 30)])
    assert read(lone, "a.pdf").text == "Chapter\n2031\n"


def test_a_table_over_a_page_break_is_one_table(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>第{n}类设备</td><td>{n * 10}</td><td>{n * 12}</td>"
        + ("<td rowspan=4>住房局</td>" if n % 4 == 1 else "")
        + "</tr>"
        for n in range(1, 61)
    )
    html = (
        f"{STYLE}<p>补贴标准如下：</p><table><thead><tr><th rowspan=2>序号</th>"
        "<th rowspan=2>项目</th><th colspan=2>金额</th><th rowspan=2>单位</th></tr>"
        f"<tr><th>城区</th><th>乡镇</th></tr></thead>{rows}</table><p>以上标准自公布之日起执行。</p>"
    )
    reading = read(printed(html, tmp_path), "a.pdf")
    (table,) = (block for block in reading.blocks if block.kind == "table")
    cells = [[span.of(reading.text) for span in row] for row in table.cells]
    assert cells[:2] == [
        ["序号", "项目", "金额", "金额", "单位"],
        ["序号", "项目", "城区", "乡镇", "单位"],
    ]
    assert cells[2:] == [
        [str(n), f"第{n}类设备", str(n * 10), str(n * 12), "住房局"] for n in range(1, 61)
    ]
    assert table.header == 2
    assert len(reading.pages) > 1
    assert all(reading.text[start - 1] == "\n" for start in reading.pages[1:])
    assert reading.text.count("第7类设备") == 1


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    items = [f"第{n}段，{LONG}" for n in range(1, 9)]
    html = (
        f"{STYLE}<h1>青禾市简报</h1><div style='columns: 2; column-gap: 2em'>"
        + "".join(f"<p>{item}</p>" for item in items)
        + "</div>"
    )
    assert read(printed(html, tmp_path), "a.pdf").text.splitlines() == ["青禾市简报", *items]


def test_latin_words_are_parted_and_hyphenation_is_undone() -> None:
    lines = ["Rain water is collected by the owners of any house in"]
    lines += ["the old town and in the new town for the whole muni-"]
    lines += ["cipality and for all of its schools until the end of 2031-"]
    lines += ["2035 or later."]
    content = b"".join(
        f"BT /F1 12 Tf 72 {700 - 18 * n} Td ({line}) Tj ET\n".encode()
        for n, line in enumerate(lines)
    )
    assert read(pages([content]), "a.pdf").text == (
        "Rain water is collected by the owners of any house in the old town and in the new town for"
        " the whole municipality and for all of its schools until the end of 2031-2035 or later.\n"
    )


def test_radicals_are_mended_and_nothing_else() -> None:
    assert mended("⼀⼦⾃⼈⺠⻓") == "一子自人民长"
    kept = "１２％（〇）…①㈠㎡“”"
    assert mended(kept) == kept


def test_turned_pages_are_read_upright() -> None:
    content = b"BT /F1 12 Tf 0 1 -1 0 200 100 Tm (Lines of a turned) Tj ET\n"
    content += b"BT /F1 12 Tf 0 1 -1 0 218 100 Tm (page of text) Tj ET\n"
    content += b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET\n"
    text = read(pages([content]), "a.pdf").text
    assert " ".join(text.split()) == "Lines of a turned page of text"


def test_a_turn_inside_of_a_table_or_paragraph_is_kept() -> None:
    made = Layout()
    made.page()
    made.paragraph("甲乙丙丁", turns=(2,))
    made.table([[Cell("子"), Cell("丑")], [Cell("寅"), Cell("卯")]], turns=(1, 2))
    reading = made.reading()
    assert reading.text == "甲乙丙丁\n子\t丑\n寅\t卯\n"
    assert reading.pages == (0, 2, 9, 13)


def test_a_scanned_page_is_read(capfd: pytest.CaptureFixture[str]) -> None:
    if not recognition.installed():
        pytest.skip("needs the extra ocr: pip install 'wence[ocr]'")
    lines = ["　　第一条　为了鼓励居民收集屋顶雨水，节约用", "水，根据有关规定，制定本办法。"]
    lines += [
        "　　第二条　市住房局负责本办法的组织实施，财政",
        "局负责安排补贴资金，每户不超过3000元。",
    ]
    reading = read(scanned([lines]), "扫描.pdf")
    expected = "".join(lines).replace("\u3000", "")
    found = "".join(reading.text.split())
    same = sum(block.size for block in SequenceMatcher(a=expected, b=found).get_matching_blocks())
    assert reading.recognized
    assert same / len(expected) >= 0.97, reading.text
    assert len(reading.text.splitlines()) == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared (samples) is absent")
def test_official_documents_come_whole() -> None:
    for path in sorted(SAMPLES.glob("*.pdf")):
        if "2015.pdf" not in path.name and "征求意见稿" not in path.name:
            continue
        reading = read(path.read_bytes(), path.name)
        last = [line for line in reading.text.splitlines() if "\t" not in line]
        # What breaks a paragraph leaves a line that ends in the middle of a sentence.
        cut = [line for line in last if line.endswith(("，", "、", "（", "的"))]
        numbers = [line for line in last if line.strip("-— 0123456789") == ""]
        assert not cut, path.name
        assert not numbers, path.name
