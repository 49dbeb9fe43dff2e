"""The public folder: staged beside itself, renamed into place, and only ever cleared of our own files.

`.morgue-manifest` in the folder names every file that is ours with the digest of its bytes, so that the
folder can be moved, and the caches deleted, without Morgue mistaking its work for another's.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import rmtree

from generator.core.problems import Problem, SiteError
from generator.output.encode import digest

MANIFEST = ".morgue-manifest"
STAGE = ".morgue-stage"
_HEADER = "morgue manifest 1"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file as the file system tells of it: size in bytes, modification time in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Staged:
    """New bytes for the output file `path`, waiting in the staging folder under the name `temporary`."""

    path: str
    temporary: str
    digest: str


def claim(output: Path) -> dict[str, str]:
    """Make the folder ours, and return what its manifest says: path within it → digest.

    Raises SiteError when it holds files but no manifest: it is not ours to write into. Nothing that an
    interrupted build left in the staging folder is kept.
    """
    output.mkdir(parents=True, exist_ok=True)
    stage = output / STAGE
    if stage.is_symlink():
        stage.unlink()
    elif stage.is_dir():
        rmtree(stage)
    manifest = output / MANIFEST
    if manifest.is_file():
        return read_manifest(manifest.read_bytes())
    stranger = next((entry.name for entry in sorted(output.iterdir())), None)
    if stranger is not None:
        raise SiteError(
            Problem(
                output.name,
                0,
                "E702",
                f"the output folder holds files that Morgue did not write, such as {stranger!r}",
                "move them away, or name another folder with --output",
            )
        )
    return {}


def read_manifest(data: bytes) -> dict[str, str]:
    """Path → digest of a manifest's bytes; raises SiteError when they are not a manifest of this folder."""
    lines = data.decode("utf-8", "replace").split("\n")
    rows = [line.partition("  ") for line in lines[1:] if line]
    if lines[0] != _HEADER or any(part in {"", ".", ".."} for *_, path in rows for part in path.split("/")):
        raise SiteError(
            Problem(
                MANIFEST,
                1,
                "E703",
                "this is not a manifest this version can read, so it is unknown which files are Morgue's",
                "build into an empty folder",
            )
        )
    return {path: sign for sign, _, path in rows}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest of path → digest, sorted by path."""
    lines = [_HEADER, *(f"{files[path]}  {path}" for path in sorted(files))]
    return ("\n".join(lines) + "\n").encode()


def scan(output: Path) -> dict[str, OnDisk]:
    """Every file below the folder but our own two, by path with forward slashes; a link is a file."""
    found: dict[str, OnDisk] = {}
    waiting = [("", str(output))]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if path != STAGE:
                        waiting.append((path + "/", entry.path))
                    continue
                status = entry.stat(follow_symlinks=False)
                if path != MANIFEST:
                    found[path] = OnDisk(status.st_size, status.st_mtime_ns)
    return found


def strangers(paths: Iterable[str], disk: Iterable[str], ours: Mapping[str, str]) -> dict[str, str]:
    """Of the paths wanted, those where something stands that is not ours, and what that is.

    It may stand at the path itself, at one of its folders, or in a folder of the path's own name.
    """
    others = {path for path in disk if path not in ours}
    folders = {str(folder): path for path in others for folder in PurePosixPath(path).parents}
    found: dict[str, str] = {}
    for path in paths if others else ():
        places = (path, *(str(folder) for folder in PurePosixPath(path).parents))
        other = next((place for place in places if place in others), folders.get(path))
        if other is not None:
            found[path] = other
    return found


def stage(output: Path, path: str, data: bytes) -> Staged:
    """Write bytes into the staging folder, under a name made of the path's digest."""
    folder = output / STAGE
    name = digest(path)
    temporary = f"{name[:2]}/{name}"
    target = folder / temporary
    try:
        target.write_bytes(data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Staged(path, temporary, digest(data))


def publish(
    output: Path, staged: Iterable[Staged], before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Rename staged files into place in their order, then remove what is ours and no longer wanted.

    `before` is the manifest found, `after` the one wanted. A build killed half-way leaves a manifest that
    names both, so that the next one knows every file it may remove.
    """
    manifest = manifest_bytes(after)
    path = output / MANIFEST
    gone = sorted(set(before) - set(after))
    waiting = list(staged)
    if waiting or gone:
        _write_manifest(output, manifest_bytes({**before, **after}))
    for file in waiting:
        target = output / file.path
        try:
            os.replace(output / STAGE / file.temporary, target)
        except (FileNotFoundError, NotADirectoryError):
            _clear_way(output, target.parent, before)
            os.replace(output / STAGE / file.temporary, target)
        except IsADirectoryError:
            _remove_ours(output, file.path, before)
            os.replace(output / STAGE / file.temporary, target)
    for name in gone:
        _remove(output, name)
    if not path.is_file() or path.read_bytes() != manifest:
        _write_manifest(output, manifest)
    if (output / STAGE).is_dir():
        rmtree(output / STAGE)


def _write_manifest(output: Path, data: bytes) -> None:
    temporary = output / STAGE / "manifest"
    temporary.parent.mkdir(exist_ok=True)
    temporary.write_bytes(data)
    os.replace(temporary, output / MANIFEST)


def _clear_way(output: Path, folder: Path, ours: Mapping[str, str]) -> None:
    """Make a folder where one of our files may stand from before."""
    for parent in reversed([folder, *folder.parents]):
        if not parent.is_relative_to(output) or parent == output:
            continue
        if parent.is_file() and parent.relative_to(output).as_posix() in ours:
            parent.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _remove_ours(output: Path, folder: str, ours: Mapping[str, str]) -> None:
    """Take away our files below a folder whose name a file now needs."""
    for name in sorted(ours):
        if name.startswith(folder + "/"):
            _remove(output, name)


def _remove(output: Path, name: str) -> None:
    if (output / name).is_dir() or (output / name).parent.resolve() != output.resolve() / Path(name).parent:
        return  # the file's name is a folder's now, or one of its folders is a link to elsewhere
    with suppress(FileNotFoundError, NotADirectoryError):  # a person may have been here before us
        (output / name).unlink()
    for parent in PurePosixPath(name).parents:
        if str(parent) == ".":
            return
        try:
            (output / parent).rmdir()
        except OSError:
            return  # something else is still in it
