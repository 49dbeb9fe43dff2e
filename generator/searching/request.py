"""What a build asks of the process that indexes."""

from typing import NamedTuple

from generator.render.search_parts import Document

PARTS = "search"
"""The folder below .morgue/ that holds indexes by key."""

COMMON = ("pagefind.js", "LICENSE")


class Wanted(NamedTuple):
    """A part of the index to be made, to be kept under `key`."""

    key: str
    documents: tuple[Document, ...]


class Request(NamedTuple):
    """What to index: with which program, in which language, from which memo, and where to keep it."""

    program: str
    language: str
    memo: str
    folder: str
    parts: tuple[Wanted, ...]
