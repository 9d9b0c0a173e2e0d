"""Any sentence-transformers folder is an encoder: its prompts, its fingerprint, its failures."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from model_folders import code_folder, encoder_folder

from index.encoder import (
    DEFAULT_MODEL,
    SentenceTransformerEncoder,
    StaticEncoder,
    encode_queries,
    load_encoder,
)
from index.errors import EncoderError
from index.prompts import DECLARED, Prompts

TEXTS = ["谁负责推进基站建设", "医保报销比例", "区科委今年有哪些任务" * 40]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encoder_folder(tmp_path_factory.mktemp("models") / "plain")


@pytest.fixture(scope="module")
def encoder(plain: Path) -> SentenceTransformerEncoder:
    found = load_encoder(plain)
    assert isinstance(found, SentenceTransformerEncoder)
    return found


def renamed(plain: Path, folder: Path) -> Path:
    return Path(shutil.copytree(plain, folder))


def declare(folder: Path, **prompts: str) -> Path:
    path = folder / DECLARED
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"prompts": prompts}), "utf-8")
    return folder


def test_rows_are_float32_of_length_one_and_zeros_without_words(
    encoder: SentenceTransformerEncoder,
) -> None:
    vectors = encoder.encode([*TEXTS, "", "？！"])
    assert vectors.shape == (5, encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0, 0], atol=1e-6)
    raw = encoder._model.encode(TEXTS, prompt="")
    assert np.abs(np.linalg.norm(raw, axis=1) - 1).min() > 0.1  # else nothing was shown
    np.testing.assert_allclose(
        vectors[:3], raw / np.linalg.norm(raw, axis=1, keepdims=True), atol=1e-5
    )
    assert encoder.encode([]).shape == encode_queries(encoder, []).shape == (0, encoder.dim)


def test_questions_and_passages_are_read_after_their_own_prompts(
    plain: Path, encoder: SentenceTransformerEncoder
) -> None:
    prompted = load_encoder(str(plain), "查询：", "段落：")
    texts = ["医保报销", "今年任务"]
    said = encoder.encode([f"查询：{text}" for text in texts])
    np.testing.assert_allclose(encode_queries(prompted, texts), said, atol=1e-6)
    np.testing.assert_allclose(encode_queries(prompted, texts[:1]), said[:1], atol=1e-6)
    said = encoder.encode([f"段落：{text}" for text in texts])
    np.testing.assert_allclose(prompted.encode(texts), said, atol=1e-6)
    assert np.abs(prompted.encode(texts) - encoder.encode(texts)).max() > 0.01
    assert np.abs(prompted.encode(texts) - encode_queries(prompted, texts)).max() > 0.01


def test_a_question_that_was_kept_can_not_be_spoiled(encoder: SentenceTransformerEncoder) -> None:
    first = encode_queries(encoder, ["医保"])
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(encode_queries(encoder, ["医保"]), kept)


def test_the_folder_s_name_brings_the_family_s_prompts(plain: Path, tmp_path: Path) -> None:
    found = load_encoder(renamed(plain, tmp_path / "multilingual-e5-small"))
    assert isinstance(found, SentenceTransformerEncoder)
    assert found.prompts == Prompts("query: ", "passage: ")
    assert found.name == "multilingual-e5-small"


def test_the_model_s_own_prompts_win_and_apply_to_no_other_text(
    plain: Path, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    folder = declare(renamed(plain, tmp_path / "bge-small-zh-v1.5"), query="查询：")
    path = folder / DECLARED
    content = json.loads(path.read_text("utf-8")) | {"default_prompt_name": "query"}
    path.write_text(json.dumps(content), "utf-8")
    found = load_encoder(folder)
    assert isinstance(found, SentenceTransformerEncoder)
    assert found.prompts == Prompts("查询：", "")
    np.testing.assert_allclose(found.encode(["医保"]), encoder.encode(["医保"]), atol=1e-6)


def test_the_fingerprint_follows_weights_tokenizer_pooling_and_prompts_but_not_the_place(
    plain: Path, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file, save_file

    def changed(name: str) -> Path:
        return renamed(plain, tmp_path / name)

    assert load_encoder(changed("elsewhere")).fingerprint == encoder.fingerprint
    others = [
        load_encoder(plain, "查询：").fingerprint,
        load_encoder(plain, None, "查询：").fingerprint,
    ]
    weights = load_file(changed("weights") / "model.safetensors")
    weights = {name: weight * np.float32(1.001) for name, weight in weights.items()}
    save_file(weights, tmp_path / "weights" / "model.safetensors", {"format": "pt"})
    pooling = changed("pooling") / "1_Pooling" / "config.json"
    pooling.write_text(pooling.read_text("utf-8").replace('"cls"', '"mean"'), "utf-8")
    words = changed("words") / "tokenizer.json"
    words.write_text(words.read_text("utf-8").replace('"医"', '"兽"'), "utf-8")
    others += [load_encoder(tmp_path / one).fingerprint for one in ("weights", "pooling", "words")]
    assert len({encoder.fingerprint, *others}) == 6
    assert all(one.startswith("st:") and len(one) == len("st:") + 16 for one in others)


def test_threads_may_share_it(encoder: SentenceTransformerEncoder) -> None:
    expected = encoder.encode(TEXTS)
    failed: list[object] = []

    def work() -> None:
        try:
            for _ in range(5):
                np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=1e-5)
        except BaseException as error:  # told by the test, not lost in its thread
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_static_folder_is_read_directly_unless_it_wants_prompts(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEFAULT_MODEL, tmp_path / "bge-static-zh"))
    assert isinstance(load_encoder(folder), StaticEncoder)
    assert isinstance(load_encoder(folder, "", ""), StaticEncoder)
    found = load_encoder(declare(folder, query="查询：", document=""))
    assert isinstance(found, SentenceTransformerEncoder)
    np.testing.assert_allclose(
        encode_queries(found, ["医保报销"]), load_encoder().encode(["查询：医保报销"]), atol=1e-4
    )


def test_prompts_without_a_model_are_refused() -> None:
    with pytest.raises(EncoderError, match=r"没有设置编码器.*encoder_query_prompt"):
        load_encoder(None, "查询：")
    assert isinstance(load_encoder(None, "", ""), StaticEncoder)


def test_a_model_s_own_code_is_not_run(tmp_path: Path) -> None:
    folder = code_folder(tmp_path / "own")
    with pytest.raises(EncoderError, match=r"自带的代码.*trust_remote_code 始终关闭"):
        load_encoder(folder)
    modules = [{"idx": 0, "name": "0", "path": "", "type": "own.Own"}]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    with pytest.raises(EncoderError, match="自带的代码"):
        load_encoder(folder)
    assert not (folder / "run").exists()


@pytest.mark.parametrize("lost", ["config.json", "model.safetensors", "1_Pooling/config.json"])
def test_an_incomplete_folder_is_told_in_one_line(plain: Path, tmp_path: Path, lost: str) -> None:
    folder = renamed(plain, tmp_path / "model")
    (folder / lost).unlink()
    with pytest.raises(EncoderError, match=r"加载失败（.*检查 encoder 设置") as caught:
        load_encoder(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["./nowhere", "~/no-such-folder-of-wence", "README.md"])
def test_a_path_that_is_no_folder_is_not_looked_for_on_the_hub(name: str) -> None:
    with pytest.raises(EncoderError, match="没有文件夹"):
        load_encoder(name)


def test_a_name_that_can_not_be_had_is_told_in_one_line() -> None:
    with pytest.raises(EncoderError, match="“nobody/no-such-model”加载失败") as caught:
        load_encoder("nobody/no-such-model")
    assert "\n" not in str(caught.value)
