"""Any model that sentence-transformers loads, as an encoder.

The sibling of `encoder.StaticEncoder`: that one needs no torch and answers at once; this one
takes seconds to import and can be any model there is.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError
from index.pretrained import Kind, loaded
from index.prompts import Prompts, chosen_prompts, model_name

Vectors = npt.NDArray[np.float32]

KIND = Kind(
    "encoder",
    "编码器",
    "sentence-transformers 能加载的模型文件夹或模型名",
    "检查 encoder 设置，或留空以使用自带的编码器",
    EncoderError,
)

_SAMPLED = 4_096
"""Values of each weight that the fingerprint looks at: training moves all of them."""

_KEPT_QUESTIONS = 64
"""A question is encoded for the search, then for its sentences and figures: once is enough."""


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, from a folder or by its hub name.

    The prompts are put before each text; None leaves the choice to `index.prompts`.  Code that
    comes with a model is never run.  Safe to use from several threads, one at a time.
    """

    def __init__(
        self,
        name: str | Path,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        def load() -> Any:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(str(name), trust_remote_code=False)

        self._model = loaded(name, KIND, load)
        self._lock = Lock()
        self._question = lru_cache(maxsize=_KEPT_QUESTIONS)(self._one_question)
        self.prompts = chosen_prompts(name, self._model.prompts, query_prompt, passage_prompt)
        self.name = model_name(name)
        self.fingerprint = f"st:{_digest(self._model, self.prompts)}"
        self.dim = int(loaded(name, KIND, lambda: self._raw(["维数"], "").shape[1]))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32, rows of length 1; zeros for a text without word characters."""
        return self._encode(texts, self.prompts.passage)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Like `encode`, with the prompt for questions."""
        if len(texts) == 1:
            return self._question(texts[0]).copy()
        return self._encode(texts, self.prompts.query)

    def _one_question(self, text: str) -> Vectors:
        return self._encode([text], self.prompts.query)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        spoken = [i for i, text in enumerate(texts) if any(c.isalnum() for c in text)]
        if spoken:
            found = self._raw([texts[i] for i in spoken], prompt)
            norms = np.linalg.norm(found, axis=1, keepdims=True)
            # Here and not by the model: one of half precision gives lengths of 0.998.
            vectors[spoken] = np.divide(found, norms, out=np.zeros_like(found), where=norms > 0)
        return vectors

    def _raw(self, texts: list[str], prompt: str) -> Vectors:
        # Always with a prompt, if an empty one: else the model's default for all texts is used.
        encode: Callable[..., Any] = self._model.encode
        with self._lock:  # a fast tokenizer that is used by two threads at once raises
            found = encode(texts, prompt=prompt, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def _digest(model: Any, prompts: Prompts) -> str:
    """16 hex digits of all that vectors depend on: weights, tokenizer, modules, prompts.

    No vectors: the same model gives others, in their last digits, on another processor, and the
    index would have to be made anew there.
    """
    digest = hashlib.sha256()
    settings = [[type(module).__name__, _config(module)] for module in model]
    rules = [prompts.query, prompts.passage, settings, _tokenizer(model)]
    digest.update(json.dumps(rules, sort_keys=True, default=_type_name).encode())
    for name, weight in sorted(model.state_dict().items()):
        flat = weight.detach().flatten()
        sample = flat[:: max(1, len(flat) // _SAMPLED)].float().cpu().numpy()
        digest.update(f"{name}{tuple(weight.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()[:16]


def _config(module: Any) -> Any:
    tell = getattr(module, "get_config_dict", None)
    return tell() if tell else ""


def _tokenizer(model: Any) -> Any:
    tokenizer = getattr(model, "tokenizer", None)
    backend: Any = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if not hasattr(backend, "to_str"):
        return sorted(backend.get_vocab().items()) if hasattr(backend, "get_vocab") else ""
    rules: dict[str, Any] = json.loads(backend.to_str())
    # These two are set anew by each call.
    return {key: rule for key, rule in rules.items() if key not in ("truncation", "padding")}


def _type_name(value: object) -> str:
    return type(value).__name__
