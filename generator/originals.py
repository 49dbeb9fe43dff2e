"""Originals with what is in them: found and read here, or in batches that any executor takes."""

import pickle
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import finding
from generator.core.frozen import dataclass, replace
from generator.core.site import Site
from generator.finding import Found, Source, reading_of
from generator.formats import importers
from generator.sharing import Workers, in_order
from generator.sources.importers.base import Format, ImportContext, Original
from generator.sources.importers.bundles import Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """All of a source that another process needs to find and read originals of it.

    `seen` are the formats whose first original was read, and `surveyed` is what they worked out then; `known`
    are the checksums of originals that may need no reading.
    """

    site: Site
    now: datetime
    files: Mapping[str, str]
    label: str
    is_named: bool
    formats: tuple[str, ...]
    explicit: bool
    known: frozenset[str]
    seen: frozenset[str]
    surveyed: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """Originals that are found together; `shared` is pickled for another process, or the file where it is."""

    names: tuple[str, ...]
    shared: bytes | str


Answer = tuple[Found, str]
"""What another process found, and the name of its format: the format itself is known in each."""


def originals(
    bundle: Bundle,
    context: ImportContext,
    formats: tuple[Format, ...],
    workers: Workers,
    *,
    explicit: bool,
    is_known: Callable[[Original, str], bool],
    known: Collection[str],
) -> Iterator[Found]:
    """Every original of a bundle, in order, with what was read in it.

    `is_known` tells of an original and its checksum that it need not be read; it is asked of those in `known`
    alone where others read. The first file of each format is read here, so that what the format works out
    about the source as a whole is there for all others.
    """
    source = Source(bundle, context, formats, explicit=explicit, is_known=is_known)
    executor = workers.executor(len(bundle.names))
    if executor is None:
        yield from source.all()
        return
    names = iter(bundle.names)
    for name in names:
        yield source.begun(source.found(name))
        if source.seen:
            break
    with TemporaryDirectory(prefix="morgue-import-") as folder:
        sender = _Sender(source, frozenset(known), Path(folder) if executor is workers.own else None)
        for _, answers in in_order(_find, sender.jobs(names), executor, workers.window):
            for found, format_name in answers:
                yield sender.settled(found, format_name)


class _Sender:
    """Sends the originals of a source to others, and finishes what they cannot."""

    def __init__(self, source: Source, known: frozenset[str], folder: Path | None) -> None:
        self.source = source
        self.known = known
        self.folder = folder
        self.named = {each.name: each for each in reversed(source.formats)}
        self.sent: frozenset[str] | None = None
        self.shared: bytes | str = b""

    def jobs(self, names: Iterator[str]) -> Iterator[_Job]:
        """The originals in batches, in order; each batch is made when it is wanted."""
        batch: list[str] = []
        size = 0
        for name in names:
            batch.append(name)
            size += self.source.bundle.size(name)
            if len(batch) >= finding.BATCH or size >= finding.BATCH_BYTES:
                yield _Job(names=tuple(batch), shared=self._shared())
                batch, size = [], 0
        if batch:
            yield _Job(names=tuple(batch), shared=self._shared())

    def settled(self, found: Found, format_name: str) -> Found:
        """What was found elsewhere, read here where it was not: not known after all, or the first."""
        source = self.source
        if found.known:
            if source.is_known(found.original, found.sha256):
                return found
            return self._read(source.recognised(found.original, found.sha256))
        if not format_name:
            return found
        return self._read(
            Found(
                original=found.original,
                sha256=found.sha256,
                importer=self.named[format_name],
                reading=found.reading,
            )
        )

    def _read(self, found: Found) -> Found:
        return self.source.read(self.source.begun(found))

    def _shared(self) -> bytes | str:
        """What others must know of the source: anew when another format has seen it."""
        source, context = self.source, self.source.context
        seen = frozenset(source.seen)
        if self.sent == seen:
            return self.shared
        self.sent = seen
        shared = _Shared(
            site=context.site,
            now=context.now,
            files={name: str(path) for name, path in source.bundle.files.items()},
            label=source.bundle.label,
            is_named=source.bundle.is_named,
            formats=tuple(each.name for each in source.formats),
            explicit=source.explicit,
            known=self.known,
            seen=seen,
            surveyed=context.shared,
        )
        self.shared = pickle.dumps(shared)
        if self.folder is not None:
            place = self.folder / str(len(seen))
            place.write_bytes(self.shared)
            self.shared = str(place)
        return self.shared


def _find(job: _Job) -> tuple[Answer, ...]:
    """What is in the originals of a job."""
    source, seen = _equipped(job.shared)
    consulted: dict[str, None] = {}

    def fetch(wanted: str) -> bytes | None:
        consulted[wanted] = None
        return source.bundle.fetch(wanted)

    context = replace(source.context, fetch=fetch)
    answers: list[Answer] = []
    for name in job.names:
        found = source.found(name)
        importer = source.unread(found)
        format_name = found.importer.name if found.importer is not None else ""
        if importer is None or format_name not in seen:
            answers.append((replace(found, importer=None), format_name))
            continue
        reading = reading_of(importer, found.original, context)
        if consulted:
            reading = replace(reading, consulted=tuple(consulted))
            consulted.clear()
        answers.append((Found(original=found.original, sha256=found.sha256, reading=reading), format_name))
    return tuple(answers)


@lru_cache(maxsize=2)
def _equipped(shared: bytes | str) -> tuple[Source, frozenset[str]]:
    """A source, made once in a process, and the formats that have seen it as a whole."""
    # These bytes come from our own process, over a pipe or in a file of its own folder.
    held: _Shared = pickle.loads(Path(shared).read_bytes() if isinstance(shared, str) else shared)
    files = {name: Path(path) for name, path in held.files.items()}
    bundle = Bundle(names=(), files=files, label=held.label, is_named=held.is_named)
    context = ImportContext(
        site=held.site, now=held.now, files=frozenset(held.files), fetch=bundle.fetch, shared=held.surveyed
    )
    named = {each.name: each for each in reversed(importers())}
    formats = tuple(named[name] for name in held.formats)
    known = held.known
    source = Source(
        bundle,
        context,
        formats,
        explicit=held.explicit,
        is_known=lambda original, sha256: sha256 in known,
    )
    return source, held.seen
