"""Scanned newspapers: issues in METS or DIDL with pages in ALTO, pages of ALTO alone, pages of plain text."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import basename

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Importer, Original
from generator.sources.importers.scans.claims import claimant, pages_named
from generator.sources.importers.scans.dated import day_in_path
from generator.sources.importers.scans.didl import read_didl
from generator.sources.importers.scans.issue import Issue, Read, articles_of
from generator.sources.importers.scans.mets import read_mets
from generator.sources.importers.scans.plain import is_page, read_plain
from generator.sources.importers.xmltree import Malformed, parse_xml, root_name


@dataclass(frozen=True, slots=True)
class Scans:
    """One form in which scanned newspapers come."""

    name: str
    is_one: Callable[[Original], bool]
    reader: Callable[[Original, ImportContext], Read]

    def recognises(self, original: Original) -> bool:
        """Whether the file is of this form, by what is in it."""
        return self.is_one(original)

    def read(self, original: Original, context: ImportContext) -> Read:
        """The articles in it; of a page that belongs to an issue none, since they come with that."""
        try:
            return self.reader(original, context)
        except Malformed as error:
            problem = Problem(original.where, error.line, "E370", str(error), "look for a whole copy")
            return (), (problem,)


@dataclass(frozen=True, slots=True)
class Containers(Scans):
    """A form of issues whose pages are files of their own."""

    def parts(self, original: Original, context: ImportContext) -> tuple[str, ...]:
        """The pages that the container names and that came with it."""
        return pages_named(original, context)


def _container(original: Original, context: ImportContext) -> Read:
    root, _ = parse_xml(original.data)
    issue = read_mets(root) if root.tag == "mets" else read_didl(root)
    return articles_of(issue, original, context)


def _page(original: Original, context: ImportContext) -> Read:
    issue = claimant(original.name, context)
    if issue:
        message = f"a page of {issue}: its articles come with that"
        return (), (Problem(original.where, 0, "W345", f"left out: {message}"),)
    day = day_in_path(original.name)
    if day is None:
        hint = "give the METS of its issue, or put it in a folder that says it, as 1916-05-26/ or 1916/05/26/"
        problem = Problem(original.where, 0, "E370", "published: nothing says when the page appeared", hint)
        return (), (problem,)
    stem = PurePosixPath(original.name).stem
    issue_of_one = Issue(paper=stem, published=day.isoformat(), pages=((basename(original.name), ""),))
    files = {*context.files, original.name}

    def fetch(name: str) -> bytes | None:
        return original.data if name == original.name else context.fetch(name)

    return articles_of(issue_of_one, original, replace(context, files=files, fetch=fetch))


def _is_root(*names: str) -> Callable[[Original], bool]:
    return lambda original: root_name(original.data)[0] in names


METS: Importer = Containers("mets", _is_root("mets", "DIDL"), _container)
ALTO: Importer = Scans("alto", _is_root("alto"), _page)
OCR: Importer = Scans("ocr", is_page, read_plain)

SCANS: tuple[Importer, ...] = (METS, ALTO)
"""The forms of scans that say what they are; a page of plain text is known only where nothing else is."""
