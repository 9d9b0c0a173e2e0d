"""One document as text, web page, PDF, Word and OFD."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from ofd_files import CHARACTERS, LINES, Placed, Ruled, height, ofd, placed_in
from ofd_files import Part as Printed
from pdf_files import printed, prints
from ten_documents import Head, Items, Paper, Part, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PRINT = """<style>
@page {size: A4; margin: 3cm 2.6cm; @bottom-center {content: "— " counter(page) " —"}}
body {font: 12pt/1.9 'Noto Serif CJK SC'} h1 {text-align: center; font-size: 20pt}
p {text-indent: 2em; margin: 0} .flush {text-indent: 0} .middle {text-align: center}
.signed {text-align: right; text-indent: 0} h2, h3 {font-size: 12pt; margin: 0 0 0 2em}
table {border-collapse: collapse; width: 100%} td, th {border: 1px solid #000; padding: 4px}
</style>"""
SITE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}_政府信息公开</title>
<style>.nav a {{margin: 4px}}</style><script>var page = 1;</script></head><body>
<div class="header"><a href="/">网站首页</a><a href="/zwgk/">政务公开</a>
<a href="/hd/">政民互动</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zc/">政策文件</a></div>
<div class="article"><h1>{title}</h1>
<div class="info">来源：市政府办公室　<a href="javascript:print()">打印</a>
<a href="#">关闭</a></div>
<div class="TRS_Editor">{body}</div></div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/a">政策解读</a></li></ul></div>
<div class="footer">版权所有：某某市人民政府　<a href="#">网站地图</a>　某ICP备12345678号</div>
</body></html>"""
NUMBERING = f"""<w:abstractNum xmlns:w="{W}" w:abstractNumId="77"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>"""
LISTED = f"""<w:num xmlns:w="{W}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>"""


def text(paper: Paper) -> bytes:
    """Plain text: tabs between cells, spanning cells in all their places."""
    lines = [paper.title, "", *([paper.number, ""] if paper.number else [])]
    lines += [paper.addressed] if paper.addressed else []
    lines += [line for part in paper.parts for line in _lines(part)]
    lines += ["", *(["　　" + one for one in (paper.signature, paper.date) if one]), ""]
    lines += [line for part in paper.annex for line in _lines(part)]
    return "\n".join(lines).encode()


def _lines(part: Part) -> list[str]:
    if isinstance(part, Table):
        grid: dict[tuple[int, int], str] = {}
        for y, row in enumerate(placed_in(part.rows)):
            for x, box in row:
                for i in range(box.rows):
                    grid |= {(y + i, x + j): box.words for j in range(box.columns)}
        width = max(x for _, x in grid) + 1
        return ["\t".join(grid[y, x] for x in range(width)) for y in range(len(part.rows))]
    return [f"　　{one}" for one in _paragraphs(part)]


def _paragraphs(part: str | Head | Items) -> list[str]:
    if isinstance(part, Items):
        return part.printed
    return [part.words if isinstance(part, Head) else part]


def html(paper: Paper) -> bytes:
    """A page of a site with navigation and footer."""
    return SITE.format(title=paper.title, body=_body(paper)).encode()


def pdf(paper: Paper, folder: Path) -> bytes:
    """A clean page as a browser prints it, with page numbers."""
    return printed(f"{PRINT}<h1>{paper.title}</h1>{_body(paper)}", folder)


def _body(paper: Paper) -> str:
    made = f"<p class='flush middle'>{paper.number}</p>" if paper.number else ""
    made += f"<p class=flush>{paper.addressed}</p>" if paper.addressed else ""
    made += "".join(_marked(part) for part in paper.parts)
    made += "".join(f"<p class=signed>{one}</p>" for one in (paper.signature, paper.date) if one)
    return made + "".join(_marked(part) for part in paper.annex)


def _marked(part: Part) -> str:
    if isinstance(part, Head):
        return f"<h{part.level + 1}>{part.words}</h{part.level + 1}>"
    if not isinstance(part, Table):
        return "".join(f"<p>{escape(one)}</p>" for one in _paragraphs(part))
    rows = ""
    for y, row in enumerate(part.rows):
        tag = "th" if y < part.header else "td"
        cells = (
            f"<{tag} rowspan={box.rows} colspan={box.columns}>{box.words}</{tag}>" for box in row
        )
        rows += f"<tr>{''.join(cells)}</tr>"
    return f"<table>{rows}</table>"


def docx(paper: Paper) -> bytes:
    """A Word document with real tables; `Items` have automatic numbers."""
    made = python_docx.Document()
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(LISTED))
    made.add_heading(paper.title, 0).alignment = ALIGN.CENTER
    if paper.number:
        made.add_paragraph(paper.number).alignment = ALIGN.CENTER
    if paper.addressed:
        made.add_paragraph(paper.addressed)
    for part in paper.parts:
        _write(made, part)
    for one in (paper.signature, paper.date):
        if one:
            made.add_paragraph(one).alignment = ALIGN.RIGHT
    for part in paper.annex:
        _write(made, part)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _write(made: Any, part: Part) -> None:
    if isinstance(part, Head):
        made.add_heading(part.words, part.level)
    elif isinstance(part, Items):
        for one in part.words:
            properties = made.add_paragraph(one)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = 77
    elif isinstance(part, str):
        made.add_paragraph(part)
    else:
        placed = placed_in(part.rows)
        width = max(x + box.columns for row in placed for x, box in row)
        grid = made.add_table(len(part.rows), width)
        for y, row in enumerate(placed):
            for x, box in row:
                last = grid.cell(y + box.rows - 1, x + box.columns - 1)
                grid.cell(y, x).merge(last).text = box.words


def ofd_file(paper: Paper) -> bytes:
    """An OFD file of pages with ruled tables and page numbers."""
    parts: list[Printed] = [Placed(paper.title, 0.5)]
    parts += [Placed(paper.number, 0.5)] if paper.number else []
    parts += [paper.addressed] if paper.addressed else []
    parts += [one for part in paper.parts for one in _printed(part)]
    parts += [Placed(one, 1.0) for one in (paper.signature, paper.date) if one]
    parts += [one for part in paper.annex for one in _printed(part)]
    return ofd(list(_pages(parts)), numbered=True)


def _printed(part: Part) -> list[Printed]:
    if isinstance(part, Table):
        return [Ruled(part.rows)]
    return [f"　　{one}" for one in _paragraphs(part)]


def _pages(parts: list[Printed]) -> Iterator[list[Printed]]:
    """The parts page by page; a paragraph is broken over the end of a page."""
    page: list[Printed] = []
    left = float(LINES)
    for part in parts:
        while isinstance(part, str) and height(part) > left >= 1:
            cut = CHARACTERS * int(left)  # the two wide spaces of an indent count
            page.append(part[:cut])
            yield page
            part, page, left = part[cut:], [], float(LINES)
        if height(part) > left:
            yield page
            page, left = [], float(LINES)
        page.append(part)
        left -= height(part)
    yield page


def five(paper: Paper, name: str, folder: Path) -> dict[str, bytes]:
    """The files of a document by their names; no PDF where there is no browser to print it."""
    made = {
        f"{name}.txt": text(paper),
        f"{name}.html": html(paper),
        f"{name}.docx": docx(paper),
        f"{name}.ofd": ofd_file(paper),
    }
    return made | ({f"{name}.pdf": pdf(paper, folder)} if prints() else {})
