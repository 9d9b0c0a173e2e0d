"""Sentences in which a body acts, and those in which it is only named."""

from pathlib import Path

import pytest
from qa_doubles import opened

from qa.execute.agents import acting


def said(folder: Path, text: str, *names: str) -> list[str]:
    """The sentences of an invented document in which a body acts."""
    (folder / "甲办法.txt").write_text(f"甲区燃气管理办法\n\n第一条 {text}\n", encoding="utf-8")
    corpus = opened(folder / "index", folder / "甲办法.txt").corpus
    (document,) = (info.id for info in corpus.held)
    return [fact.group.of(corpus.text(document)) for fact in acting(corpus, document, names)]


@pytest.mark.parametrize(
    "text",
    [
        "燃气主管部门应当定期检查。",
        "违反规定的，由燃气主管部门处一千元罚款。",
        "申请材料报燃气主管部门批准后生效。",
        "区人民政府、燃气主管部门应当公布名单。",
        "受理的燃气主管部门应当在五日内答复。",
        "规划、燃气、消防等主管部门应当按照职责做好监督。",
    ],
)
def test_a_body_that_acts_is_found(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text, "燃气主管部门") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "用户可以向燃气主管部门提出申请。",
        "燃气主管部门工作人员玩忽职守的，依法给予处分。",
        "办理结果应当书面通知燃气主管部门。",
        "依照《燃气主管部门管理规定》应当处罚的，从其规定。",
        "用户应当将材料送到所在地的燃气主管部门办理登记。",
    ],
)
def test_a_body_that_is_only_named_is_not(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text, "燃气主管部门") == []


def test_a_short_form_that_the_document_gives_counts(tmp_path: Path) -> None:
    text = "区燃气安全办公室（以下简称“区燃安办”）负责协调。区燃安办每月公布结果。"
    assert len(said(tmp_path, text, "区燃气安全办公室")) == 2
