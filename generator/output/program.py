"""Which program is running: part of every memo key, so that no cache outlives the code that filled it."""

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from generator.output.encode import digest

_INSTALLED = ("site-packages", "dist-packages")


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program's own source files and packaged data, and of the libraries installed.

    It is the same on every machine that has the same ones, wherever they are.
    """
    root = Path(__file__).parent.parent
    files = sorted(_files(str(root), ""))
    contents = (part for name, place in files for part in (name, _bytes(place)))
    return digest(*contents, *sorted(_libraries()))


def _files(folder: str, within: str) -> Iterator[tuple[str, str]]:
    """Each file below a folder as its path there, with forward slashes, and its place."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = within + entry.name
            if entry.is_dir():
                if name != "templates" and entry.name != "__pycache__":
                    yield from _files(entry.path, name + "/")
            elif not name.endswith(".pyc"):
                yield name, entry.path


def _bytes(place: str) -> bytes:
    with open(place, "rb", buffering=0) as file:
        return file.read()


def _libraries() -> set[str]:
    """The names and versions of all that is installed, as folders of metadata tell: "nh3-0.3.8.dist-info"."""
    places = [Path(place) for place in sys.path if place.rstrip("/").endswith(_INSTALLED)]
    listed = {each.name for place in places if place.is_dir() for each in place.iterdir()}
    return {name for name in listed if name.endswith((".dist-info", ".egg-info"))}
