"""A name in its sentences: each with the words around it, under its year."""

from collections.abc import Iterable
from typing import NamedTuple

from generator.core.archive import Passage, Told
from generator.core.model import EntityKey
from generator.render.views import Item

BEFORE, AFTER = 60, 75
"""Characters kept on each side of a name, cut at a word."""

FIRST, LAST = 6, 4
"""Words by which a sentence is found in its paragraph: those it begins with, and those it ends with."""

_RESERVED = [c for c in map(chr, range(128)) if not (c.isalnum() or c in "_.!'")]
_ENCODED = str.maketrans({c: f"%{ord(c):02X}" for c in _RESERVED})


class Line(NamedTuple):
    """One sentence. `href` leads to it: a browser that knows text fragments marks the sentence, another the
    paragraph."""

    href: str
    iso: str
    short: str  # "20 Apr"
    title: str
    before: str
    match: str
    after: str
    lang: str
    dir: str


class YearLines(NamedTuple):
    """The sentences of a year, newest first."""

    year: int
    lines: tuple[Line, ...]


def concordance(
    entity: EntityKey, items: Iterable[Item], leaves: Iterable[Told | None]
) -> tuple[YearLines, ...]:
    """The sentences of some articles that name an entity, in the order of the articles: newest first.

    `leaves` are those of the articles, None for one whose text does not name it.
    """
    years: dict[int, list[Line]] = {}
    for item, leaf in zip(items, leaves, strict=True):
        for passage in leaf.passages if leaf else ():
            if passage.entity != entity:
                continue
            years.setdefault(item.year, []).append(
                Line(
                    item.href + (f"#{passage.anchor}{text_fragment(passage)}" if passage.anchor else ""),
                    item.iso,
                    item.short,
                    item.title,
                    before(passage),
                    passage.match,
                    after(passage),
                    item.lang,
                    item.dir,
                )
            )
    return tuple(YearLines(year, tuple(lines)) for year, lines in years.items())


def text_fragment(passage: Passage) -> str:
    """What leads from a paragraph to the very sentence: ":~:text=" and its first and last words.

    https://wicg.github.io/scroll-to-text-fragment/
    """
    words = "".join((passage.before, passage.match, passage.after)).split()
    if len(words) <= FIRST + LAST:
        return f":~:text={_encoded(words)}"
    return f":~:text={_encoded(words[:FIRST])},{_encoded(words[-LAST:])}"


def _encoded(words: list[str]) -> str:
    """Words as a text directive takes them; letters of any script may stand in an href as they are."""
    return " ".join(words).translate(_ENCODED)


def before(passage: Passage) -> str:
    """The words that lead to the name, at most 60 characters of them."""
    text = " ".join(passage.before[-4 * BEFORE :].split())
    if len(text) > BEFORE:
        text = "…" + text[-BEFORE:].partition(" ")[2]
    return text + " " if text and passage.before[-1:].isspace() else text


def after(passage: Passage) -> str:
    """The words that follow the name, at most 75 characters of them."""
    text = " ".join(passage.after[: 4 * AFTER].split())
    if len(text) > AFTER:
        text = text[:AFTER].rpartition(" ")[0].rstrip(",;:") + "…"
    return " " + text if text and passage.after[:1].isspace() else text
