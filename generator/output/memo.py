"""The memo: results of costly pure functions, kept between builds by their exact input.

One SQLite file under .morgue/. A key holds the digest of the input and of the version of what computes
the value, so an entry is never wrong, only unused; deleting the file is always safe. A file that is
damaged, from another version or not writable is set aside or done without, never trusted.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from zlib import crc32

from generator.core.problems import Problem, SiteError
from generator.output.encode import Undecodable

FORMAT = 3
"""Raised when the tables or the pages change; a memo of another format is made anew."""

PAGE = 32768
"""Bytes of a page of the file, so that most values lie on one: with SQLite's 4,096 one is put in and found
at twice the cost, and at four times in a table kept in the order of its keys, as those are digests."""

DAMAGE = (sqlite3.DatabaseError, Undecodable)
"""What using a memo raises whose file is damaged further in than opening it shows, or whose disk is full;
then `discard` it, or `give_up`."""

PATIENCE = 10.0
"""Seconds to wait for another build to be done with the memo."""

_TABLES = """
create table if not exists memo (key text primary key, value blob not null);
"""
WAITING = 64_000_000
"""Bytes put in past which they are kept at once: until then they stand in a log beside the file, which a
large archive would make as large as that."""

_AT_ONCE = 500  # SQLite's oldest limit on parameters is 999


def discard(path: Path) -> None:
    """Remove a memo's file and what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


class Memo:
    """An open memo; use it as a context manager. Not shared between threads or processes.

    Only one is open for writing at a time, so that builds of one site follow one another.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open the file, making it and its folder when they are missing; without one, keep all in memory.

        With `read_only` the file must be there. When the place cannot be written, everything is kept in
        memory for this one build (`path` is then None).
        """
        self.path = path
        self._lock = -1
        self._waiting = 0  # bytes put in since the last commit
        try:
            self._db = self._in_memory() if path is None else self._open(path, read_only=read_only)
        except (SiteError, sqlite3.Error):
            self._unlock()
            raise

    def _open(self, path: Path, *, read_only: bool) -> sqlite3.Connection:
        if read_only:
            return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(path)
            return _connect(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise _in_use(path) from error
            return self._in_memory()
        except sqlite3.DatabaseError:
            # Not a database, or a damaged one: nothing in it is needed.
            discard(path)
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
        try:
            self._db.commit()
        finally:
            self._db.close()
            self._unlock()

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def commit(self) -> None:
        """Keep what was added, for other processes to see."""
        self._db.commit()
        self._waiting = 0

    def give_up(self) -> None:
        """Forget what was added since the last commit, as where the disk is full (see DAMAGE)."""
        with suppress(sqlite3.Error):
            self._db.rollback()
        self._waiting = 0

    def get(self, key: str) -> bytes | None:
        """The value kept under a key, or None."""
        row = self._db.execute("select value from memo where key = ?", (key,)).fetchone()
        return None if row is None else _opened(row[0])

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that are kept."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(f"select key, value from memo where key in ({marks})", part)
            found.update((key, _opened(value)) for key, value in rows)
        return found

    def put_many(self, values: Iterable[tuple[str, bytes]]) -> None:
        """Keep values under their keys."""

        def sealed() -> Iterator[tuple[str, bytes]]:
            for key, value in values:
                self._waiting += len(value)
                yield key, crc32(value).to_bytes(4, "big") + value

        self._db.executemany("insert or replace into memo values (?, ?)", sealed())
        if self._waiting > WAITING:
            self.commit()

    def forget_unused(self, used: set[str]) -> int:
        """Drop what the last builds did not use, once it outweighs what they did; return how many went."""
        held = self._db.execute("select count(*) from memo").fetchone()[0]
        if held <= 3 * len(used) + 1000:
            return 0
        unused = [(key,) for (key,) in self._db.execute("select key from memo") if key not in used]
        self._db.executemany("delete from memo where key = ?", unused)
        return len(unused)


def _opened(sealed: bytes) -> bytes:
    """A value as it was put in; Undecodable when the file lost a part of it, as a power cut may make it."""
    value = sealed[4:]
    if crc32(value).to_bytes(4, "big") != sealed[:4]:
        raise Undecodable("a value of the memo is damaged")
    return value


def _locked(path: Path) -> int:
    """A lock on the memo's folder, held while the descriptor is open; SiteError when others keep theirs."""
    descriptor = os.open(path.parent, os.O_RDONLY)
    started = time.monotonic()
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        if time.monotonic() - started > PATIENCE:
            os.close(descriptor)
            raise _in_use(path)
        time.sleep(0.05)


def _in_use(path: Path) -> SiteError:
    return SiteError(Problem("", 0, "E701", f"another command is using {path.name}", "wait until it is done"))


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10, isolation_level="DEFERRED")
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, FORMAT):
            db.close()
            discard(path)  # a file keeps the size of its pages
            return _connect(path)
        db.executescript(
            f"pragma page_size = {PAGE}; pragma journal_mode = wal; pragma synchronous = off;"
            f"pragma user_version = {FORMAT};"
        )
        db.executescript(_TABLES)
        db.execute("select 1 from memo limit 1").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db
