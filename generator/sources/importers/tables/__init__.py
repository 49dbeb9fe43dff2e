"""Tables whose rows are articles: CSV, JSON, Parquet and SQLite, their columns mapped in site.yaml.

Rows are streamed: memory holds a few at a time, whatever the size of the file.
"""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.core.frozen import dataclass
from generator.core.paths import ending_of
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.importers.base import ImportContext, Imported, Original, StreamImporter
from generator.sources.importers.extras import load
from generator.sources.importers.tables import database, delimited, json_lines, json_list
from generator.sources.importers.tables.columns import is_header
from generator.sources.importers.tables.rows import Account, Row, articles

Reader = Callable[[Path, Site, str], Iterator[Row | Problem]]

_SUFFIXES = {"csv": (".csv", ".tsv", ".tab"), "jsonl": (".jsonl", ".ndjson", ".jsonlines")}
_PARQUET = b"PAR1"
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """One form of table: how a file of it is known, and how its rows are read."""

    name: str
    is_one: Callable[[Original], bool]
    rows: Reader

    def recognises(self, original: Original) -> bool:
        """Whether the file is a table of this form: by its first bytes."""
        return self.is_one(original)

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """An article a row, after what is wrong with it; what concerns the table as a whole comes last."""
        account = Account.begun(original.name, original.where, context)
        for row in self.rows(file, context.site, original.where):
            if isinstance(row, Problem):
                yield row
                continue
            if row.number == 1 and self.name not in {"jsonl", "json"}:
                lacking = account.lacking(tuple(row.cells))
                if lacking is not None:
                    account.others.clear()
                    yield lacking
                    break
            for each in articles(row, account):
                yield each
                if isinstance(each, Problem) and each.code == "E346":
                    return  # without the library every other row would say the same
        yield from account.ending()


def _is_delimited(original: Original) -> bool:
    head = original.data[:_HEAD]
    is_named = _is_named(original, "csv")
    if not is_named and not any(map(is_header, delimited.first_rows(head))):
        return False  # most texts are no tables, and their first line tells
    shape = delimited.shape_of(head)
    return shape is not None and (is_named or is_header(shape.header))


def _delimited(file: Path, site: Site, where: str) -> Iterator[Row | Problem]:
    with file.open("rb") as opened:
        shape = delimited.shape_of(opened.read(_HEAD))
    if shape is None:
        message = "no table: no row of column names, with as many fields in each row below"
        yield Problem(
            where, 1, "E360", message, "expected columns parted by commas, semicolons, tabs or bars"
        )
        return
    with file.open("rb") as opened:
        yield from delimited.rows(opened, shape, where)


def _is_json_lines(original: Original) -> bool:
    head = original.data[:_HEAD]
    is_named = _is_named(original, "jsonl") and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return is_named or json_lines.is_json_lines(head)


def _json_lines(file: Path, site: Site, where: str) -> Iterator[Row | Problem]:
    with file.open("rb") as opened:
        yield from json_lines.rows(opened, where)


def _json_list(file: Path, site: Site, where: str) -> Iterator[Row | Problem]:
    with file.open("rb") as opened:
        yield from json_list.rows(opened, where)


def _parquet(file: Path, site: Site, where: str) -> Iterator[Row | Problem]:
    door = load("generator.sources.importers.tables.parquet", "tables", where)
    if isinstance(door, Problem):
        yield door
        return
    yield from importlib.import_module(door.__name__).rows(file, where)


def _is_named(original: Original, form: str) -> bool:
    return ending_of(original.name) in _SUFFIXES[form]


TABLES: tuple[StreamImporter, ...] = (
    Table("sqlite", lambda original: original.data.startswith(database.MAGIC), database.rows),
    Table("parquet", lambda original: original.data.startswith(_PARQUET), _parquet),
    Table("jsonl", _is_json_lines, _json_lines),
    Table("json", lambda original: json_list.is_json_list(original.data[:_HEAD]), _json_list),
    Table("csv", _is_delimited, _delimited),
)
"""The forms of tables, in the order a file is shown to them."""
