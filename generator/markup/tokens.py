"""Sanitised HTML as a flat list of tags and texts, each opening tag knowing its closing one."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

VOID = frozenset(["br", "col", "hr", "img", "source", "track", "wbr"])
"""Elements without content, of those that the sanitiser lets through."""

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+")
_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})


class Token(NamedTuple):
    """A tag, or a stretch of text where `name` is "". `html` is how it stands.

    `partner` is the position of the tag that closes or opens this one's element; its own for void
    elements and text. `attributes` is what stands between the name and ">".
    """

    name: str
    closing: bool
    attributes: str
    html: str
    partner: int


def tokenise(html: str) -> list[Token]:
    """The tags and texts of well-formed HTML as the sanitiser writes it.

    In it "<" and ">" stand nowhere but around tags. Raises ValueError when tags do not pair.
    """
    tokens: list[Token] = []
    unclosed: list[int] = []
    for position, match in enumerate(_TOKEN.finditer(html)):
        slash, name, attributes = match.groups(default="")
        partner = position
        if slash:
            if not unclosed or tokens[unclosed[-1]].name != name:
                raise ValueError(f"</{name}> closes nothing")
            partner = unclosed.pop()
            tokens[partner] = tokens[partner]._replace(partner=position)
        elif name and name not in VOID:
            unclosed.append(position)
        tokens.append(Token(name, bool(slash), attributes, match.group(), partner))
    if unclosed:
        raise ValueError(f"<{tokens[unclosed[-1]].name}> is never closed")
    return tokens


def attributes_of(token: Token) -> dict[str, str]:
    """A tag's attributes in order, their values as plain text."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(token.attributes)}


def opening_tag(name: str, attributes: Mapping[str, str]) -> str:
    """An opening tag, its values escaped as the sanitiser escapes them."""
    written = "".join(f' {key}="{quote(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def escape(text: str) -> str:
    """Plain text as HTML text, as the sanitiser writes it."""
    return text.translate(_ESCAPES)


def quote(text: str) -> str:
    """Plain text as the value of a quoted attribute, as the sanitiser writes it."""
    return escape(text).replace('"', "&quot;")


def plain_text(tokens: Sequence[Token]) -> str:
    """The text of some tokens, without tags."""
    return unescape("".join(t.html for t in tokens if not t.name))
