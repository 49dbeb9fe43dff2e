"""The records of a crawl's file, WARC or ARC, compressed or not: the only module that knows warcio.

warcio frames and parses the records. Here it is held within bounds (the length of headers, how far a file
may swell), made to raise where it would only complain, and set on again behind what is damaged.
"""

import logging
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from generator.core.frozen import dataclass
from generator.sources.importers.crawl.encodings import Undecoded, decoded
from generator.sources.importers.crawl.sniffing import GZIP

LINE_LIMIT = 128 * 1024
"""The most bytes that the headers of a record, or those of its HTTP response, may have together."""

DAMAGE_LIMIT = 10_000
"""How often reading is begun anew behind something damaged."""

SWELL_LIMIT = 300
"""How many times its own size a file may hold unpacked, beyond SPARE."""

SPARE = 1024**3
"""The bytes that any file may hold unpacked."""

_BLOCK = 1024 * 1024
_FIRST_BLOCK = 8 * 1024
_PATIENCE = 8
_OVERLAP = 4_096
_WARC = rb"WARC/[01]\.\d{1,2}\r?\n"
_ARC = rb":[^\s]{1,2000} [0-9a-fA-F.:]{3,45} \d{14} \S{1,200} \d{1,15}\r?\n"
_BEGIN = re.compile(rb"%b|[a-z]{3,12}%b" % (_WARC, _ARC))
_PLAIN = re.compile(rb"(?<=\n)(?:%b|https?%b)" % (_WARC, _ARC))
# What warcio raises on records that are not what they say, some of it by accident.
_BROKEN = (
    ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, TypeError, IndexError, KeyError,
    AssertionError,
)  # fmt: skip


class Swollen(Exception):
    """A file holds more than can be honest: it is read no further."""


class Ruined(Exception):
    """A file is damaged in so many places that it is read no further."""


class OnePiece(Exception):
    """A file is compressed as a whole, so that its records cannot be reached one by one."""


class _Damaged(Exception):
    """Something in a file is not as it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. `offset` is where it can be read again; `kind` its WARC-Type.

    `status` is 0 and `mime` that of the record where there is no HTTP response. `length` are the bytes of
    its payload as it was kept, -1 when that is not known. `location` is where a redirect leads, as written.
    """

    offset: int
    kind: str
    address: str
    date: str
    status: int = 0
    mime: str = ""
    charset: str = ""
    length: int = -1
    location: str = ""
    digest: str = ""
    refers_address: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """What lies between two records that can be read: `offset` is where it begins."""

    offset: int


def records(file: BinaryIO) -> Iterator[Record | Damage]:
    """Every record of a file, in order; each stretch that is damaged once.

    Where what looks like records fails again and again, the next is looked for ever further on. Raises
    OnePiece for a file that is compressed as a whole, Swollen, and Ruined.
    """
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    allowance = size * SWELL_LIMIT + SPARE
    start = failed = 0
    for _ in range(DAMAGE_LIMIT):
        if start >= size:
            return
        file.seek(start)
        iterator = _Records(file, allowance)
        broken_at = start
        try:
            for raw in iterator:
                broken_at = iterator.offset
                iterator.reader.begin()
                yield _record(raw, iterator.offset)
                failed = 0
                broken_at = iterator.offset
            return
        except (_Damaged, *_BROKEN):
            broken_at = max(broken_at, min(iterator.offset, size - 1))
        allowance -= iterator.reader.num_read
        if not failed:
            yield Damage(broken_at)
        failed += 1
        onward = min(1 << (failed - _PATIENCE), _BLOCK) if failed > _PATIENCE else 0
        start = _next_begin(file, broken_at + 1 + onward, compressed=_is_gzip(file, start))
    raise Ruined


def payload(file: BinaryIO, offset: int, most: int) -> bytes:
    """The content of the record at an offset, decoded; at most `most` bytes.

    Raises ValueError when it is longer, damaged, or in an encoding that cannot be undone.
    """
    file.seek(offset)
    iterator = _Records(file, most * 2 + SPARE)
    try:
        raw = next(iter(iterator))
        headers = raw.http_headers
        body = raw.raw_stream.read(most + 1)
        if len(body) > most:
            raise ValueError("too large")
        if headers is not None and (headers.get_header("transfer-encoding") or "").lower() == "chunked":
            body = ChunkedDataReader(BytesIO(body)).read()
        encoding = (headers.get_header("content-encoding") or "") if headers is not None else ""
        return decoded(body, encoding, most)
    except (_Damaged, Swollen, StopIteration, ArchiveLoadFailed, zlib.error, Undecoded) as error:
        raise ValueError(str(error)) from None


_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f]")


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """warcio's reader, with headers and the whole of a file bounded, and damage raised."""

    def __init__(self, stream: BinaryIO, allowance: int) -> None:
        super().__init__(stream)
        self.allowance = allowance
        self.lines = 0

    def begin(self) -> None:
        """Count the headers anew: another record begins."""
        self.lines = 0

    def readline(self, length: int | None = None) -> bytes:
        most = LINE_LIMIT if length is None else min(length, LINE_LIMIT)
        line: bytes = super().readline(most)
        self.lines += len(line)
        if self.lines > LINE_LIMIT:
            raise _Damaged("headers without end")
        return line

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor and data and self.num_block_read:
            unpacked: bytes = self.decompressor.decompress(data)
        else:
            unpacked = super()._decompress(data)
        if self.num_read + len(unpacked) > self.allowance:
            raise Swollen
        return unpacked


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator, which raises where a record is not followed by another."""

    def __init__(self, file: BinaryIO, allowance: int) -> None:
        super().__init__(file, arc2warc=True)
        self.reader = _Reader(file, allowance)

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        self.reader.begin()
        empty = 0
        while True:
            line = self.reader.readline()
            self.reader.begin()
            if not line:
                return None, empty
            if line.strip():
                if not empty and _BEGIN.match(line) is None:
                    raise _Damaged("a record's length is wrong")
                return line, empty
            empty += len(line)

    def _raise_invalid_gzip_err(self) -> None:
        raise OnePiece


class _Quiet(logging.Filter):
    """warcio tells the log of every address with a space in it; they are read all the same."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith("Replacing spaces")


logging.getLogger("warcio.recordloader").addFilter(_Quiet())


def _record(raw: object, offset: int) -> Record:
    headers, http = raw.rec_headers, raw.http_headers  # type: ignore[attr-defined]

    def header(name: str) -> str:
        value = headers.get_header(name)
        return value.strip()[:8_000] if isinstance(value, str) else ""

    address = header("WARC-Target-URI")
    if _UNSEEN.search(address):
        raise _Damaged("compressed bytes read as the line that a record of an ARC begins with")
    content_type = (http.get_header("content-type") if http is not None else header("Content-Type")) or ""
    mime, _, parameters = content_type.partition(";")
    charset = re.search(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", parameters, re.IGNORECASE)
    status = http.get_statuscode() if http is not None else ""
    return Record(
        offset=offset,
        kind=raw.rec_type or "",  # type: ignore[attr-defined]
        address=address,
        date=header("WARC-Date"),
        status=int(status) if status and status.isdigit() and len(status) == 3 else 0,
        mime=mime.strip().lower(),
        charset=charset[1] if charset else "",
        length=raw.payload_length if http is not None else (raw.length if raw.length is not None else -1),  # type: ignore[attr-defined]
        location=(http.get_header("location") or "").strip()[:8_000] if http is not None else "",
        digest=header("WARC-Payload-Digest").lower().replace("sha-256:", "sha256:"),
        refers_address=header("WARC-Refers-To-Target-URI"),
    )


def _is_gzip(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return file.read(len(GZIP)) == GZIP


def _next_begin(file: BinaryIO, start: int, *, compressed: bool) -> int:
    """Where the next record begins; the end of the file when there is none."""
    file.seek(0, 2)
    size = file.tell()
    at, length = max(0, start - 1), _FIRST_BLOCK
    while at < size:
        file.seek(at)
        block = file.read(length + _OVERLAP)
        for offset in _candidates(block, compressed=compressed):
            if at + offset >= start:
                return at + offset
        at += length
        length = min(length * 2, _BLOCK)
    return size


def _candidates(block: bytes, *, compressed: bool) -> Iterator[int]:
    if not compressed:
        for match in _PLAIN.finditer(block):
            yield match.start()
        return
    at = block.find(GZIP)
    while at >= 0:
        try:
            head = zlib.decompressobj(31).decompress(block[at : at + _OVERLAP], 3_000)
        except zlib.error:
            head = b""
        if _BEGIN.match(head):
            yield at
        at = block.find(GZIP, at + 1)
