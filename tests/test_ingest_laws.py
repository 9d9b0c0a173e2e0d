"""Statutes come out with all their articles, counted independently of the outline's grammar."""

import re

import pytest
from laws_oracle import EXPLAINED, LAWS, differences, disordered, explained, headings, laws

from ingest.outline import outline
from ingest.schema import Clause

shared = pytest.mark.skipif(not LAWS.is_file(), reason="../shared (public test data) is absent")
EVERY = 20


def law(words: str) -> tuple[str, list[Clause]]:
    (text,) = [text for path, text in laws().items() if words in path]
    return text, outline("d", text)


def articles(clauses: list[Clause]) -> list[Clause]:
    return [c for c in clauses if c.kind == "条"]


@shared
def test_a_sample_has_every_article_and_chapter_once() -> None:
    known = [law for law, _ in EXPLAINED.values()]
    sample = [p for i, p in enumerate(laws()) if i % EVERY == 0 or any(one in p for one in known)]
    assert len(sample) > len(known)
    for path in sample:
        text = laws()[path]
        clauses = outline("d", text)
        assert len(differences(text, clauses)) == explained(path), path
        starts = [c.span.start for c in clauses]
        assert starts == sorted(starts), path
        for clause in clauses[1:]:
            above = clauses[clause.parent or 0]
            assert above.ordinal < clause.ordinal, path
            assert above.span.covers(clause.span), path
            assert clause.span.covers(clause.body), path
            assert clause.span.covers(clause.heading_span), path


def test_the_oracle_sees_what_is_lost_doubled_or_misnumbered() -> None:
    text = "## 第一章　总　则\n\n第一条　甲。\n\n第一条之一　乙。\n\n第三条 丙。\n第二条 丁。"
    found = headings(text)
    assert [(h.kind, h.number, h.inserted) for h in found] == [
        *(("章", 1, 0), ("条", 1, 0), ("条", 1, 1), ("条", 3, 0), ("条", 2, 0)),
    ]
    assert disordered(found) == 1
    clauses = [c for c in outline("d", text) if c.kind in ("章", "条")]
    assert differences(text, clauses) == {found[-1]}
    assert differences(text, clauses[1:]) == {found[0], found[-1]}
    assert differences(text, [*clauses, clauses[0]]) == {found[0], found[-1]}


@shared
def test_a_statute_in_detail() -> None:
    text, clauses = law("诉讼与非诉讼程序法/刑事诉讼法(2018-10-26)")
    found = articles(clauses)
    assert (found[0].label, found[-1].label, len(found)) == ("第一条", "第三百零八条", 308)
    assert all(c.path == c.label for c in found)  # articles are numbered through all chapters
    part = found[120]
    assert part.heading_path[0].startswith("第二编")
    assert part.heading_path[-1] == part.label
    assert text[part.span.start :].startswith(part.label[:3])


@shared
def test_articles_whose_line_breaks_were_lost_are_found() -> None:
    _, clauses = law("飞行基本规则(2007-10-18)")
    labels = [c.label for c in articles(clauses)]
    assert (labels[0], labels[-1], len(labels)) == ("第一条", "第一百二十四条", 124)
    chapters = [c.label for c in clauses if c.kind == "章"]
    assert len(chapters) == 12


@shared
def test_the_articles_that_an_amendment_quotes_are_not_its_own() -> None:
    _, clauses = law("宪法修正案（2018年）")
    found = articles(clauses)
    assert found[0].label == "第三十二条"
    assert found[-1].label == "第五十二条"


def test_a_printed_table_of_contents_is_no_outline() -> None:
    text = (
        "某市条例\n目录\n第一章 总则\n第二章 管理\n第三章 附则\n"
        "第一章 总则\n第一条 为了管理，制定本条例。\n"
        "第二章 管理\n第二条 有下列情形的：\n（一）甲；\n（二）乙。\n第三章 附则\n第三条 施行。\n"
    )
    clauses = outline("d", text)
    assert [c.label for c in clauses if c.kind == "章"] == ["第一章", "第二章", "第三章"]
    assert [c.heading for c in clauses if c.kind == "章"] == ["总则", "管理", "附则"]
    assert [c.path for c in clauses if c.kind == "(一)"] == ["第二条/(一)", "第二条/(二)"]


def test_a_part_of_a_code_starts_at_any_article() -> None:
    text = "第二编 物权\n第一章 一般规定\n第二百零五条 甲。\n第二百零六条 乙。\n第二百零七条 丙。\n"
    assert [c.label for c in articles(outline("d", text))] == [
        "第二百零五条",
        "第二百零六条",
        "第二百零七条",
    ]


def test_an_inserted_article_repeats_its_number() -> None:
    text = "第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第二条之二 丁。\n第三条 戊。\n"
    labels = [c.label for c in articles(outline("d", text))]
    assert labels == ["第一条", "第二条", "第二条之一", "第二条之二", "第三条"]


@pytest.mark.parametrize(
    "line", ["第一条第二款规定的情形除外。", "第九条规定的人员，依照执行。", "第一百条 另有规定。"]
)
def test_a_cross_reference_at_a_line_start_is_no_heading(line: str) -> None:
    clauses = outline("d", f"第一条 甲。\n第二条 依照下列规定：\n{line}\n第三条 丙。\n")
    assert [c.label for c in articles(clauses)] == ["第一条", "第二条", "第三条"]
    assert re.search(
        re.escape(line), clauses[2].body.of(f"第一条 甲。\n第二条 依照下列规定：\n{line}")
    )


def test_repealed_articles_leave_gaps() -> None:
    clauses = outline("d", "第一条 甲。\n第二条 乙。\n第五条 丙。\n第六条 丁。\n")
    assert [c.label for c in articles(clauses)] == ["第一条", "第二条", "第五条", "第六条"]


@pytest.mark.parametrize("mark", ["", "## "])
def test_a_chapter_below_a_lost_one_opens_above_the_article_that_is_due(mark: str) -> None:
    text = (
        f"第一条 甲。\n{mark}第二章 管理\n第二条 依照\n第三章所列的事项办理。\n"
        f"{mark}第五章 附则\n第三条 施行。\n"
    )
    clauses = outline("d", text)
    assert [c.label for c in clauses if c.kind == "章"] == ["第二章", "第五章"]
    assert [c.label for c in articles(clauses)] == ["第一条", "第二条", "第三条"]


def test_divisions_of_a_code_stand_below_its_part() -> None:
    text = (
        "第二编 物权\n第一分编 通则\n第一章 甲\n第一条 乙。\n"
        "第二分编 所有权\n第二章 丙\n第二条 丁。"
    )
    assert [c.path for c in outline("d", text) if c.kind in ("编", "分编", "章")] == [
        *("第二编", "第二编/第一分编", "第二编/第一分编/第一章"),
        *("第二编/第二分编", "第二编/第二分编/第二章"),
    ]


def test_the_articles_of_an_annex_begin_anew_and_say_so() -> None:
    text = "第一条 见附件。\n第二条 乙。\n附件1：条件\n第一条 丙。\n第二条 丁。\n"
    assert [c.path for c in outline("d", text)[1:]] == [
        *("第一条", "第二条", "附件1", "附件1/第一条", "附件1/第二条"),
    ]
