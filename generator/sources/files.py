"""The files that a site copies as they are: which there are, and how the file system tells of them."""

import os
import stat
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """What tells that a file is the one seen before: size in bytes, times in nanoseconds, inode."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def list_files(
    folder: Path, links: list[str] | None = None, unread: dict[str, str] | None = None
) -> dict[str, Stamp]:
    """Every regular file below a folder by its path within it, with forward slashes, sorted.

    Names that begin with a dot, and links of any kind, are left out: neither is content; `links` is given the
    paths of the latter. A missing folder holds nothing, nor does one that cannot be read: `unread` is given
    its path ("" for the folder itself, else ending in a slash) and the reason.
    """
    found: dict[str, Stamp] = {}
    waiting = [("", str(folder))] if folder.is_dir() else []
    while waiting:
        prefix, place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                        continue
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # it was taken away since the folder was listed
                    if links is not None and stat.S_ISLNK(status.st_mode):
                        links.append(prefix + entry.name)
                    if stat.S_ISREG(status.st_mode):
                        found[prefix + entry.name] = Stamp(
                            status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
                        )
        except FileNotFoundError:
            continue  # and so was the folder
        except OSError as error:
            if unread is not None:
                unread[prefix] = error.strerror or str(error)
    return dict(sorted(found.items()))


def looks(folder: Path) -> dict[str, Stamp]:
    """How everything below a folder looks by its path within it, hidden or not; a link as what it leads to.

    For telling whether anything changed: what is no content is seen too.
    """
    found: dict[str, Stamp] = {}
    try:
        waiting = [("", str(folder))] if folder.is_dir() else []
    except OSError:
        return {"": Stamp(0, 0, 0, 0)}
    while waiting:
        prefix, place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                        continue
                    status = entry.stat(follow_symlinks=entry.is_file())
                    found[prefix + entry.name] = Stamp(
                        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
                    )
        except OSError:
            found[prefix] = Stamp(0, 0, 0, 0)  # it cannot be read, or is going: no look that stays
    return found
