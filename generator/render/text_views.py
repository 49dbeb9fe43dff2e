"""The texts that the search page reads: a month of articles at a time, fetched when it is rendered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from generator.core.model import Prose
from generator.core.paths import Address, ArticleId
from generator.render.addresses import href
from generator.render.basis import Basis
from generator.render.weaving import ProseOf

MOST_ARTICLES = 400
"""Articles in one file: about a megabyte of text, so that the first results come soon."""


class TextEntry(NamedTuple):
    """An article to be searched. `prose` is the memo key of its text."""

    href: str
    title: str
    iso: str
    date: str
    names: tuple[str, ...]
    prose: str
    digest: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A month of articles, newest first, or a part of it."""

    entries: tuple[TextEntry, ...]


class TextFile(NamedTuple):
    """One file of texts: its href, its month and how many articles it holds."""

    href: str
    month: str  # "2021-04"
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextIndexView:
    """The files of texts, newest first."""

    files: tuple[TextFile, ...]


def text_pages(basis: Basis, most: int = MOST_ARTICLES) -> Iterator[tuple[Address, TextView | TextIndexView]]:
    """The texts by month, the newest first, and their index."""
    files: list[TextFile] = []
    cards = basis.archive.cards
    for month, found in groupby(basis.archive.order, key=lambda i: cards[i].published.day.isoformat()[:7]):
        articles = list(found)
        for number, start in enumerate(range(0, len(articles), most), 1):
            part = articles[start : start + most]
            where = Address(f"/data/text/{month}{f'-{number}' if number > 1 else ''}.json")
            files.append(TextFile(href(basis.site, where), month, len(part)))
            yield where, TextView(entries=tuple(_entry(basis, identity) for identity in part))
    yield Address("/data/text/index.json"), TextIndexView(files=tuple(files))


def _entry(basis: Basis, identity: ArticleId) -> TextEntry:
    filed, item = basis.archive.filed[identity], basis.items[identity]
    return TextEntry(
        item.href,
        item.title,
        item.iso,
        item.date,
        tuple(naming.name for naming in filed.namings),
        filed.prose,
        filed.text_digest,
        item.lang,
    )


def texts(view: TextView, prose: ProseOf) -> str:
    """The file of a month: a list of articles with their text by paragraph, each with its anchor."""
    rows = [_row(entry, prose(entry.prose)) for entry in view.entries]
    return (
        "[\n"
        + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        + "\n]\n"
    )


def _row(entry: TextEntry, prose: Prose) -> dict[str, Any]:
    row: dict[str, Any] = {
        "u": entry.href,
        "t": entry.title,
        "d": entry.iso,
        "w": entry.date,
        "n": list(entry.names),
        "p": [[b.anchor, b.text] for b in prose.blocks if b.text.strip() and b.kind != "also"],
    }
    if entry.lang:
        row["l"] = entry.lang
    return row


def text_index(view: TextIndexView) -> str:
    """The list of files as JSON."""
    rows = [{"url": f.href, "month": f.month, "articles": f.articles} for f in view.files]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
