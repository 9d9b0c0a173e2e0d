"""Tiny models with random weights, saved the way real ones are: no download, no second to spare."""

import json
from functools import cache
from pathlib import Path
from typing import Any

WORDS = "查询问题段落医保报销比例区科委今年有哪些任务谁负责推进基站建设老人不会用手机政策问答维数"


@cache
def _libraries() -> Any:
    import sentence_transformers
    import torch
    import transformers

    return sentence_transformers, torch, transformers


def _bert(folder: Path, head: str, **config: Any) -> None:
    """A BERT of one layer with the vocabulary beside it, as transformers saves them."""
    _, torch, transformers = _libraries()
    folder.mkdir(parents=True, exist_ok=True)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789:：？?"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(letters + WORDS)]
    words += ["##" + letter for letter in letters]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", "utf-8")
    torch.manual_seed(7)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    sizes |= {"intermediate_size": 64, "max_position_embeddings": 96}
    made = transformers.BertConfig(vocab_size=len(words), initializer_range=0.5, **sizes, **config)
    getattr(transformers, head)(made).save_pretrained(folder)
    vocabulary = {word: number for number, word in enumerate(words)}
    transformers.BertTokenizerFast(vocab=vocabulary, model_max_length=96).save_pretrained(folder)


def encoder_folder(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A sentence-transformers folder: BERT, the first token's vector, no normalising."""
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    library, _, _ = _libraries()
    _bert(folder / "bert", "BertModel")
    modules = [Transformer(str(folder / "bert")), Pooling(32, pooling_mode="cls")]
    library.SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(
        str(folder), create_model_card=False
    )
    return folder


def reranker_folder(folder: Path, labels: int = 1) -> Path:
    """A folder of a cross-encoder, as transformers saves it."""
    _bert(folder, "BertForSequenceClassification", num_labels=labels)
    return folder


def code_folder(folder: Path) -> Path:
    """A folder of a model that runs code of its own; were it run, a file would appear."""
    folder.mkdir(parents=True)
    (folder / "own.py").write_text(
        "import pathlib\npathlib.Path(__file__).with_name('run').touch()\nclass Own: pass\n",
        "utf-8",
    )
    config = {"model_type": "own", "auto_map": {"AutoConfig": "own.Own", "AutoModel": "own.Own"}}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}
    ]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    return folder
