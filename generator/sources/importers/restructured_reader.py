"""Reads reStructuredText: the only module that knows docutils (extra "rst"). Nothing is included or run."""

from typing import Any, NamedTuple

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree

_SETTINGS = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 2,
    "halt_level": 5,
    "warning_stream": False,
    "syntax_highlight": "none",
    "line_length_limit": 100_000,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "datestamp": None,
    "initial_header_level": 2,
}
_ERROR = 3


class Read(NamedTuple):
    """A document: its title and other fields by name, its text as HTML, and what could not be read."""

    fields: tuple[tuple[str, str], ...]
    html: str
    unread: tuple[tuple[int, str], ...]


def read(text: str) -> Read:
    """What a document says. Raises RecursionError for one that is nested too deep."""
    document = publish_doctree(text, settings_overrides=_SETTINGS)
    fields: list[tuple[str, str]] = []
    title = document.next_node(nodes.title)
    if title is not None and title.parent is document:
        fields.append(("Title", title.astext()))
        document.remove(title)
    for info in list(document.findall(nodes.docinfo)):
        fields += [_field(each) for each in info]
        info.parent.remove(info)
    told = [_unread(each) for each in list(document.findall(nodes.system_message))]
    unread = tuple(pair for pair in told if pair[1])
    html = publish_from_doctree(document, writer="html5", settings_overrides=_SETTINGS)
    return Read(tuple(pair for pair in fields if pair[0]), html.decode("utf-8", "replace"), unread)


def _field(each: Any) -> tuple[str, str]:
    """A field of the document: `:date: …`, or one that docutils knows by its own element."""
    if isinstance(each, nodes.field):
        return each[0].astext().capitalize(), each[1].astext()
    if isinstance(each, nodes.authors):
        return "Authors", "; ".join(author.astext() for author in each)
    return str(each.tagname).capitalize(), each.astext()


def _unread(message: Any) -> tuple[int, str]:
    """Take a message of the parser out of the text; what could not be read stays in its place as it was.

    "" for a message about what was read all the same, such as a heading underlined too short.
    """
    words = next((each.astext() for each in message if isinstance(each, nodes.paragraph)), "")
    is_lost = message.get("level", 0) >= _ERROR or "disabled" in words
    message.parent.replace(message, list(message.findall(nodes.literal_block)) if is_lost else [])
    return int(message.get("line", 0) or 0), " ".join(words.split())[:200] if is_lost else ""
