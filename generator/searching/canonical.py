"""Pagefind's output made the same bytes for the same input, its results' names telling when they are from.

Pagefind writes the values of a filter in the order of a hash table that is seeded anew with each run, and
names files by digests of what it wrote. So these values are sorted here, and what is named after them is
named anew. Results are known in the browser by the names of their fragments: these begin with the article's
moment, so that a page can order and count results by date without fetching any.

The formats are those of Pagefind 1: gzip over a signature and CBOR, or JSON in fragments
(https://github.com/Pagefind/pagefind, `pagefind/src/output`).
"""

import gzip
import json
import zlib
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cbor2 import dumps, loads

SIGNATURE = b"pagefind_dcd"


class Unknown(ValueError):
    """The output is not as Pagefind 1 writes it."""


def canonical(folder: Path, instants: Mapping[str, str]) -> dict[str, bytes]:
    """The files of an index by their names, from where Pagefind wrote them.

    `instants` gives for the address of each document what its result's name begins with. Raises Unknown.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    languages = entry.get("languages") or {}
    if len(languages) != 1:
        raise Unknown(f"the index has {len(languages)} languages, not one")
    ((language, told),) = languages.items()
    meta = _unpacked((folder / f"pagefind.{told['hash']}.pf_meta").read_bytes())
    if not isinstance(meta, list) or len(meta) < 4:
        raise Unknown("the index's own description has another form")
    files: dict[str, bytes] = {}
    renamed = {old: _fragment(folder, old, instants, files) for old, *_ in meta[1]}
    meta[1] = [[renamed[old], *rest] for old, *rest in meta[1]]
    for _, _, name in meta[2]:
        files[f"index/{name}.pf_index"] = (folder / "index" / f"{name}.pf_index").read_bytes()
    filters = sorted(meta[3])
    meta[3] = [[title, _filter(folder, name, language, files)] for title, name in filters]
    data = _packed(meta)
    told["hash"] = f"{language}_{_digest(data)}"
    files[f"pagefind.{told['hash']}.pf_meta"] = data
    files["pagefind-entry.json"] = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
    return files


def _fragment(folder: Path, old: str, instants: Mapping[str, str], files: dict[str, bytes]) -> str:
    data = (folder / "fragment" / f"{old}.pf_fragment").read_bytes()
    unpacked = gzip.decompress(data)
    if not unpacked.startswith(SIGNATURE):
        raise Unknown("a fragment has another form")
    fragment = json.loads(unpacked[len(SIGNATURE) :])
    name = f"{instants[fragment['meta']['url']]}{_digest(data)}"
    files[f"fragment/{name}.pf_fragment"] = data
    return name


def _filter(folder: Path, old: str, language: str, files: dict[str, bytes]) -> str:
    title, values = _unpacked((folder / "filter" / f"{old}.pf_filter").read_bytes())
    data = _packed([title, sorted(values)])
    name = f"{language}_{_digest(data)}"
    files[f"filter/{name}.pf_filter"] = data
    return name


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=4).hexdigest()


def _unpacked(data: bytes) -> Any:
    unpacked = gzip.decompress(data)
    if not unpacked.startswith(SIGNATURE):
        raise Unknown("a file of the index has another form")
    return loads(unpacked[len(SIGNATURE) :])


def _packed(value: Any) -> bytes:
    """As Pagefind packs: gzip without a time or a name."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(SIGNATURE + dumps(value)) + packer.flush()
