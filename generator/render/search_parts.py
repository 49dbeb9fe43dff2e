"""How the search index is parted: by years, few of which are one part, many of whose articles are several."""

from itertools import groupby
from typing import NamedTuple

from generator.core.archive import Archive
from generator.core.paths import ArticleId
from generator.render.basis import Basis

MOST_ARTICLES = 2500
"""Articles in one part: some 4 s of a processor to index, and 25 kB that every search of it fetches first."""

FEW_ARTICLES = 500
"""Years that together have no more are one part: a search fetches three files or four of each."""


class SearchPart(NamedTuple):
    """A part of the index: its name ("2021", "2021-2", "2014"), and its articles, oldest first."""

    name: str
    articles: tuple[ArticleId, ...]


class Document(NamedTuple):
    """An article as search finds it.

    `leaf` is the memo's key of its text, `names` pair taxonomies with names.
    """

    href: str
    title: str
    moment: str  # "202104131134", where it was written: what results are ordered by
    date: str  # in words
    lang: str  # "" where it is the site's
    names: tuple[tuple[str, str], ...]
    text: str  # a digest of it
    leaf: str


def search_parts(
    archive: Archive, most: int = MOST_ARTICLES, few: int = FEW_ARTICLES
) -> tuple[SearchPart, ...]:
    """The parts, newest first, each named after its first year.

    All is counted from the oldest article on, so that a new one moves none of the older parts.
    """
    groups: list[tuple[int, list[ArticleId]]] = []
    cards = archive.cards
    for year, found in groupby(archive.order[::-1], key=lambda i: cards[i].published.day.year):
        articles = list(found)
        if groups and len(groups[-1][1]) + len(articles) <= few:
            groups[-1][1].extend(articles)
        else:
            groups.append((year, articles))
    parts = [
        SearchPart(
            f"{year:04}" if not start else f"{year:04}-{start // most + 1}", tuple(articles[start:][:most])
        )
        for year, articles in groups
        for start in range(0, len(articles), most)
    ]
    return tuple(reversed(parts))


def documents(basis: Basis, part: SearchPart) -> tuple[Document, ...]:
    """The articles of a part."""
    return tuple(_document(basis, identity) for identity in part.articles)


def _document(basis: Basis, identity: ArticleId) -> Document:
    filed, item = basis.archive.filed[identity], basis.items[identity]
    at = filed.article.published.at
    named = [(n.entity.taxonomy, basis.refs[n.entity].name) for n in filed.namings if n.entity in basis.refs]
    return Document(
        href=item.href,
        title=item.title,
        moment=f"{at.year:04}{at:%m%d%H%M}",
        date=item.date,
        lang=item.lang,
        names=tuple(sorted(set(named))),
        text=filed.text_digest,
        leaf=filed.leaf,
    )
