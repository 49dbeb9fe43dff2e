"""Pagefind's program, where the extra `search` is installed."""

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple


class Program(NamedTuple):
    """Pagefind as it is installed: where its program is, and of which version."""

    path: Path
    version: str


def find_program() -> Program | None:
    """Pagefind, or None where the extra `search` is not installed.

    The extended one, which parts Chinese and Japanese into words, comes first.
    """
    for package, name in (("pagefind_bin_extended", "pagefind_extended"), ("pagefind_bin", "pagefind")):
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            for file in (Path(folder) / name, Path(folder) / f"{name}.exe"):
                if file.is_file():
                    return Program(file, _version(package))
    return None


def _version(package: str) -> str:
    # Only where Pagefind is there: a start without it is shorter by a twentieth.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
