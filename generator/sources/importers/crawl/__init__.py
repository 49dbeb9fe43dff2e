"""Crawls of the web: WARC, ARC, and WACZ, streamed in the same memory whatever their size.

warcio (extra "crawl") is loaded with the first file of a crawl.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from generator.core.problems import Problem
from generator.sources.importers.base import Format, ImportContext, Imported, Original
from generator.sources.importers.crawl.sniffing import is_wacz, is_warc
from generator.sources.importers.extras import load
from generator.sources.importers.web import missing

_READER = "generator.sources.importers.crawl.reader"


class Warc:
    """Reads WARC and ARC, gzipped record by record, as a whole, or not at all, and WARC in Zstandard."""

    name: ClassVar[str] = "warc"

    def recognises(self, original: Original) -> bool:
        """Whether it begins with a record, packed or not."""
        return is_warc(original.name, original.data)

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The articles among the pages that were captured."""
        return _stream(file, original, context, packed=False)


class Wacz:
    """Reads WACZ: the WARCs in it, where they lie."""

    name: ClassVar[str] = "wacz"

    def recognises(self, original: Original) -> bool:
        """Whether it is a zip that holds WARCs."""
        return is_wacz(original.name, original.data)

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The articles among the pages that were captured."""
        return _stream(file, original, context, packed=True)


CRAWLS: tuple[Format, ...] = (Warc(), Wacz())
"""The importers of crawls."""


def _stream(
    file: Path, original: Original, context: ImportContext, *, packed: bool
) -> Iterator[Imported | Problem]:
    door = load(_READER, "crawl", original.where)
    lacking = door if isinstance(door, Problem) else missing(original.where)
    if lacking is not None:
        yield lacking
        return
    assert not isinstance(door, Problem)
    yield from door.stream_file(file, original.where, context, packed=packed)
