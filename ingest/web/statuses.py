"""What a site's status code means for whoever asked for the page."""

from collections.abc import Mapping

from ingest.web.errors import PageForbiddenError, PageMissingError, SiteBusyError, WebError

_REFUSALS: Mapping[int, tuple[type[WebError], str, str]] = {
    401: (PageForbiddenError, "要求登录", "在浏览器中登录并下载后添加文件"),
    403: (PageForbiddenError, "拒绝提供", "在浏览器中下载后添加文件"),
    404: (PageMissingError, "说没有这个网页", "检查网址"),
    410: (PageMissingError, "说这个网页已撤下", "检查网址"),
    429: (SiteBusyError, "说请求太多", "过一会儿再试"),
    451: (PageForbiddenError, "依法不予提供", "找别的来源"),
    503: (SiteBusyError, "说现在繁忙", "过一会儿再试"),
}


def expect_success(status: int, url: str) -> None:
    """Raise the `WebError` that a status stands for, unless it is 200."""
    if status == 200:
        return
    kind, said, remedy = _REFUSALS.get(status, (WebError, "没有给出内容", "检查网址或稍后再试"))
    raise kind(f"{url}的网站{said}({status})", "可以公开读取的网页(200)", remedy)
