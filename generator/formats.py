"""The formats that can be imported: Morgue's own, and those of installed packages."""

from dataclasses import replace
from importlib.metadata import entry_points

from generator.core.problems import Problem, SiteError
from generator.sources.findings import suggestion
from generator.sources.importers import IMPORTERS
from generator.sources.importers.base import Format, Original, reads

GROUP = "morgue.importers"
"""The entry point group in which a package offers an importer of its own."""


def importers() -> tuple[Format, ...]:
    """Every format there is: those of installed packages first, as they know their own files best."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return (*(point.load() for point in found), *IMPORTERS)


def formats_named(name: str) -> tuple[Format, ...]:
    """The format of a name, or all of them for "auto"; raises SiteError for an unknown one."""
    known = importers()
    if name == "auto":
        return known
    chosen = tuple(importer for importer in known if importer.name == name)
    if not chosen:
        names = sorted({importer.name for importer in known} | {"auto"})
        hint = suggestion(name, names) or "known are " + ", ".join(names)
        raise SiteError(Problem("", 0, "E336", f"format: unknown: {name!r}", hint))
    return chosen


HEAD = 64 * 1024
"""The bytes that a format which only streams sees of a file to recognise it, and any format of an archive."""

LARGE_HEAD = 8 * HEAD
"""The bytes that one which reads files too sees of a file too large to be read."""


def format_of(original: Original, formats: tuple[Format, ...], *, explicit: bool) -> Format | None:
    """The first format that reads a file; with `explicit`, one that a person named reads every file."""
    if explicit:
        return formats[0]
    if len(original.data) <= HEAD:
        return next((each for each in formats if each.recognises(original)), None)
    head = replace(original, data=original.data[:HEAD])
    for each in formats:
        if each.recognises(original if reads(each) else head):
            return each
    return None
