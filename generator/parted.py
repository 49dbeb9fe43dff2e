"""Originals whose articles are made of other files too, as an issue's are of its pages, when those change."""

from dataclasses import replace

from generator.clerk import Case, Clerk
from generator.core.problems import Problem
from generator.depositing import Depot
from generator.filenames import source_name
from generator.sources.importers.base import Format, ImportContext, Original, has_parts
from generator.sources.importers.bundles import FETCH_LIMIT
from generator.sources.importers.known import Known


def changed_parts(
    known: Known, importer: Format | None, original: Original, context: ImportContext, depot: Depot
) -> tuple[str, ...]:
    """The parts of an original that are kept and are now other than they were kept.

    Only of an original that is kept under its own name: then its parts are too. What was never kept is
    not compared, since it was not looked into.
    """
    if importer is None or not has_parts(importer) or known.file != kept_as(original.name):
        return ()
    changed: list[str] = []
    for name in importer.parts(original, context):
        before = depot.bytes_of(f"content/{kept_as(name)}", FETCH_LIMIT)
        if before and (now := context.fetch(name)) is not None and now != before:
            changed.append(name)
    return tuple(changed)


def as_kept(context: ImportContext, depot: Depot) -> ImportContext:
    """A context whose files are as an earlier import kept them, where it did."""

    def fetch(name: str) -> bytes | None:
        return depot.bytes_of(f"content/{kept_as(name)}", FETCH_LIMIT) or context.fetch(name)

    return replace(context, fetch=fetch, shared={})


def keep_parts(case: Case, clerk: Clerk) -> list[Problem]:
    """Keep the parts that changed; those that were there are kept with their checksum in their names."""
    problems: list[Problem] = []
    for name in case.changed:
        file, data = kept_as(name), case.context.fetch(name)
        if data is not None:
            problems += clerk.depot.set_aside(file) or clerk.depot.write(f"content/{file}", data)
    return problems


def kept_as(name: str) -> str:
    """Where a file of a source is kept, below content/."""
    stem, suffix = source_name(name, "")
    return f"sources/{stem}{suffix}"
