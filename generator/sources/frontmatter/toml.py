"""TOML front matter (between `+++` lines), as Hugo and Zola write it, for importers."""

import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from generator.core.model import Value
from generator.core.problems import Problem

SIZE_LIMIT = 100_000
"""The most characters of TOML that are read: the reader's time grows faster than its input."""

_LONG_KEY = re.compile(r"""(?:[\w"'-]{1,100}[ \t]{0,9}\.[ \t]{0,9}){100}""")  # `a.a.a. …`


def parse_toml(text: str, path: str, first_line: int) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The keys of a TOML front matter as values, in the order written; empty with a problem when unreadable.

    Dates and times become text as RFC 3339 writes them; `first_line` is the line of the file on which
    `text` begins.
    """
    if len(text) > SIZE_LIMIT:
        hint = f"at most {SIZE_LIMIT:,} characters"
        return {}, (Problem(path, first_line, "E207", "front matter: too large to be read", hint),)
    if _LONG_KEY.search(text):
        return {}, (_too_deep(path, first_line),)
    try:
        return _plain(tomllib.loads(text.replace("\r\n", "\n"))), ()
    except tomllib.TOMLDecodeError as error:
        words, _, place = str(error).partition(" (at line ")
        line = first_line + int(place.partition(",")[0]) - 1 if place else first_line
        return {}, (
            Problem(path, line, "E205", f"front matter: not TOML: {words}", "one `key = value` a line"),
        )
    except RecursionError:
        return {}, (_too_deep(path, first_line),)


def _plain(table: Mapping[str, Any]) -> dict[str, Value]:
    return {key: _value(each) for key, each in table.items()}


def _value(value: Any) -> Value:
    match value:
        case dict():
            return _plain(value)
        case list():
            return [_value(each) for each in value]
        case datetime():
            return value.isoformat(timespec="seconds").replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            plain: str | bool | int | float = value
            return plain


def _too_deep(path: str, line: int) -> Problem:
    return Problem(path, line, "E207", "front matter: lists within lists too deep", "write it flatter")
