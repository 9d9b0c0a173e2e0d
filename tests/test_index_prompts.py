"""Which words go before questions and passages: set, declared by the model, or of its family."""

import json
from pathlib import Path

import pytest

from index.errors import EncoderError
from index.prompts import DECLARED, Prompts, chosen_prompts, declared_in, family_prompts

EN = Prompts("Represent this sentence for searching relevant passages: ")
ZH = Prompts("为这个句子生成表示以用于检索相关文章：")
WEB = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("BAAI/bge-small-zh-v1.5", ZH),
        ("BAAI/bge-large-zh", ZH),
        ("/data/模型bge-base-zh-v1.5", ZH),
        ("~/cache/models--BAAI--bge-base-zh-v1.5/snapshots/f03589ceff5aac", ZH),
        ("BAAI/bge-large-zh-noinstruct", Prompts()),
        ("BAAI/bge-m3", Prompts()),
        ("BAAI/bge-base-en-v1.5", EN),
        ("Qwen/Qwen3-Embedding-0.6B", Prompts(WEB)),
        ("thenlper/gte-large-zh", Prompts()),
        ("intfloat/multilingual-e5-small", Prompts("query: ", "passage: ")),
        ("intfloat/e5-base-v2", Prompts("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", Prompts(WEB + " ")),
        ("shibing624/text2vec-base-chinese", Prompts()),
        ("someone/made5-base", Prompts()),
    ],
)  # fmt: skip
def test_a_known_family_gets_its_prompts_by_its_name(name: str, prompts: Prompts) -> None:
    assert family_prompts(name) == prompts
    assert family_prompts(Path(name)) == prompts
    assert chosen_prompts(name, {}) == prompts


def test_what_the_model_declares_comes_before_its_family() -> None:
    own = {"query": "Q:", "document": ""}
    assert chosen_prompts("intfloat/e5-base", own) == Prompts("Q:")
    assert chosen_prompts("intfloat/e5-base", {"passage": "P:"}) == Prompts("", "P:")
    # Saved by a library that writes the keys whether the model has prompts or not.
    assert chosen_prompts("BAAI/bge-small-zh-v1.5", {"query": "", "document": ""}) == ZH


def test_what_is_set_comes_before_all_and_may_be_empty() -> None:
    own = {"query": "Q:", "document": "D:"}
    assert chosen_prompts("x", own, query="问：") == Prompts("问：", "D:")
    assert chosen_prompts("x", own, passage="文：") == Prompts("Q:", "文：")
    assert chosen_prompts("BAAI/bge-small-zh-v1.5", {}, query="") == Prompts()


def test_a_folder_that_declares_nothing_has_no_prompts(tmp_path: Path) -> None:
    assert declared_in(tmp_path) == {}
    (tmp_path / DECLARED).write_text('{"prompts": {"query": "Q:", "document": null}}', "utf-8")
    assert declared_in(tmp_path) == {"query": "Q:", "document": ""}


@pytest.mark.parametrize("content", ["{", "[1]", '{"prompts": 3}'])
def test_a_broken_declaration_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / DECLARED).write_text(content, "utf-8")
    with pytest.raises(EncoderError, match=DECLARED):
        declared_in(tmp_path)


def test_a_model_of_another_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / DECLARED).write_text(json.dumps({"model_type": "CrossEncoder"}), "utf-8")
    with pytest.raises(EncoderError, match="CrossEncoder，不是句向量模型"):
        declared_in(tmp_path)
