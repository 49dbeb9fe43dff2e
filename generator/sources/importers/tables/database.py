"""SQLite databases, read without trust: the file is never written, its schema may call nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.findings import suggestion
from generator.sources.importers.tables.columns import columns_of, listed
from generator.sources.importers.tables.rows import Row

MAGIC = b"SQLite format 3\0"
"""What every database begins with (sqlite.org/fileformat)."""

CELL_LIMIT = 16 * 1024 * 1024
"""The most bytes of a cell, or of a row."""

STEPS_LIMIT = 50_000_000
"""The most steps of SQLite's machine between two rows: a view may compute without end."""

_STEP = 100_000
_NONE: tuple[int, ...] = ()
_USUAL = ("articles", "article", "posts", "post", "stories", "story", "news")
_LOGGED = 2


def rows(file: Path, site: Site, where: str) -> Iterator[Row | Problem]:
    """The rows of the table of articles, and what is wrong with the database."""
    if _has_log(file):
        message = "the newest changes lie in a log beside the database, and were not read"
        yield Problem(where, 0, "W364", message, "run: sqlite3 FILE 'pragma wal_checkpoint(truncate)'")
    steps = _Steps()
    try:
        with closing(_opened(file)) as database:
            database.set_progress_handler(steps, _STEP)
            table = _table(database, site, where)
            if isinstance(table, Problem):
                yield table
                return
            yield from _rows_of(database, table, steps, where)
    except sqlite3.Error as error:
        reason = "a view computes without end" if steps.is_over else str(error)
        yield Problem(where, 0, "E360", f"database: cannot be read: {reason}", "check it with sqlite3")


def _rows_of(
    database: sqlite3.Connection, table: str, steps: "_Steps", where: str
) -> Iterator[Row | Problem]:
    """The rows of a table in its own order; one that is larger than a row may be is told and passed over."""
    numbered = _is_numbered(database, table)
    columns = f"select {'_rowid_, ' * numbered}* from {_quoted(table)}"
    header = _unique([each[0] for each in database.execute(f"{columns} limit 0").description[numbered:]])
    number, last = 0, _NONE
    while True:
        rest = f"{' where _rowid_ > ?' * len(last)} order by _rowid_" if numbered else ""
        try:
            for row in database.execute(columns + rest, last):
                steps.count = 0
                number += 1
                last = row[:1] if numbered else last
                yield Row(0, number, dict(zip(header, row[numbered:], strict=True)))
            return
        except sqlite3.DataError:
            if not numbered:
                raise
        # A row is given when the one behind it is there: that before the large one now comes by itself.
        rest = f"{' where _rowid_ > ?' * len(last)} order by _rowid_ limit 1"
        number += 1
        try:
            (row,) = database.execute(columns + rest, last)
        except sqlite3.DataError:
            (row,) = database.execute(f"select _rowid_ from {_quoted(table)}{rest}", last)
            message = f"row {number}: larger than {CELL_LIMIT:,} bytes"
            yield Problem(where, 0, "E361", message, "take large files out of it")
        else:
            yield Row(0, number, dict(zip(header, row[1:], strict=True)))
        last = row[:1]


def _is_numbered(database: sqlite3.Connection, table: str) -> bool:
    """Whether the rows of a table have numbers of their own, as those of views have not."""
    try:
        row = database.execute(f"select _rowid_ from {_quoted(table)} limit 1").fetchone()
    except sqlite3.OperationalError:
        return False
    return row is not None and isinstance(row[0], int)


class _Steps:
    """Counts the steps of SQLite's machine; stops a query that takes too many between two rows."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def is_over(self) -> bool:
        return self.count > STEPS_LIMIT

    def __call__(self) -> bool:
        self.count += _STEP
        return self.is_over


def _opened(file: Path) -> sqlite3.Connection:
    # "immutable" keeps SQLite from making a log or a lock beside somebody's file.
    database = sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, CELL_LIMIT)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.text_factory = _text
    for setting in ("trusted_schema = off", "cell_size_check = on", "mmap_size = 0", "query_only = on"):
        database.execute(f"pragma {setting}")
    return database


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _has_log(file: Path) -> bool:
    """Whether the database is kept with a write-ahead log, and that holds something."""
    with file.open("rb") as opened:
        head = opened.read(20)
    log = Path(f"{file}-wal")
    return len(head) == 20 and _LOGGED in (head[18], head[19]) and log.is_file() and log.stat().st_size > 0


def _table(database: sqlite3.Connection, site: Site, where: str) -> str | Problem:
    """The table that site.yaml names, else the only one with a headline and a date, else a usual name."""
    found = database.execute("select name, type, sql from sqlite_master where type in ('table', 'view')")
    listing = [(str(name), kind, str(sql or "")) for name, kind, sql in found.fetchmany(10_000)]
    wanted = site.imports.table
    if wanted:
        names = [name for name, *_ in listing]
        exact = next((name for name in names if name.lower() == wanted.lower()), "")
        if exact:
            return exact
        hint = suggestion(wanted, names) or f"its tables are {listed(names)}"
        return Problem(where, 0, "E360", f"import.table: there is no table {wanted!r}", hint)
    # A view may compute anything, and a virtual table call anything: only a person can ask for one.
    plain = [
        name
        for name, kind, sql in listing
        if kind == "table" and not sql.lower().lstrip().startswith("create virtual")
    ]
    fitting = [name for name in plain if columns_of(_columns(database, name), site).is_of_articles]
    if len(fitting) > 1:
        fitting = [name for usual in _USUAL for name in fitting if name.lower() == usual][:1] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        message = f"database: several tables may hold articles: {listed(fitting)}"
        return Problem(where, 0, "E360", message, "name one in import.table of site.yaml")
    message = "database: no table has columns for a headline and a date"
    hint = f"its tables are {listed([name for name, *_ in listing])}; name their columns in import.columns"
    return Problem(where, 0, "E360", message, hint)


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return _unique([str(row[1]) for row in database.execute(f"pragma table_info({_quoted(table)})")])


def _unique(names: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        again, each = 2, name
        while each in found:
            again, each = again + 1, f"{name} {again}"
        found[each] = None
    return list(found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
