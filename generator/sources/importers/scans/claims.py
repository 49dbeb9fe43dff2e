"""Which issue a page of ALTO belongs to, where the issue's container came with it."""

import re
from collections.abc import Iterable
from posixpath import basename, dirname

from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.xmltree import root_name

ASKED = 3
"""The most files of one shape of name that are looked into for a container: pages are many of a shape."""

_FIGURES = re.compile(r"\d+")
_NAMES = re.compile(rb"[\w.%+ -]{1,200}\.xml", re.IGNORECASE)


def claimant(name: str, context: ImportContext) -> str:
    """The name of the container, in the page's folder or the one above, that names the page; "" for none."""
    folder = dirname(name)
    for place in dict.fromkeys((folder, dirname(folder))):
        for container, pages in _containers(place, context).items():
            if basename(name) in pages:
                return container
    return ""


def pages_named(original: Original, context: ImportContext) -> tuple[str, ...]:
    """The files in a container's folder, or in those below it, whose names stand in it."""
    held = context.shared.get("scans:names")
    by_name: dict[str, list[str]] = held if isinstance(held, dict) else {}
    if not isinstance(held, dict):
        for each in context.files:
            by_name.setdefault(basename(each), []).append(each)
        context.shared["scans:names"] = by_name
    prefix = f"{dirname(original.name)}/".lstrip("/")
    named = {name.decode() for name in _NAMES.findall(original.data)} - {basename(original.name)}
    return tuple(sorted(each for name in named for each in by_name.get(name, ()) if each.startswith(prefix)))


def _containers(folder: str, context: ImportContext) -> dict[str, frozenset[str]]:
    """The containers in a folder, and the names of the files that each names."""
    key = f"scans:{folder}"
    held = context.shared.get(key)
    if isinstance(held, dict):
        return held
    found: dict[str, frozenset[str]] = {}
    names = sorted(
        each for each in context.files if dirname(each) == folder and each.lower().endswith(".xml")
    )
    for each in _likely(names):
        data = context.fetch(each)
        if data is not None and root_name(data)[0] in {"mets", "DIDL"}:
            found[each] = frozenset(name.decode() for name in _NAMES.findall(data))
    context.shared[key] = found
    return found


def _likely(names: Iterable[str]) -> list[str]:
    """The files that may be containers: a few of each shape of name, all that say so."""
    shapes: dict[str, list[str]] = {}
    for name in names:
        shapes.setdefault(_FIGURES.sub("0", basename(name)), []).append(name)
    return [
        name
        for shape, alike in sorted(shapes.items())
        for name in (alike if "mets" in shape.lower() or "didl" in shape.lower() else alike[:ASKED])
    ]
