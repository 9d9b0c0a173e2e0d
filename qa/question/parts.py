"""Which parts of a document a question asks for: how many, of which kind, or the tasks in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.numbers.numerals import integer
from ingest.patterns import pattern

_LEAVES = pattern("任务|[几多少]项|[几多少]条|条|项")
_KIND = pattern("(?:[几多少]|各|哪些|哪几)(?:个)?(编|章|节|条)(?!件|款|例|目)")
_COUNT = pattern(
    "(?<!第)([二三四五六七八九十两]|[2-9])(?:个|大)*(?:板块|部分|方面|章|小?节|块|项|条)"
)
_JOINT = pattern("(?<![共总])[和与跟及、](?![谐此])|以及")


@dataclass(frozen=True, slots=True)
class AskedParts:
    """What of an outline is asked for.

    `leaves` tells that the single tasks or articles are, not the parts that hold them; `kind` is
    the kind of part (章), "" for any; `number` how many the question says that there are.
    """

    leaves: bool
    kind: str
    number: int | None


def asked_parts(text: str, headings: Sequence[str] = ()) -> AskedParts:
    """The parts that a folded question asks for, beside the headings that it repeats.

    >>> asked_parts("重点任务分几个方面?", ["重点任务"]), asked_parts("一共有几章?").kind
    (AskedParts(leaves=False, kind='', number=None), '章')
    """
    for heading in headings:
        text = text.replace(heading, "")
    kind, count = _KIND.search(text), _COUNT.search(text)
    return AskedParts(
        _LEAVES.search(text) is not None,
        kind[1] if kind else "",
        integer(count[1]) if count else None,
    )


def joined(topic: str) -> list[str]:
    """The matters that a topic joins (经济和治理), as many as there are."""
    return _JOINT.split(topic)
