"""The members of a ZIP file and their XML, read within limits and without reaching outside.

Whoever sends a file may have made it to exhaust memory: members that unpack to gigabytes, XML
whose entities expand without end, entities that name files of this machine.  What is declared is
checked before anything is unpacked, and XML with a document type is refused: neither Office Open
XML nor OFD has one.  Members are never written to disk, so their names can do no harm, and a ZIP
file within a ZIP file stays packed.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from ingest.errors import DamagedFileError, ReadError, TooLargeError

Element = Any
"""An `lxml` element; lxml publishes no types."""

MAX_MEMBERS = 20_000
"""Most members of one file; a long Word document with pictures has some hundreds."""

MAX_UNPACKED = 300 * 1024 * 1024
"""Most bytes of all members together."""

MAX_XML = 100 * 1024 * 1024
"""Most bytes of one XML member."""

MAX_RATIO = 300
"""Most bytes that one packed byte may stand for in a member over `_SMALL`.

Deflate reaches 1,032.  The XML of 48 Word and Excel files has 28 at most.
"""

_SMALL = 8 * 1024 * 1024
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


class Archive:
    """The members of the ZIP file `data`; `name` is its name, for messages.

    Raises `DamagedFileError` or `TooLargeError`, here and in every method.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as exc:
            raise self.damaged(f"是残缺的ZIP文件({exc})") from exc
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise self._large(f"里有{len(members)}个成员", f"不超过{MAX_MEMBERS}个成员的文件")
        self._members = {member.filename: member for member in members}
        self._folded = {_folded(member.filename): member.filename for member in members}
        if (total := sum(member.file_size for member in members)) > MAX_UNPACKED:
            raise self._large(
                f"解压后有{total}字节", f"解压后不超过{MAX_UNPACKED // 2**20}MB的文件"
            )
        for member in members:
            packed = max(1, member.compress_size)
            if member.file_size > max(_SMALL, MAX_RATIO * packed):
                raise self._large(
                    f"的成员{member.filename}压缩了{member.file_size // packed}倍",
                    f"压缩不超过{MAX_RATIO}倍的文件",
                )

    def __contains__(self, member: str) -> bool:
        return self.find(member) is not None

    def find(self, member: str) -> str | None:
        """The name of a member as the file writes it; upper and lower case count as the same."""
        return self._folded.get(_folded(member))

    def read(self, member: str) -> bytes:
        """The bytes of a member, at most `MAX_UNPACKED`."""
        return b"".join(self._chunks(member))

    def check(self) -> None:
        """Unpack every member once, so that a reader that trusts what is declared may have it."""
        for member in self._members:
            for _ in self._chunks(member):
                pass

    def xml(self, member: str) -> Element:
        """The root of an XML member, at most `MAX_XML` bytes, without entities of its own."""
        found = self.find(member)
        if found is None:
            raise self.damaged(f"里没有{member}")
        if (size := self._members[found].file_size) > MAX_XML:
            raise self._large(
                f"的成员{found}有{size}字节", f"每个XML不超过{MAX_XML // 2**20}MB的文件"
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(self.read(found), parser)
        except etree.XMLSyntaxError as exc:
            raise self.damaged(f"的成员{found}不是完整的XML({exc.msg})") from exc
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.damaged(f"的成员{found}带有文档类型声明(DOCTYPE)")
        return root

    def _chunks(self, member: str) -> Iterator[bytes]:
        found = self.find(member)
        if found is None:
            raise self.damaged(f"里没有{member}")
        info = self._members[found]
        if info.flag_bits & _ENCRYPTED:
            raise self.damaged(f"的成员{found}是加密的", "去掉密码后再添加")
        try:
            with self._zip.open(info) as stream:  # never yields more than what was declared
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN as exc:
            raise self.damaged(f"的成员{found}解压不了({exc})") from exc

    def damaged(self, found: str, remedy: str = "重新下载后再添加") -> ReadError:
        """The error that says what is wrong with the file."""
        return DamagedFileError(f"{self.name}{found}", "完整而没有加密的文件", remedy)

    def _large(self, found: str, expected: str) -> ReadError:
        return TooLargeError(f"{self.name}{found}", expected, "拆分或另存后再添加")


def resolved(base: str, target: str) -> str:
    """The member that `target`, written in the member `base`, means.

    >>> resolved("word/document.xml", "styles.xml"), resolved("word/document.xml", "/a/../b.xml")
    ('word/styles.xml', 'b.xml')
    """
    path = posixpath.join("/", posixpath.dirname(base), target.replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")


def _folded(member: str) -> str:
    return member.replace("\\", "/").lstrip("/").casefold()
