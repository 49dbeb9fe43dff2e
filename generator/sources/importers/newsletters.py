"""Newsletters of beehiiv (CSV) and Letterdrop (JSON)."""

import re
from collections.abc import Iterator

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    day_of,
    json_of,
    locked,
    made_from,
    part,
    records,
    rows_of,
    text,
    unread,
)

_BEEHIIV = (b"web_title", b"content_html", b"created_at")
_LETTERDROP = re.compile(rb"\"publishedOn\"\s{0,9}:")


class Beehiiv:
    """Posts of a beehiiv export."""

    name = "beehiiv"

    def recognises(self, original: Original) -> bool:
        """Whether it is a CSV file with beehiiv's columns."""
        first = original.data[:4_000].partition(b"\n")[0].lower()
        return all(column in first for column in _BEEHIIV)

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The posts of the table."""
        rows = rows_of(original)
        if isinstance(rows, Problem):
            return (), (rows,)
        return made_from(_beehiiv(rows, original.where), original, context)


class Letterdrop:
    """Posts as Letterdrop's API gives them."""

    name = "letterdrop"

    def recognises(self, original: Original) -> bool:
        """Whether it is JSON with Letterdrop's posts."""
        head = original.data[:64_000]
        return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" and (
            _LETTERDROP.search(head) is not None and b'"coverImage"' in head
        )

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The posts of an answer."""
        found = json_of(original)
        if isinstance(found, Problem):
            return (), (found,)
        return made_from(_letterdrop(records(part(found, "posts")), original.where), original, context)


BEEHIIV = Beehiiv()
"""The importer of beehiiv's exports."""

LETTERDROP = Letterdrop()
"""The importer of Letterdrop's posts."""


def _beehiiv(rows: list[dict[str, str]], where: str) -> Iterator[Post | Problem]:
    closed = 0
    for row in rows:
        written = row.get("published_at", "") or row.get("created_at", "")
        published, title, url = day_of(written), row.get("web_title", ""), row.get("url", "")
        if not published:
            yield from unread(where, title, written)
        is_live = row.get("status", "").lower() in {"confirmed", "published"}
        is_closed = is_live and row.get("audience", "free").lower() not in {"", "free", "both", "all"}
        closed += is_closed
        cover = row.get("thumbnail_url", "")
        yield Post(
            html=row.get("content_html", ""),
            title=title,
            # beehiiv gives its times in UTC, without saying so.
            published=f"{published}Z" if "T" in published and len(published) == 19 else published,
            slug=url.rstrip("/").rpartition("/")[2],
            summary=row.get("web_subtitle", "") or row.get("email_preview_text", ""),
            tags=tuple(each.strip() for each in re.split(r"[;,]", row.get("content_tags", ""))),
            image=Picture(src=cover) if cover else None,
            url=url,
            old=(url,),
            ids=(f"beehiiv {row['id']}",) if row.get("id") else (),
            status="" if is_live and not is_closed else "draft",
        )
    yield from locked(where, closed)


def _letterdrop(rows: list[Record], where: str) -> Iterator[Post | Problem]:
    for row in rows:
        published, updated = day_of(text(row, "publishedOn")), day_of(text(row, "updated"))
        if not published:
            yield from unread(where, text(row, "title"), text(row, "publishedOn"))
        tags, cover = row.get("tags"), text(row, "coverImage")
        url, name = text(row, "url"), text(part(row, "author"), "name")
        yield Post(
            html=text(row, "body", "html"),
            title=text(row, "title"),
            published=published,
            updated=updated if published and updated > published else "",
            slug=text(row, "slug"),
            authors=(name,) if name else (),
            summary=text(row, "subtitle") or text(row, "metaDescription"),
            tags=tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
            image=Picture(src=cover) if cover else None,
            url=url,
            old=(url,),
            ids=(f"letterdrop {text(row, 'id')}",) if text(row, "id") else (),
        )
