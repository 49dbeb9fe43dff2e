"""How a ledger is kept: a file for each output folder, and a small one of what changed since it was written.

An edit of one article so costs no more than its own rows: neither are ten thousand read one by one, nor
written again. Both files are sealed by checksums and replaced as wholes, and the small one names the other
by its checksum: whatever a killed build left, they never tell of two different builds.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from zlib import crc32

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.output.encode import Undecodable, pack, unpack
from generator.output.ledger import NOTHING, Ledger, Row, Seen, Written, is_settled
from generator.output.table import Table, framed, table_bytes, unframed

Look = tuple[int, int, int, int]
"""A Seen as a plain tuple, which it equals: ten thousand of these are read in half the time."""

UNSURE: Look = (0, 0, 0, 0)
"""Stands for a file that was saved so shortly before it was looked at that its looks tell nothing."""

MANY = 500
"""Rows changed since, from which on the whole ledger is written again."""

_PARTS = 6
_SEAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since a ledger's file was written: the rows that are others, by path. `problems` are None
    where they are the same. `base` is the seal of that file; `looks` are those of the articles' files."""

    base: bytes
    started: int
    manifest: tuple[int, int]
    inputs: Mapping[str, Seen] = field(default_factory=dict)
    articles: Mapping[str, Row] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    pages: Mapping[str, Written] = field(default_factory=dict)
    own: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A ledger's file as it was read: what is in it without what changed since. `file` is how it looks."""

    ledger: Ledger
    articles: Table[Row]
    pages: Table[Written]
    looks: dict[str, Look]
    sizes: dict[str, tuple[int, int]]
    texts: bytes
    seal: bytes
    file: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A ledger as it was kept, with what is quickly compared: how each article's file looked, and the size
    and modification time of each output file. `token` tells whether the files are still these."""

    ledger: Ledger
    base: Base
    since: Since
    looks: Mapping[str, Look]
    sizes: Mapping[str, tuple[int, int]]
    token: tuple[tuple[int, ...], ...]

    def articles_with(self, text: str) -> int:
        """How many of the articles that readers see have the text of this digest."""
        count = self.base.texts.count(text.encode())
        for path, row in self.since.articles.items():
            before = self.base.articles[path]
            count += bool(row.status) * ((row.text == text) - (before.text == text))
        return count


def read_ledger(path: Path) -> Ledger:
    """The ledger kept in a file; NOTHING where there is none that this program wrote whole."""
    kept = read_kept(path)
    return NOTHING if kept is None else kept.ledger


def read_kept(path: Path, before: Base | None = None) -> Kept | None:
    """A ledger as it is kept; None where there is none that this program wrote whole.

    `before` is its file as it was read earlier: if it still looks so, it is not read again.
    """
    token = token_of(path)
    try:
        base = before if before is not None and before.file == token[0] else _base(path, token[0])
        return None if base is None else _kept(base, _since(path, base.seal), token)
    except Undecodable:
        return None


def _base(path: Path, file: tuple[int, ...]) -> Base | None:
    data = _sealed(path)
    if data is None:
        return None
    head, looks, articles, sizes, pages, texts = unframed(data[_SEAL:], _PARTS)
    return Base(
        ledger=unpack(head, Ledger),
        articles=Table(Row, articles),
        pages=Table(Written, pages),
        looks=unpack(looks, dict[str, Look]),
        sizes=unpack(sizes, dict[str, tuple[int, int]]),
        texts=bytes(texts),
        seal=bytes(data[:_SEAL]),
        file=file,
    )


def _kept(base: Base, since: Since, token: tuple[tuple[int, ...], ...]) -> Kept:
    """What a ledger's file tells with what changed since."""
    before = base.ledger
    ledger = replace(before, articles=base.articles, pages=base.pages)
    if not since.started:
        return Kept(ledger=ledger, base=base, since=since, looks=base.looks, sizes=base.sizes, token=token)
    own = {**before.own, **since.own}
    return Kept(
        ledger=replace(
            before,
            started=since.started,
            manifest=since.manifest,
            inputs={**before.inputs, **since.inputs},
            articles=base.articles.under(since.articles),
            pages=base.pages.under(since.pages),
            own={path: problems for path, problems in own.items() if problems},
            problems=before.problems if since.problems is None else since.problems,
        ),
        base=base,
        since=since,
        looks={**base.looks, **since.looks},
        sizes={**base.sizes, **{path: (one.size, one.mtime_ns) for path, one in since.pages.items()}},
        token=token,
    )


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Keep a ledger; a place that cannot be written keeps none, which costs the next build time alone."""
    looks = {p: look_of(row.seen, ledger.started) for p, row in ledger.articles.items()}
    sizes = {p: (one.size, one.mtime_ns) for p, one in ledger.pages.items()}
    texts = "".join(row.text for row in ledger.articles.values() if row.status)
    data = framed(
        (
            pack(replace(ledger, articles={}, pages={})),
            pack(looks),
            table_bytes(ledger.articles),
            pack(sizes),
            table_bytes(ledger.pages),
            texts.encode(),
        )
    )
    _write(path, data)
    with suppress(OSError):  # what it tells is of an earlier file, which it names
        _beside(path).unlink(missing_ok=True)


def write_since(path: Path, since: Since) -> None:
    """Keep what changed since the ledger's file was written."""
    _write(_beside(path), pack(since))


def token_of(path: Path) -> tuple[tuple[int, ...], ...]:
    """How the files of a ledger look: another token, another ledger."""
    found: list[tuple[int, ...]] = []
    for file in (path, _beside(path)):
        try:
            status = file.stat()
            found.append((status.st_size, status.st_mtime_ns, status.st_ino))
        except OSError:
            found.append(())
    return tuple(found)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".since")


def _since(path: Path, base: bytes) -> Since:
    data = _sealed(_beside(path))
    if data is not None:
        since = unpack(data[_SEAL:], Since)
        if since.base == base:
            return since
    return Since(base=base, started=0, manifest=(0, 0))


def look_of(look: Seen, started: int) -> Look:
    """How a file looks that was looked at from some moment on, UNSURE where that tells nothing."""
    return look if is_settled(look, started) else UNSURE


def _sealed(path: Path) -> memoryview | None:
    """A file with its seal, None where the seal is not its."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    return data if crc32(data[_SEAL:]).to_bytes(_SEAL, "big") == data[:_SEAL] else None


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(crc32(data).to_bytes(_SEAL, "big") + data)
        os.replace(temporary, path)
