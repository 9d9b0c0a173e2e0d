"""Who may write to the folder, and what can go wrong in it.

The lock is the operating system's: it goes with the process, however that ends.  What stands in
its file is only for those who wait: who has it, and since when.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from index.errors import IndexFolderError, IndexLockedError
from index.generation import LOCK


class Patience(NamedTuple):
    """How many seconds to wait for another writer; `told` gets a sentence before waiting."""

    seconds: float = 0.0
    told: Callable[[str], None] | None = None


NONE = Patience()


def locked(root: Path, patience: Patience = NONE) -> FileLock:
    """The lock of the one writer, taken; IndexLockedError if another has it for too long."""
    lock = FileLock(root / LOCK, timeout=0, thread_local=False)
    with folder_errors(root):
        try:
            lock.acquire()
        except Timeout:
            _wait(lock, root, patience)
    with contextlib.suppress(OSError):  # where a locked file can't be written
        (root / LOCK).write_text(f"{os.getpid()} {time.strftime('%H:%M:%S')}", "ascii")
    return lock


def _wait(lock: FileLock, root: Path, patience: Patience) -> None:
    if patience.seconds > 0 and patience.told is not None:
        patience.told(f"{_held(root)}，最多等 {patience.seconds:g} 秒")
    try:
        lock.acquire(timeout=max(0.0, patience.seconds))
    except Timeout as error:
        waited = f"，等了 {patience.seconds:g} 秒" if patience.seconds > 0 else ""
        raise IndexLockedError(
            f"{_held(root)}{waited}", "同一时间只有一个写入者", "等它结束后再试"
        ) from error


def _held(root: Path) -> str:
    """Who has the lock, as far as that is known."""
    said = f"另一个进程正在写索引 {root}"
    try:
        number, since = (root / LOCK).read_text("ascii").split()
    except (OSError, ValueError):
        return said
    return f"{said}（进程 {number}，{since} 起）"


@contextlib.contextmanager
def folder_errors(root: Path) -> Iterator[None]:
    """A full disk or a missing right, said in our words."""
    try:
        yield
    except Timeout:  # an OSError, too
        raise
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexFolderError(
            f"写索引 {root} 失败（{error}）", "可写且有足够空间的文件夹", "检查权限和磁盘空间后再试"
        ) from error
