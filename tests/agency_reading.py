"""What the agencies' importers make of a file of the tests' own."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.core.site import Site
from generator.sources.importers.base import ImportContext, Imported, Importer, Original

SHARED = Path(__file__).parent.parent / ".." / "shared" / "data" / "formats"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def site(zone: str = "UTC") -> Site:
    return Site(root=Path("/nowhere"), title="T", url="https://e.org/", timezone=zone)


def context(*files: str, zone: str = "UTC") -> ImportContext:
    return ImportContext(site=site(zone), now=NOW, files=frozenset(files))


def read(
    importer: Importer,
    data: str | bytes | dict[str, Any] | list[Any],
    *files: str,
    name: str = "in/item",
    zone: str = "UTC",
) -> tuple[tuple[Imported, ...], list[str]]:
    written = data if isinstance(data, bytes | str) else json.dumps(data)
    raw = written if isinstance(written, bytes) else written.encode("utf-8", "surrogatepass")
    made, problems = importer.read(Original(name=name, data=raw, where="item"), context(*files, zone=zone))
    return made, [str(problem) for problem in problems]


def one(importer: Importer, data: str | bytes | dict[str, Any], *files: str, **options: Any) -> Imported:
    made, problems = read(importer, data, *files, **options)
    assert (len(made), problems) == (1, []), problems
    return made[0]


def shared_files(folder: str, pattern: str) -> list[Path]:
    """Files of the public test suites, which are not part of this repository; skips where they are not."""
    found = sorted((SHARED / folder).glob(pattern)) if (SHARED / folder).is_dir() else []
    if not found:
        pytest.skip(f"{SHARED / folder} is not here")
    return found
