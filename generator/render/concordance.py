"""A name in its sentences: each with the words around it, under its year."""

from collections.abc import Iterable
from typing import NamedTuple

from generator.core.archive import Leaf, Passage
from generator.core.model import EntityKey
from generator.render.views import Item

BEFORE, AFTER = 60, 75
"""Characters kept on each side of a name, cut at a word."""


class Line(NamedTuple):
    """One sentence. `href` leads to its paragraph."""

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
    entity: EntityKey, items: Iterable[Item], leaves: Iterable[Leaf | None]
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
                    item.href + (f"#{passage.anchor}" if passage.anchor else ""),
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
