"""The bytes of a response, counted as they come: what is transferred and what it unpacks to."""

import zlib
from collections.abc import Iterable

import httpx

from ingest.errors import TooLargeError
from ingest.web.errors import WebError

_PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""zlib's window bits: 47 tells gzip from zlib by the first bytes."""


def read_body(response: httpx.Response, limit: int) -> bytes:
    """All bytes, unpacked; TooLargeError once there are more than `limit` of either kind."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(f"{int(declared)}字节", limit)
    packing = response.headers.get("content-encoding", "").strip().lower()
    chunks = _counted(response.iter_raw(), limit)
    if packing in ("", "identity"):
        return b"".join(chunks)
    if packing not in _PACKED:
        raise WebError(f"内容的压缩方式是{packing[:40]}", "gzip、deflate或不压缩", "稍后再试")
    return _unpacked(chunks, limit, _PACKED[packing])


def _counted(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(f"超过{limit}字节", limit)
        yield chunk


def _unpacked(chunks: Iterable[bytes], limit: int, bits: int) -> bytes:
    made = bytearray()
    unpacking = zlib.decompressobj(bits)
    begun = False
    try:
        for chunk in chunks:
            while chunk:
                if unpacking.eof:  # another gzip member; whatever else follows is padding
                    if not chunk.startswith(b"\x1f\x8b"):
                        break
                    unpacking = zlib.decompressobj(bits)
                try:
                    # At most one byte over the limit is ever unpacked.
                    made += unpacking.decompress(chunk, limit - len(made) + 1)
                except zlib.error:
                    if begun:
                        raise
                    bits = -zlib.MAX_WBITS  # some sites send "deflate" without zlib's frame
                    unpacking = zlib.decompressobj(bits)
                    made += unpacking.decompress(chunk, limit + 1)
                begun = True
                if len(made) > limit:
                    raise _too_large(f"解压后超过{limit}字节", limit)
                chunk = unpacking.unused_data
    except zlib.error as exc:
        raise WebError(f"压缩的内容残缺({exc})", "完整的内容", "稍后再试") from exc
    if begun and not unpacking.eof:
        raise WebError("压缩的内容没有传完", "完整的内容", "稍后再试")
    return bytes(made)


def _too_large(found: str, limit: int) -> TooLargeError:
    return TooLargeError(
        f"网址的内容有{found}" if "超过" not in found else f"网址的内容{found}",
        f"不超过{limit}字节的内容",
        "找较小的版本，或在设置中调大web_max_mib",
    )
