"""Reading originals: which format each is in, and what is in it; in batches that any executor can take."""

import hashlib
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.core.site import Site
from generator.formats import LARGE_HEAD, format_of, importers
from generator.sharing import Workers, in_order
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Originals that are read together; `shared` is their context, pickled for another process."""

    found: tuple[Found, ...]
    asked: tuple[tuple[str, Original], ...] = ()  # importer's name, original
    shared: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """All of a context that another process needs to make one of its own."""

    site: Site
    now: datetime
    files: Mapping[str, str]
    surveyed: dict[str, object]


def originals(
    bundle: Bundle,
    context: ImportContext,
    formats: tuple[Format, ...],
    workers: Workers,
    *,
    explicit: bool,
    is_known: Callable[[Original, str], bool],
) -> Iterator[Found]:
    """Every original of a bundle, in order, with what was read in it.

    `is_known` tells of an original and its checksum that it need not be read. The first file of each format
    is read here, so that what the format works out about the source as a whole is there for all others.
    """
    executor = workers.executor(len(bundle.names))
    remote = executor is not None
    source = _Source(bundle, context, formats, explicit=explicit, is_known=is_known, remote=remote)
    local = {each.name: each for each in formats if reads(each)}
    here = partial(_read_batch, local, context)
    for batch, readings in in_order(
        _read_remote if remote else here, source.batches(), executor, workers.window
    ):
        waiting = iter(readings)
        for found in batch.found:
            if found.importer is not None and found.reading is None and found.original.data:
                yield Found(
                    original=found.original,
                    sha256=found.sha256,
                    importer=found.importer,
                    reading=next(waiting),
                )
            else:
                yield found


class _Source:
    """One bundle being taken apart; knows which formats have seen the source."""

    def __init__(
        self,
        bundle: Bundle,
        context: ImportContext,
        formats: tuple[Format, ...],
        *,
        explicit: bool,
        is_known: Callable[[Original, str], bool],
        remote: bool,
    ) -> None:
        self.bundle = bundle
        self.context = context
        self.formats = formats
        self.explicit = explicit
        self.is_known = is_known
        self.remote = remote
        self.seen: set[str] = set()
        self.pickled = b""

    def batches(self) -> Iterator[_Batch]:
        """The originals in batches, in order; each batch is made when it is wanted."""
        found: list[Found] = []
        asked: list[tuple[str, Original]] = []
        size = 0
        for name in self.bundle.names:
            each = self._found(name)
            found.append(each)
            if each.importer is not None and each.reading is None and each.original.data:
                asked.append((each.importer.name, each.original))
                size += len(each.original.data)
            if (
                (each.importer is not None and not each.original.data)
                or len(found) >= BATCH
                or size >= BATCH_BYTES
            ):
                yield self._batch(found, asked)
                found, asked, size = [], [], 0
        if found:
            yield self._batch(found, asked)

    def _batch(self, found: list[Found], asked: list[tuple[str, Original]]) -> _Batch:
        shared = self._context() if self.remote and asked else b""
        return _Batch(found=tuple(found), asked=tuple(asked), shared=shared)

    def _context(self) -> bytes:
        if not self.pickled:
            held = self.context
            files = {name: str(path) for name, path in self.bundle.files.items()}
            self.pickled = pickle.dumps(
                _Shared(site=held.site, now=held.now, files=files, surveyed=held.shared)
            )
        return self.pickled

    def _found(self, name: str) -> Found:
        where = self.bundle.where(name)
        try:
            data, whole = self.bundle.begin(name, LARGE_HEAD)
        except OSError:
            return Found(original=Original(name=name, data=b"", where=where), unreadable=True)
        read = Original(name=name, data=data, where=where)
        sha256 = hashlib.sha256(data).hexdigest() if whole else ""
        if whole and self.is_known(read, sha256):
            return Found(original=read, sha256=sha256, known=True)
        importer = format_of(read, self.formats, explicit=self.explicit)
        if importer is not None and streams(importer) and not (whole and reads(importer)):
            return Found(original=replace(read, data=b""), importer=importer)
        if not whole:  # a film beside articles is no failure
            unreadable = importer is not None or self.bundle.is_named
            return Found(original=replace(read, data=b""), unreadable=unreadable)
        found = Found(original=read, sha256=sha256, importer=importer)
        if importer is not None and reads(importer) and (importer.name not in self.seen or not data):
            self.seen.add(importer.name)
            self.pickled = b""
            return replace(found, reading=_read(importer, read, self.context))
        return found


def _read_batch(named: Mapping[str, Importer], context: ImportContext, batch: _Batch) -> tuple[Reading, ...]:
    return tuple(_read(named[name], original, context) for name, original in batch.asked)


def _read(importer: Importer, original: Original, context: ImportContext) -> Reading:
    made, problems = importer.read(original, context)
    long = {n: problem for n, one in enumerate(made) if (problem := too_long(one, original.where))}
    kept = tuple(_without_body_lines(one) for n, one in enumerate(made) if n not in long)
    return Reading(made=kept, problems=(*problems, *long.values()), traits=tuple(map(traits_of, kept)))


def _without_body_lines(one: Imported) -> Imported:
    """An import without the fates of lines that are in its body as they were: no report tells of them."""
    told = tuple([line for line in one.lines if line.fate != "body" or line.reason])
    return one if len(told) == len(one.lines) else replace(one, lines=told)


def _read_remote(batch: _Batch) -> tuple[Reading, ...]:
    if not batch.asked:
        return ()
    named, context, bundle = _equipped(batch.shared)
    found: list[Reading] = []
    for name, original in batch.asked:
        consulted: dict[str, None] = {}

        def fetch(wanted: str, consulted: dict[str, None] = consulted) -> bytes | None:
            consulted[wanted] = None
            return bundle.fetch(wanted)

        read = _read(named[name], original, replace(context, fetch=fetch))
        found.append(replace(read, consulted=tuple(consulted)) if consulted else read)
    return tuple(found)


@lru_cache(maxsize=2)
def _equipped(shared: bytes) -> tuple[Mapping[str, Importer], ImportContext, Bundle]:
    """The formats, the context and the files of a source, made once in a process."""
    # These bytes come from our own process, over a pipe: they are never read from a file.
    held: _Shared = pickle.loads(shared)
    files = {name: Path(path) for name, path in held.files.items()}
    bundle = Bundle(names=(), files=files, label="")
    context = ImportContext(
        site=held.site, now=held.now, files=frozenset(held.files), fetch=bundle.fetch, shared=held.surveyed
    )
    return {each.name: each for each in importers() if reads(each)}, context, bundle
