"""The documents of `eval/gold/many`: named there, and taken from a shared folder at every run.

Their texts are not the project's to copy, so `documents.toml` gives each an address in the shared
folder: a file (`samples/policies/x.txt`), or one document of a file of JSON Lines by its id or path
(`bench/ncpp/documents.jsonl#ID`, `bench/laws/documents.jsonl.xz#PATH`).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.errors import GoldError
from eval.gold import GoldQuestion, read_gold
from eval.jsonl import rows
from ingest.readers.decoding import decode

PARTS = ("worked", "milestone", "unseen")
"""Parts by document: worked with, seen now and then, never looked at."""
UNSEEN = "unseen"
"""The part of which figures are shown, and never a question."""

MANY = Path(__file__).parent / "gold" / "many"
LIST = "documents.toml"
_KEYS = {"document", "part", "file"}


@dataclass(frozen=True, slots=True)
class Source:
    """One document: its address in the shared folder, its part, and its name in the questions."""

    document: str
    part: str
    file: str


def read_sources(folder: Path = MANY) -> tuple[Source, ...]:
    """The documents that `documents.toml` of a folder lists; `GoldError` for what does not fit."""
    try:
        table = tomllib.loads((folder / LIST).read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(f"读不了 {folder / LIST}（{error.strerror}）", LIST, "补上它") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldError(
            f"{LIST} 不是合法的 TOML（{error}）", "UTF-8 编码的 TOML", "改正它"
        ) from error
    entries = table.get("document")
    if set(table) != {"document"} or not isinstance(entries, list) or not entries:
        raise GoldError(f"{LIST} 里有 {sorted(table)}", "只有 [[document]] 条目", "改正它")
    found = [_source(entry, f"{LIST} 第 {place} 个条目") for place, entry in enumerate(entries, 1)]
    for key in ("document", "file"):
        named = [getattr(source, key) for source in found]
        if twice := sorted({one for one in named if named.count(one) > 1}):
            raise GoldError(f"{LIST} 里 {key} {twice[0]!r} 出现多次", "各不相同", "改正它")
    return tuple(found)


def read_part(
    part: str, sources: Iterable[Source], folder: Path = MANY
) -> tuple[GoldQuestion, ...]:
    """The questions of a part; `GoldError` if one names no document, or one that is not listed."""
    known = {source.file for source in sources}
    questions = read_gold(folder / f"{part}.jsonl")
    for question in questions:
        where = f"{part}.jsonl:{question.line}"
        if question.answerable and not question.quote:
            raise GoldError(f"{where} 没有 documents 和 quote", "作答的文件和依据", "补上它们")
        if unknown := [one for one in question.documents if one not in known]:
            raise GoldError(
                f"{where} 的 documents 有未知的文件 {unknown[0]!r}", f"{LIST} 里的 file", "改正它"
            )
    return questions


def texts_of(shared: Path, sources: Iterable[Source]) -> dict[str, bytes]:
    """The documents as published, by the names that the questions have for them."""
    if not shared.is_dir():
        raise GoldError(
            f"{shared} 不是文件夹", "放着 samples、bench 的共享文件夹", "检查 --many 的路径"
        )
    found: dict[str, bytes] = {}
    lines: dict[str, dict[str, str]] = {}
    for source in sources:
        path, _, fragment = source.document.partition("#")
        if not fragment:
            found[source.file] = _bytes(shared, path)
            continue
        if path not in lines:
            lines[path] = documents_of(shared / path)
        if fragment not in lines[path]:
            raise GoldError(
                f"{shared / path} 里没有 {fragment!r}", f"{LIST} 所列的文件", "换用同一份共享文件夹"
            )
        found[source.file] = lines[path][fragment].encode()
    return found


def documents_of(path: Path) -> dict[str, str]:
    """The texts of a file of JSON Lines, by `path` where they have one, by `id` otherwise."""
    return {str(row.get("path") or row.get("id")): str(row["text"]) for _, _, row in rows(path)}


@contextmanager
def materialized(texts: Mapping[str, bytes]) -> Iterator[Path]:
    """A temporary folder of these files for `wence add`, where each has its name for its id."""
    with TemporaryDirectory(prefix="wence-many-") as scratch:
        folder = Path(scratch)
        entries = []
        for name, data in texts.items():
            (folder / name).write_bytes(data)
            entries.append(f"[[document]]\nid = '{name}'\nfile = '{name}'\n")
        (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
        yield folder


def as_read(texts: Mapping[str, bytes]) -> dict[str, str]:
    """The texts as reading makes them, which citations count in."""
    return {name: decode(data, name) for name, data in texts.items()}


def expect_quotes(questions: Iterable[GoldQuestion], texts: Mapping[str, str]) -> None:
    """Raise `GoldError` for a question whose proof is in none of its documents: a changed text."""
    for question in questions:
        if not any(question.quote in texts[document] for document in question.documents or texts):
            raise GoldError(
                f"{question.id} 的 quote 不在 {'、'.join(question.documents)} 里",
                "原文中的一段",
                "换用同一份共享文件夹，或改正 quote",
            )


def _source(entry: object, where: str) -> Source:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        found = sorted(entry) if isinstance(entry, dict) else entry
        raise GoldError(f"{where} 有 {found}", "、".join(sorted(_KEYS)), "改正它")
    if not all(isinstance(value, str) and value for value in entry.values()):
        raise GoldError(f"{where} 的值不都是字符串", "非空字符串", "改正它")
    if entry["part"] not in PARTS:
        raise GoldError(f"{where} 的 part 是 {entry['part']!r}", "、".join(PARTS), "改正它")
    if set(entry["file"]) & set("/\\'\n") or not entry["file"].endswith(".txt"):
        raise GoldError(f"{where} 的 file 是 {entry['file']!r}", "形如 x.txt 的文件名", "改正它")
    return Source(entry["document"], entry["part"], entry["file"])


def _bytes(shared: Path, path: str) -> bytes:
    try:
        return (shared / path).read_bytes()
    except OSError as error:
        raise GoldError(
            f"读不了 {shared / path}（{error.strerror}）",
            f"{LIST} 所列的文件",
            "换用同一份共享文件夹",
        ) from error
