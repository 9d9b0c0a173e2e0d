"""A cross-encoder reads question and passage together: slower than vectors by far, and finer.

So it only orders the first few that the search found.  Optional; nothing of it is imported unless
the setting names a model.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from index.errors import RerankerError
from index.pretrained import Kind, loaded, named

T = TypeVar("T")
Scores = npt.NDArray[np.float32]

TOP = 20
"""How many candidates are read again: 20 pairs take a base-sized model a second or two on CPUs."""

KIND = Kind(
    "reranker",
    "重排模型",
    "sentence-transformers 能加载的交叉编码器（CrossEncoder）文件夹或模型名",
    "检查 reranker 设置，或留空以不用重排",
    RerankerError,
)

_HEADS = ("ForSequenceClassification", "ForCausalLM")
"""How the architectures end that can score a pair; others would get a head of random weights."""


class Reranker(Protocol):
    """Scores how well texts answer a question."""

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """(n,) float32, higher is better; comparable only within one question."""
        ...


class CrossEncoderReranker:
    """Any cross-encoder with one output that sentence-transformers loads.

    Code that comes with a model is never run.  Safe to use from several threads, one at a time.
    """

    def __init__(self, name: str | Path) -> None:
        def load() -> Any:
            from sentence_transformers import CrossEncoder

            return CrossEncoder(str(name), trust_remote_code=False)

        self._model = loaded(name, KIND, load)
        self._lock = Lock()
        self.name = Path(name).name
        known = list(getattr(self._model.config, "architectures", None) or [])
        if len(self._model) == 1 and not any(one.endswith(_HEADS) for one in known):
            raise RerankerError(
                f"“{name}”（{'、'.join(known) or '未写明结构'}）不是交叉编码器",
                KIND.expected,
                KIND.remedy,
            )
        if self._model.num_labels != 1:
            raise RerankerError(
                f"重排模型“{name}”有 {self._model.num_labels} 个输出",
                "只输出一个分数的交叉编码器",
                KIND.remedy,
            )

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """(n,) float32, higher is better."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        with self._lock:  # a fast tokenizer that is used by two threads at once raises
            found = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def load_reranker(name: str | Path | None) -> Reranker | None:
    """The reranker that a setting names; None or "" is none.

    Raises RerankerError when there is no such model, it can't be read or is no cross-encoder.
    """
    return CrossEncoderReranker(named(name, KIND)) if name else None


def rerank(
    question: str,
    candidates: Sequence[tuple[T, str]],
    reranker: Reranker | None,
    top: int = TOP,
) -> list[T]:
    """The candidates (each with its text), the first `top` of them in the reranker's order.

    Those behind stay as they are, and so does everything without a reranker; of equal scores the
    earlier one stays first.  Raises RerankerError for scores that give no order.

    >>> class Longest:
    ...     def score(self, question, texts):
    ...         return np.array([len(text) for text in texts], np.float32)
    >>> rerank("?", [(1, "a"), (2, "abc"), (3, "abcd")], Longest(), top=2)
    [2, 1, 3]
    """
    found = [one for one, _ in candidates]
    if reranker is None or not found:
        return found
    texts = [text for _, text in candidates[:top]]
    scores = np.asarray(reranker.score(question, texts), dtype=np.float32)
    if scores.shape != (len(texts),) or not np.isfinite(scores).all():
        raise RerankerError(
            f"重排模型返回的分数形状是 {scores.shape}，或者不全是有限的数",
            f"({len(texts)},) 个有限的数",
            KIND.remedy,
        )
    order = np.argsort(-scores, kind="stable")
    return [found[place] for place in order] + found[len(texts) :]
