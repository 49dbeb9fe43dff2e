"""JSON Lines: one JSON object a line (jsonlines.org)."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from generator.core.problems import Problem
from generator.sources.importers.tables.columns import is_header
from generator.sources.importers.tables.lines import Lines, encoding_of
from generator.sources.importers.tables.rows import Row


def is_json_lines(head: bytes) -> bool:
    """Whether a file that begins with `head` holds objects of JSON, one a line, that may be articles.

    One line that is an object tells so only by its keys: it might be a document of any other format. A file
    of more lines need only have objects on the first two.
    """
    if b"{" not in head:
        return False  # in any encoding
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return False
    first, _, rest = text.partition("\n")
    found = _object(first)
    if found is None:
        return False
    second = next((line for line in rest.split("\n") if line.strip()), "")
    if not second:
        return is_header(list(found))
    return second.lstrip().startswith("{") and (_object(second) is not None or "\n" not in rest)


def rows(file: BinaryIO, where: str) -> Iterator[Row | Problem]:
    """The rows of a file, and what is wrong with some of its lines."""
    lines = Lines(file=file)
    number = told = 0
    for line in lines:
        while told < len(lines.too_long):
            yield Problem(where, lines.too_long[told], "E361", "the line is too long", "is this JSON Lines?")
            told += 1
        if not line.strip("\ufeff \t\r\n"):
            continue
        number += 1
        try:
            found = json.loads(line.lstrip("\ufeff"))
        except RecursionError:
            yield Problem(where, lines.number, "E361", "lists within lists too deep", "flatten it")
            continue
        except ValueError as error:
            reason = str(error).partition(":")[0].lower()
            yield Problem(where, lines.number, "E361", f"not JSON: {reason}", "expected one object a line")
            continue
        if not isinstance(found, dict):
            message = f"a {type(found).__name__} where an object belongs"
            yield Problem(where, lines.number, "E361", message, "expected one object a line")
            continue
        yield Row(lines.number, number, found)
    if lines.foreign:
        message = f"{lines.foreign:,} lines are not UTF-8: read as Windows-1252"
        yield Problem(where, lines.first_foreign, "W363", message, "look for wrong letters; save it as UTF-8")


def _object(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
