"""Earlier questions that a question points at: 再问头一个: …, 回到第二个问题, 上上个问题."""

import re

from ingest.characters import CHINESE_NUMBER, chinese_number

_AGAIN = (
    "(?:(?:那|再|又|就|我|想|要|还是|回到|回头|回过头|接着|重新|请教?|来|去|对|针对|关于|先|前面|刚才|刚刚|之前)*"
    "(?:问|看|说|讲|答|谈|聊)?(?:一下|下|回|到)?)"
)
_NAMED = re.compile(
    f"{_AGAIN}(?:我)?(?:刚才|前面|之前)?(?:问)?的?(?:"
    f"第(?P<n>{CHINESE_NUMBER}|[1-9])个?(?:问题|提问|话题|问)"
    "|(?P<first>(?:头|最早|最先|最初|最开始|一开始|开头)(?:的)?(?:那?一?个)?)(?:问题|提问|话题|问的?)"
    "|(?P<twice>上上个?|前前个?)(?:问题|提问|话题)"
    "|(?P<last>(?:上|前)(?:面)?(?:那)?一?个)(?:问题|提问|话题)"
    "|(?<=问)(?P<short>头一?个)(?=[,，:：])"
    "|(?P<begin>(?<=回到)(?:最开始|一开始|最初|最早|开头)(?:的)?(?:那?一?[项条个]|问的)?)"
    ")(?:的|里|中)?(?:那个|那项|那条)?[,，:： ]*"
)
_ENGLISH = re.compile(
    r"(?:(?:going |coming )?back to|returning to|about) (?:my |the )(?P<which>first|second|third|"
    r"previous|last|original|initial) question[,:; ]*(?:[-–—] *)?"
)
_PLACES = {"first": 0, "original": 0, "initial": 0, "second": 1, "third": 2}


def earlier_meant(text: str) -> tuple[str, int | None]:
    """A folded question without the words that point at an earlier one, and the place of that.

    Places count from 0, or from the end if negative; None where no earlier question is named, or
    where nothing else is asked.

    >>> earlier_meant("再问头一个:责任单位是谁"), earlier_meant("回到第二个问题,指标是多少")
    (('责任单位是谁', 0), ('指标是多少', 1))
    >>> earlier_meant("第二个是什么")
    ('第二个是什么', None)
    """
    if match := _ENGLISH.search(text):
        place = _PLACES.get(match["which"], -1)
    elif match := _NAMED.search(text):
        place = _place(match)
    else:
        return text, None
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,，:：")
    return (rest, place) if len(rest) > 1 else (text, None)


def _place(match: re.Match[str]) -> int:
    if match["n"]:
        return (chinese_number(match["n"]) or 1) - 1
    if match["twice"]:
        return -2
    return -1 if match["last"] else 0
