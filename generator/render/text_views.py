"""The texts that the search page reads: a month of articles at a time, fetched when it is rendered."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from generator.core.archive import Archive, Leaf
from generator.core.frozen import dataclass
from generator.core.paths import Address, ArticleId
from generator.render.addresses import href
from generator.render.basis import Basis

MOST_ARTICLES = 400
"""Articles in one file: about a megabyte of text, so that the first results come soon."""


class TextEntry(NamedTuple):
    """An article to be searched; `digest` is that of its text."""

    href: str
    title: str
    iso: str
    date: str
    names: tuple[str, ...]
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


class TextPart(NamedTuple):
    """A month of articles, or a part of it: where its file is, and which they are."""

    address: Address
    month: str  # "2021-04"
    articles: tuple[ArticleId, ...]


def text_parts(archive: Archive, most: int = MOST_ARTICLES) -> tuple[TextPart, ...]:
    """The texts by month, the newest first, in files of at most so many."""
    parts: list[TextPart] = []
    cards = archive.cards
    for month, found in groupby(archive.order, key=lambda i: cards[i].published.day.isoformat()[:7]):
        articles = tuple(found)
        for number, start in enumerate(range(0, len(articles), most), 1):
            parts.append(TextPart(text_address(month, number), month, articles[start : start + most]))
    return tuple(parts)


def text_address(month: str, number: int) -> Address:
    """Where file `number`, from 1, of a month ("2021-04") is."""
    return Address(f"/data/text/{month}{f'-{number}' if number > 1 else ''}.json")


def text_view(basis: Basis, articles: Sequence[ArticleId]) -> TextView:
    """One file of texts."""
    return TextView(entries=tuple(_entry(basis, identity) for identity in articles))


def text_index_view(basis: Basis) -> TextIndexView:
    """The index of the files of texts."""
    files = (
        TextFile(href(basis.site, p.address), p.month, len(p.articles)) for p in text_parts(basis.archive)
    )
    return TextIndexView(files=tuple(files))


def _entry(basis: Basis, identity: ArticleId) -> TextEntry:
    filed, item = basis.archive.filed[identity], basis.items[identity]
    return TextEntry(
        item.href,
        item.title,
        item.iso,
        item.date,
        tuple(naming.name for naming in filed.namings),
        filed.text_digest,
        item.lang,
    )


def texts(view: TextView, leaves: Iterable[Leaf]) -> str:
    """The file of a month: a list of articles with their text by paragraph, each with its anchor."""
    rows = [_row(entry, leaf) for entry, leaf in zip(view.entries, leaves, strict=True)]
    return (
        "[\n"
        + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        + "\n]\n"
    )


def _row(entry: TextEntry, leaf: Leaf) -> dict[str, Any]:
    row: dict[str, Any] = {
        "u": entry.href,
        "t": entry.title,
        "d": entry.iso,
        "w": entry.date,
        "n": list(entry.names),
        "p": leaf.words,
    }
    if entry.lang:
        row["l"] = entry.lang
    return row


def text_index(view: TextIndexView) -> str:
    """The list of files as JSON."""
    rows = [{"url": f.href, "month": f.month, "articles": f.articles} for f in view.files]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
