"""Feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1, of the latest thirty."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from generator.core.frozen import dataclass
from generator.core.model import EntityKey
from generator.core.paths import ArticleId, story_address
from generator.core.site import Site
from generator.render.addresses import TAGS, absolute, href
from generator.render.basis import Basis
from generator.render.structured import absolute_picture

LATEST = 30

NEVER = "1970-01-01T00:00:00+00:00"
"""When an archive without articles was updated: Atom asks for some moment, and there is no clock."""


class Entry(NamedTuple):
    """An article in a feed; its URL is its id, moments are RFC 3339."""

    url: str
    title: str
    summary: str
    published: str
    date: str  # of publication, in words
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed in either form; all URLs are absolute."""

    title: str
    description: str
    language: str
    home: str  # the page that it is the feed of
    atom: str
    json: str
    icon: str
    style: str  # the href of a style sheet, for a person who opens the feed
    author: str
    author_url: str
    updated: str
    entries: tuple[Entry, ...]


def site_feed_view(basis: Basis) -> FeedView:
    """The feed of the whole archive."""
    site = basis.site
    found = [_entry(basis, identity) for identity in basis.archive.order[:LATEST]]
    return _feed(site, "/", site.title, site.description, found)


def entity_feed_view(basis: Basis, key: EntityKey) -> FeedView:
    """The feed of the articles that name an entity or carry a tag."""
    entity = basis.archive.entities[key]
    card = entity.card
    found = [_entry(basis, appearance.article) for appearance in entity.appearances[:LATEST]]
    return _feed(basis.site, card.address, f"{card.name} · {basis.site.title}", card.description, found)


def story_feed_view(basis: Basis, number: int) -> FeedView:
    """The feed of a story, which is given by its number in the archive: its latest articles first."""
    story, site = basis.archive.stories[number], basis.site
    found = [_entry(basis, identity) for identity in story.articles[: -LATEST - 1 : -1]]
    return _feed(site, story_address(story.slug), f"{story.name} · {site.title}", "", found)


def _feed(site: Site, home: str, title: str, description: str, found: Sequence[Entry]) -> FeedView:
    newest = max((entry.updated for entry in found), key=datetime.fromisoformat, default=NEVER)
    return FeedView(
        title=title,
        description=description,
        language=site.language,
        home=absolute(site, home),
        atom=absolute(site, f"{home}feed.xml"),
        json=absolute(site, f"{home}feed.json"),
        icon=absolute(site, "/assets/icon.svg"),
        style=href(site, "/assets/feed.css"),
        author=site.publisher.name or site.title,
        author_url=absolute(site, "/"),
        updated=newest,
        entries=tuple(found),
    )


def _entry(basis: Basis, identity: ArticleId) -> Entry:
    filed, site = basis.archive.filed[identity], basis.site
    article = filed.article
    keys = [n.entity for n in filed.namings if n.entity.taxonomy == TAGS]
    updated = article.updated or article.published
    return Entry(
        url=absolute(site, filed.address),
        title=article.title,
        summary=filed.summary or article.title,
        published=article.published.instant,
        date=site.words.day(article.published.day),
        updated=max(updated, article.published, key=lambda m: m.at).instant,
        authors=tuple(author for author in article.authors if author.strip()),
        tags=tuple(basis.refs[key].name for key in keys if key in basis.refs),
        language=article.language,
        image=absolute_picture(site, article.image.src) if article.image else "",
    )


def json_feed(feed: FeedView) -> str:
    """A feed as JSON Feed 1.1, a line an item; the summary stands for the text."""
    items: list[str] = []
    for entry in feed.entries:
        item: dict[str, Any] = {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_text": entry.summary,
            "date_published": entry.published,
            "date_modified": entry.updated,
            "language": entry.language,
        }
        if entry.authors:
            item["authors"] = [{"name": name} for name in entry.authors]
        if entry.tags:
            item["tags"] = list(entry.tags)
        if entry.image:
            item["image"] = entry.image
        items.append(_json(item))
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.author_url}],
    }
    if feed.description:
        document["description"] = feed.description
    head, listed = _json(document)[:-1], ",\n".join(items)
    return f'{head},\n"items":[\n{listed}\n]}}\n'


def _json(value: Mapping[str, Any]) -> str:
    # Without an indent the standard library writes in C, ten times as fast.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
