"""The text of a row, be it HTML, Markdown or plain, as Markdown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.core.problems import Problem
from generator.sources.importers.base import Dropped
from generator.sources.importers.html import html_to_markdown, missing
from generator.sources.importers.newstext_markdown import escape
from generator.sources.importers.tables.cells import long_text

_HTML = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|blockquote|figure|table|article|section)\s*>"
    r"|<(?:br|p|div|hr)\b[^<>]{0,300}>|<img\s[^<>]{1,2000}>",
    re.IGNORECASE,
)
_NAMED_HTML = re.compile(r"html", re.IGNORECASE)
_NAMED_MARKDOWN = re.compile(r"markdown|(?:^|_)md$", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


class Body(NamedTuple):
    """A text as Markdown; `pictures` are the sources of those it shows."""

    markdown: str
    pictures: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    recall: float | None = None


def body_of(
    held: Sequence[tuple[str, object]], form: str, title: str, url: str, where: str
) -> Body | Problem:
    """The text of a row from its columns and their cells, one below another.

    `form` is "html", "markdown" or "plain"; with "auto" the column's name tells, else the text. A problem
    when it is HTML and the parser is not installed.
    """
    parts: list[Body] = []
    for name, cell in held:
        text = long_text(cell)
        each = _form(name, text) if form == "auto" else form
        if each == "html":
            lacking = missing(where)
            if lacking is not None:
                return lacking
            found = html_to_markdown(text, address=url, title=title)
            pictures = tuple(picture.src for picture in found.pictures)
            parts.append(Body(found.markdown, pictures, found.dropped, found.recall))
        else:
            parts.append(Body(text.strip("\n") if each == "markdown" else paragraphs(text)))
    if len(parts) == 1:
        return parts[0]
    return Body(
        "\n\n".join(part.markdown for part in parts if part.markdown),
        tuple(src for part in parts for src in part.pictures),
        tuple(each for part in parts for each in part.dropped),
        min((part.recall for part in parts if part.recall is not None), default=None),
    )


def paragraphs(text: str) -> str:
    """Plain text as Markdown that means it literally: parted at blank lines, else at line ends."""
    blocks = _BLANK_LINES.split(text.strip())
    if len(blocks) == 1:
        blocks = text.split("\n")
    return "\n\n".join("\n".join(map(_line, block.split("\n"))) for block in blocks if block.strip())


def _line(line: str) -> str:
    return escape(" ".join(line.split()))


def _form(name: str, text: str) -> str:
    if _NAMED_MARKDOWN.search(name):
        return "markdown"
    return "html" if _NAMED_HTML.search(name) or _HTML.search(text) else "plain"
