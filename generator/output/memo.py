"""The memo: results of costly pure functions, kept between builds by their exact input.

One SQLite file under .morgue/. A key holds the digest of the input and of the version of what computes
the value, so an entry is never wrong, only unused; deleting the file is always safe. A file that is
damaged, from another version or not writable is set aside or done without, never trusted.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.core.problems import Problem, SiteError

FORMAT = 1
"""Raised when the tables change; a memo of another format is made anew."""

_TABLES = """
create table if not exists memo (key text primary key, value blob not null) without rowid;
create table if not exists written (
  output text not null, path text not null, key text not null, parts text not null, digest text not null,
  size integer not null, mtime_ns integer not null, primary key (output, path)
) without rowid;
"""
_AT_ONCE = 500  # SQLite's oldest limit on parameters is 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the memo knows of an output file: the key it was rendered under, and the file as we left it.

    `parts` holds digests of the fields of the page's view, for telling which of them changed.
    """

    key: str
    parts: str
    digest: str
    size: int
    mtime_ns: int


class Memo:
    """An open memo; use it as a context manager. Not shared between threads or processes."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, making it and its folder when they are missing.

        With `read_only` the file must be there. When the place cannot be written, everything is kept in
        memory for this one build (`path` is then None).
        """
        self.path: Path | None = path
        self._db = self._open(path, read_only=read_only)

    def _open(self, path: Path, *, read_only: bool) -> sqlite3.Connection:
        if read_only:
            return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise SiteError(
                    Problem("", 0, "E701", f"another build is using {path.name}", "wait until it is done")
                ) from error
            return self._in_memory()
        except sqlite3.DatabaseError:
            # Not a database, or a damaged one: nothing in it is needed.
            path.unlink()
            return _connect(path)
        except OSError:
            return self._in_memory()

    def _in_memory(self) -> sqlite3.Connection:
        self.path = None
        db = sqlite3.connect(":memory:")
        db.executescript(_TABLES)
        return db

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was added and let go of the file."""
        self._db.commit()
        self._db.close()

    def commit(self) -> None:
        """Keep what was added, for other processes to see."""
        self._db.commit()

    def get(self, key: str) -> bytes | None:
        """The value kept under a key, or None."""
        row = self._db.execute("select value from memo where key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that are kept."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found.update(self._db.execute(f"select key, value from memo where key in ({marks})", part))
        return found

    def put_many(self, values: Iterable[tuple[str, bytes]]) -> None:
        """Keep values under their keys."""
        self._db.executemany("insert or replace into memo values (?, ?)", values)

    def forget_unused(self, used: set[str]) -> int:
        """Drop what the last builds did not use, once it outweighs what they did; return how many went."""
        held = self._db.execute("select count(*) from memo").fetchone()[0]
        if held <= 3 * len(used) + 1000:
            return 0
        unused = [(key,) for (key,) in self._db.execute("select key from memo") if key not in used]
        self._db.executemany("delete from memo where key = ?", unused)
        return len(unused)

    def written(self, output: str) -> dict[str, Written]:
        """What is known of the files of an output folder, by path within it."""
        rows = self._db.execute(
            "select path, key, parts, digest, size, mtime_ns from written where output = ?", (output,)
        )
        return {
            path: Written(key=key, parts=parts, digest=sign, size=size, mtime_ns=mtime_ns)
            for path, key, parts, sign, size, mtime_ns in rows
        }

    def note_written(self, output: str, files: Mapping[str, Written], gone: Iterable[str] = ()) -> None:
        """Record output files as they now are, and that some are gone."""
        self._db.executemany("delete from written where output = ? and path = ?", [(output, p) for p in gone])
        self._db.executemany(
            "insert or replace into written values (?, ?, ?, ?, ?, ?, ?)",
            [(output, p, w.key, w.parts, w.digest, w.size, w.mtime_ns) for p, w in files.items()],
        )


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10, isolation_level="DEFERRED")
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, FORMAT):
            db.executescript("drop table if exists memo; drop table if exists written;")
        db.executescript(
            f"pragma journal_mode = wal; pragma synchronous = normal; pragma user_version = {FORMAT};"
        )
        db.executescript(_TABLES)
        db.execute("select count(*) from written").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db
