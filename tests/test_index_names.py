"""The names that documents give: what is found, and what the dictionary guarantees."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st
from index_doubles import HashingEncoder, document, full_document

from index import names
from index.dictionary import entries
from index.folding import fold_text
from index.local import LocalIndex
from index.names import MAX_NAME, MIN_NAME
from index.terms import terms
from index.tokens import fingerprint, folded_words
from index.verify import verify
from ingest.schema import ParsedDocument

ENCODER = HashingEncoder()
DOCUMENTS = [
    document(
        "city", "推进“一网统管”，由区科委，市数据局办理。", "一网统管平台。", title="一网统管方案"
    ),
    document("town", "在豫湖街道，一网统管已经用上。", "“随身办”与《码上办理办法》。"),
    document("plain", "一网统管和随身办，豫湖街道，也归区科委。", "网络安全。"),
    full_document(),
]
QUERIES = ["区科委的一网统管", "豫湖街道随身办", "码上办理办法", "示例局网络"]


def found(text: str, issuer: str = "", units: tuple[str, ...] = ()) -> dict[str, str]:
    return dict(names.names(text, issuer, units))


def test_terms_are_what_stands_in_quotation_marks():
    assert found('用好“一网统管”、「隨申辦」、"数字孪生"。') == dict.fromkeys(
        ["一网统管", "数字孪生", "随申办"], "term"
    )
    assert found("“５Ｇ＋工业互联网”") == {"5g+工业互联网": "term"}
    assert found("“创新，发展”“好”“abc”“一二三四五六七八九十一”") == {}


def test_titles_are_names_up_to_a_length():
    assert found("落实《数据管理办法》") == {"数据管理办法": "title"}
    assert found(f"《{'长' * MAX_NAME}》《{'长' * (MAX_NAME + 1)}》") == {"长" * MAX_NAME: "title"}


def test_units_are_announced_or_sign_or_stand_between_marks():
    assert found("", "示例市政府办公室、示例局", ("某某股份", "各街道", "局")) == {
        "某某股份": "unit",
        "示例局": "unit",
        "示例市政府办公室": "unit",
    }
    assert found("由区科委、市经济信息化委会商，市住房城乡建设局：") == {
        "区科委": "unit",
        "市住房城乡建设局": "unit",
    }


def test_places_are_found_where_only_they_stand_between_marks():
    assert found("在外滩街道、甲乙镇，推进丙丁街道工作。") == {
        "外滩街道": "place",
        "甲乙镇": "place",
    }


@pytest.mark.parametrize(
    "text",
    [
        "市场监督管理的部门委",
        "有关街道，各镇，社区街道",
        "应当征求区，区和县，县级以上人民政府",
        "推进全市委",
    ],
)
def test_phrases_are_no_names(text):
    assert found(text) == {}


def test_a_dictionary_word_is_no_name():
    assert "人民政府" in folded_words("人民政府")
    parsed = document("a", "“人民政府”和“数字孪生体”。")
    assert entries(parsed.document.info, parsed.document.text, ()) == [("数字孪生体", "term")]


TEXT = st.text(st.sampled_from("一网统管区科委“”《》，。街道市5g+ 臺㎡A"), max_size=60)


@settings(deadline=None)
@given(TEXT, st.text(st.sampled_from("区科委局、 A"), max_size=8))
def test_names_are_single_folded_terms_that_a_question_can_hold(text, issuer):
    for name in found(text, issuer):
        assert MIN_NAME <= len(name) <= MAX_NAME
        assert name == fold_text(name)
        assert not any(char.isspace() for char in name)
        assert name in names.stretches(f"问：{name}？")
        assert list(names.occurrences(name, [name])) == [name]


@settings(deadline=None)
@given(TEXT, TEXT, st.lists(st.sampled_from(["一网统管", "区科委", "网统管"]), unique=True))
def test_all_terms_stay_as_they_are_without_names(context, text, known):
    plain, named = terms(context, text), terms(context, text, tuple(known))
    assert named[:4] == plain[:4]
    assert plain.names == plain.context_names == ""
    folded = fold_text(text)
    for name in known:
        count = sum(folded.startswith(name, place) for place in range(len(folded)))
        assert named.names.split().count(name) == count


def scores(index: LocalIndex) -> list[list[tuple[object, float]]]:
    return [[(h.key, h.score) for h in index.search_lexical(q, 99)] for q in QUERIES]


@pytest.mark.parametrize("seed", range(4))
def test_neither_order_nor_number_of_writes_matters(tmp_path: Path, seed: int):
    with LocalIndex.create(tmp_path / "fresh", ENCODER) as index:
        index.add(DOCUMENTS)
        expected = scores(index)
        counted = index.names()
    chooser = random.Random(seed)
    given = chooser.sample(DOCUMENTS, len(DOCUMENTS))
    extra = document("extra", "“一网统管”“区块数据局”，网络。")
    with LocalIndex.create(tmp_path / "grown", ENCODER) as index:
        index.add([given[0], extra])
        for one in given[1:]:
            index.add([one])
        index.add([document(given[0].document.id, "“网络安全局”。")])
        index.add([given[0]])
        index.delete(["extra"])
        assert index.names() == counted  # what is withdrawn is unknown at once
        index.compact(full=True)
        for ours, theirs in zip(scores(index), expected, strict=True):
            assert dict(ours) == pytest.approx(dict(theirs), rel=2e-5)
        assert index.names() == counted == {"unit": 2, "place": 1, "term": 2, "title": 2}
    wrong = verify(tmp_path / "grown", ENCODER)
    assert [one for one in wrong if one.severity == "error"] == []


def test_a_name_is_known_in_questions_as_long_as_a_document_gives_it(tmp_path: Path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(DOCUMENTS)
        index.add([document("again", "“一网统管”。")])
        asked = "壹网一網統管，外区科委"
        assert index._reader.names_in(asked) == {"一网统管", "区科委"}
        index.delete(["city"])
        assert index._reader.names_in(asked) == {"一网统管"}
        index.delete(["again"])
        assert index._reader.names_in(asked) == set()


def in_files(root: Path, name: str) -> list[str]:
    return [p.name for p in root.rglob("*") if p.is_file() and name.encode() in p.read_bytes()]


def in_terms(root: Path, name: str) -> int:
    searcher = tantivy.Index.open(str(next(root.glob("lexical-*")))).searcher()
    return sum(searcher.doc_freq(field, name) for field in ("names", "context_names"))


@pytest.mark.parametrize("way", ["deleted", "replaced"])
def test_names_of_a_deleted_document_are_nowhere(tmp_path: Path, way: str):
    root, secret = tmp_path / "index", "饕餮云台"
    with LocalIndex.create(root, ENCODER) as index:
        index.add([*DOCUMENTS, document("secret", f"用“{secret}”。", title=f"{secret}办法")])
        assert in_terms(root, secret) == 2
        assert in_files(root, secret)
        if way == "deleted":
            index.delete(["secret"])
        else:
            index.add([document("secret", "换过的内容。")])
        assert index._reader.names_in(secret) == set()
        index.compact(full=True)
    assert in_terms(root, secret) == 0
    assert in_files(root, secret) == []


def test_the_rules_of_names_are_part_of_the_fingerprint(monkeypatch: pytest.MonkeyPatch):
    before = fingerprint()
    monkeypatch.setattr(names, "_QUOTED", names._TITLE)
    fingerprint.cache_clear()
    assert fingerprint() != before
    monkeypatch.undo()
    fingerprint.cache_clear()
    assert fingerprint() == before


def test_jieba_and_rjieba_give_the_same_names():
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "sys.path.insert(0, 'tests')\n"
        "from test_index_names import every_entry\n"
        "print(every_entry())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == every_entry()


def every_entry() -> str:
    made: list[ParsedDocument] = [
        *DOCUMENTS,
        document("more", "“人民政府”“人民政府网”“数字中国梦”。"),
    ]
    return repr([entries(p.document.info, p.document.text, p.facts) for p in made])
