"""Formats of posts in JSON and in tables, each told by its signs and read by one function."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import json_of, made_from, rows_of
from generator.sources.importers.posts.streams import articles

_LARGE = "generator.sources.importers.posts.large"

SNIFFED = 512_000
"""The bytes of a file in which a format's signs must stand."""

Posts = Iterable[Post | Problem]
"""The posts of a file in its order, and what is odd about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFormat:
    """A format in JSON: all its `signs` stand in a file's beginning; `posts` reads what was parsed.

    `lists` are the keys under which its posts may stand ("" for a list that is the whole file): where a
    file is too large to be read at once, they are read from there one after another.
    """

    name: str
    signs: tuple[re.Pattern[bytes], ...]
    posts: Callable[[Any, str], Posts]
    lists: tuple[str, ...]

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

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The posts of a file of any size."""
        large = load(_LARGE, "web", original.where)
        if isinstance(large, Problem):
            yield large
            return
        where, hint = original.where, "export it again; the file may be cut off"
        try:
            found = large.document(file, self.lists)
            yield from articles(self.posts(found, where), where, context)
        except large.NotJson as error:
            yield Problem(where, 0, "E379", f"not JSON: {error}", hint)
        except RecursionError:
            yield Problem(where, 0, "E379", "not JSON: nested too deep", "export it again")
        except OSError as error:
            yield Problem(where, 0, "E330", f"cannot be read: {error.strerror}", "check the file")


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
