"""Derive the lexical and the dense index anew from the store, which is the only truth.

For an index that was made with another encoder, or with the word rules of another version.
"""

from pathlib import Path

from index import writing
from index.encoder import Encoder
from index.generation import current
from index.locking import folder_errors, locked


def rebuild(path: Path | str, encoder: Encoder) -> None:
    """Derive the lexical and the dense index anew with this encoder.

    Readers see the old generation until the new one is complete.
    """
    root = Path(path)
    current(root)
    lock = locked(root)
    try:
        with folder_errors(root):
            new, _ = writing.publish(root, current(root), encoder, lambda _: None, rebuild=True)
        writing.sweep(root, new)
    finally:
        lock.release()
