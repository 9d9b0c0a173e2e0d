"""`wence eval --files`: when what was read of a file is what its sheet says, and what is shown."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval import cli, files_command
from eval.errors import GoldError
from eval.file_pages import page_share
from eval.file_rules import checks
from eval.file_sheets import SHEETS, Cell, Sheet, read_sheets
from ingest.parse import parse_bytes

TEXT = """甲市修桥办法
甲府〔2031〕4号
第一章　总则
第一条 甲市水务局负责修桥，每座补助3万元。
第二条 本办法自2031年5月1日起施行。
项目\t金额（万元）
大桥\t30
小桥\t12
中桥\t20
"""
SHEET = Sheet(
    file="办法.txt",
    readable=True,
    title="甲市修桥 办法",
    number="甲府[2031]第４号",
    issuer="",
    issued="",
    published="",
    effective="2031-05-01",
    headings=("第一章 总则", "第一条", "第二条"),
    ranks={"章": 1, "条": 2},
    first="甲市修桥办法甲府",
    last="中桥20",
    navigation=("返回顶部",),
    duties=(("甲市水务局", "责任", "负责修桥"),),
    figures=(("3万元", "每座补助"),),
    cell=Cell("小桥", "金额", "12"),
)


def wrong(sheet: Sheet, text: str = TEXT) -> list[str]:
    parsed = parse_bytes(text.encode(), "办法.txt")
    return [one.field for one in checks(sheet, parsed) if not one.met]


def test_a_file_as_its_sheet_has_it() -> None:
    assert wrong(SHEET) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("title", "甲市修桥规定"), ("number", "甲府〔2031〕14号"), ("issuer", "甲市人民政府")),
        *(("issued", "2031-05-01"), ("published", "2031-05-01"), ("effective", "")),
        *(("headings", ("第一章 附则",)), ("headings", ("第二条", "第一条")), ("ranks", {"条": 3})),
        *(("first", "乙市修桥办法"), ("last", "小桥 20"), ("navigation", ("本办法",))),
        ("duties", (("甲市水务局", "牵头", "负责修桥"),)),
        *(("figures", (("13万元", "每座补助"),)), ("figures", (("3万元", "每年补助"),))),
        *(("cell", Cell("大桥", "金额", "12")), ("cell", Cell("小桥", "面积", "12"))),
    ],
)
def test_a_field_that_is_wrong(field: str, value: object) -> None:
    assert wrong(replace(SHEET, **{field: value})) == [field]  # type: ignore[arg-type]


def test_the_sheets_that_are_kept_are_sheets() -> None:
    sheets = read_sheets()
    assert len({sheet.file for sheet in sheets}) == len(sheets) == 44
    assert [sheet.readable for sheet in sheets].count(False) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.pop("title"), "缺少 title"),
        (lambda row: row.update(number=4), "number 是 数字 4；需要字符串"),
        (lambda row: row.update(duties=[["甲局"]]), "duties 是 数组"),
        (lambda row: row.update(figures=[["3万元"]]), "figures 是 数组"),
    ],
)
def test_what_is_no_sheet(
    change: Callable[[dict[str, object]], object], message: str, tmp_path: Path
) -> None:
    row = json.loads(SHEETS.read_text("utf-8").splitlines()[0])
    change(row)
    path = tmp_path / "files.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    with pytest.raises(GoldError, match=message):
        read_sheets(path)


PAGE = (
    "<html><body><div><a href=1>首页</a><a href=2>政务公开</a><a href=3>政民互动</a></div>"
    "<div><h1>甲市修桥办法</h1></div><div>"
    "<p>为了规范修桥，制定本办法，由甲市水务局负责解释，自印发之日起施行。</p>"
    "<p>来源：甲网</p><p hidden>丙</p>"
    "<p>每座新建的桥补助三万元，其中一万元在开工时拨付，两万元在验收后拨付。</p>"
    "</div></body></html>"
)


@pytest.mark.parametrize(
    ("text", "lost", "strange"),
    [
        (
            "甲市修桥办法\n为了规范修桥，制定本办法，由甲市水务局负责解释，自印发之日起施行。\n每座新建的桥补助三万元，其中一万元在开工时拨付，两万元在验收后拨付。",
            (),
            (),
        ),
        (
            "为了规范修桥，制定本办法，由甲市水务局负责解释，自印发之日起施行。",
            ("每座新建的桥补助三万元，其中一万元在开工时拨付，两万元在验收后拨付。",),
            (),
        ),
        (
            "为了规范修桥，制定本办法，由甲市水务局负责解释，自印发之日起施行。\n每座新建的桥补助三万元，其中一万元在开工时拨付，两万元在验收后拨付。\n政民互动",
            (),
            ("政民互动",),
        ),
    ],
)
def test_what_a_page_loses_and_gains(
    text: str, lost: tuple[str, ...], strange: tuple[str, ...]
) -> None:
    share = page_share(PAGE.encode(), text)
    assert (share.lost, share.strange) == (lost, strange)
    assert (share.kept < 1, share.foreign > 0) == (bool(lost), bool(strange))


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples/办法.txt").write_text(TEXT, "utf-8")
    (tmp_path / "samples/空.txt").write_text("", "utf-8")
    sheets = [replace(SHEET, title="乙市修桥办法"), replace(SHEET, file="空.txt", readable=False)]
    monkeypatch.setattr(files_command, "read_sheets", lambda: sheets)
    return tmp_path


def test_the_figures_and_what_is_wrong(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--files", str(shared), "--failures"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["|", "readable", "|", "2", "|", "2", "|", "1.000", "|"] in rows
    assert ["|", "title", "|", "0", "|", "1", "|", "0.000", "|"] in rows
    assert rows[-3:] == [
        ["✗", "办法.txt", "title"],
        ["应为", "乙市修桥办法"],
        ["读成", "甲市修桥办法"],
    ]


def test_the_figures_as_json(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--files", str(shared), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == 2
    assert found["fields"]["title"] == {"met": 0, "of": 1, "value": 0.0}


def test_a_file_that_is_not_there(tmp_path: Path, shared: Path) -> None:
    (shared / "samples/办法.txt").unlink()
    with pytest.raises(GoldError, match=r"办法\.txt"):
        cli.main(["--files", str(tmp_path)])


def test_a_report_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--files", "d", "--report", "r"])
    assert "--report 与 --files 同用" in capsys.readouterr().err
