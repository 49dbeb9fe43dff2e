"""Unpacking archives that come from anywhere: nothing lands elsewhere, nothing swells without end."""

import bz2
import errno
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from generator.core.problems import Problem

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
"""Endings of the names of archives, in small letters."""

PACKED = (".gz", ".bz2")
"""Endings of the names of single files that are packed: what is in one has its name without the ending."""

MEMBERS_LIMIT = 500_000
"""The most files an archive may hold."""

SIZE_LIMIT = 4 * 1024**3
"""The most bytes that the files of an archive may have together, unpacked."""

_BLOCK = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, NotImplementedError,
    RuntimeError,
    OSError, ValueError, UnicodeError,
)  # fmt: skip


_OF_ONE = (
    zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading one file of a ZIP raises that is damaged, encrypted or packed in a way not known."""


class _Member(NamedTuple):
    """What stands in an archive: its name there, and how to read it; None for a link or a device.

    `same_as` is the name of an earlier file of which this is another name. `by_itself` tells that those
    behind it can be read though this one cannot.
    """

    name: str
    open: Callable[[], IO[bytes] | gzip.GzipFile | bz2.BZ2File] | None
    same_as: str = ""
    by_itself: bool = False


class _Unsafe(Exception):
    """Why an archive is not unpacked further."""


def is_archive(name: str) -> bool:
    """Whether a file's name is that of an archive, or of a single file that is packed."""
    return name.lower().endswith((*SUFFIXES, *PACKED))


def safe_name(name: str) -> str | None:
    """A member's name as a path within a folder; None for one that would lead out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = [part for part in path.parts if part != "."]
    if path.is_absolute() or not parts or ".." in parts or "\0" in name or ":" in parts[0]:
        return None
    return "/".join(parts)


def head_of(packed: Path, size: int) -> bytes:
    """The first bytes of what is in a single file that is packed; b"" where it cannot be read."""
    try:
        with _single(packed) as stream:
            return stream.read(size)
    except _BROKEN:
        return b""


def unpack(archive: Path, folder: Path, where: str, *, limit: int | None = None) -> tuple[Problem, ...]:
    """Unpack the regular files of an archive below a folder that is empty; at most `limit` bytes of them.

    Links that lead elsewhere and devices are passed over (W334). A file whose name cannot be kept, or is
    another's, is left out, and so is one of a ZIP that is damaged or encrypted (E332). An archive that is
    broken or too large is an E332 problem too; what came out before stays.
    """
    problems: list[Problem] = []
    left = SIZE_LIMIT if limit is None else limit
    try:
        for count, member in enumerate(_members(archive), 1):
            if count > MEMBERS_LIMIT:
                raise _Unsafe(f"it holds more than {MEMBERS_LIMIT:,} files")
            name = safe_name(member.name)
            read = member.open or _twin(folder, member.same_as)
            if read is None:
                message = f"archive: neither a file nor a folder: {member.name[:80]!r}"
                problems.append(Problem(where, 0, "W334", message, "passed over"))
                continue
            file = _opened(folder / name) if name is not None else "leads out of it"
            if isinstance(file, str):
                message = f"archive: a file's name {file}: {member.name[:80]!r}"
                problems.append(Problem(where, 0, "E332", message, "left out"))
                continue
            with file:
                try:
                    with read() as stream:
                        _write(stream, file, left)
                except _BROKEN as error:
                    if not file.tell():
                        Path(file.name).unlink()
                    if not (member.by_itself and isinstance(error, _OF_ONE)):
                        raise
                    message = f"archive: a file in it cannot be read: {member.name[:80]!r}: {error}"
                    problems.append(Problem(where, 0, "E332", message, "unpack it yourself"))
                left -= file.tell()
    except _Unsafe as unsafe:
        problems.append(Problem(where, 0, "E332", f"archive: {unsafe}", "unpack it yourself"))
    except _BROKEN as error:
        message = f"archive: cannot be read: {error}"
        problems.append(Problem(where, 0, "E332", message, "unpack it yourself"))
    return tuple(problems)


def _twin(folder: Path, name: str) -> Callable[[], IO[bytes]] | None:
    """How to read what was unpacked under a name before, for a further name of the same file."""
    safe = safe_name(name) if name else None
    if safe is None or not (folder / safe).is_file():
        return None
    return lambda: (folder / safe).open("rb")


def _opened(target: Path) -> IO[bytes] | str:
    """A new file, or what is wrong with its name."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("xb")
    except (FileExistsError, NotADirectoryError):
        return "is another's too"
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return "is too long"


def _write(stream: IO[bytes] | gzip.GzipFile | bz2.BZ2File, file: IO[bytes], left: int) -> None:
    written = 0
    while block := stream.read(_BLOCK):
        written += len(block)
        if written > left:
            raise _Unsafe(f"its files have more than {SIZE_LIMIT:,} bytes")
        file.write(block)


def _single(packed: Path) -> gzip.GzipFile | bz2.BZ2File:
    return gzip.open(packed) if packed.name.lower().endswith(".gz") else bz2.open(packed)


def _members(archive: Path) -> Iterator[_Member]:
    name = archive.name.lower()
    if name.endswith(PACKED) and not name.endswith(SUFFIXES):
        if not archive.stat().st_size:
            raise EOFError("it is empty")
        yield _Member(archive.stem, partial(_single, archive))
        return
    if name.endswith(".zip"):
        with zipfile.ZipFile(archive) as packed:
            for info in packed.infolist():
                if info.is_dir():
                    continue
                is_link = stat.S_ISLNK(info.external_attr >> 16)
                yield _Member(info.filename, None if is_link else partial(packed.open, info), by_itself=True)
        return
    with tarfile.open(archive, "r:*") as tape:
        for entry in tape:
            if entry.isreg():
                yield _Member(entry.name, partial(_extracted, tape, entry))
            elif not entry.isdir():
                yield _Member(entry.name, None, entry.linkname if entry.islnk() else "")


def _extracted(tape: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    stream = tape.extractfile(entry)
    assert stream is not None, "a regular file has bytes"
    return stream
