"""The files in which a crawl's records lie: one by itself, or those within a WACZ, read where they lie."""

import hashlib
import io
import json
import lzma
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.crawl.sniffing import ZSTD_NAMES

MEMBERS_LIMIT = 100_000
"""The most files that a WACZ may hold."""

UNPACKED_LIMIT = 64 * 1024**3
"""The most bytes that files of a crawl may take up on the disk while they are read."""

RATIO_LIMIT = 300
"""How many times its packed size a file within a WACZ may have, beyond 100 MB."""

_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz", *ZSTD_NAMES)
_SPARE = 100 * 1024**2
_MANIFEST_LIMIT = 16 * 1024**2
_BLOCK = 1024 * 1024
_LOCAL_HEADER = 30
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, struct.error,
)  # fmt: skip
"""What reading a damaged archive may raise."""


class Stream(Protocol):
    """What can be read from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end, none behind it."""


class TooLarge(Exception):
    """A file of a crawl would take up more of the disk than it may."""


class Window(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The place within the stretch."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place within the stretch."""
        base = {0: 0, 1: self._at, 2: self._size}[whence]
        self._at = min(max(0, base + offset), self._size)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer from here on, at most to the end of the stretch."""
        view = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._at)
        data = self._file.read(min(len(view), self._size - self._at))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


@dataclass(frozen=True, slots=True)
class Volume:
    """A file of records. `name` is its path within a WACZ, "" for one that stands alone."""

    name: str
    file: BinaryIO


class Shelf:
    """The volumes of a crawl while it is read; a folder of its own holds what must be unpacked first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        self.volumes: list[Volume] = []
        self.left = UNPACKED_LIMIT
        self.opened: BinaryIO | None = None

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *exception: object) -> None:
        self.stack.close()

    def add_file(self, path: Path) -> None:
        """Take a WARC or ARC; raises OSError."""
        self.volumes.append(Volume("", self.stack.enter_context(path.open("rb"))))

    def add_wacz(self, path: Path, where: str) -> Iterator[Problem]:
        """Take all volumes of a WACZ; what is wrong with it, or with one of them."""
        try:
            packed = self.stack.enter_context(zipfile.ZipFile(path))
            members = packed.infolist()
        except BROKEN_ZIP as error:
            yield Problem(where, 0, "E394", f"the WACZ cannot be read: {error}", "get it again")
            return
        if len(members) > MEMBERS_LIMIT:
            yield Problem(
                where, 0, "E394", f"the WACZ holds more than {MEMBERS_LIMIT:,} files", "unpack it yourself"
            )
            return
        sums = _checksums(packed)
        found = sorted(
            (each for each in members if each.filename.lower().endswith(_SUFFIXES)),
            key=lambda each: each.filename,
        )
        if not found:
            yield Problem(where, 0, "E394", "the WACZ holds no WARC", "export it again")
        for member in found:
            yield from self._add_member(packed, path, member, sums, where)

    def _add_member(
        self, packed: zipfile.ZipFile, path: Path, member: zipfile.ZipInfo, sums: dict[str, str], where: str
    ) -> Iterator[Problem]:
        name = member.filename
        try:
            if member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1:
                file: BinaryIO = self._stored(path, member)
            else:
                if member.file_size > member.compress_size * RATIO_LIMIT + _SPARE:
                    raise TooLarge
                with packed.open(member) as stream:
                    file = self.copied(stream)
            if name in sums and _sha256(file) != sums[name]:
                message = f"{name[:120]}: its checksum is not the one that the WACZ states"
                yield Problem(where, 0, "W398", message, "what can be read is read; get it again")
            self.volumes.append(Volume(name, file))
        except TooLarge:
            yield Problem(where, 0, "E394", f"{name[:120]}: too large unpacked", "unpack it yourself")
        except BROKEN_ZIP as error:
            yield Problem(where, 0, "E394", f"{name[:120]}: cannot be read: {error}", "get it again")

    def _stored(self, path: Path, member: zipfile.ZipInfo) -> BinaryIO:
        """A member that is not packed, where it lies in the archive; one handle serves all of them."""
        if self.opened is None:
            self.opened = self.stack.enter_context(path.open("rb"))
        file = self.opened
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)
        if header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("a file does not begin where the archive says")
        name, extra = struct.unpack("<HH", header[26:30])
        start = member.header_offset + _LOCAL_HEADER + name + extra
        file.seek(0, os.SEEK_END)
        if start + member.compress_size > file.tell():
            raise zipfile.BadZipFile("a file reaches beyond the archive's end")
        return io.BufferedReader(Window(file, start, member.compress_size), _BLOCK)

    def copied(self, stream: Stream, most: int = UNPACKED_LIMIT) -> BinaryIO:
        """What a stream holds as a file on the disk; raises TooLarge, also for more than `most` bytes."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}"
        with path.open("wb") as target:
            while block := stream.read(_BLOCK):
                self.left -= len(block)
                most -= len(block)
                if min(self.left, most) < 0 or shutil.disk_usage(self.folder).free < _SPARE:
                    raise TooLarge
                target.write(block)
        return self.stack.enter_context(path.open("rb"))

    def replace(self, at: int, file: BinaryIO) -> None:
        """Put another file in the place of a volume's."""
        self.volumes[at] = Volume(self.volumes[at].name, file)


def _checksums(packed: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 of each file, as the WACZ's own manifest states them; none where it states none."""
    try:
        with packed.open("datapackage.json") as stream:
            stated = json.loads(stream.read(_MANIFEST_LIMIT))
    except (*BROKEN_ZIP, KeyError, RecursionError):
        return {}
    found: dict[str, str] = {}
    resources = stated.get("resources") if isinstance(stated, dict) else None
    for each in resources if isinstance(resources, list) else ():
        if not isinstance(each, dict):
            continue
        stats = each.get("stats")
        sha256 = stats.get("hash") if isinstance(stats, dict) else each.get("hash")
        path = each.get("path")
        if isinstance(path, str) and isinstance(sha256, str):
            name = path if path.startswith("archive/") or "/" in path else f"archive/{path}"
            found[name] = sha256.lower().removeprefix("sha256:")
    return {name: sha256 for name, sha256 in found.items() if len(sha256) == 64}


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    state = hashlib.sha256()
    while block := file.read(_BLOCK):
        state.update(block)
    file.seek(0)
    return state.hexdigest()
