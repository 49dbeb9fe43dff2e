"""Finding the files of content, and refusing what is none of it."""

import os
import stat
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from generator.core.problems import Problem, SiteError
from generator.sources.findings import Findings, shown, visible
from generator.sources.opening import FILE_LIMIT


class Found(NamedTuple):
    """A file: its path relative to the site, with forward slashes, where it is, and how it looked there."""

    path: str
    place: str
    status: os.stat_result


def markdown_files(root: Path, folder: str, out: Findings) -> tuple[Found, ...]:
    """Every Markdown file below `folder` ("content/articles") of a site, by path.

    Names that begin with a dot are passed over. Links that lead out of content/, linked folders, other
    kinds of file and names that are not UTF-8 are problems, added to `out` with the path they stand at.
    Raises SiteError where content/ itself cannot be looked into.
    """
    found = [Found(*each) for each in listing(root, folder, out)]
    found.sort(key=itemgetter(0))
    out.problems.sort()
    return tuple(found)


def listing(root: Path, folder: str, out: Findings) -> Iterator[tuple[str, str, os.stat_result]]:
    """What `markdown_files` gives, as plain tuples in the order in which the system tells of them."""
    content = (root / "content").resolve()
    waiting = [folder] if _is_there(root, folder) and not refused_folder(root, folder, out) else []
    while waiting:
        within = waiting.pop()
        place = f"{root}/{within}"
        try:
            opened = os.open(place, os.O_RDONLY)  # paths from here are shorter to follow
        except OSError as error:
            _refuse(within, "E211", f"folder: cannot be read: {error.strerror}", "", out)
            continue
        try:
            for entry in _listed(opened, within, out):
                name = entry.name
                if name[0] == ".":
                    continue
                path = f"{within}/{name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif (status := _status(entry, path, f"{place}/{name}", content, out)) is not None:
                    yield path, f"{place}/{name}", status
        finally:
            os.close(opened)


def _is_there(root: Path, folder: str) -> bool:
    """Whether a folder of content is there; a content/ that cannot be looked into is an error, not empty."""
    try:
        return (root / folder).is_dir()
    except OSError as error:
        message = f"folder: cannot be read: {error.strerror}"
        raise SiteError(Problem("content", 0, "E211", message, "mend its rights")) from None


def _listed(folder: int, within: str, out: Findings) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        _refuse(within, "E211", f"folder: cannot be read: {error.strerror}", "", out)
        return []


def refused_folder(root: Path, folder: str, out: Findings) -> bool:
    """Whether a folder of content ("content/media") is a link that leads out of it, which is a problem."""
    if (root / folder).resolve().is_relative_to((root / "content").resolve()):
        return False
    _refuse(folder, "E211", "folder: a link that leads out of content/", "move the folder here", out)
    return True


def contents(found: tuple[Found, ...], out: Findings) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file in turn; one that cannot be read is a problem and passed over."""
    for path, place, status in found:
        try:
            data = _bytes(place, status.st_size)
        except OSError as error:
            _refuse(path, "E211", f"file: cannot be read: {error.strerror}", "", out)
            continue
        yield path, data


def _bytes(place: str, size: int) -> bytes:
    """A file that had a size when it was looked at; of a larger one than FILE_LIMIT no more than tells so."""
    file = os.open(place, os.O_RDONLY)
    try:
        data = os.read(file, min(size, FILE_LIMIT) + 1)
        while len(data) != size and len(data) <= FILE_LIMIT and (more := os.read(file, FILE_LIMIT)):
            data += more
    finally:
        os.close(file)
    return data[: FILE_LIMIT + 1]


def _status(
    entry: "os.DirEntry[str]", path: str, place: str, content: Path, out: Findings
) -> os.stat_result | None:
    """How an entry looks; None, with a problem, for what is none of ours."""
    if not entry.name.isprintable() or "\ufffd" in entry.name:
        _refuse(
            path, "E211", f"file: the name {shown(entry.name)} cannot stand in an address", "rename it", out
        )
        return None
    if entry.is_symlink():
        target = Path(os.path.realpath(place))
        if not target.is_relative_to(content):
            _refuse(path, "E211", "file: a link that leads out of content/", "copy the file here", out)
            return None
        if target.is_dir():
            _refuse(path, "W232", "folder: a link, so what is in it is not read", "move the folder here", out)
            return None
    if not entry.name.endswith(".md"):
        hint = "only files that end in .md are read; pictures belong in content/media"
        _refuse(path, "W232", "file: not read", hint, out)
        return None
    try:
        status = entry.stat()
    except OSError as error:
        _refuse(path, "E211", f"file: cannot be read: {error.strerror}", "", out)
        return None
    if not stat.S_ISREG(status.st_mode):
        _refuse(path, "E211", "file: neither a file nor a folder", "take it away", out)
        return None
    return status


def _refuse(path: str, code: str, message: str, hint: str, out: Findings) -> None:
    refused = Findings(visible(path))
    refused.add(code, 0, message, hint)
    out.problems.extend(refused.problems)
