"""The default encoder: same vectors as sentence-transformers, fast, and honest about failure."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import (
    DEFAULT_MODEL,
    SentenceTransformerEncoder,
    StaticEncoder,
    encode_queries,
    load_encoder,
)
from index.errors import EncoderError

TEXTS = [
    "谁负责 IPv6 规模部署?",
    "区科委今年有哪些任务?",
    "我妈不会用智能手机怎么办?",
    "推进5G基站建设，到2025年建成超过50%。",
    "ＦＵＬＬ　ｗｉｄｔｈ 与 half width",
    "㐂𠮷 emoji 😀 Ünïcödé русский",
    "财政部、税务总局关于支持个体工商户复工复业增值税政策的公告。" * 20,
    "税",
]
NOTHING = ["", "   ", "？！……", "\n\t", "😀"]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    found = load_encoder(None)
    assert isinstance(found, StaticEncoder)
    return found


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(DEFAULT_MODEL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT_MODEL, tmp_path / "model"))


def test_rows_are_float32_of_length_one(encoder: StaticEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_agrees_with_sentence_transformers(
    encoder: StaticEncoder, reference: SentenceTransformerEncoder
) -> None:
    texts = [*TEXTS, *NOTHING]
    expected = reference._model.encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-4)
    np.testing.assert_allclose(reference.encode(texts), expected, atol=1e-4)
    assert reference.dim == encoder.dim


def test_a_text_without_known_words_is_similar_to_nothing(encoder: StaticEncoder) -> None:
    assert not encoder.encode(NOTHING).any()


def test_no_texts_give_no_rows(encoder: StaticEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_batches_longer_than_one_chunk_agree_with_single_texts(encoder: StaticEncoder) -> None:
    texts = [text[: 1 + n % 37] + str(n) for n in range(800) for text in (*TEXTS, "")]
    together = encoder.encode(texts)
    for place in range(0, len(texts), 97):
        np.testing.assert_array_equal(together[place], encoder.encode([texts[place]])[0])


@settings(deadline=None)
@given(st.lists(st.text(), max_size=6))
def test_a_row_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    encoder = load_encoder(None)
    together = encoder.encode(texts)
    assert np.isfinite(together).all()
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(row, encoder.encode([text])[0])


def test_vectors_of_ids_are_the_vectors_of_their_texts(encoder: StaticEncoder) -> None:
    texts = [
        "推进网络安全，完善医院预约服务。" * 90,
        "",
        "？！",
        *["老年人", "IPv6规模部署"] * 1_100,
    ]
    ids = encoder.ids(texts)
    assert {one.dtype for one in ids} == {np.dtype(np.uint16)}
    assert [len(ids[1]), len(ids[2])] == [0, 0]
    assert np.array_equal(encoder.encode_ids(ids), encoder.encode(texts))
    assert encoder.encode_ids([]).shape == (0, encoder.dim)
    assert encoder.ids([]) == []


def test_ids_of_a_vocabulary_beyond_16_bits_are_refused(encoder: StaticEncoder) -> None:
    weights = encoder._weights
    encoder._weights = np.zeros((65_537, 1), np.float32)
    try:
        with pytest.raises(EncoderError, match=r"有 65537 个词.*至多 65536 个词"):
            encoder.ids(["网络"])
    finally:
        encoder._weights = weights


def test_related_texts_are_nearer_than_unrelated_ones(encoder: StaticEncoder) -> None:
    groups = [
        ("老人不会用手机怎么办", "开展老年人智能技术培训，帮助老年人使用智能终端"),
        ("孩子上学难", "增加义务教育阶段学位供给，保障适龄儿童入学"),
        ("开公司要交多少税", "小微企业减按5%的税率缴纳企业所得税"),
        ("路边乱停车没人管", "加强机动车违法停放的执法和处罚"),
        ("看病报销比例", "提高基本医疗保险住院费用支付水平"),
    ]
    questions = encoder.encode([question for question, _ in groups])
    similarity = questions @ encoder.encode([passage for _, passage in groups]).T
    assert similarity.argmax(axis=1).tolist() == list(range(len(groups)))


def test_the_fingerprint_follows_the_files(encoder: StaticEncoder, copy: Path) -> None:
    assert encoder.fingerprint.startswith("static:")
    assert len(encoder.fingerprint) == len("static:") + 16
    assert load_encoder(copy).fingerprint == encoder.fingerprint
    tokenizer = copy / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text("utf-8") + " ", "utf-8")
    assert load_encoder(copy).fingerprint != encoder.fingerprint


def test_prompts_mark_questions_and_change_the_fingerprint(copy: Path) -> None:
    plain = load_encoder(copy)
    prompted = load_encoder(str(copy), query_prompt="查询：")
    assert isinstance(prompted, SentenceTransformerEncoder)
    assert prompted.fingerprint != SentenceTransformerEncoder(copy).fingerprint
    text = "医保报销"
    expected = plain.encode([f"查询：{text}", text])
    np.testing.assert_allclose(encode_queries(prompted, [text])[0], expected[0], atol=1e-4)
    np.testing.assert_allclose(prompted.encode([text])[0], expected[1], atol=1e-4)
    np.testing.assert_array_equal(encode_queries(plain, [text])[0], expected[1])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"没有文件夹 .*nowhere.*encoder 设置"):
        load_encoder(tmp_path / "nowhere")


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"没有 modules\.json"):
        load_encoder(tmp_path)


@pytest.mark.parametrize("content", ["{", "[1]", '[{"type": 3}]', "{}"])
def test_a_broken_module_list_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "modules.json").write_text(content, "utf-8")
    with pytest.raises(EncoderError, match=r"modules\.json"):
        load_encoder(tmp_path)


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_or_missing_part_is_named(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:1000])
    with pytest.raises(EncoderError, match="读不出来"):
        load_encoder(copy)
    (copy / name).unlink()
    with pytest.raises(EncoderError, match=f"读不到编码器文件 .*{name}"):
        load_encoder(copy)


def test_vectors_that_do_not_fit_the_words_are_refused(copy: Path) -> None:
    path = copy / "tokenizer.json"
    tokenizer = json.loads(path.read_text("utf-8"))
    tokenizer["model"]["vocab"].pop()
    path.write_text(json.dumps(tokenizer), "utf-8")
    with pytest.raises(EncoderError, match="形状"):
        load_encoder(copy)


def test_loading_and_encoding_import_no_heavy_library() -> None:
    code = (
        "import sys; from index.encoder import load_encoder; load_encoder(None).encode(['政策']); "
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'scipy') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.strip() == "[]"


def test_the_shipped_model_stays_small() -> None:
    size = sum(path.stat().st_size for path in DEFAULT_MODEL.rglob("*") if path.is_file())
    assert size <= 29_000_000
