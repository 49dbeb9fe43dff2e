"""Blogger: the Atom file of its backup, old and new (Google Takeout), and the JSON of its API."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load
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


class BloggerApi:
    """Posts and pages as Blogger's API gives them in JSON."""

    name = "blogger-json"

    def recognises(self, original: Original) -> bool:
        """Whether it is JSON that holds Blogger's posts."""
        head = original.data[:64_000]
        return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["} and _API.search(head) is not None

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The posts of an answer, or of a list of them."""
        found = json_of(original)
        if isinstance(found, Problem):
            return (), (found,)
        rows = records(found) or records(part(found, "items")) or records([found])
        posts: list[Post | Problem] = []
        for row in rows:
            if not text(row, "kind").startswith("blogger#p"):
                continue
            post = _post(row)
            posts += [] if post.published else unread(original.where, post.title, text(row, "published"))
            posts.append(post)
        return made_from(posts, original, context)


BLOGGER = Blogger()
"""The importer of Blogger's backups."""

BLOGGER_API = BloggerApi()
"""The importer of Blogger's JSON."""


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
        updated=updated if published and updated > published else "",
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
