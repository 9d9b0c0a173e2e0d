"""What the records of a file follow from: its bytes, its name, what is stated of it, our rules.

A file whose fingerprint is the one of the last time need not be read again.  The rules are the
program text of this package: another version of Wence reads every file anew.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def fingerprint(name: str, stated: Mapping[str, Any] | None, sha256: str) -> str:
    """Names the reading of a file of this name with these bytes (their SHA-256, in hex)."""
    said = json.dumps(stated or {}, ensure_ascii=False, sort_keys=True, default=str)
    key = "\0".join((_rules(), name, said, sha256))
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:32]


@cache
def _rules() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
