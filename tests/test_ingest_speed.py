"""Reading takes linear time, whatever the text."""

import time

import pytest

from ingest.parse import parse_bytes

N = 30_000
HOSTILE = {
    "open brackets": "推进工作（甲" * N,
    "nested brackets": "（" * N + "甲局负责" + "）" * N,
    "announced": "（责任单位：" * (N // 4) + "）" * N,
    "spaces": "。" + " " * N + "甲" + "\u3000" * N,
    "numerals": "一" * N,
    "digits": "1" * N + "," * N,
    "quantities": "达到1个、" * (N // 4),
    "commas": "，甲" * N + "达到80%",
    "quotes": "“甲《" * N + "5个",
    "stops": "!" * N + "a",
    "articles that don't go on": "\n".join(f"第{i * 37 % 900 + 2}条 甲" for i in range(N // 4)),
    "repealed in a row": "《甲办法》、" * N + "同时废止。",
    "changes that don't go on": "修改《甲乙办法》\n" + "将第三条中的“" * (N // 4),
    "closed lists": "总则：\n" + "1.甲；\n2.乙。\n丙。\n" * (N // 8),
    "furniture": "版权所有\n甲乙。\n" * (N // 4),
    "dates": "甲市\n2020年1月1日\n" * (N // 4),
    "contents": "目录\n" * N,
    "annexes": "附件1：甲名单\n甲。\n" * (N // 4),
    "lists on a line": "①甲；②乙。\n甲。\n" * (N // 8),
    "arrows": "①" + "甲→" * N,
    "questions": "问：甲？答：乙。\n" * (N // 4),
    "headings without a number": "甲乙\n丙丁戊。\n" * (N // 4),
    "chapters that don't go on": "".join(
        f"第{i % 90 + 2}章 甲\n第一节 乙\n" for i in range(N // 8)
    ),
}
LIMIT_S = 8.0
"""Linear work takes a twentieth of this; a quadratic scan of 30,000 takes minutes."""


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_quadratic_time(name: str) -> None:
    start = time.perf_counter()
    parse_bytes(HOSTILE[name].encode(), "x.txt")
    assert time.perf_counter() - start < LIMIT_S
