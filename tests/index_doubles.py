"""Test doubles of the index tests: a tiny encoder and documents made from sentences."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from ingest.schema import (
    Clause,
    Document,
    DocumentInfo,
    Fact,
    FactKind,
    ParsedDocument,
    Passage,
    Span,
)


class HashingEncoder:
    """Character bigrams hashed into a few dimensions: deterministic, and no model to load."""

    def __init__(self, dim: int = 64, fingerprint: str = "hashing-1") -> None:
        self.dim = dim
        self.fingerprint = fingerprint
        self.name = "hashing"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for place in range(len(text) - 1):
                digest = hashlib.blake2b(text[place : place + 2].encode(), digest_size=4).digest()
                out[row, int.from_bytes(digest, "big") % self.dim] += 1.0
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return np.divide(out, norms, out=np.zeros_like(out), where=norms > 0)


def document(document_id: str, *sentences: str, title: str = "测试规划") -> ParsedDocument:
    """A document of one clause a sentence; one passage a clause, without facts."""
    heading = "一、重点任务\n"
    text, clauses, passages = heading, [], []
    starts = []
    for sentence in sentences:
        starts.append(len(text))
        text += sentence + "\n"
    whole = Span(0, len(text))
    clauses.append(
        Clause(
            *(document_id, 1, None, "一、", 1, "一", "一", "重点任务", ("一、重点任务",)),
            *(Span(0, len(heading) - 1), Span(len(heading), len(heading)), whole),
        )
    )
    for number, (start, sentence) in enumerate(zip(starts, sentences, strict=True), start=1):
        span = Span(start, start + len(sentence))
        path = ("一、重点任务", f"{number}.")
        clauses.append(
            Clause(
                *(document_id, number + 1, 1, "1.", 2, str(number), f"一/{number}", "", path),
                *(Span(start, start), span, span),
            )
        )
        context = f"{title} {' '.join(path)}"
        passages.append(Passage(document_id, number, number + 1, span, context))
    info = DocumentInfo(
        id=document_id,
        title=title,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
    )
    return ParsedDocument(Document(info, text), clauses, passages)


def full_document() -> ParsedDocument:
    """A document with every kind of record, every field set, beyond the Basic Plane as well."""
    text = (
        "一、数字𠮷祥\n1.推进普及。到2030年，覆盖率达到80.0%以上，等级五级，"
        "落实《示例办法》。(责任单位：甲局、乙委等)\n"
    )
    at = text.index
    clause = Clause(
        *("full", 2, 1, "1.", 2, "1", "一/1", "推进普及", ("一、数字𠮷祥", "1.推进普及")),
        *(Span(at("1."), at("。")), Span(at("。") + 1, len(text) - 1)),
        Span(at("1."), len(text) - 1),
    )
    top = Clause(
        *("full", 1, None, "一、", 1, "一", "一", "数字𠮷祥", ("一、数字𠮷祥",)),
        *(Span(0, at("\n")), Span(at("\n") + 1, at("\n") + 1), Span(0, len(text))),
    )
    sentence = Span(at("到2030"), at("。(责") + 1)
    group = Span(at("(责任"), at("等)") + 2)

    def named(word: str) -> Span:
        return Span(at(word), at(word) + len(word))

    def fact(kind: FactKind, span: Span, group: Span, **said: Any) -> Fact:
        return Fact(kind, "full", 2, span, group, **said)

    return ParsedDocument(
        Document(
            DocumentInfo(
                *("full", "数字规划", "示发〔2026〕1号", "示例局"),
                *(date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 1), date(2031, 1, 1)),
                *("有效", "区级", "示例区", "https://example.org/1.html", "text/html"),
                *(hashlib.sha256(text.encode()).hexdigest(), len(text), True),
            ),
            text,
        ),
        clauses=[top, clause],
        passages=[Passage("full", 1, 2, sentence, "数字规划 一、数字𠮷祥 1.推进普及")],
        facts=[
            fact("date", named("到2030年"), sentence, what="期限", when="2030-12-31"),
            fact(
                *("figure", named("80.0%以上"), sentence),
                **{"what": "覆盖率", "value": Decimal("80.0"), "measure": "%"},
                **{"bound": "≥", "when": "2030年"},
            ),
            fact("figure", named("五级"), sentence, what="等级", measure="级", bound="="),
            fact("item", named("落实"), sentence, what="数字", value=Decimal(1)),
            fact("question", named("落实"), sentence, what="如何普及？"),
            fact("crossref", named("《示例"), named("《示例"), what="第一条", value=Decimal(1)),
            fact(
                *("reference", named("示例办法"), named("示例办法")),
                **{"what": "示例办法", "target": "rules"},
            ),
            fact(
                *("amendment", named("示例办法"), sentence),
                **{"who": "示例办法", "role": "延长", "what": "2031-12-31"},
                **{"measure": "示发〔2020〕3号", "when": "2026-02-01"},
            ),
            fact("definition", named("示例办法"), sentence, who="办法", what="简称"),
            fact("duty", named("甲局"), group, who="甲局", role="牵头", open=True),
            fact("duty", named("乙委"), group, who="乙委", role="配合"),
            fact("contact", named("乙委等"), group, who="乙委", what="地址"),
            fact("cell", named("等)"), group, who="行", what="列"),
        ],
    )


_LINE = """
网络 安全 数据 平台 医院 学校 社区 企业 推进 建设 完善 提升 服务 能级 光纤 宽带 智能 老年人 责任
单位 规划 标准 评估 监测 预警 应急 人才 培训 示范 应用 场景 开放 共享 治理 基层 绿色
"""
WORDS = _LINE.split()


def corpus(documents: int, passages: int, seed: int = 0) -> list[ParsedDocument]:
    """Documents of random sentences, the same for the same seed."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(documents):
        sentences = [
            "".join(random.choice(WORDS, size=int(random.integers(3, 12)))) + f"{n}项。"
            for n in range(passages)
        ]
        made.append(document(f"doc{number:03}", *sentences, title=f"规划{number}"))
    return made
