"""One importer a format, each with the same signature."""

from generator.sources.importers.agency.newsml import NEWSML
from generator.sources.importers.agency.ninjs import NINJS
from generator.sources.importers.agency.nitf import NITF
from generator.sources.importers.agency.wire import WIRE
from generator.sources.importers.base import Format
from generator.sources.importers.crawl import CRAWLS
from generator.sources.importers.documents import DOCUMENTS
from generator.sources.importers.markdown import MARKDOWN_SITES
from generator.sources.importers.newstext import NEWSTEXT
from generator.sources.importers.scans import OCR, SCANS
from generator.sources.importers.systems import SYSTEMS
from generator.sources.importers.tables import TABLES
from generator.sources.importers.web import WEB_PAGES

IMPORTERS: tuple[Format, ...] = (
    *SYSTEMS,
    NINJS,
    NEWSML,
    NITF,
    WIRE,
    *CRAWLS,
    *TABLES,
    *SCANS,
    *DOCUMENTS,
    MARKDOWN_SITES,
    WEB_PAGES,
    OCR,
    NEWSTEXT,
)
"""In the order a file is shown to them: plain news text last, since it takes what the others leave."""
