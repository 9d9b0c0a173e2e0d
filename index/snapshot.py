"""A copy of the whole index in one tar file, and back.

What a manifest names never changes, so a snapshot needs no lock: it opens all files of one
generation, after which it does not matter what a writer removes, and copies them with their hashes
checked.  Restoring verifies everything in a folder beside the target before the target exists.
"""

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import IO

from index import manifest as manifests
from index import origins
from index.errors import CorruptIndexError, ForeignIndexError, IndexFolderError
from index.generation import current
from index.manifest import FILE, Manifest
from index.sealing import Part, sync_folder

_ATTEMPTS = 20
_CHUNK = 1 << 20
_MOST_MANIFEST_BYTES = 1 << 28
_LOOSE = {FILE, origins.FILE}
"""What lies beside the folders and in no manifest."""


def snapshot(root: Path | str, target: Path | str) -> Manifest:
    """Write the current generation of the index to a new tar file; returns its manifest.

    Readers and writers go on meanwhile.  The file is there only when it is whole.  Raises the
    errors of opening an index, CorruptIndexError if a file differs from the manifest, and
    IndexFolderError if `target` exists or can't be written.
    """
    root, target = Path(root), Path(target)
    if target.exists():
        raise IndexFolderError(f"{target} 已存在", "一个新文件名", "换一个文件名，或先移走旧文件")
    with ExitStack() as files:
        found, content, opened = _open(root, files)
        records = root / origins.FILE
        came_from = records.read_bytes() if records.is_file() else None
        draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            with draft.open("wb") as raw:
                with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    for name, part in sorted(found.files.items()):
                        _put(tar, name, opened[name], part)
                    if came_from is not None:
                        _put_bytes(tar, origins.FILE, came_from)
                    _put_bytes(tar, FILE, content)
                raw.flush()
                os.fsync(raw.fileno())
            draft.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise IndexFolderError(
                f"写快照 {target} 失败（{error}）",
                "可写且有足够空间的位置",
                "检查权限和磁盘空间后再试",
            ) from error
        finally:
            draft.unlink(missing_ok=True)
    return found


def restore(source: Path | str, root: Path | str) -> Manifest:
    """Make the index folder `root`, which must not exist or be empty, from a snapshot.

    Raises ForeignIndexError for a folder that holds anything or a file that is no snapshot,
    CorruptIndexError if a file is missing, too many, or not what the manifest says.
    """
    source, root = Path(source), Path(root)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ForeignIndexError(
            f"{root} 已有内容", "不存在的或空的文件夹", "换一个路径，或先移走它"
        )
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".wence-restore-", dir=root.parent))
        try:
            found = _extract(source, work)
            work.chmod(0o755)
            if root.exists():
                root.rmdir()
            work.rename(root)
            sync_folder(root.parent)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except tarfile.TarError as error:
        raise ForeignIndexError(
            f"{source} 不是完整的 tar 文件（{error}）", "`wence snapshot` 写出的文件", "换一个文件"
        ) from error
    except OSError as error:
        raise IndexFolderError(
            f"恢复 {source} 到 {root} 失败（{error}）",
            "可读的快照和可写且有足够空间的位置",
            "检查路径、权限和磁盘空间后再试",
        ) from error
    return found


def _open(root: Path, files: ExitStack) -> tuple[Manifest, bytes, Mapping[str, IO[bytes]]]:
    """The manifest, its bytes and all files that it names, open."""
    for _ in range(_ATTEMPTS):
        found = current(root)
        content = (root / FILE).read_bytes()
        try:
            opened = {name: (root / name).open("rb") for name in found.files}
        except FileNotFoundError as error:
            if (root / FILE).read_bytes() == content:
                raise CorruptIndexError(
                    f"{error.filename} 不存在", "清单所写的文件", manifests.REMEDY
                ) from error
            continue  # a writer was faster
        for file in opened.values():
            files.callback(file.close)
        if manifests.parse(content, str(root / FILE)) == found:
            return found, content, opened
    raise IndexFolderError(f"{root} 一直在被改写", "片刻的间隔", "等当前的写入结束后再试")


class _Hashing(io.RawIOBase):
    """Reads of a file that hash what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self.sha256.update(content)
        return content


def _put(tar: tarfile.TarFile, name: str, file: IO[bytes], part: Part) -> None:
    header = _header(name, part.bytes)
    reading = _Hashing(file)
    whole = os.fstat(file.fileno()).st_size == part.bytes
    if whole:
        tar.addfile(header, reading)
    if not whole or reading.sha256.hexdigest() != part.sha256:
        raise CorruptIndexError(f"{name} 与清单不符", "完好的索引", manifests.REMEDY)


def _put_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_header(name, len(content)), io.BytesIO(content))


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size = size
    header.mode = 0o644
    return header


def _extract(source: Path, work: Path) -> Manifest:
    """Unpack into `work` and compare with the manifest, which comes last."""
    written: dict[str, Part] = {}
    with tarfile.open(source, mode="r:") as tar:
        for member in tar:
            name = _safe(member, source)
            if name in _LOOSE and member.size > _MOST_MANIFEST_BYTES:
                raise _odd(source, f"清单有 {member.size} 字节")
            if name in written:
                raise _odd(source, f"{name} 出现两次")
            content = tar.extractfile(member)
            if content is None:
                raise _odd(source, f"{name} 没有内容")
            written[name] = _write(work / name, content)
    if FILE not in written:
        raise ForeignIndexError(
            f"{source} 中没有 {FILE}", "`wence snapshot` 写出的文件", "换一个文件"
        )
    found = manifests.read(work)
    for name in _LOOSE & written.keys():
        del written[name]
    _compare(source, found.files, written)
    for name in found.folders:
        sync_folder(work / name)
    sync_folder(work)
    return found


def _safe(member: tarfile.TarInfo, source: Path) -> str:
    """The member's name, if it is a plain file at a place where an index has files."""
    path = PurePosixPath(member.name)
    plain = member.isreg() and not path.is_absolute() and ".." not in path.parts
    placed = str(path) in _LOOSE or (
        len(path.parts) == 2 and path.parts[0].startswith(("segment-", "lexical-"))
    )
    if not plain or not placed or "\\" in member.name:
        raise _odd(source, f"{member.name} 不是索引的文件")
    return str(path)


def _write(path: Path, content: IO[bytes]) -> Part:
    path.parent.mkdir(exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while some := content.read(_CHUNK):
            sha256.update(some)
            size += len(some)
            file.write(some)
        file.flush()
        os.fsync(file.fileno())
    return Part(size, sha256.hexdigest())


def _compare(source: Path, named: Mapping[str, Part], written: Mapping[str, Part]) -> None:
    for name in sorted({*named, *written}):
        if named.get(name) != written.get(name):
            missing = name not in written
            raise _odd(source, f"{name} {'缺失' if missing else '与清单不符'}")


def _odd(source: Path, found: str) -> CorruptIndexError:
    return CorruptIndexError(
        f"快照 {source} 中{found}", "`wence snapshot` 写出的完好文件", "换一份快照，什么也没有改动"
    )
