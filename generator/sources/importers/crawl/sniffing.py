"""How a crawl's file is known by its first bytes, before any library is loaded."""

import re
import zlib

GZIP = b"\x1f\x8b\x08"
"""What a gzip member begins with."""

_HOLDS_WARC = re.compile(rb"archive/[^\x00-\x1f]{1,300}\.w?arc(?:\.gz)?")
_SNIFFED = 16_384


def is_warc(head: bytes) -> bool:
    """Whether a file begins as WARC or ARC does, compressed or not."""
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
