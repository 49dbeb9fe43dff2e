"""A list of JSON objects in one file, read object by object: what web interfaces and scripts hand out."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.core.problems import Problem
from generator.sources.importers.tables.columns import is_header
from generator.sources.importers.tables.lines import LINE_LIMIT, encoding_of
from generator.sources.importers.tables.rows import Row

PIECE = 256 * 1024
"""Bytes that are read at a time."""

_BEGINNING = re.compile(r"\ufeff?\s*\[\s*")
_NEXT = re.compile(r"\s*(,?\s*\]|,)?\s*")
_ANOTHER = re.compile(r"\}\s*,\s*(?=\{)")
_decoder = json.JSONDecoder()


def is_json_list(head: bytes) -> bool:
    """Whether a file that begins with `head` is a list whose first object has the keys of an article."""
    if b"[" not in head:
        return False  # in any encoding
    text = head.decode(encoding_of(head), "replace")
    begun = _BEGINNING.match(text)
    if begun is None or not text.startswith("{", begun.end()):
        return False
    try:
        found, _ = _decoder.raw_decode(text, begun.end())
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and is_header(list(found))


def rows(file: BinaryIO, where: str) -> Iterator[Row | Problem]:
    """The objects of a list, and what is wrong with some of them. Memory holds one at a time."""
    text = _Text(file)
    text.more()
    begun = _BEGINNING.match(text.held)
    if begun is None:
        yield Problem(where, 1, "E361", "no list of objects", "expected [ above the first object")
        return
    text.go(begun.end())
    number = 0
    while not text.is_over():
        number += 1
        line = text.line
        try:
            found = text.value()
        except RecursionError:
            yield Problem(where, line, "E361", "lists within lists too deep", "flatten it")
            found = None
        except ValueError as error:
            reason = str(error).partition(":")[0].lower()
            yield Problem(where, line, "E361", f"not JSON: {reason}", "expected objects parted by commas")
            if not text.skip():
                return
            continue
        if isinstance(found, dict):
            yield Row(line, number, found)
        elif found is not None:
            message = f"a {type(found).__name__} where an object belongs"
            yield Problem(where, line, "E361", message, "expected objects parted by commas")
        if found is None and not text.skip():
            return


class _Text:
    """What is read of a file and not used yet: `held` from `at` on. `line` is that of its first line."""

    def __init__(self, file: BinaryIO) -> None:
        head = file.read(4)
        file.seek(0)
        self._file = file
        self._decode = codecs.getincrementaldecoder(encoding_of(head))("replace").decode
        self._is_read = False
        self.held = ""
        self.at = 0
        self.line = 1

    def more(self) -> bool:
        """Read on, twice as much as is held; False at the end of the file, and where too much is held."""
        left = len(self.held) - self.at
        if self._is_read or left > LINE_LIMIT:
            return False
        data = self._file.read(max(PIECE, 2 * left))
        self._is_read = not data
        self.held = self.held[self.at :] + self._decode(data, final=not data)
        self.at = 0
        return True

    def go(self, to: int) -> None:
        """Let go of what was used, up to a place in `held`."""
        self.line += self.held.count("\n", self.at, to)
        self.at = to

    def is_over(self) -> bool:
        """Whether the list has ended; passes over what stands between two values."""
        while True:
            found = _NEXT.match(self.held, self.at)
            end = found.end() if found else self.at
            if end < len(self.held) or not self.more():
                self.go(min(end, len(self.held)))
                return self.at == len(self.held) or bool(found and found[1] and found[1].endswith("]"))

    def value(self) -> object:
        """The next value; raises ValueError where there is none, RecursionError where it is too deep."""
        while True:
            try:
                found, end = _decoder.raw_decode(self.held, self.at)
            except ValueError:
                if not self.more():
                    raise
                continue
            self.go(end)
            return found

    def skip(self) -> bool:
        """Go on behind a value that cannot be read, at the next object; False where there is none."""
        while True:
            found = _ANOTHER.search(self.held, self.at)
            if found is not None:
                self.go(found.end())
                return True
            self.go(max(self.at, len(self.held) - 100))
            if not self.more():
                return False
