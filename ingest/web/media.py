"""Which kinds of content are read, by what the site calls them; the bytes decide in the end."""

from collections.abc import Mapping

from ingest.patterns import pattern
from ingest.readers.registry import DOC, DOCX, HTML, MARKDOWN, OFD, PDF, TEXT, XLS, XLSX
from ingest.web.errors import MediaTypeError

UNKNOWN = "application/octet-stream"
ENDINGS: Mapping[str, str] = {
    **{one.media_type: one.suffixes[0] for one in (TEXT, MARKDOWN, HTML, PDF, DOCX, DOC, XLSX)},
    **{one.media_type: one.suffixes[0] for one in (XLS, OFD)},
    "application/xhtml+xml": ".html",
    "text/x-markdown": ".md",
    "application/x-pdf": ".pdf",
    "application/x-msword": ".doc",
    "application/x-excel": ".xls",
    "application/x-msexcel": ".xls",
    "application/vnd.ofd": ".ofd",
    # A download of whatever kind.
    UNKNOWN: "",
    "binary/octet-stream": "",
    "application/x-download": "",
    "application/force-download": "",
}
"""The ending that a file of each media type has; empty where only the bytes can tell."""

_CHARSET = pattern(r"""(?i)(?:^|;)\s*charset\s*=\s*["']?([\w.:-]+)""")


def media_type(content_type: str) -> str:
    """The media type of a `Content-Type`; MediaTypeError if such content is not read.

    >>> media_type("Text/HTML; charset=GBK"), media_type("")
    ('text/html', 'application/octet-stream')
    """
    found = content_type.partition(";")[0].strip().lower() or UNKNOWN
    if found not in ENDINGS:
        raise MediaTypeError(
            f"网站给出的内容类型是{found[:80]}",
            "网页、纯文本、PDF、Word、Excel或OFD文件",
            "检查网址，找它的文字版",
        )
    return found


def charset(content_type: str) -> str | None:
    """The name of the encoding that a `Content-Type` states, in lower case.

    >>> charset('text/html; charset="GBK"')
    'gbk'
    """
    found = _CHARSET.search(content_type.partition(";")[2])
    return found[1].lower() if found else None
