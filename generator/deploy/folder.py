"""A folder of this machine as a target: file:///srv/www."""

import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from generator.deploy.looks import Looks
from generator.deploy.record import HOME
from generator.deploy.target import Manner, Place, TargetError, Upload
from generator.output.encode import digest, digest_file


def connect(place: Place) -> "Folder":
    """The folder of a file:// URL; it is made with the first file."""
    return Folder(Path(unquote(urlsplit(place.to).path)), Looks(place.scratch / "looks"))


class Folder:
    """Files are written beside and renamed into place; a file's mark is the digest of its bytes."""

    def __init__(self, root: Path, seen: Looks) -> None:
        self.root = root
        self.seen = seen
        self.manner = Manner(lanes=4, glance=sys.maxsize)

    def read(self, path: str) -> bytes | None:
        """The bytes of one file, or None when there is none."""
        with _telling():
            try:
                return (self.root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in one folder."""
        with _telling():
            try:
                return [entry.name for entry in os.scandir(self.root / folder) if entry.is_file()]
            except (FileNotFoundError, NotADirectoryError):
                return []

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Write each file under a name of its own and rename it; a folder in its way is an error."""
        with _telling():
            return {file.path: self._put(file) for file in files}

    def _put(self, file: Upload) -> str:
        target = self.root / file.path
        temporary = self.root / HOME / "tmp" / uuid4().hex
        temporary.parent.mkdir(parents=True, exist_ok=True)
        try:
            if file.file is not None:
                with file.file.open("rb") as source, temporary.open("wb") as sink:
                    copyfileobj(source, sink, 1 << 20)
            else:
                temporary.write_bytes(file.read())
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, target)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            raise
        mark = self.mark_of(file)
        self.seen.note(file.path, target, mark)
        return mark

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files and the folders that this leaves empty."""
        with _telling():
            for path in paths:
                with suppress(FileNotFoundError, NotADirectoryError):
                    (self.root / path).unlink()
                for parent in PurePosixPath(path).parents:
                    if str(parent) == "." or not _removed(self.root / parent):
                        break

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """The digests of those of the paths that are there."""
        found: dict[str, str] = {}
        with _telling():
            for path in paths:
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    found[path] = self.seen.digest(path, self.root / path)
        return found

    def mark_of(self, file: Upload) -> str:
        """The digest of a file's bytes."""
        if file.file is not None:
            return digest_file(file.file, file.size())
        return digest(file.read())

    def commit(self, message: str) -> None:
        """Clear away what a killed deploy left half-written."""
        with _telling(), suppress(FileNotFoundError):
            for entry in os.scandir(self.root / HOME / "tmp"):
                with suppress(FileNotFoundError):
                    os.unlink(entry.path)

    def close(self) -> None:
        """Keep what was seen for the next time."""
        with _telling():
            self.seen.keep()


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False  # something else is still in it
    return True


@contextmanager
def _telling() -> Iterator[None]:
    """Tell what the file system refuses."""
    try:
        yield
    except OSError as error:
        what = f"{error.strerror}: {Path(error.filename).name}" if error.filename else str(error.strerror)
        if error.errno in {ENOSPC, EDQUOT}:
            raise TargetError("full", what) from error
        refused = error.errno in {EACCES, EPERM, EROFS}
        raise TargetError("refused" if refused else "failed", what) from error
