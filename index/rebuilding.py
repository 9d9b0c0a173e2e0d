"""Derive the lexical and the dense index anew from the store, which is the only truth.

For an index that was made with another encoder, or with the word rules of another version.
"""

from pathlib import Path

from index import writing
from index.encoder import Encoder
from index.generation import current
from index.locking import folder_errors, locked
from index.migrations import SCHEMA
from index.tokens import fingerprint


def outdated(path: Path | str, encoder: Encoder) -> bool:
    """Whether the index is sound but was derived with another encoder or other word rules."""
    found = current(Path(path))
    made = (found.encoder.fingerprint, found.encoder.dim, found.tokenizer)
    return found.schema == SCHEMA and made != (encoder.fingerprint, encoder.dim, fingerprint())


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
