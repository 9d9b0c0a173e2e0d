"""The title by which a document is called: that of what it hands on, where it is only a notice."""

from ingest.patterns import pattern

_HANDS_ON = pattern(
    "关于(?:印发|转发|发布|公布|批转|下发|修订)[^《》]*《([^《》]+)》的(?:通知|公告|通告)$"
)


def inner_title(title: str) -> str:
    """The title inside a notice's title; "" where there is none.

    >>> inner_title("甲区人民政府关于印发《甲区步道办法》的通知"), inner_title("甲区步道办法")
    ('甲区步道办法', '')
    """
    match = _HANDS_ON.search(title)
    return match[1] if match else ""
