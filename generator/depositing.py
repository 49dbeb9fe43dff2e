"""Files of an import into a site: safely named, written whole, never outside content/, never over others."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path

from generator.core.problems import Problem
from generator.filenames import earlier_name, is_source, temporary
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers.base import Imported

SIZES = "sizes"
"""The folder below content/media that holds smaller sizes of pictures."""

PENDING = 200
"""The most files that wait to be written while an import goes on."""

VERSIONS = "content/versions"
"""Where earlier texts of articles are kept: content/versions/2021/04/slug/2022-01-31-0a1b2c3d.md."""

VERSION_DIGITS = 8
"""So many digits of its SHA-256 stand in the name of an earlier text."""

_BLOCK = 1024 * 1024
_DIGITS = re.compile(r"[0-9a-f]{64}")


class Depot:
    """The site's folder as an import sees it; in a dry run it remembers what it would have written.

    With a `writer`, files are written while the import goes on; `finish` waits for them.
    """

    def __init__(self, root: Path, *, dry_run: bool, writer: Executor | None = None) -> None:
        self.root = root
        self.place = str(root)
        self.folders: set[str] = set()
        self.sources: dict[str, str] = {}
        self.dry_run = dry_run
        self.writer = writer
        self.pending: dict[str, Future[None]] = {}
        self.failed: list[Problem] = []
        self.planned: dict[str, str] = {}
        self.folded: dict[str, str] = {}  # paths written, in small letters → as they are
        self.absent: dict[str, set[str]] = {}

    def is_free(self, path: str) -> bool:
        """Whether nothing stands at a path relative to the site, nor will.

        What was free is not looked at again before something else is written in the same folder of content/.
        Of two names that differ in capitals alone, this import gives one only: archives are copied to systems
        on which they are the same.
        """
        if path in self.planned or self.folded.get(path.casefold(), path) != path:
            return False
        absent = self.absent.setdefault(_top(path), set())
        if path not in absent:
            if os.path.lexists(f"{self.place}/{path}"):
                return False
            absent.add(path)
        return True

    def holds(self, path: str) -> str:
        """The SHA-256 of the file at a path, "" when it is free; "?" when it cannot be read."""
        if path in self.planned:
            return self.planned[path]
        if self.is_free(path):
            return ""
        try:
            return checksum(self.root / path)
        except OSError:
            return "?"

    def size(self, file: str) -> int:
        """The bytes of a file below content/; 0 when there is none."""
        try:
            return (self.root / "content" / file).stat().st_size
        except OSError:
            return 0

    def bytes_of(self, path: str, most: int) -> bytes:
        """The bytes of a file of the site; b"" when it cannot be read, or has more than `most`."""
        self._settle(path)
        try:
            with (self.root / path).open("rb") as file:
                data = file.read(most + 1)
        except OSError:
            return b""
        return data if len(data) <= most else b""

    def finish(self) -> list[Problem]:
        """Wait until everything is written; what could not be, since the last time this was asked."""
        for path in list(self.pending):
            self._settle(path)
        failed, self.failed = self.failed, []
        return failed

    def _settle(self, path: str) -> None:
        """Wait until a file is written, if it is one that is still to be."""
        future = self.pending.pop(path, None)
        if future is None:
            return
        try:
            future.result()
        except OSError as error:
            self.failed.append(_unwritten(path, error))

    def text(self, path: str) -> str:
        """The text of a file of the site; raises OSError and UnicodeDecodeError."""
        self._settle(path)
        return (self.root / path).read_bytes().decode()

    def body(self, path: str) -> str:
        """The Markdown of an article's file, "" when it cannot be read."""
        try:
            return split(self.text(path))[1]
        except (OSError, UnicodeDecodeError):
            return ""

    def says(self, path: str, one: Imported) -> bool:
        """Whether an article's file has the headline, the publication and the text of an import."""
        try:
            text = self.text(path)
        except (OSError, UnicodeDecodeError):
            return False
        yaml_text, body, _ = split(text)
        document, _ = parse(yaml_text, path, 2)
        front = values(document)
        same = all(front.get(key) == one.front.get(key) for key in ("title", "published"))
        return same and body.split() == one.body.split()

    def own_path(self, file: Path | None) -> str:
        """Where a file lies below content/, when it is in content/sources; "" for all others."""
        if file is None:
            return ""
        folder = str(file.parent)
        if folder not in self.sources:
            sources = (self.root / "content" / "sources").resolve()
            found = file.parent.resolve()
            own = found.is_relative_to(sources)
            self.sources[folder] = f"sources/{found.relative_to(sources).as_posix()}" if own else ""
        within = self.sources[folder]
        return f"{within}/{file.name}".replace("/./", "/") if within else ""

    def earlier(self, file: str, sha256: str) -> bytes | None:
        """The bytes of an original as it was imported, kept or remembered; None when they are lost."""
        self._settle(f"content/{file}")
        for path in self._places_of(file, sha256):
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
        return None

    def keep_earlier(self, file: str, data: bytes) -> list[Problem]:
        """Keep the version of an original that a newer one replaces, its checksum in its name."""
        path = f"content/{earlier_name(file, hashlib.sha256(data).hexdigest())}"
        return self.write(path, data) if self.is_free(path) else []

    def keep_version(self, path: str, data: bytes, day: str) -> tuple[str, list[Problem]]:
        """Keep an article's file as it was before a newer version of its original changed it, and where.

        `day` is when that text came into the archive: "2021-04-13".
        """
        name = f"{day or 'undated'}-{hashlib.sha256(data).hexdigest()[:VERSION_DIGITS]}.md"
        kept = f"{_versions(path)}/{name}"
        return kept, self.write(kept, data) if self.is_free(kept) else []

    def versions(self, path: str) -> Iterator[str]:
        """The earlier texts that are kept of an article's file, in the order of their names."""
        folder = _versions(path)
        for waiting in [each for each in self.pending if each.startswith(f"{folder}/")]:
            self._settle(waiting)
        with suppress(FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            for file in sorted((self.root / folder).iterdir()):
                if file.suffix == ".md" and file.is_file():
                    yield file.read_bytes().decode()

    def is_remembered(self, sha256: str) -> bool:
        """Whether a copy of an original that lies in the site is among the caches."""
        return bool(_DIGITS.fullmatch(sha256)) and self._remembered(sha256).is_file()

    def remember(self, sha256: str, data: bytes) -> None:
        """Keep a copy of an original that lies in the site, where people may change it, among the caches."""
        path = self._remembered(sha256)
        if self.dry_run or path.is_file():
            return
        with suppress(OSError):  # a full disk; where it is missed, W339 tells so
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(str(path), data)

    def _remembered(self, sha256: str) -> Path:
        return self.root / ".morgue" / "originals" / sha256

    def copy(self, file: Path, path: str) -> tuple[str, list[Problem]]:
        """Copy a file of any size beside where it is to be kept, and its SHA-256; `settle` puts it there.

        In a dry run only the checksum is taken. Raises OSError when `file` cannot be read.
        """
        state = hashlib.sha256()
        refusal = self._refusal(path)
        if refusal:
            return "", [_refused(path, refusal)]
        target = temporary(self.root / path)
        with file.open("rb") as source:
            if self.dry_run:
                while block := source.read(_BLOCK):
                    state.update(block)
                return state.hexdigest(), []
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as copy:
                    while block := source.read(_BLOCK):
                        state.update(block)
                        copy.write(block)
            except OSError as error:
                with suppress(OSError):
                    target.unlink()
                return "", [_unwritten(path, error)]
        return state.hexdigest(), []

    def settle(self, path: str, sha256: str, *, keep: bool) -> list[Problem]:
        """Put a copied file in its place, or take it away again; what lies there is set aside before."""
        self._settle(path)
        copied, place = temporary(self.root / path), self.root / path
        if keep:
            self.planned[path] = sha256
            self.folded[path.casefold()] = path
        if self.dry_run:
            return []
        try:
            if not keep:
                copied.unlink(missing_ok=True)
                return []
            before = checksum(place) if place.is_file() else sha256
            if before != sha256:
                aside = earlier_name(path.removeprefix("content/"), before)
                os.replace(place, self.root / "content" / aside)
            os.replace(copied, place)
        except OSError as error:
            return [_unwritten(path, error)]
        return []

    def digest(self, file: Path) -> tuple[str, list[Problem]]:
        """The SHA-256 of a file that lies in the site already."""
        try:
            return checksum(file), []
        except OSError as error:
            return "", [Problem(file.name, 0, "E330", f"cannot be read: {error.strerror}", "check it")]

    def set_aside(self, file: str) -> list[Problem]:
        """Give an original that a newer one replaces its checksum in its name, so that both are kept."""
        self._settle(f"content/{file}")
        place = self.root / "content" / file
        if self.dry_run or not place.is_file():
            return []
        try:
            os.replace(place, self.root / "content" / earlier_name(file, checksum(place)))
        except OSError as error:
            return [_unwritten(f"content/{file}", error)]
        self.planned.pop(f"content/{file}", None)
        return []

    def original_file(self, file: str, sha256: str) -> Path | None:
        """Where an original lies as it was imported, kept or remembered; None when it is lost."""
        self._settle(f"content/{file}")
        for path in self._places_of(file, sha256):
            if path.is_file() and checksum(path) == sha256:
                return path
        return None

    def kept_file(self, file: str, sha256: str) -> Path | None:
        """Where an original is kept below content/, with the checksum it had; None when it is not."""
        caches = self._remembered(sha256)
        places = [path for path in self._places_of(file, sha256) if path != caches]
        return next((path for path in places if path.is_file() and checksum(path) == sha256), None)

    def _places_of(self, file: str, sha256: str) -> tuple[Path, ...]:
        content = self.root / "content"
        found = (content / file, content / earlier_name(file, sha256)) if is_source(file) else ()
        return (*found, self._remembered(sha256)) if _DIGITS.fullmatch(sha256) else found

    def write(self, path: str, data: bytes, sha256: str = "") -> list[Problem]:
        """Write a file below content/ at once and whole; what stands in the way is a problem.

        `sha256` is that of the data, where it is known.
        """
        refusal = self._refusal(path)
        if refusal:
            return [_refused(path, refusal)]
        # Where small letters are as good as capitals, this may be another path that was free.
        self.absent.pop(_top(path), None)
        self.planned[path] = sha256 or hashlib.sha256(data).hexdigest()
        self.folded[path.casefold()] = path
        if self.dry_run:
            return []
        try:
            folder = path.rpartition("/")[0]
            if folder not in self.folders:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(folder)
            if self.writer is None:
                _replace(f"{self.place}/{path}", data)
            else:
                self._write_later(path, data, self.writer)
        except OSError as error:
            return [_unwritten(path, error)]
        return []

    def _write_later(self, path: str, data: bytes, writer: Executor) -> None:
        self._settle(path)
        if len(self.pending) >= PENDING:
            self._settle(next(iter(self.pending)))
        self.pending[path] = writer.submit(_replace, f"{self.place}/{path}", data)

    def _refusal(self, path: str) -> str:
        parts = path.split("/")
        if parts[0] != "content" or ".." in parts or len(parts) < 2:
            return "it would lie outside content/"
        if path.rpartition("/")[0] in self.folders:
            is_absent = path in self.absent.get(parts[1], ())
            return "" if is_absent else _obstacle(f"{self.place}/{path}")
        place = self.root
        for part in parts[:-1]:
            place = place / part
            if place.is_symlink() and part != "content":
                return f"{place.relative_to(self.root).as_posix()} is a link"
            if place.exists() and not place.is_dir():
                return f"{place.relative_to(self.root).as_posix()} is no folder"
        return _obstacle(f"{self.place}/{path}")


def _versions(path: str) -> str:
    """The folder of the earlier texts of an article's file."""
    return f"{VERSIONS}/{path.removeprefix('content/').removeprefix('articles/').removesuffix('.md')}"


def _top(path: str) -> str:
    """The folder of content/ that a path is in: "articles"."""
    return path.split("/", 2)[1]


def _unwritten(path: str, error: OSError) -> Problem:
    return Problem(path, 0, "E333", f"not written: {error.strerror}", "check the folder")


def _refused(path: str, refusal: str) -> Problem:
    return Problem(path, 0, "E333", f"not written: {refusal}", "only real folders below content/ are")


def checksum(path: Path) -> str:
    """The SHA-256 of a file of any size; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _obstacle(target: str) -> str:
    """What stands where a file is to be written, if it must not be replaced."""
    try:
        mode = os.lstat(target).st_mode
    except OSError:
        return ""
    return (
        "a link stands there" if stat.S_ISLNK(mode) else "a folder stands there" if stat.S_ISDIR(mode) else ""
    )


def _replace(path: str, data: bytes) -> None:
    folder, _, name = path.rpartition("/")
    temporary = f"{folder}/.{name[:60]}.morgue-new"
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(file, left) :]
        finally:
            os.close(file)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise
