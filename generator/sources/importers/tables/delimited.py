"""Tables as text: fields parted by commas, semicolons, tabs or bars (RFC 4180, and as spreadsheets save)."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from generator.core.problems import Problem
from generator.sources.importers.tables.lines import Lines, encoding_of
from generator.sources.importers.tables.rows import Row

FIELD_LIMIT = 2 * 1024 * 1024
"""The most characters of a field; a longer one is a quotation mark that nobody closed."""

COLUMNS_LIMIT = 2_000
"""The most columns of a table."""

REREAD_LIMIT = 64 * 1024 * 1024
"""The most characters that are read again, behind quotation marks that nobody closed."""

_DELIMITERS = ",;\t|"
_SNIFFED_ROWS = 50
_ALIKE = 0.8
_QUOTED = re.compile(rb"[\0\r\"]|\Asep=", re.IGNORECASE)
_DIRECTIVE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


class Shape(NamedTuple):
    """How a table is written: its delimiter, its columns, and the lines above those."""

    delimiter: str
    header: tuple[str, ...]
    skipped: int = 0


def shape_of(head: bytes) -> Shape | None:
    """The shape of a table whose first bytes are `head`; None for what is none."""
    text, delimiters, skipped = _opened(head)
    lines = text.splitlines(keepends=True)
    found = [shape for each in delimiters if (shape := _shape(lines, each, skipped)) is not None]
    return max(found, key=lambda shape: len(shape.header), default=None)


def first_rows(head: bytes) -> Iterator[list[str]]:
    """The first row of a file that begins with `head`, by each delimiter that it may have."""
    line = head[: max(0, head.find(b"\n"))].removesuffix(b"\r")
    if line and line[0] < 0x80 and _QUOTED.search(line) is None:
        # Neither a mark nor a quotation: the row is this line, and the rest need not be looked through.
        yield from map(line.decode("utf-8", "replace").split, _DELIMITERS)
        return
    text, delimiters, _ = _opened(head)
    for each in delimiters:
        with suppress(csv.Error):
            yield next((row for row in csv.reader(io.StringIO(text), delimiter=each) if row), [])


def _opened(head: bytes) -> tuple[str, str, int]:
    """The whole lines among the first of a file, the delimiters they may have, and how many lines to skip."""
    encoding = encoding_of(head)
    if encoding == "utf-8" and b"\0" in head.partition(b"\n")[0]:
        return "", "", 0
    text = head.decode(encoding, "replace")
    cut = max(text.rfind("\n"), text.rfind("\r")) + 1
    text = text[: cut or None].lstrip("\ufeff")
    directive = _DIRECTIVE.match(text)
    return (text[directive.end() :], directive[1], 1) if directive else (text, _DELIMITERS, 0)


def _shape(lines: Sequence[str], delimiter: str, skipped: int) -> Shape | None:
    """The shape by one delimiter, if most rows have as many fields as there are columns."""
    header: list[str] = []
    counts: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if not row:
                continue
            if not header:
                header = row
                if not 2 <= len(row) <= COLUMNS_LIMIT:
                    return None  # most texts are no tables, and their first line tells
            elif counts.total() < _SNIFFED_ROWS:
                counts[len(row)] += 1
            else:
                break
    except csv.Error:
        counts[0] += 1  # the head ends within a field, or one is broken: the rows before it tell
    names = [name.strip() for name in header]
    if not names or any(len(name) > 200 or "\n" in name for name in names):
        return None
    if counts and counts[len(names)] < _ALIKE * (counts.total() - 1):
        return None
    return Shape(delimiter, _unique(names), skipped)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Column names, each once; those without a name get one."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        base = each = name or f"column {number}"
        again = 2
        while each in found:
            each, again = f"{base} {again}", again + 1
        found[each] = None
    return tuple(found)


def rows(file: BinaryIO, shape: Shape, where: str) -> Iterator[Row | Problem]:
    """The rows of a table, and what is wrong with some of them."""
    csv.field_size_limit(FIELD_LIMIT)
    lines = Lines(file=file)
    source = _Source(iter(lines), lines)
    reader = csv.reader(source, delimiter=shape.delimiter, strict=True)
    width = len(shape.header)
    left, number, skip, told = REREAD_LIMIT, 0, shape.skipped + 1, 0
    while True:
        first = source.begin()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield _broken(error, first, where)
            left -= source.size
            if left > 0 and not skip:
                source.go_back()
            skip = max(0, skip - 1)
            continue
        if skip:
            skip -= bool(row)
            continue
        while told < len(lines.too_long):
            yield Problem(where, lines.too_long[told], "E361", "the line is too long", "is this a table?")
            told += 1
        if not any(field.strip() for field in row):
            continue
        number += 1
        if len(row) > width and any(field.strip() for field in row[width:]):
            message = f"{len(row)} fields where there are {width} columns"
            hint = f"put fields that hold {shape.delimiter!r} between quotation marks"
            yield Problem(where, first, "E361", message, hint)
            continue
        row += [""] * (width - len(row))
        yield Row(first, number, dict(zip(shape.header, row[:width], strict=True)))
    if lines.foreign:
        message = f"{lines.foreign:,} lines are not UTF-8: read as Windows-1252"
        yield Problem(where, lines.first_foreign, "W363", message, "look for wrong letters; save it as UTF-8")


def _broken(error: csv.Error, line: int, where: str) -> Problem:
    if "field limit" in str(error) or "unexpected end" in str(error):
        message, hint = "a quotation mark is not closed", 'close it, or write two ("") within a field'
    else:
        message, hint = f"cannot be read: {error}", "a quotation mark within a field is written twice"
    return Problem(where, line, "E361", message, hint)


class _Source:
    """The lines for the parser. It can go back to the second line of a row that is broken."""

    def __init__(self, lines: Iterator[str], counter: Lines) -> None:
        self.lines, self.counter = lines, counter
        self.waiting: list[tuple[int, str]] = []
        self.current: list[tuple[int, str]] = []
        self.size = 0

    def begin(self) -> int:
        """A row begins: the number of its first line."""
        self.current.clear()
        self.size = 0
        return self.waiting[-1][0] if self.waiting else self.counter.number + 1

    def go_back(self) -> None:
        """Give the lines of this row again, but for the first."""
        self.waiting += reversed(self.current[1:])

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        each = self.waiting.pop() if self.waiting else None
        if each is None:
            line = next(self.lines)
            each = (self.counter.number, line)
        self.current.append(each)
        self.size += len(each[1])
        return each[1]
