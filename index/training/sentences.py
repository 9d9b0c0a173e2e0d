"""Why this file exists: training text comes in four layouts; this turns each into clean sentences.

A document is a list of sentences in reading order. Nothing here is quoted to a user, so, unlike
the ingest package, it may normalise and drop freely.
"""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])|[\r\n]+")
_SPACE = re.compile(r"[\s\u200b\u3000]+")
_MARKDOWN = re.compile(r"^#+\s*|<!--.*?-->|\*\*", re.MULTILINE)
_NEWS_HEAD = re.compile(r"^[^，]{0,40}，正文[：:]")
_PARAGRAPH_GAP = re.compile(r"\n\s*\n")


def split_sentences(text: str) -> list[str]:
    """Cut at Chinese sentence ends and line ends; drop what holds no word character.

    >>> split_sentences("第一条 为了规范。本法适用于\\u3000全国；\\n\\n---")
    ['第一条 为了规范。', '本法适用于 全国；']
    """
    parts = (_SPACE.sub(" ", part).strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if re.search(r"\w", part)]


def law_text(text: str) -> str:
    """Markdown law → plain lines.

    >>> law_text("# 种子法\\n<!-- INFO END -->\\n第一条 为了")
    '种子法\\n\\n第一条 为了'
    """
    return _MARKDOWN.sub("", text)


def news_text(text: str) -> str:
    """Drop the date stamp that the collection puts before an article.

    >>> news_text("2023-08-08 13:53:31，正文：今天开幕。")
    '今天开幕。'
    """
    return _NEWS_HEAD.sub("", text)


def report_text(text: str) -> str:
    """Join the lines that a wiki's links broke; only an empty line parts paragraphs.

    >>> report_text("党的\\n十九大\\n正式\\n\\n明确")
    '党的十九大正式\\n明确'
    """
    paragraphs = (part.replace("\n", "") for part in _PARAGRAPH_GAP.split(text))
    return "\n".join(part.strip() for part in paragraphs if part.strip())
