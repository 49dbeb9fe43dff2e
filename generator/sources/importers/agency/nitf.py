"""NITF, the News Industry Text Format: one article a file, its names marked in the text."""

from generator.core.problems import Problem
from generator.sources.importers.agency.items import article_of
from generator.sources.importers.agency.nitf_item import item_of
from generator.sources.importers.agency.texts import told
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.xmltree import Malformed, parse_xml, root_name


class Nitf:
    """Reads NITF 3, with or without its namespace."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "nitf"

    def recognises(self, original: Original) -> bool:
        """Whether it is XML whose outermost element is `nitf`."""
        return root_name(original.data)[0] == "nitf"

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The one article of a file; what is not well-formed XML is refused (E381)."""
        where = original.where
        try:
            root, removed = parse_xml(original.data)
        except Malformed as error:
            return (), (Problem(where, error.line, "E381", str(error), "export it again"),)
        if root.tag != "nitf":
            message = f"not NITF: its outermost element is {str(root.tag)[:60]!r}"
            return (), (Problem(where, 0, "E381", message, "name its own format with --format"),)
        made, problems = article_of(item_of(root, original, context), where, context.now)
        return ((made,) if made is not None else ()), (*told(removed, 0, where), *problems)


NITF = Nitf()
"""The importer of NITF."""
