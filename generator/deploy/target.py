"""What every kind of target does, and how it says that it cannot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way: its bytes, or for a large one the file they are read from (the other is None).

    `content_type`, `cache` (a Cache-Control) and `encoding` (a Content-Encoding) are for targets that keep
    headers; "" where there is none. `stamp` is when the file was made, in whole seconds since 1970.
    """

    path: str
    data: bytes | None = None
    file: Path | None = None
    content_type: str = "application/octet-stream"
    cache: str = ""
    encoding: str = ""
    stamp: int = 0

    def read(self) -> bytes:
        """All its bytes."""
        if self.data is not None:
            return self.data
        return self.file.read_bytes() if self.file is not None else b""

    def size(self) -> int:
        """How many bytes it has; raises OSError for a file that is gone."""
        if self.data is not None:
            return len(self.data)
        return self.file.stat().st_size if self.file is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a target wants to be used.

    `lanes` is how many calls it takes at once, `batch` how many files to a call (0: a whole phase).
    `headers`: it stores a type, a cache lifetime and an encoding with each file; elsewhere a compressed file
    is a twin beside the plain one. `atomic`: nothing shows before `commit`, which fails when somebody else
    was faster, so that no lock is needed. `extras` are files that only hosts of this kind ask for.
    `lists`: one call of `marks` tells of every file. `glance` is of how many files of ours it can say so fast
    what stands there that all are looked at, even when there is nothing to do.
    """

    lanes: int = 8
    batch: int = 1
    headers: bool = False
    atomic: bool = False
    lists: bool = False
    glance: int = 0
    extras: Mapping[str, bytes] = field(default_factory=dict)


Reason = Literal["unreachable", "refused", "full", "absent", "raced", "failed"]


class TargetError(Exception):
    """A target could not do as told.

    `reason`: "unreachable" (may help to try again), "refused" (credentials or rights), "full", "absent" (the
    place itself, such as a bucket, is not there), "raced" (somebody else was faster), "failed" otherwise.
    The message is shown to people: it never holds a secret.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Target(Protocol):
    """A place for a site. Paths are relative, with forward slashes; all calls may come from several threads.

    Every method raises TargetError when the place cannot be reached, refuses, or is full. A call that is
    repeated after a failure does no harm.
    """

    @property
    def manner(self) -> Manner:
        """How it wants to be used."""

    def read(self, path: str) -> bytes | None:
        """The bytes of one file, or None when there is none."""

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in one folder, in any order; none when it is not there."""

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Write files, each whole or not at all, and return the marks that are known of them, by path."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that this leaves empty; one that is gone already is no error."""

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """The marks of those of the paths that are there, and of any others where that costs no more."""

    def mark_of(self, file: Upload) -> str:
        """The mark that a file will have, "" where only the target knows."""

    def commit(self, message: str) -> None:
        """Show everything that was put; only atomic targets do anything here."""

    def close(self) -> None:
        """Let go of connections and temporary files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What a target went back to, in words, and the paths that this changed."""

    words: str
    changed: tuple[str, ...]


@runtime_checkable
class Rewinding(Protocol):
    """A target that keeps what it held before as a whole."""

    def rewind(self, *, dry_run: bool) -> Back:
        """Bring back what was there before the last deploy; with `dry_run` say only what that would be.

        Raises TargetError if there was nothing.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A file as it is or was at the target. `mark` is its mark at that time, `name` what the target calls
    this version of it; of two versions of a file the later has the greater `order`."""

    path: str
    mark: str
    name: str
    order: tuple[str, int]


@runtime_checkable
class Keeping(Target, Protocol):
    """A target that keeps the earlier versions of each file."""

    def kept(self) -> Sequence[Version]:
        """Every version of every file, our own record's too, in any order; none where none are kept."""

    def fetch(self, version: Version) -> bytes:
        """The bytes of a version."""

    def restore(self, version: Version) -> None:
        """Show a version again at its path, with the headers it had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to deploy to, as site.yaml says, for a target to connect to.

    `to` is the URL, `options` what its kind allows beside the common settings, `scratch` a folder for caches
    that may be deleted at any time.
    """

    to: str
    options: Mapping[str, str | bool] = field(default_factory=dict)
    scratch: Path
