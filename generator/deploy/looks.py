"""How files looked when they were read last, so that those that look the same need not be read again."""

import os
from pathlib import Path
from typing import NamedTuple

from generator.output.encode import Undecodable, digest_file, pack, unpack


class Look(NamedTuple):
    """A file's size, both its times in nanoseconds and its inode; and the digest of its bytes."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str


class Looks:
    """What is remembered of the files of a folder, in a file that may be deleted at any time.

    No program sets the time at which the system itself changed a file (ctime), so a file that looks the same
    is the same.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._is_new = False
        try:
            self._known = unpack(place.read_bytes(), dict[str, Look])
        except (OSError, Undecodable):
            self._known = {}

    def digest(self, path: str, file: Path) -> str:
        """The digest of a file's bytes; raises OSError where it cannot be read."""
        status = os.stat(file)
        known = self._known.get(path)
        if known is not None and known == _look(status, known.digest):
            return known.digest
        found = digest_file(file, status.st_size)
        self._set(path, _look(status, found))
        return found

    def note(self, path: str, file: Path, digest: str) -> None:
        """Remember a file that was just written, whose digest is known."""
        self._set(path, _look(os.stat(file), digest))

    def keep(self) -> None:
        """Write down what is new; raises OSError."""
        if self._is_new:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            beside = self._place.with_name(f"{self._place.name}.new")
            beside.write_bytes(pack(self._known))
            os.replace(beside, self._place)

    def _set(self, path: str, look: Look) -> None:
        self._known[path] = look
        self._is_new = True


def _look(status: os.stat_result, digest: str) -> Look:
    return Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, digest)
