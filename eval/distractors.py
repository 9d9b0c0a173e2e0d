"""Other documents that the questions of `eval/gold/many` are not about, to be added to the corpus.

Laws and notices of the shared folder in one fixed random order, so that fewer are the first of
more.  What has the subject of a document with questions in its title is left out: another city's
rules on keeping dogs would make unanswerable questions answerable, and others ambiguous.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from eval.collection import Source, documents_of
from eval.errors import GoldError

SEED = 20261130
POOLS = {"law": "bench/laws/documents.jsonl.xz", "notice": "bench/ncpp/documents.jsonl"}
"""Where they are taken from, by what their file names begin with."""

RUN, RARE = 4, 20
"""Characters in a row that tell a subject (养犬管理), if at most so many titles have them (not
条例实施)."""
TITLE = 60
"""Characters that are looked at for a title in a text without lines."""

_OTHERS = re.compile("[^\u3400-\u9fff]")


def distractors(
    shared: Path, count: int, sources: Iterable[Source], texts: Mapping[str, bytes]
) -> dict[str, bytes]:
    """`count` other documents by file name; `GoldError` if there are not so many."""
    taken = {source.document for source in sources}
    pool = {
        f"{kind}-{place:05d}.txt": text
        for kind, path in POOLS.items()
        for place, (name, text) in enumerate(documents_of(shared / path).items())
        if f"{path}#{name}" not in taken
    }
    titles = [title(data.decode("utf-8", "replace")) for data in texts.values()]
    kept = unlike({name: title(text) for name, text in pool.items()}, titles)
    if count > len(kept):
        raise GoldError(f"--distractors {count}", f"至多 {len(kept)}", "改小 --distractors")
    random.Random(SEED).shuffle(kept)  # noqa: S311  no secret
    return {name: pool[name].encode() for name in kept[:count]}


def unlike(pool: Mapping[str, str], titles: Iterable[str]) -> list[str]:
    """The names of those titles of the pool that share no subject with any of `titles`.

    >>> unlike({"a": "甲市养犬管理条例", "b": "甲市湿地保护条例"}, ["乙市养犬管理条例"])
    ['b']
    """
    common = Counter(run for one in pool.values() for run in runs(one))
    subjects = {run for one in titles for run in runs(one) if common[run] <= RARE}
    return [name for name, one in pool.items() if not runs(one) & subjects]


def runs(words: str) -> set[str]:
    """All `RUN` characters in a row of a title.

    >>> sorted(runs("养犬管理条例(2020)"))
    ['养犬管理', '犬管理条', '管理条例']
    """
    words = _OTHERS.sub("", words)
    return {words[at : at + RUN] for at in range(len(words) - RUN + 1)}


def title(text: str) -> str:
    """The first line with words, cut where a text has no lines.

    >>> title("# 甲市养犬管理条例\\n\\n第一条")
    '甲市养犬管理条例'
    """
    lines = (line.strip("#　 \t\ufeff") for line in text.splitlines())
    return next((line for line in lines if line), "")[:TITLE]
