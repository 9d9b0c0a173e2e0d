"""How new folders come to count, and how those that don't are removed.

Until the manifest is replaced nobody sees a new folder, so a kill leaves only garbage for `sweep`.
"""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index import lexical, manifest, sealing
from index.errors import IndexFolderError
from index.generation import OURS
from index.manifest import Manifest
from index.sealing import Part


def publish(root: Path, old: Manifest | None, new: Manifest) -> Manifest:
    """Seal the folders that are new in `new`, then replace the manifest; returns what was written.

    Files that were linked from the old generation are neither hashed nor written again.
    """
    before = frozenset() if old is None else old.folders
    known = {} if old is None else known_parts(root / old.lexical.name, old.lexical.parts)
    if new.lexical.name not in before:
        folder = root / new.lexical.name
        parts = sealing.seal(folder, sealing.files(folder, but=lexical.LOCKS), known)
        new = replace(new, lexical=replace(new.lexical, parts=parts))
    segments = [
        segment
        if segment.name in before
        else replace(segment, parts=_sealed_segment(root / segment.name))
        for segment in new.segments
    ]
    new = replace(new, segments=tuple(segments))
    sealing.sync_folder(root)
    manifest.write(root, new)
    return new


def discard(root: Path, folders: Sequence[Path]) -> None:
    """Remove new folders, unless the manifest names them: the error came after publication."""
    if not folders:
        return
    named: frozenset[str] = frozenset()
    with suppress(FileNotFoundError, IndexFolderError):
        named = manifest.read(root).folders
    for folder in folders:
        if folder.name not in named:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(root: Path, keep: Manifest | None, *, work: bool = False) -> None:
    """Remove other generations' folders and what an interrupted writer left behind.

    What was done of a rebuild stays, unless `work`.
    """
    named = frozenset() if keep is None else keep.folders
    for path in root.iterdir():
        if not path.name.startswith(OURS) or path.name in named:
            continue
        if work or not path.name.startswith("rebuild-"):
            shutil.rmtree(path, ignore_errors=True)
    (root / f"{manifest.FILE}.tmp").unlink(missing_ok=True)


def segment_name(number: int) -> str:
    """The folder of a segment."""
    return f"segment-{number:08d}"


def lexical_name(generation: int) -> str:
    """The folder of the lexical index that a generation made."""
    return f"lexical-{generation:08d}"


def known_parts(folder: Path, parts: Mapping[str, Part]) -> dict[int, Part]:
    """Parts by the inode number of their file."""
    return {
        (folder / name).stat().st_ino: part
        for name, part in parts.items()
        if (folder / name).is_file()
    }


def _sealed_segment(folder: Path) -> dict[str, Part]:
    return sealing.seal(folder, sealing.files(folder), {})
