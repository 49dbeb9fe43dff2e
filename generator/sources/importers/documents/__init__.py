"""Documents with one article each: Word and PDF. Their parsers run in a process of their own, with limits."""

from generator.sources.importers.base import Importer
from generator.sources.importers.documents.legacy import LEGACY
from generator.sources.importers.documents.pdf import PDF
from generator.sources.importers.documents.word import WORD

DOCUMENTS: tuple[Importer, ...] = (WORD, PDF, LEGACY)
"""The forms of documents, in the order a file is shown to them."""
