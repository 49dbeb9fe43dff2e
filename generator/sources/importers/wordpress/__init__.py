"""WordPress exports (WXR 1.0 to 1.2), and those of Squarespace, which have the same form."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load

_READING = "generator.sources.importers.wordpress.reading"
_SIGNS = re.compile(
    rb"xmlns:wp\s{0,9}=\s{0,9}[\"']https?://(?:www\.)?wordpress\.org/export/|<wp:(?:wxr_version|post_type|post_id|status)>"
)
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,999}<(?:\?xml|!--|!DOCTYPE|rss\b)", re.IGNORECASE)


class WordPress:
    """Posts, pages and all that belongs to them out of a WordPress export."""

    name = "wordpress"

    def recognises(self, original: Original) -> bool:
        """Whether it is XML that uses WordPress's export vocabulary."""
        head = original.data.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
        return _OPENING.match(head) is not None and _SIGNS.search(head) is not None

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The posts and pages of an export, in its order; the file is read twice, in bounded memory."""
        reading = load(_READING, "web", original.where)
        if isinstance(reading, Problem):
            yield reading
            return
        yield from reading.stream(file, original, context)


WORDPRESS = WordPress()
"""The importer of WordPress exports."""
