"""The files of what was named on the command line: a file, a folder, an archive or standard input."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import BinaryIO

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.findings import visible
from generator.sources.importers.archives import SIZE_LIMIT, is_archive, unpack
from generator.sources.importers.packed import is_packed, unpacked

FETCH_LIMIT = 64 * 1024 * 1024
"""The most bytes of a file that is read at once; only a format that streams reads a larger one."""

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files that came together. `names` are those to import, in order.

    `files` maps every name, with forward slashes, to where it lies; `wheres` a name to what problems call
    it. `is_named` tells that a person named this very file, so that it must not be passed over; `sizes` are
    the bytes that files had when they were listed.
    """

    names: tuple[str, ...]
    files: Mapping[str, Path]
    label: str
    is_named: bool = False
    problems: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = field(default=())
    sizes: Mapping[str, int] = field(default_factory=dict)

    def where(self, name: str) -> str:
        """What problems call a file."""
        return self.label if self.is_named else f"{self.label.rstrip('/')}/{name}"

    def fetch(self, name: str) -> bytes | None:
        """The bytes of a file; None when there is none of that name, or it is too large or unreadable."""
        path = self.files.get(name)
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                data = file.read(FETCH_LIMIT + 1)
        except OSError:
            return None
        return data if len(data) <= FETCH_LIMIT else None

    def size(self, name: str) -> int:
        """The bytes of a file; 0 where that cannot be told."""
        if name in self.sizes:
            return self.sizes[name]
        try:
            return self.files[name].stat().st_size
        except OSError:
            return 0

    def begin(self, name: str, size: int) -> tuple[bytes, bool]:
        """A file, or its first `size` bytes where it has more than may be read; and whether it is whole.

        Raises OSError.
        """
        file = os.open(self.files[name], os.O_RDONLY | os.O_CLOEXEC)
        try:
            # As many bytes as it has are asked for: room for the most that may be is dear.
            has = os.fstat(file).st_size
            if has > FETCH_LIMIT:
                return os.read(file, size), False
            data = os.read(file, has + 1)
            while (
                len(data) <= FETCH_LIMIT and (len(data) > has or not has) and (more := os.read(file, _BLOCK))
            ):
                data += more  # it grows, or does not say what it has
        finally:
            os.close(file)
        return (data, True) if len(data) <= FETCH_LIMIT else (data[:size], False)


@contextmanager
def opened(
    source: str, stdin: BinaryIO, is_one: Callable[[Path], bool] = lambda path: False
) -> Iterator[Bundle]:
    """The files of one SOURCE. What cannot be read is among the bundle's problems; nothing is raised.

    `is_one` tells of an archive that it is a format of its own, to be read as it is and not unpacked.
    """
    path = Path(source)
    if source == "-":
        with tempfile.TemporaryDirectory(prefix="morgue-import-") as place:
            spooled = Path(place, "stdin")
            problems = _spool(stdin, spooled)
            names = () if problems else ("-",)
            yield Bundle(names=names, files={"-": spooled}, label="-", is_named=True, problems=problems)
    elif path.is_dir():
        with _unpacked(_folder(path, source), is_one) as bundle:
            yield bundle
    elif not path.is_file():
        message = "there is no such file or folder" if not path.exists() else "neither a file nor a folder"
        problem = Problem(source, 0, "E330", message, "check the path")
        yield Bundle(names=(), files={}, label=source, problems=(problem,))
    elif is_archive(path.name) and not is_one(path):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="morgue-import-")))
            problems = unpack(path, folder, source)
            yield stack.enter_context(_unpacked(_folder(folder, source, problems), is_one))
    else:
        yield Bundle(names=(path.name,), files=_beside(path), label=source, is_named=True)


@contextmanager
def _unpacked(bundle: Bundle, is_one: Callable[[Path], bool]) -> Iterator[Bundle]:
    """A bundle with what is in those of its files that are packed."""
    if not any(map(is_packed, bundle.names)):
        yield bundle
        return
    with tempfile.TemporaryDirectory(prefix="morgue-import-") as folder:
        label = bundle.label.rstrip("/")
        files, problems, passed = unpacked(bundle.files, label, Path(folder), is_one)
        yield replace(
            bundle,
            names=tuple(sorted(files)),
            files=dict(sorted(files.items())),
            sizes={},
            problems=bundle.problems + problems,
            passed_over=bundle.passed_over + passed,
        )


def _spool(stdin: BinaryIO, file: Path) -> tuple[Problem, ...]:
    """Standard input into a file, so that it can be read twice; a problem when it is too large."""
    left = SIZE_LIMIT
    with file.open("wb") as spooled:
        while block := stdin.read(_BLOCK):
            left -= len(block)
            if left < 0:
                return (Problem("-", 0, "E330", "is too large", "import it from a file"),)
            spooled.write(block)
    return ()


_SAVED = (
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "-filer",
    "_arquivos",
)
"""What browsers add to a page's name for the folder in which they save what it shows."""


def _beside(path: Path) -> dict[str, Path]:
    """The file, those that share its name but for the ending (its picture), and what a browser saved."""
    found = {path.name: path}
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if Path(entry.name).stem == path.stem and entry.is_file(follow_symlinks=False):
                found[entry.name] = Path(entry.path)
    for ending in _SAVED:
        folder = path.with_name(path.stem + ending)
        if folder.is_dir() and not folder.is_symlink():
            with os.scandir(folder) as entries:
                held = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
            found |= {
                f"{folder.name}/{entry.name}": Path(entry.path) for entry in held if entry.name.isprintable()
            }
    return dict(sorted(found.items()))


def _folder(root: Path, label: str, problems: tuple[Problem, ...] = ()) -> Bundle:
    found: dict[str, Path] = {}
    sizes: dict[str, int] = {}
    passed: list[str] = []
    told = list(problems)
    inside = root.resolve()
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(root / prefix) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            told.append(Problem(f"{label.rstrip('/')}/{visible(prefix)}", 0, "E330", message))
            continue
        for entry in listed:
            name = prefix + entry.name
            where = f"{label.rstrip('/')}/{visible(name)}"
            if entry.name.startswith("."):
                passed.append(f"{where}: hidden")
            elif not entry.name.isprintable():
                told.append(Problem(where, 0, "E330", "the file's name cannot be kept", "rename it"))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif _is_readable(entry, inside, where, told):
                found[name] = Path(entry.path)
                sizes[name] = entry.stat().st_size
    names = tuple(sorted(found))
    return Bundle(
        names=names,
        files={name: found[name] for name in names},
        label=label,
        problems=tuple(told),
        passed_over=tuple(passed),
        sizes=sizes,
    )


def _is_readable(entry: "os.DirEntry[str]", inside: Path, where: str, told: list[Problem]) -> bool:
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        if not target.is_relative_to(inside):
            told.append(Problem(where, 0, "W334", "a link that leads out of the folder", "passed over"))
            return False
        if not target.is_file():
            told.append(Problem(where, 0, "W334", "a link to no file", "passed over"))
            return False
    if not stat.S_ISREG(entry.stat().st_mode):
        told.append(Problem(where, 0, "W334", "neither a file nor a folder", "passed over"))
        return False
    return True
