"""Who may write to the folder, and what can go wrong in it.

The lock is the operating system's: it goes with the process, however that ends.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexFolderError, IndexLockedError
from index.generation import LOCK


def locked(root: Path) -> FileLock:
    """The lock of the one writer, taken; IndexLockedError at once if another has it."""
    lock = FileLock(root / LOCK, timeout=0, thread_local=False)
    try:
        with folder_errors(root):
            lock.acquire()
    except Timeout as error:
        raise IndexLockedError(
            f"另一个进程正在写索引 {root}", "同一时间只有一个写入者", "等它结束后再试"
        ) from error
    return lock


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
