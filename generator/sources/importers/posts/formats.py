"""Formats of posts that are read whole: JSON and tables, each told by its signs and read by one function."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import json_of, made_from, rows_of

SNIFFED = 512_000
"""The bytes of a file in which a format's signs must stand."""

Posts = Iterable[Post | Problem]
"""The posts of a file in its order, and what is odd about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFormat:
    """A format in JSON: all its `signs` stand in a file's beginning; `posts` reads what was parsed."""

    name: str
    signs: tuple[re.Pattern[bytes], ...]
    posts: Callable[[Any, str], Posts]

    def recognises(self, original: Original) -> bool:
        """Whether a file is JSON with the format's signs."""
        head = original.data[:SNIFFED]
        is_json = head[:200].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}
        return is_json and all(sign.search(head) for sign in self.signs)

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The posts of a file."""
        found = json_of(original)
        if isinstance(found, Problem):
            return (), (found,)
        return made_from(self.posts(found, original.where), original, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A format in CSV: its first line names all its `columns` (small letters); `posts` reads the rows."""

    name: str
    columns: tuple[bytes, ...]
    posts: Callable[[list[dict[str, str]], str], Posts]

    def recognises(self, original: Original) -> bool:
        """Whether a file's first line names the format's columns."""
        first = original.data[:4_000].partition(b"\n")[0].lower()
        return all(column in first for column in self.columns)

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The posts of a table."""
        rows = rows_of(original)
        if isinstance(rows, Problem):
            return (), (rows,)
        return made_from(self.posts(rows, original.where), original, context)
