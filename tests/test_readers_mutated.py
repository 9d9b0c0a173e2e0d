"""A hundred damaged and hostile files: each is read, or refused with its name and the cause."""

from pathlib import Path
from random import Random

from five_formats import docx, html, ofd_file, text
from mutations import Mutated, mutated, sheet
from pdf_files import pages, words
from reading_worker import Worker
from ten_documents_more import TEN


def bases() -> dict[str, bytes]:
    """Files of all formats that need no browser."""
    rows = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1"><v>5</v></c></row>'
    found = {"a.pdf": pages([words("hello world again")] * 3), "a.xlsx": sheet("", cells=rows)}
    for kind in ("plan", "subsidy", "tasks"):
        paper = TEN[kind]
        found |= {f"{kind}.txt": text(paper), f"{kind}.html": html(paper)}
        found |= {f"{kind}.docx": docx(paper), f"{kind}.ofd": ofd_file(paper)}
    return found


def test_each_is_read_or_refused_with_its_name_and_the_cause(tmp_path: Path) -> None:
    # of the many that open with nothing but an image or a mark, every fourth
    made = list(mutated(bases(), Random(7), 220, large=12))
    made = [*made[:36], *made[36:160:4], *made[160:193]]
    assert len(made) == 100
    bad, read = [], 0
    with Worker() as worker:
        for one in made:
            if one.kind == "too large":  # 200 MB: the limit is another test's
                continue
            outcome = worker.read(written(tmp_path, one))
            read += outcome.code == "read"
            bad += [(one.kind, one.name, outcome)] if outcome.bad else []
    assert not bad
    assert read > 10


def written(folder: Path, one: Mutated) -> Path:
    path = folder / one.name
    path.write_bytes(one.data)
    return path
