"""Questions to start with, made from what the corpus holds, so that each has an answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

SHORT = 16
"""Longest name, in characters, that reads well on a button."""


def example_questions(
    documents: Sequence[Mapping[str, Any]],
    tasks: Sequence[Mapping[str, Any]],
    targets: Sequence[Mapping[str, Any]],
    words: Mapping[str, str],
) -> list[str]:
    """Up to four questions: an owner, a unit's tasks, a target and a document number.

    >>> words = {"example_owner": "谁负责{task}？", "example_unit": "{unit}有哪些任务？"}
    >>> tasks = [{"heading": "建设数据平台", "units": [{"unit": "区数据局"}]}]
    >>> example_questions([], tasks, [], words)
    ['谁负责建设数据平台？', '区数据局有哪些任务？']
    """
    found = []
    headings = [task["heading"].strip("。，；,;. ") for task in tasks]
    readable = [heading for heading in headings if 4 <= len(heading) <= SHORT]
    if readable:
        found.append(words["example_owner"].format(task=readable[len(readable) // 2]))
    units = Counter(one["unit"] for task in tasks for one in task["units"])
    names = [unit for unit, _ in units.most_common() if len(unit) <= SHORT and "各" not in unit]
    if names:
        found.append(words["example_unit"].format(unit=names[0]))
    subjects = [one["subject"] for one in targets if 4 <= len(one["subject"]) <= SHORT]
    if subjects:
        found.append(words["example_target"].format(subject=subjects[0]))
    titles = [one["title"] for one in documents if one["held"] and one["number"]]
    if titles:
        title = titles[0] if "《" in titles[0] else f"《{titles[0]}》"
        found.append(words["example_number"].format(title=title))
    return found
