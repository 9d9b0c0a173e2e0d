"""Reads ten scanned pages, askew and with specks, and prints how many characters came back right.

    python tests/soak/ocr.py --pages 10 --dots 150

Ends with 1 if fewer than 97 of 100 characters are right.  Needs the extra `ocr` and a Chinese font.
"""

import argparse
import random
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from pdf_files import scanned  # noqa: E402 - the folders above are not installed

from ingest.readers.pdf.document import read  # noqa: E402

LEAST = 0.97
WIDE = 23
PARTS = (
    "市住房局应当在每年三月底以前公布补贴标准，",
    "申请人提交身份证明、房屋权属证明和安装方案的，",
    "镇人民政府自收到申请之日起十五个工作日内审核完毕；",
    "不予批准的，应当书面说明理由。",
    "每户补贴不超过3000元，其中过滤装置占20%。",
    "违反本办法规定的，由综合行政执法部门责令限期改正；",
    "逾期不改正的，处五百元以上二千元以下的罚款。",
    "储水容积在1.5立方米以上的，可以另行申请维护费用。",
)


def page(chance: random.Random) -> list[str]:
    """The lines of an invented page."""
    lines: list[str] = []
    for n in range(1, 6):
        text = f"　　第{'一二三四五'[n - 1]}条　" + "".join(chance.sample(PARTS, 4))
        lines += [text[at : at + WIDE] for at in range(0, len(text), WIDE)]
    return lines[:22]


def main() -> int:
    """The command."""
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=10)
    options.add_argument("--dots", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    worst, right, total, began = 1.0, 0, 0, time.perf_counter()
    for n in range(given.pages):
        lines = page(chance)
        expected = "".join("".join(lines).split())
        reading = read(scanned([lines], given.dots, seed=n), f"{n}.pdf")
        found = "".join(reading.text.split())
        matcher = SequenceMatcher(a=expected, b=found, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        worst, right, total = min(worst, same / len(expected)), right + same, total + len(expected)
        print(f"page {n + 1}: {same} of {len(expected)} characters", flush=True)
    took = (time.perf_counter() - began) / given.pages
    print(f"{right / total:.4f} of {total}, worst page {worst:.4f}, {took:.1f} s a page")
    return int(right / total < LEAST)


if __name__ == "__main__":
    sys.exit(main())
