"""What every tagger is: something with a name and a version that reads names out of a document."""

from typing import Protocol

from generator.annotate.spans import Span
from generator.annotate.tokens import Document

GROUP = "morgue.taggers"
"""The entry point group in which a package offers a tagger: a function without arguments that gives one."""


class Tagger(Protocol):
    """Something that finds names, one document at a time; the same document gives the same names."""

    @property
    def name(self) -> str:
        """The tagger and its version, "light-3": what annotations say made them, and what caches go by."""
        ...

    def names(self, document: Document) -> list[Span]:
        """The names in a document, in reading order, none over another; kind "other" is told too."""
        ...
