"""JSON Feed 1.0 and 1.1: https://jsonfeed.org/version/1.1."""

import re
from collections.abc import Iterator
from html import escape

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    day_of,
    json_of,
    made_from,
    part,
    records,
    text,
    unread,
)

_VERSION = re.compile(rb"\"version\"\s{0,9}:\s{0,9}\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/")


class JsonFeed:
    """The items of a JSON Feed, each an article."""

    name = "jsonfeed"

    def recognises(self, original: Original) -> bool:
        """Whether it is JSON that gives JSON Feed's version."""
        head = original.data[:64_000]
        return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" and _VERSION.search(head) is not None

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The items of a feed, in its order."""
        found = json_of(original)
        if isinstance(found, Problem):
            return (), (found,)
        feed = found if isinstance(found, dict) else {}
        return made_from(posts_of(feed, original.where), original, context)


JSON_FEED = JsonFeed()
"""The importer of JSON Feeds."""


def posts_of(feed: Record, where: str) -> Iterator[Post | Problem]:
    """The items of a feed, and what is odd about them."""
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
            updated=updated if updated != published else "",
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
