"""Articles as web pages: saved by a browser, mirrored by a program, or captured in a crawl.

`WEB_PAGES` reads files. Importers whose sources hold whole pages (a crawl) call `read_capture`, whose page
may come from anywhere; those whose sources hold the text alone call `html_to_markdown` of the room beside it.
"""

import re
from collections.abc import Callable

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Importer, Media, Original
from generator.sources.importers.extras import load

_READER = "generator.sources.importers.web.article"
_BLANK = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\s|<!--.{0,4000}?-->|<\?xml[^>]{0,300}\?>)*", re.DOTALL)
_BEGINS = re.compile(
    rb"<!doctype\s+html|<(?:html|head|body|title|article|main)\b|<meta\s[^<>]*(?:charset|name=|property=)|"
    rb"<h1\b|<div\b|<p\b|<table\b|<center\b|<font\b",
    re.IGNORECASE,
)
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm", ".mht", "")
_WHOLE = re.compile(rb"<!doctype\s+html|<html\b|<head\b|<body\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page as it was kept.

    `address` is where it was found, after redirects, and `captured` when, as RFC 3339 in UTC; `charset` is
    what the server named. Each is "" where nobody knows. `where` is how problems name the page.
    """

    data: bytes
    where: str
    address: str = ""
    captured: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """What became of a page. `article` is None when it holds none; `reason` then says what it is instead:
    "a list of links", or what an article must have and this lacks, which `problems` tell."""

    article: Imported | None
    problems: tuple[Problem, ...] = ()
    reason: str = ""


Pictures = Callable[[str], Media | None]
"""The picture of an absolute or relative address where the source holds it, None where it does not."""


def missing(where: str) -> Problem | None:
    """The problem to report when the extra "web" is not installed; None when pages can be read."""
    door = load(_READER, "web", where)
    return door if isinstance(door, Problem) else None


def read_capture(
    capture: Capture, context: ImportContext, pictures: Pictures = lambda address: None
) -> PageRead:
    """The article of a page, with all that the page says of it, and what an editor should know.

    The surest source wins: JSON-LD, then microdata, then meta tags, then what stands around the text. Time
    grows with the length of the page alone; nothing in it raises. Without the extra "web" the one problem
    is E346.
    """
    door = load(_READER, "web", capture.where)
    if isinstance(door, Problem):
        return PageRead(article=None, problems=(door,), reason="not read")
    found: PageRead = door.read_article(capture, context, pictures)
    return found


class WebPages:
    """Saved web pages, one article each."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "web"

    def recognises(self, original: Original) -> bool:
        """Whether a file begins as HTML does; a fragment of it needs a name that says so too."""
        name = original.name.rpartition("/")[2].lower()
        head = original.data[:8_000]
        if b"\0" in head[:200]:
            head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
        blank = _BLANK.match(head)
        begun = _BEGINS.match(head, blank.end() if blank else 0)
        if begun is None:
            return False
        if _WHOLE.search(head) is not None:
            return name.endswith(_SUFFIXES) and not name.endswith((".js", ".css", ".xml", ".md", ".txt"))
        return name.endswith(_SUFFIXES[:4])

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The article of a page; none for a page that is a list of links or lacks a headline or a date."""
        door = load("generator.sources.importers.web.saved", "web", original.where)
        if isinstance(door, Problem):
            return (), (door,)
        made: tuple[tuple[Imported, ...], tuple[Problem, ...]] = door.read_saved(original, context)
        return made


WEB_PAGES: Importer = WebPages()
