"""Why this file exists: writes the trained vectors as a sentence-transformers model folder.

The folder is written by hand rather than by `SentenceTransformer.save`, so that two trainings
with the same seed give the same bytes, without a library's version or a date in them.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save
from tokenizers import Tokenizer

from index.late_interaction import FILE as LATE_INTERACTION
from index.training.late_interaction import Table

Vectors = npt.NDArray[np.float32]

_LIBRARY = "sentence_transformers"
_MODULES = {
    "": f"{_LIBRARY}.sentence_transformer.modules.static_embedding.StaticEmbedding",
    "1_Normalize": f"{_LIBRARY}.base.modules.normalize.Normalize",
}
"""Folder below the model's → the class that reads it, in the order they are applied."""
_CONFIG = {
    "model_type": "SentenceTransformer",
    "similarity_fn_name": "cosine",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
}
_NORMALIZE = {
    "module_input_name": "sentence_embedding",
    "module_output_name": "sentence_embedding",
}


def write_model_folder(
    folder: Path, tokenizer: Tokenizer, vectors: Vectors, table: Table | None = None
) -> None:
    """Write or replace the model's files; a README.md already there is left alone.

    vectors: (vocabulary size, dim) float32. table: the soft arm's, for the same vocabulary.
    """
    if len(vectors) != tokenizer.get_vocab_size():
        raise ValueError(
            f"{len(vectors)} vectors for {tokenizer.get_vocab_size()} words; expected one for "
            "each word: train with this very tokenizer"
        )
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    modules = [
        {"idx": place, "name": str(place), "path": path, "type": kind}
        for place, (path, kind) in enumerate(_MODULES.items())
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", _NORMALIZE)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    weights = save({"embedding.weight": np.ascontiguousarray(vectors)})
    (folder / "model.safetensors").write_bytes(weights)
    if table is not None:
        (folder / LATE_INTERACTION).write_bytes(
            save({"vectors": eight_bits(table.vectors), "weights": table.weights})
        )


def eight_bits(vectors: Vectors) -> npt.NDArray[np.int8]:
    """(words, dim) int8: each row stretched to the whole range; only its direction is kept.

    >>> eight_bits(np.array([[0.6, -0.8]], np.float32)).tolist()
    [[95, -127]]
    """
    most = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    whole: npt.NDArray[np.int8] = np.rint(vectors / most * 127).astype(np.int8)
    return whole


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
