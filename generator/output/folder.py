"""The public folder: staged beside itself, renamed into place, and only ever cleared of our own files.

`.morgue-manifest` in the folder names every file that is ours with the digest of its bytes, so that the
folder can be moved, and the caches deleted, without Morgue mistaking its work for another's.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from shutil import copyfileobj, rmtree

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.output.encode import digest, digest_file

MANIFEST = ".morgue-manifest"
STAGE = ".morgue-stage"
TREE = "tree"
FRONT = "index.html"
_HEADER = "morgue manifest 1"


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


def scan(output: Path) -> set[str]:
    """Every file below the folder but our own two, as paths with forward slashes; a link is a file."""
    found: set[str] = set()
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
                if path != MANIFEST:
                    found.add(path)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where new bytes wait to be published. In a folder that is `fresh`, as nothing is in it yet, the whole
    tree is laid ready; else each file has a name made of its path's digest, and is put only where it differs
    from what is there."""

    output: str
    fresh: bool

    def put(self, path: str, data: bytes) -> tuple[int, int, bool]:
        """Stage the bytes of an output file unless it has them: its size, its modification time in
        nanoseconds, and whether it was staged."""
        if self.fresh:
            return (*_write(f"{self.output}/{STAGE}/{TREE}/{path}", data), True)
        target = f"{self.output}/{path}"
        try:
            status = os.lstat(target)
            if stat.S_ISREG(status.st_mode) and status.st_size == len(data) and _bytes(target) == data:
                return status.st_size, status.st_mtime_ns, False
        except (FileNotFoundError, NotADirectoryError):
            pass  # nothing is there
        return (*_write(f"{self.output}/{STAGE}/{temporary(path)}", data), True)

    def copy(self, path: str, source: Path) -> tuple[int, int, bool, str]:
        """Stage a file of any size by pieces, unless the output has its bytes: what `put` says, and their
        digest."""
        target, staged = f"{self.output}/{path}", f"{self.output}/{STAGE}/{temporary(path)}"
        if self.fresh:
            staged = f"{self.output}/{STAGE}/{TREE}/{path}"
        elif (same := _same(Path(target), source)) is not None:
            return same
        os.makedirs(staged.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as in _write
        with source.open("rb") as opened, open(staged, "wb") as sink:
            copyfileobj(opened, sink, 1 << 20)
        status = os.stat(staged)
        return status.st_size, status.st_mtime_ns, True, digest_file(Path(staged), status.st_size)


def _same(target: Path, source: Path) -> tuple[int, int, bool, str] | None:
    """What `copy` says of a file that has the bytes of another; None where it has not."""
    try:
        status = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    size = source.stat().st_size
    if not stat.S_ISREG(status.st_mode) or status.st_size != size:
        return None
    sign = digest_file(source, size)
    return (size, status.st_mtime_ns, False, sign) if digest_file(target, size) == sign else None


def temporary(path: str) -> str:
    """The name in the staging folder of an output file for a folder that holds others already."""
    name = digest(path)
    return f"{name[:2]}/{name}"


def _bytes(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:
        return opened.read()


def _write(file: str, data: bytes) -> tuple[int, int]:
    """A new file, in folders made as they are needed; its size and its modification time."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        opened = os.open(file, flags, 0o666)
    except FileNotFoundError:
        _make_folder(file.rpartition("/")[0])
        opened = os.open(file, flags, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(opened, left) :]
        status = os.fstat(opened)
    finally:
        os.close(opened)
    return status.st_size, status.st_mtime_ns


def _make_folder(folder: str) -> None:
    """A folder that was missing a moment ago; most often all that leads to it is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - a third of the cost of Path's
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - half the cost of Path's


def publish(
    output: Path, staged: Sequence[str], before: Mapping[str, str], after: Mapping[str, str], *, fresh: bool
) -> None:
    """Move staged files into place, then remove what is ours and no longer wanted.

    `staged` are paths in the folder: new files go first, for nothing that was there leads to them yet, then
    those that replace others, and of each the front page last. `before` is the manifest found, `after` the
    one wanted. A build killed half-way leaves a manifest that names both, so that the next one knows every
    file it may remove.
    """
    manifest = manifest_bytes(after)
    path = output / MANIFEST
    gone = sorted(set(before) - set(after))
    if staged or gone:
        _write_manifest(output, manifest_bytes({**before, **after}) if gone else manifest)
    if fresh:
        _move_tree(output)
    else:
        for file in sorted(staged, key=lambda file: (file in before, file == FRONT)):
            _move(output, file, before)
    for name in gone:
        _remove(output, name)
    if not path.is_file() or path.read_bytes() != manifest:
        _write_manifest(output, manifest)
    if (output / STAGE).is_dir():
        rmtree(output / STAGE)


def publish_some(output: Path, digests: Mapping[str, tuple[str, str]]) -> bool:
    """Move staged files into place that replace others of ours, given each one's digest before and after.

    False, with nothing moved, where the manifest does not name them so.
    """
    manifest = _patched((output / MANIFEST).read_bytes(), digests)
    if manifest is None:
        return False
    _write_manifest(output, manifest)
    for file in sorted(digests, key=lambda file: file == FRONT):
        _move(output, file, {file: ""})
    rmtree(output / STAGE)
    return True


def _patched(manifest: bytes, digests: Mapping[str, tuple[str, str]]) -> bytes | None:
    """The bytes of a manifest with other digests of some files; None where it names one of them otherwise."""
    for path, (before, after) in digests.items():
        old, new = (f"\n{each}  {path}\n".encode() for each in (before, after))
        if manifest.count(old) != 1:
            return None
        manifest = manifest.replace(old, new)
    return manifest


def look_of_manifest(output: Path) -> tuple[int, int]:
    """The size and the modification time, in nanoseconds, of a folder's manifest; raises OSError."""
    status = os.stat(output / MANIFEST)
    return status.st_size, status.st_mtime_ns


def are_ours(output: Path, paths: Iterable[str]) -> bool:
    """Whether the folders of some paths lie in the output, and not behind a link that somebody put there."""
    real = os.path.realpath(output)
    folders = {path.rpartition("/")[0] for path in paths}
    return all(
        os.path.realpath(f"{output}/{folder}") == os.path.normpath(f"{real}/{folder}") for folder in folders
    )


@contextmanager
def unstaged(output: Path) -> Iterator[None]:
    """Take away what was staged when the work stops short of being published."""
    try:
        yield
    except BaseException:
        rmtree(output / STAGE, ignore_errors=True)
        raise


def _move_tree(output: Path) -> None:
    """Move a tree laid ready, what leads to everything last."""
    tree = output / STAGE / TREE
    for name in sorted(os.listdir(tree) if tree.is_dir() else (), key=lambda name: (name == FRONT, name)):
        os.replace(tree / name, output / name)


def _move(output: Path, file: str, ours: Mapping[str, str]) -> None:
    """Move one staged file into place."""
    waiting, target = f"{output}/{STAGE}/{temporary(file)}", f"{output}/{file}"
    try:
        os.replace(waiting, target)
    except (FileNotFoundError, NotADirectoryError):
        _clear_way(output, Path(target).parent, ours)
        os.replace(waiting, target)
    except IsADirectoryError:
        _remove_ours(output, file, ours)
        os.replace(waiting, target)


def _write_manifest(output: Path, data: bytes) -> None:
    waiting = output / STAGE / "manifest"
    waiting.parent.mkdir(exist_ok=True)
    waiting.write_bytes(data)
    os.replace(waiting, output / MANIFEST)


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
