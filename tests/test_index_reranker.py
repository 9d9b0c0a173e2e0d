"""The optional cross-encoder: the first few in its order, everything else untouched."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_folders import code_folder, encoder_folder, reranker_folder

from index.errors import RerankerError
from index.reranker import CrossEncoderReranker, Scores, load_reranker, rerank


class Fixed:
    """Scores from a table; it keeps what it was asked."""

    def __init__(self, scores: Sequence[float]) -> None:
        self.scores = scores
        self.asked: list[tuple[str, list[str]]] = []

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.asked.append((question, list(texts)))
        return np.array(self.scores[: len(texts)], np.float32)


def test_the_best_of_the_first_few_comes_first_and_the_rest_stays() -> None:
    reranker = Fixed([0.1, 0.9, 0.9, 0.5])
    found = rerank("问", [(n, f"文{n}") for n in range(6)], reranker, top=4)
    assert found == [1, 2, 3, 0, 4, 5]
    assert reranker.asked == [("问", ["文0", "文1", "文2", "文3"])]


def test_without_a_reranker_or_candidates_nothing_changes() -> None:
    assert rerank("问", [(1, "甲"), (2, "乙")], None) == [1, 2]
    reranker = Fixed([])
    assert rerank("问", [], reranker) == []
    assert reranker.asked == []


@given(st.lists(st.floats(-9, 9, width=32), max_size=12), st.integers(1, 14))
def test_it_is_a_stable_sort_of_the_head(scores: list[float], top: int) -> None:
    candidates = [(n, str(n)) for n in range(len(scores))]
    head = sorted(range(len(scores[:top])), key=lambda n: -scores[n])
    assert rerank("问", candidates, Fixed(scores), top) == [*head, *range(len(head), len(scores))]


@pytest.mark.parametrize("scores", [[1.0], [1.0, float("nan")], [[1.0, 2.0]] * 2])
def test_scores_that_give_no_order_are_refused(scores: list[float]) -> None:
    with pytest.raises(RerankerError, match=r"需要\(2,\) 个有限的数"):
        rerank("问", [(1, "甲"), (2, "乙")], Fixed(scores))


def test_no_setting_means_no_reranker() -> None:
    assert load_reranker(None) is load_reranker("") is None


def test_it_scores_pairs_as_the_library_does(tmp_path: Path) -> None:
    found = load_reranker(str(reranker_folder(tmp_path / "cross")))
    assert isinstance(found, CrossEncoderReranker)
    texts = ["医保报销比例", "区科委今年有哪些任务", "a" * 3000]
    scores = found.score("谁负责推进", texts)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == 3
    one_by_one = [found.score("谁负责推进", [text])[0] for text in texts]
    np.testing.assert_allclose(scores, one_by_one, atol=1e-5)
    assert found.score("谁负责推进", []).shape == (0,)
    order = rerank("谁负责推进", [(text, text) for text in texts], found)
    assert order == [texts[n] for n in np.argsort(-scores)]


def test_more_outputs_than_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match=r"有 3 个输出.*只输出一个分数"):
        load_reranker(reranker_folder(tmp_path / "three", labels=3))


def test_an_encoder_is_no_reranker(tmp_path: Path) -> None:
    # It would load, with a head of random weights.
    with pytest.raises(RerankerError, match=r"（BertModel）不是交叉编码器.*reranker 设置"):
        load_reranker(encoder_folder(tmp_path / "encoder"))


def test_a_model_s_own_code_is_not_run(tmp_path: Path) -> None:
    folder = code_folder(tmp_path / "own")
    with pytest.raises(RerankerError, match=r"自带的代码.*trust_remote_code 始终关闭"):
        load_reranker(folder)
    assert not (folder / "run").exists()


@pytest.mark.parametrize("name", ["", "cross"])
def test_a_missing_or_empty_folder_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(RerankerError, match=r"(没有文件夹|加载失败（).*reranker 设置") as caught:
        load_reranker(tmp_path / name)
    assert "\n" not in str(caught.value)
