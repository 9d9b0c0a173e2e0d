"""What a web page prints around a document: navigation, buttons, hints, copyright, links."""

from collections.abc import Sequence

from ingest.characters import SPACE
from ingest.patterns import pattern
from ingest.readers.page_lines import Line
from ingest.readers.page_tree import Node

MAX_ELEMENT = 400
"""An element with more code points is no furniture, whatever its name."""

MAX_LINE = 120
"""A longer line, in code points, is prose that happens to begin with one of the words."""

_NAMES = pattern(
    r"share|print(?!-title)|ewm|qr-?code|crumb|copyright|gbck|font-?size|setfont|dqwz|xgwz|xgxw|xgjd"
    r"|xgwj|pageslide|recommend|pagediv|pagination|prevnext|shangxia|info_bot|content_extended"
    r"|article-btn|article-extended|toolbar|footer|fenxiang|dayin|tuijian|breadcrumb|pathbar"
    r"|back-?to-?top|gotop|nextpage|otherarticle|player|social|sxp?ian"
)
_S = f"[{SPACE}]*"
_SIZES = rf"(?:{_S}[【\[（(]?{_S}[大中小T+A-]+{_S}[】\])）]?)*"
_BUTTONS = (
    rf"打{_S}印(?:本页|文章|此页|页面)?|关{_S}闭(?:窗口|本页|页面)?|返{_S}回(?:顶部|首页|列表|上一页)?"
    r"|分享(?:到)?|收藏|加入收藏|添加收藏|我要纠错|内容纠错|纠错|推荐|下载文字版|下载图片版"
    r"|E-?mail推荐|复制链接|无障碍(?:阅读)?|长者助手|放大|缩小|保存|[大中小]|发表评论"
)
_WHOLE = (  # a line that consists of these
    rf"(?:[【\[（(|｜]?{_S}(?:{_BUTTONS}){_S}[：:]?{_S}[】\])）|｜]?{_S}){{1,8}}",
    rf"[【\[（(]?{_S}(?:选择)?字{_S}[体号]大?小?{_S}[：:]?{_SIZES}{_S}[】\])）]?"
    rf"(?:{_S}[【\[]?(?:{_BUTTONS})[】\]]?)*",
    r"相关(?:链接|新闻|文件|文档|解读|阅读|附件|稿件|信息|政策|文章|内容|报道|专题)(?:下载)?[：:]?",
    r"(?:文档附件|附件下载|延伸阅读|推荐阅读|政策解读|关联稿件|解读链接|相关文件下载)[：:]?",
    rf"(?:浏览|阅读|点击|访问)(?:次数|量|数)?{_S}[：:]?{_S}\d*{_S}次?",
    r"双击(?:自动)?滚屏|[^。]{0,8}扫一扫[^。]{0,12}(?:手机|当前页|朋友圈|分享)[^。]{0,12}",
    r"[-—–|｜×+↺·.]+",
    r"(?:政策解读|解读|一图读懂|图解)[：:]https?://\S+",
)
_STARTS = (  # a short line that begins with one of these
    rf"(?:上|下)一?[篇条页]{_S}[：:]",
    rf"(?:您|你)?(?:现在|当前)?(?:所在)?(?:的)?(?:当前|浏览)?(?:浏览)?位{_S}置{_S}(?:是|为)?[：:]",
    r"(?:网站)?(?:主办|承办|协办|技术支持|运维)(?:单位|部门)?[：:].*(?:备|标识码|承办|电话|支持|$)",
    r"(?:©|Copyright|版权所有)",
    r"(?:责任编辑|责编|网站编辑|稿源)[：:]",
    r"分享到?[：:]|网站地图|友情链接",
)
_ANYWHERE = r"ICP备|公网安备|网站标识码|网站地图\s*[|｜]"
_LINE = pattern(rf"(?i)(?:{'|'.join(_WHOLE)})$|(?:{'|'.join(_STARTS)})|.*(?:{_ANYWHERE})")
_RELATED = pattern(
    r"(?:相关(?:链接|新闻|文件|文档|解读|阅读|稿件|信息|政策|文章|内容|报道|专题)|延伸阅读|推荐阅读"
    r"|政策解读|关联稿件|解读链接)[：:]?$"
)
_HINT = pattern(r"点击(?:此处|这里)?(?:查看|阅读|浏览|进入|收听|观看)")
"""A link to another page on the same document."""


def is_furniture(line: Line) -> bool:
    """Whether a line is one of those that stand around documents."""
    if line.kind == "table" or len(line.words) > MAX_LINE:
        return False
    return _LINE.match(line.words) is not None


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines of a body without furniture; behind 相关链接, without those that are only links."""
    kept: list[Line] = []
    related = False
    for line in lines:
        if is_furniture(line):
            related = related or _RELATED.match(line.words) is not None
        elif not (2 * line.linked > len(line.words) and (related or _HINT.match(line.words))):
            kept.append(line)
    return kept


def furniture_places(nodes: Sequence[Node], start: int, end: int) -> set[int]:
    """The elements in a range that are named as furniture and are short."""
    found: set[int] = set()
    at = start
    while at < end:
        node = nodes[at]
        if node.tag and _is_named(node) and _length(nodes, at) <= MAX_ELEMENT:
            found.add(at)
            at = node.end
        else:
            at += 1
    return found


def _is_named(node: Node) -> bool:
    if node.tag in ("nav", "footer"):
        return True
    return ("class" in node.attributes or "id" in node.attributes) and (
        _NAMES.search(node.name) is not None
    )


def _length(nodes: Sequence[Node], place: int) -> int:
    length = 0
    for node in nodes[place : nodes[place].end]:
        length += len(node.words.strip())
        if length > MAX_ELEMENT:
            break
    return length
