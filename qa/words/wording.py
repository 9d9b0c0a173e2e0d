"""Connecting words in the question's language; everything quoted stays as printed.

A phrase is named after what it says.  Traditional Chinese is made from simplified Chinese phrases
before anything quoted is put into them.
"""

from functools import cache
from typing import Any

from ingest.numbering import DECIMALS
from ingest.schema import Clause
from qa.words import tables
from qa.words.language import Script

_ROLES = {"责任": "responsible", "牵头": "lead", "配合": "supporting"}


@cache
def _traditional(phrase: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(phrase))


def say(script: Script, phrase: str, **values: Any) -> str:
    """A phrase in the language of the question, with its values put in as they are."""
    simplified, english = tables.toml("phrases.toml")[phrase]
    if script == "en":
        return str(english.format(**values))
    words: str = _traditional(simplified) if script == "zh-Hant" else simplified
    return words.format(**values)


def role_name(script: Script, role: str) -> str:
    """A role with its heading word: 牵头单位, lead."""
    return _ROLES[role] if script == "en" else say_plain(script, role + "单位")


def say_plain(script: Script, words: str) -> str:
    """Connecting words of our own in the question's script."""
    return _traditional(words) if script == "zh-Hant" else words


def clause_name(script: Script, clause: Clause, article: str = "", alone: bool = True) -> str:
    """A clause as one speaks of it: 第3项（标题）, 第三条(一), 一(二)（标题）.

    `article` is the label of the 条 that the clause stands in; `alone` says that no other item of
    the document has its number, without which it is named by its path: 二(四)3（标题）.
    """
    heading = clause.heading.strip()
    if not clause.label:
        name = "the head of the document" if script == "en" else say_plain(script, "文件开头")
    elif clause.kind == "1." and not article and alone:
        name = (
            f"Task {clause.label}" if script == "en" else say_plain(script, f"第{clause.label}项")
        )
    elif clause.kind == "行":
        name = clause.path.replace("/", "")
        name = f"Row {name}" if script == "en" else name
    elif article and article != clause.label:
        name = article + clause.label
    elif clause.kind == "条" or clause.kind in DECIMALS:  # 4.2.1 says what it stands below
        name = clause.label
    else:
        name = clause.path.replace("/", "")
        name = f"Section {name}" if script == "en" else name
    return f"{name}（{heading}）" if heading else name
