"""Exports that are JSON or tables: read whole, bounded, and whatever they hold, without a stumble."""

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.posts.moments import moment
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.streams import articles
from generator.sources.importers.posts.words import clean

Record = Mapping[str, Any]

RECORDS_LIMIT = 1_000_000
"""The most posts of one file."""

_CELL_LIMIT = 32_000_000


def json_of(original: Original) -> Any:
    """What a JSON file holds, or a Problem."""
    text = original.data.decode("utf-8-sig", "replace")
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg}"
        return Problem(
            original.where, error.lineno, "E379", message, "export it again; the file may be cut off"
        )
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else "a number that is too long"
        return Problem(original.where, 0, "E379", f"not JSON: {reason}", "export it again")


def rows_of(original: Original) -> list[dict[str, str]] | Problem:
    """The rows of a CSV file whose first line names the columns, which become small letters."""
    text = original.data.decode("utf-8-sig", "replace").replace("\0", "")
    csv.field_size_limit(_CELL_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=False)
        header = [name.strip().lower() for name in next(reader, [])]
        return [dict(zip(header, row, strict=False)) for row in reader if any(row)]
    except csv.Error as error:
        return Problem(original.where, 0, "E379", f"not CSV: {error}", "export it again")


def text(record: object, *names: str) -> str:
    """The first of these keys that has a text or a number, as text; "" for none."""
    if isinstance(record, Mapping):
        for name in names:
            value = record.get(name)
            if isinstance(value, str) and value.strip():
                return clean(value)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return str(value)
    return ""


def part(record: object, *names: str) -> Any:
    """What lies within records within a record; None where there is nothing."""
    for name in names:
        record = record.get(name) if isinstance(record, Mapping) else None
    return record


class Streamed(ABC):
    """A large file's list of records: it holds none, and reads them again each time it is gone through."""

    @abstractmethod
    def __iter__(self) -> Iterator[Record]:
        """The records, from the first."""

    def __bool__(self) -> bool:
        return any(True for _ in islice(self, 1))


def records(value: object) -> list[Record] | Streamed:
    """The records of a list, whatever else is in it; none for what is no list."""
    if isinstance(value, list):
        return [each for each in value if isinstance(each, Mapping)]
    return value if isinstance(value, Streamed) else []


def made_from(
    posts: Iterable[Post | Problem], original: Original, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    """The articles that posts become, and all that is wrong with them."""
    found: list[Imported] = []
    problems: list[Problem] = []
    for one in articles(posts, original.where, context):
        if isinstance(one, Problem):
            problems.append(one)
        elif len(found) < RECORDS_LIMIT:
            found.append(one)
        else:
            problems.append(Problem(original.where, 0, "E379", "too many posts for one file", "split it"))
            break
    return tuple(found), tuple(problems)


def day_of(*written: str) -> str:
    """The first of these that is a date, as front matter has it; "" for none."""
    for each in written:
        try:
            if each:
                return moment(each)
        except ValueError:
            continue
    return ""


def unread(where: str, title: str, written: str) -> tuple[Problem, ...]:
    """That a date cannot be read; nothing where none was written."""
    if not written:
        return ()
    message = f"{title[:60]!r}: published: not a date: {written[:60]!r}"
    return (Problem(where, 0, "W373", message, "expected e.g. 2021-04-13T11:34"),)


def locked(where: str, count: int) -> tuple[Problem, ...]:
    """That so many posts were not for everybody, and became drafts."""
    if not count:
        return ()
    message = f"{count:,} posts were" if count > 1 else "a post was"
    hint = "take `status: draft` away from those that may be read by all"
    return (Problem(where, 0, "W376", f"{message} not open to everybody: imported as drafts", hint),)
