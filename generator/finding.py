"""Finding what an original is: its bytes, whether it is known, its format, and what is in it."""

import hashlib
from collections.abc import Callable, Iterator

from generator.core.frozen import dataclass, replace
from generator.core.problems import Problem
from generator.formats import LARGE_HEAD, format_of
from generator.sources.importers.base import (
    Format,
    ImportContext,
    Imported,
    Importer,
    Original,
    reads,
    streams,
)
from generator.sources.importers.bundles import Bundle
from generator.sources.importers.known import Traits, too_long, traits_of

BATCH = 64
"""The most originals of a batch."""

BATCH_BYTES = 2 * 1024 * 1024
"""The bytes from which a batch is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in an original; `traits` are those of the texts in `made`.

    `consulted` are files that another process looked into for it: here they are noted when they are fetched.
    """

    made: tuple[Imported, ...] = ()
    problems: tuple[Problem, ...] = ()
    traits: tuple[Traits, ...] = ()
    consulted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An original in its turn. `importer` is None for one of no known format, or that need not be read.

    `reading` is None for one that is streamed, not read: then `original.data` is "". `unreadable` tells that
    its bytes cannot be had, `known` that it need not be read, as far as could be told before those ahead of
    it were taken in.
    """

    original: Original
    sha256: str = ""
    importer: Format | None = None
    reading: Reading | None = None
    unreadable: bool = False
    known: bool = False


class Source:
    """One bundle being taken apart; `seen` are the formats that have seen the source as a whole.

    `is_known` tells of an original and its checksum that it need not be read.
    """

    def __init__(
        self,
        bundle: Bundle,
        context: ImportContext,
        formats: tuple[Format, ...],
        *,
        explicit: bool,
        is_known: Callable[[Original, str], bool],
    ) -> None:
        self.bundle = bundle
        self.context = context
        self.formats = formats
        self.explicit = explicit
        self.is_known = is_known
        self.seen: set[str] = set()

    def all(self) -> Iterator[Found]:
        """Every original, in order, with what is in it: a batch is looked at, then read."""
        batch: list[Found] = []
        size = 0
        for name in self.bundle.names:
            each = self.begun(self.found(name))
            batch.append(each)
            size += len(each.original.data) if each.reading is None and each.importer is not None else 0
            is_streamed = each.importer is not None and not each.sha256
            if is_streamed or len(batch) >= BATCH or size >= BATCH_BYTES:
                yield from map(self.read, batch)
                batch, size = [], 0
        yield from map(self.read, batch)

    def found(self, name: str) -> Found:
        """An original with its format, not read yet."""
        where = self.bundle.where(name)
        try:
            data, whole = self.bundle.begin(name, LARGE_HEAD)
        except OSError:
            return Found(original=Original(name=name, data=b"", where=where), unreadable=True)
        read = Original(name=name, data=data, where=where)
        sha256 = hashlib.sha256(data).hexdigest() if whole else ""
        if whole and self.is_known(read, sha256):
            return Found(original=read, sha256=sha256, known=True)
        return self.recognised(read, sha256)

    def recognised(self, original: Original, sha256: str) -> Found:
        """An original that is not known, with its format; `sha256` is "" for the beginning of a large one."""
        whole = bool(sha256)
        importer = format_of(original, self.formats, explicit=self.explicit)
        if importer is not None and streams(importer) and not (whole and reads(importer)):
            return Found(original=replace(original, data=b""), importer=importer)
        if not whole:  # a film beside articles is no failure
            unreadable = importer is not None or self.bundle.is_named
            return Found(original=replace(original, data=b""), unreadable=unreadable)
        return Found(original=original, sha256=sha256, importer=importer)

    def begun(self, found: Found) -> Found:
        """The same; read at once if it is the first of its format.

        What a format works out about the source as a whole is then there for all others.
        """
        if self.unread(found) is None or found.importer is None or found.importer.name in self.seen:
            return found
        self.seen.add(found.importer.name)
        return self.read(found)

    def read(self, found: Found) -> Found:
        """An original with what is in it, if it is to be read and is not yet."""
        importer = self.unread(found)
        if importer is None:
            return found
        return Found(
            original=found.original,
            sha256=found.sha256,
            importer=importer,
            reading=reading_of(importer, found.original, self.context),
        )

    def unread(self, found: Found) -> Importer | None:
        """The format by which an original is still to be read."""
        importer = found.importer
        if importer is None or found.reading is not None or not found.sha256 or not reads(importer):
            return None
        return importer


def reading_of(importer: Importer, original: Original, context: ImportContext) -> Reading:
    """What a format reads in an original."""
    made, problems = importer.read(original, context)
    long = {n: problem for n, one in enumerate(made) if (problem := too_long(one, original.where))}
    kept = tuple(_without_body_lines(one) for n, one in enumerate(made) if n not in long)
    return Reading(made=kept, problems=(*problems, *long.values()), traits=tuple(map(traits_of, kept)))


def _without_body_lines(one: Imported) -> Imported:
    """An import without the fates of lines that are in its body as they were: no report tells of them."""
    told = tuple([line for line in one.lines if line.fate != "body" or line.reason])
    return one if len(told) == len(one.lines) else replace(one, lines=told)
