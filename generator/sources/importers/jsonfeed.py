"""JSON Feed 1.0 and 1.1: https://jsonfeed.org/version/1.1."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.formats import JsonFormat
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    day_of,
    part,
    records,
    text,
    unread,
)

_VERSION = re.compile(rb"\"version\"\s{0,9}:\s{0,9}\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/")


def posts_of(found: Any, where: str) -> Iterator[Post | Problem]:
    """The items of a feed, and what is odd about them."""
    feed: Record = found if isinstance(found, dict) else {}
    items = records(feed.get("items"))
    if not items:
        yield Problem(where, 0, "W378", "a feed without entries", "nothing to import")
    for item in items:
        written = text(item, "date_published")
        published, updated = day_of(written, text(item, "date_modified")), day_of(text(item, "date_modified"))
        if not published:
            yield from unread(where, text(item, "title"), written)
        url, image = text(item, "url"), text(item, "image", "banner_image")
        html = text(item, "content_html") or _paragraphs(text(item, "content_text"))
        tags = item.get("tags")
        yield Post(
            html=html + _beside(item, html),
            title=escape(text(item, "title"), quote=False),
            published=published,
            updated=updated,
            authors=_authors(item) or _authors(feed),
            summary=escape(text(item, "summary"), quote=False),
            tags=tuple(escape(each) for each in tags if isinstance(each, str))
            if isinstance(tags, list)
            else (),
            image=Picture(src=image) if image and image not in html else None,
            url=url if url.startswith(("http://", "https://")) else "",
            ids=(text(item, "id"),) if text(item, "id") else (),
            language=text(item, "language") or text(feed, "language"),
            publisher=escape(text(feed, "title"), quote=False),
        )


def _authors(holder: Record) -> tuple[str, ...]:
    several = [text(each, "name") for each in records(holder.get("authors"))]
    return tuple(filter(None, several)) or tuple(filter(None, [text(part(holder, "author"), "name")]))


def _paragraphs(plain: str) -> str:
    parts = plain.replace("\r\n", "\n").split("\n\n")
    return "".join(
        f"<p>{escape(each, quote=False)}</p>".replace("\n", "<br>") for each in parts if each.strip()
    )


def _beside(item: Record, html: str) -> str:
    """Links to what an item is about elsewhere, and to the files that came with it."""
    found = [(text(item, "external_url"), "")]
    for each in records(item.get("attachments")):
        kind = {"audio": "Audio", "video": "Video"}.get(text(each, "mime_type").partition("/")[0], "")
        found.append((text(each, "url"), text(each, "title") or kind))
    return "".join(
        f'<p><a href="{escape(url)}">{escape(name or url, quote=False)}</a></p>'
        for url, name in dict(found).items()
        if url and url not in html
    )


JSON_FEED = JsonFormat(name="jsonfeed", signs=(_VERSION,), posts=posts_of, lists=("items",))
"""The importer of JSON Feeds."""
