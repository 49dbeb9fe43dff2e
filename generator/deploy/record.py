"""What a target holds of ours: the record that lies there beside the site, and its form.

The record is a gzipped JSON file in the folder `.morgue-deploy` of the target. It is written before the first
file of a deploy (with all that is about to change as `pending`), now and then during it, and at its end, so
that a deploy killed at any moment leaves behind which files are surely there and which may be.
"""

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import field, replace

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.output.encode import Undecodable, decode, encode

HOME = ".morgue-deploy"
"""The folder of a target that holds what Morgue keeps there for itself."""

RECORD = f"{HOME}/record.json.gz"
"""Where the record lies at the target."""

SIZE_LIMIT = 512 * 1024 * 1024
"""The most bytes a record may have when unpacked: some four million files."""

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that surely is at the target.

    `digest` is that of its bytes and headers as we put them. `mark` is what the target says of it without
    sending it (an ETag, size and time, …), "" where nothing is known: another mark is another's work.
    """

    digest: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All of ours at a target, by path.

    `pending` maps each path that a deploy is putting to the digest that it puts, or that it removes to "":
    its file may be there as before, as meant, or not at all. `files` holds what was there before of it.
    `untold` names what interrupted deploys changed, since nobody was told of it yet. `back_to` is the deploy
    that an interrupted rollback was bringing back, else 0.
    """

    version: int = _VERSION
    sequence: int = 0  # how many deploys there were
    files: Mapping[str, Entry] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    back_to: int = 0


def record_bytes(record: Record) -> bytes:
    """A record as it is written; equal records are equal bytes."""
    files = {path: record.files[path] for path in sorted(record.files)}
    pending = {path: record.pending[path] for path in sorted(record.pending)}
    ordered = replace(record, files=files, pending=pending)
    return gzip.compress(encode(ordered), 6, mtime=0)


def read_record(data: bytes | None) -> Record:
    """The record in a file's bytes; an empty one when there is no file. SiteError when it is none."""
    if data is None:
        return Record()
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, SIZE_LIMIT)
        record = decode(plain, Record)
    except (zlib.error, Undecodable) as error:
        raise _unreadable() from error
    paths = [*record.files, *record.pending]
    if record.version != _VERSION or not unpacker.eof or not all(is_path(path) for path in paths):
        raise _unreadable()
    return record


def is_path(path: str) -> bool:
    """Whether a path stays within the target: no empty part, no "." and no ".."."""
    return "\0" not in path and all(part not in {"", ".", ".."} for part in path.split("/"))


def _unreadable() -> SiteError:
    return SiteError(
        Problem(
            RECORD,
            0,
            "E813",
            "the record at the target cannot be read, so it is unknown which files there are ours",
            "take this file away at the target, and deploy with --overwrite: files there are then replaced",
        )
    )
