"""The ids of a text's elements: unique in it, and never one of the page around it."""

import re

from generator.core.paths import slugify

_RESERVED_WORDS = "main body top correction corrections versions notes related cite sources source search"
RESERVED = frozenset(_RESERVED_WORDS.split())
"""Ids that page templates may use, besides those of RESERVED_FORM."""

RESERVED_FORM = re.compile(r"[a-z][0-9]+|x-.*|(?:[a-z]|search|correction)_.*", re.DOTALL)
"""A letter and a number are paragraphs (p3), notes (n1), their marks (r1); h_…, m_…, c_… the templates'."""

_SPACES = re.compile(r"\s+")


def claim(wanted: str, taken: dict[str, int]) -> str:
    """Take an id like the one wanted that is neither reserved nor taken; "" where nothing is wanted.

    `taken` maps each id in use to the last number tried after it, and gains the one returned.
    """
    name = _SPACES.sub("-", wanted.strip())
    if not name:
        return ""
    if name in RESERVED or RESERVED_FORM.fullmatch(name):
        name = "x-" + name
    free, number = name, taken.get(name, 1)
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken[name] = number
    taken[free] = taken.get(free, 1)
    return free


def heading_slug(text: str) -> str:
    """The id a crosshead asks for: its words; "" where it has none."""
    return slugify(text) if text.strip() else ""
