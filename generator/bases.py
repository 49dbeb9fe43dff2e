"""What an importer made of an earlier original: against it a newer one, and people's edits, are seen."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.core.problems import Problem
from generator.depositing import Depot
from generator.sources.importers.base import (
    Format,
    ImportContext,
    Imported,
    Original,
    StreamImporter,
    reads,
    streams,
)
from generator.sources.importers.bundles import FETCH_LIMIT
from generator.sources.importers.identity import names_of
from generator.sources.importers.known import Known, base_of

_Key = tuple[str, str, str]


class Bases:
    """Imports of earlier originals, each read once.

    Those of an export that is streamed lie in a file in `folder`, since memory need not hold them all.
    """

    def __init__(self, depot: Depot, formats: Sequence[Format], folder: Path) -> None:
        self.depot = depot
        self.formats = {each.name: each for each in reversed(formats)}
        self.folder = folder
        self.last: tuple[_Key, tuple[Imported, ...] | None] = (("", "", ""), None)
        self.streamed: dict[_Key, sqlite3.Connection | None] = {}

    def close(self) -> None:
        """Let go of the files in the folder."""
        for each in self.streamed.values():
            if each is not None:
                each.close()

    def base(
        self, known: Known, original: Original, importer: Format, context: ImportContext
    ) -> Imported | None:
        """What a file of the archive was made from; None when that is lost, or comes out of it no longer."""
        importer = self.formats.get(known.importer, importer)
        if self._is_streamed(known, importer):
            return self._from_stream(known, importer, context)
        return base_of(known, self.all_of(known, original, importer, context) or ())

    def all_of(
        self, known: Known, original: Original, importer: Format, context: ImportContext
    ) -> tuple[Imported, ...] | None:
        """All that an importer made of a file's original as it was then; None when that is lost."""
        importer = self.formats.get(known.importer, importer)
        key = (known.file, known.sha256, importer.name)
        if self.last[0] != key:
            data = self.depot.earlier(known.file, known.sha256) if known.file and reads(importer) else None
            made: tuple[Imported, ...] | None = None
            if data is not None and reads(importer):
                made, _ = importer.read(replace(original, name=_name(known, original), data=data), context)
            self.last = (key, made)
        return self.last[1]

    def _is_streamed(self, known: Known, importer: Format) -> bool:
        if not streams(importer):
            return False
        return not reads(importer) or self.depot.size(known.file) > FETCH_LIMIT

    def _from_stream(self, known: Known, importer: Format, context: ImportContext) -> Imported | None:
        key = (known.file, known.sha256, importer.name)
        if key not in self.streamed:
            file = self.depot.original_file(known.file, known.sha256)
            self.streamed[key] = (
                self._indexed(file, known, importer, context)
                if file is not None and streams(importer)
                else None
            )
        index = self.streamed[key]
        if index is None:
            return None
        for name in known.names:
            row = index.execute("select made from made where name = ?", (name,)).fetchone()
            if row is not None:
                return _restored(row[0])
        return None

    def _indexed(
        self, file: Path, known: Known, importer: StreamImporter, context: ImportContext
    ) -> sqlite3.Connection:
        index = sqlite3.connect(self.folder / f"{len(self.streamed)}.sqlite3", isolation_level=None)
        index.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table made (name text primary key, made text not null) without rowid; begin;"
        )
        original = Original(name=known.file.removeprefix("sources/"), data=b"", where=known.file)
        index.executemany(
            "insert or ignore into made values (?, ?)", _rows(importer.stream(file, original, context))
        )
        index.execute("commit")
        return index


def _rows(made: Iterable[Imported | Problem]) -> Iterable[tuple[str, str]]:
    for one in made:
        if isinstance(one, Imported):
            kept = json.dumps([one.kind, dict(one.front), one.body, one.identity])
            for name in names_of(one):
                yield name, kept


def _restored(kept: str) -> Imported:
    kind, front, body, identity = json.loads(kept)
    return Imported(kind=kind, front=front, body=body, identity=tuple(identity))


def _name(known: Known, original: Original) -> str:
    """What an earlier original was called: as the newer one, where that is its newer version."""
    kept = PurePosixPath(known.file).relative_to("sources") if known.file.startswith("sources/") else None
    return original.name if kept is None or kept.name == PurePosixPath(original.name).name else str(kept)
