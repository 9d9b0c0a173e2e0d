"""JSON Lines with errors that name file and line: one object a line, blank lines are skipped."""

import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.errors import GoldError

Row = dict[str, Any]


def rows(path: Path) -> Iterator[tuple[int, str, Row]]:
    """Line number (from 1), "file:line" for messages, and the object of each line.

    A file that ends in .xz is unpacked.  Raises `GoldError`, while iterating, for what is no
    UTF-8 or no JSON object.
    """
    # Not splitlines(): JSON strings may hold U+2028 and the like unescaped.
    for number, line in enumerate(_content(path).split("\n"), start=1):
        if line.strip():
            where = f"{path.name}:{number}"
            yield number, where, _object(line, where)


def require(row: Row, keys: Sequence[str], where: str) -> None:
    """Raise `GoldError` unless every key is there."""
    if missing := [key for key in keys if key not in row]:
        raise GoldError(f"{where} 缺少 {'、'.join(missing)}", "、".join(keys), "补上缺少的键")


def unused(identity: str, lines: dict[str, int], number: int, where: str, each: str = "题") -> None:
    """Note in `lines` that the id stands in line `number`; `GoldError` if it did before."""
    if first := lines.get(identity):
        raise GoldError(
            f"{where} 的 id 为 {identity!r}，第 {first} 行已用过",
            f"每{each}的 id 不同",
            "换一个 id",
        )
    lines[identity] = number


def text(row: Row, key: str, where: str) -> str:
    """The string under a key; `GoldError` if it is none or blank."""
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise wrong(where, key, value, "非空字符串")
    return value


def wrong(where: str, key: str, value: object, expected: str) -> GoldError:
    """The error for a value of another kind than expected, with its beginning."""
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    return GoldError(f"{where} 的 {key} 是 {_kind_of(value)} {shown}", expected, f"改正 {key}")


def _content(path: Path) -> str:
    try:
        data = path.read_bytes()
        if path.suffix == ".xz":
            data = lzma.decompress(data)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise GoldError(
            f"读不了 {path}（{error.strerror}）", "一个 JSONL 文件", "检查路径"
        ) from error
    except lzma.LZMAError as error:
        raise GoldError(f"{path} 解不开（{error}）", "完整的 xz 文件", "重新压缩") from error
    except UnicodeDecodeError as error:
        raise GoldError(
            f"{path} 第 {error.start} 字节不是 UTF-8", "UTF-8 编码", "转换编码"
        ) from error


def _object(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(
            f"{where} 第 {error.colno} 列不是合法的 JSON（{error.msg}）",
            "每行一个 JSON 对象",
            "改正这一行",
        ) from error
    if not isinstance(row, dict):
        raise GoldError(f"{where} 是 {_kind_of(row)}", "每行一个 JSON 对象", "改正这一行")
    return row


def _kind_of(value: object) -> str:
    return {dict: "对象", list: "数组", str: "字符串", bool: "布尔值", type(None): "null"}.get(
        type(value), "数字"
    )
