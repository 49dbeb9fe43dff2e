"""What servers packed a response in, undone within bounds: gzip, deflate, Brotli, Zstandard."""

import importlib
import zlib

from generator.core.problems import Problem
from generator.sources.importers.crawl.sniffing import ZSTD_FRAME
from generator.sources.importers.extras import load


class Undecoded(Exception):
    """Why a response cannot be unpacked."""


def decoded(body: bytes, encoding: str, most: int) -> bytes:
    """A response's body without its Content-Encoding ("gzip", "br", "gzip, br"), at most `most` bytes.

    A body that is not what its header says is taken as it is, since crawlers keep headers and undo the
    packing themselves. Raises Undecoded for one that is too large, damaged, or in an unknown encoding.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()][:4]):
        if name in {"gzip", "x-gzip"}:
            body = _inflated(body, 31, most) if body[:2] == b"\x1f\x8b" else body
        elif name == "deflate":
            body = _inflated(body, 15 if body[:1] == b"\x78" else -15, most)
        elif name == "br":
            body = _brotli(body, most)
        elif name == "zstd":
            body = _zstd(body, most) if body.startswith(ZSTD_FRAME) else body
        elif name not in {"identity", "utf-8", "none", "binary"}:
            raise Undecoded(f"packed as {name[:20]}")
    return body


def _inflated(body: bytes, window: int, most: int) -> bytes:
    unpacking = zlib.decompressobj(window)
    try:
        found = unpacking.decompress(body, most + 1)
    except zlib.error as error:
        if window == -15:
            return body
        raise Undecoded(f"damaged: {error}") from None
    if len(found) > most:
        raise Undecoded("too large")
    return found


def _zstd(body: bytes, most: int) -> bytes:
    door = load("generator.sources.importers.crawl.zstd", "crawl", "")
    if isinstance(door, Problem):
        raise Undecoded("packed as zstd")
    try:
        found: bytes = door.unpacked(body, most)
    except ValueError as error:
        raise Undecoded(f"damaged: {error}") from None
    if len(found) > most:
        raise Undecoded("too large")
    return found


def _brotli(body: bytes, most: int) -> bytes:
    try:
        brotli = importlib.import_module("brotli")
    except ModuleNotFoundError:
        raise Undecoded("packed as br") from None
    unpacking = brotli.Decompressor()
    found: list[bytes] = []
    size, waiting = 0, body
    try:
        while waiting or not unpacking.can_accept_more_data():
            piece = unpacking.process(waiting, output_buffer_limit=most + 1 - size)
            waiting = b""
            found.append(piece)
            size += len(piece)
            if size > most:
                raise Undecoded("too large")
            if not piece:
                break
    except brotli.error:
        # Crawlers that undo the packing leave the header standing.
        if not found and body.lstrip()[:1] == b"<":
            return body
        raise Undecoded("damaged: not Brotli") from None
    return b"".join(found)
