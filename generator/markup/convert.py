"""A body of Markdown as safe HTML and its blocks."""

from generator.core.model import Prose
from generator.markup.direct import direct

VERSION = "4"
"""Raised when another Prose is made of the same body; part of its key in the memo, as are the program's own
digest and the versions of the libraries."""


def convert(body: str, base: str = "") -> Prose:
    """A body in Python-Markdown's dialect and Morgue's additions, as docs/reference/markdown.md has it.

    `base` is the path of the site's address, "" or "/archive": links within the site then start with it
    in the HTML (in `links` they are without). Never raises: a body that is too large or too deeply nested
    to be read as Markdown becomes plain paragraphs, every character shown as it was typed.
    """
    prose = direct(body, base)
    if prose is None:
        # Python-Markdown takes longer to import than a small site to build.
        from generator.markup.dialect import read  # noqa: PLC0415

        prose = read(body, base)
    return prose
