"""How a crawl's file is known by its first bytes, before any library is loaded."""

import re
import zlib

GZIP = b"\x1f\x8b\x08"
"""What a gzip member begins with."""

ZSTD_FRAME = b"\x28\xb5\x2f\xfd"
"""What a frame of Zstandard begins with."""

ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""What the dictionary of a crawl packed with Zstandard begins with."""

_HOLDS_WARC = re.compile(rb"archive/[^\x00-\x1f]{1,300}\.w?arc(?:\.gz)?")
_SNIFFED = 16_384

ZSTD_NAMES = (".warc.zst", ".warc.zstd")
"""Endings of the names of crawls packed with Zstandard, in small letters."""


def is_zstd(head: bytes) -> bool:
    """Whether a file begins as one packed with Zstandard does."""
    return head.startswith((ZSTD_FRAME, ZSTD_DICTIONARY))


def is_warc(name: str, head: bytes) -> bool:
    """Whether a file begins as WARC or ARC does, compressed or not; in Zstandard its name tells."""
    if is_zstd(head):
        return name.lower().endswith(ZSTD_NAMES)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head[:_SNIFFED], 4_096)
        except zlib.error:
            return False
    return head.startswith((b"WARC/1.", b"WARC/0.", b"filedesc://"))


def is_wacz(name: str, head: bytes) -> bool:
    """Whether a file is a zip that holds a crawl, as its first members or its name tell."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    return name.lower().endswith(".wacz") or _HOLDS_WARC.search(head) is not None
