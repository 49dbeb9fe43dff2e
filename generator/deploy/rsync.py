"""A folder of a host that is reached by rsync over SSH: rsync://user@host:port/srv/www.

The program `rsync` does it, a phase of the deploy to a call. It writes each file beside and renames it.
"""

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from shutil import copyfile
from urllib.parse import unquote, urlsplit

from generator.deploy.programs import run, ssh_command
from generator.deploy.record import HOME
from generator.deploy.target import Manner, Place, TargetError, Upload

_ROW = re.compile(
    r"(?P<kind>[-dlpscbD])[-rwxstST+.@]{9,} +(?P<size>[\d,.]+) (?P<day>[\d/]+) (?P<time>[\d:]+) (?P<path>.*)"
)
VANISHED = 24
"""With what rsync ends where a file went while it worked (rsync(1), EXIT VALUES)."""

_ESCAPED = re.compile(r"\\#(\d{3})")


def connect(place: Place) -> "Rsync":
    """The folder of an rsync:// URL; a path that begins with /~/ is below the user's own folder."""
    parts = urlsplit(place.to)
    path = unquote(parts.path)
    root = path[3:] if path.startswith("/~/") else path
    user = f"{unquote(parts.username)}@" if parts.username else ""
    host = parts.hostname or ""
    where = f"{user}[{host}]:{root}" if ":" in host else f"{user}{host}:{root}"
    return Rsync(where.rstrip("/") + "/", place.options, parts.port)


class Rsync:
    """Calls of the program; a file's mark is its size and time, which rsync carries over."""

    def __init__(self, where: str, options: Mapping[str, str | bool], port: int | None) -> None:
        self.manner = Manner(lanes=1, batch=0, lists=True, glance=sys.maxsize)
        self.where = where
        self.control = tempfile.TemporaryDirectory(prefix="morgue-")
        # All calls go through one connection: its socket's path may have no more than some hundred bytes.
        self.shell = [
            *ssh_command(options, port),
            *(
                "-o",
                "ControlMaster=auto",
                "-o",
                "ControlPersist=60",
                "-o",
                f"ControlPath={self.control.name}/s",
            ),
        ]

    def read(self, path: str) -> bytes | None:
        """The bytes of one file, or None when there is none."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "file"
            try:
                self._rsync("--times", self.where + path, copy)
            except TargetError as error:
                if _is_absent(error):
                    return None
                raise
            return copy.read_bytes()

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in one folder."""
        return [path for path in self._list(f"{self.where}{folder}/", deep=False) if path != "."]

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Send files in one call."""
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                _lay(Path(folder) / file.path, file)
            listed = _listed(file.path for file in files)
            self._rsync(
                "--times",
                "--ignore-times",
                "--chmod=D755,F644",
                "--mkpath",
                "--from0",
                "--files-from=-",
                f"{folder}/",
                self.where,
                stdin=listed,
            )
        return {file.path: self.mark_of(file) for file in files}

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, then the folders that this left empty, the deepest first."""
        self._missing(paths)
        touched = {str(parent) for path in paths for parent in PurePosixPath(path).parents} - {"."}
        if not touched or all(path.startswith(f"{HOME}/") for path in paths):
            return
        rows = self._list(self.where, deep=True, folders=True)
        for depth in range(max(path.count("/") for path in touched), -1, -1):
            filled = {str(PurePosixPath(path).parent) for path in rows}
            empty = [
                path for path in touched if path.count("/") == depth and path in rows and path not in filled
            ]
            if empty:
                self._missing(sorted(empty))
                rows = {path: mark for path, mark in rows.items() if path not in empty}

    def _missing(self, paths: Sequence[str]) -> None:
        """Remove what is not in a folder that holds none of the paths, but those that lead to them."""
        with tempfile.TemporaryDirectory() as folder:
            for parent in {PurePosixPath(path).parent for path in paths}:
                (Path(folder) / parent).mkdir(parents=True, exist_ok=True)
            how = ("--dirs", "--delete-missing-args", "--from0", "--files-from=-")
            self._rsync(*how, f"{folder}/", self.where, stdin=_listed(paths))

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """Size and time of every file but our own record, as one call lists them all."""
        rows = self._list(self.where, deep=True)
        return {path: mark for path, mark in rows.items() if not path.startswith(f"{HOME}/")}

    def mark_of(self, file: Upload) -> str:
        """Size and time as they are sent."""
        return f"{file.size()}:{file.stamp}"

    def commit(self, message: str) -> None:
        """Nothing is left to be done."""

    def close(self) -> None:
        """End the connection."""
        if (Path(self.control.name) / "s").exists():
            host = self.where.partition(":")[0]
            run([*self.shell, "-O", "exit", host], {}, fine=range(256))
        self.control.cleanup()

    def _list(self, where: str, *, deep: bool, folders: bool = False) -> dict[str, str]:
        how = ["--recursive"] if deep else ["--dirs"]
        try:
            # Files that others take away meanwhile are none of those that are there.
            said = self._rsync("--list-only", "--no-human-readable", *how, where, fine=(0, VANISHED))
        except TargetError as error:
            if _is_absent(error):
                return {}
            raise
        return _rows(said.decode("utf-8", "replace"), folders=folders)

    def _rsync(self, *arguments: str | Path, stdin: bytes = b"", fine: Sequence[int] = (0,)) -> bytes:
        command = ["rsync", "--timeout=120", f"--rsh={shlex.join(self.shell)}", *arguments]
        return run(command, {"LC_ALL": "C", "TZ": "UTC"}, stdin=stdin, fine=fine)


def _rows(said: str, *, folders: bool) -> dict[str, str]:
    """What `rsync --list-only` prints, as path → "size:seconds since 1970"."""
    found: dict[str, str] = {}
    for line in said.splitlines():
        row = _ROW.fullmatch(line)
        if row is None or (row["kind"] == "d" and not folders):
            continue
        path = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), row["path"])
        when = datetime.strptime(f"{row['day']} {row['time']}", "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)
        size = row["size"].replace(",", "").replace(".", "")
        found[path] = f"{size}:{int(when.timestamp())}"
    return found


def _lay(place: Path, file: Upload) -> None:
    """Put a file where rsync will read it, with its time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if file.file is not None:
        try:
            os.link(file.file, place)
        except OSError:
            copyfile(file.file, place)
    else:
        place.write_bytes(file.read())
        os.utime(place, (file.stamp, file.stamp))


def _listed(paths: Iterable[str]) -> bytes:
    return b"\0".join(str(path).encode() for path in paths)


def _is_absent(error: TargetError) -> bool:
    said = str(error)
    return error.reason == "failed" and ("No such file or directory" in said or "has vanished" in said)
