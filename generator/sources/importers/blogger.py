"""Blogger: the Atom file of its backup, old and new (Google Takeout), and the JSON of its API."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load
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

_READING = "generator.sources.importers.blogger_atom"
_FEED = re.compile(rb"<feed\b")
_SIGNS = re.compile(
    rb"schemas\.google\.com/blogger/20\d\d|>Blogger</generator>|tag:blogger\.com,1999:blog-\d{1,30}\.(?:post|archive|settings|page|layout)"
)
_API = re.compile(rb"\"kind\"\s{0,9}:\s{0,9}\"blogger#(?:post|page)")


class Blogger:
    """Posts and pages of a Blogger backup."""

    name = "blogger"

    def recognises(self, original: Original) -> bool:
        """Whether it is an Atom feed that Blogger made as a backup: with settings, drafts, comments."""
        head = original.data
        return _FEED.search(head[:4_000]) is not None and _SIGNS.search(head) is not None

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The posts and pages of a backup, in its order, in bounded memory."""
        reading = load(_READING, "web", original.where)
        if isinstance(reading, Problem):
            yield reading
            return
        yield from reading.stream(file, original.where, context)


BLOGGER = Blogger()
"""The importer of Blogger's backups."""


def _post(row: Record) -> Post:
    published, updated = day_of(text(row, "published")), day_of(text(row, "updated"))
    url = text(row, "url")
    name = text(part(row, "author"), "displayName")
    is_live = text(row, "status").lower() in {"", "live"}
    is_page = text(row, "kind") == "blogger#page" and is_live
    slug = url.rpartition("/")[2].removesuffix(".html")
    labels = row.get("labels")
    return Post(
        html=text(row, "content"),
        title=text(row, "title"),
        published=published,
        updated=updated,
        kind="page" if is_page else "article",
        place=slug if is_page else "",
        slug=slug,
        authors=(name,) if name else (),
        tags=tuple(each for each in labels if isinstance(each, str)) if isinstance(labels, list) else (),
        url=url,
        old=(url,),
        ids=(f"blogger {text(row, 'id')}",) if text(row, "id") else (),
        status="" if is_live else "draft",
    )


def _posts(found: Any, where: str) -> Iterator[Post | Problem]:
    for row in records(found) or records(part(found, "items")) or records([found]):
        if text(row, "kind").startswith("blogger#p"):
            post = _post(row)
            if not post.published:
                yield from unread(where, post.title, text(row, "published"))
            yield post


BLOGGER_API = JsonFormat(name="blogger-json", signs=(_API,), posts=_posts, lists=("", "items"))
"""The importer of Blogger's JSON."""
