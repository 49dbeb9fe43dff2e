"""Newsletters of beehiiv (CSV) and Letterdrop (JSON)."""

import re
from collections.abc import Iterator
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.formats import JsonFormat, TableFormat
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    day_of,
    locked,
    part,
    records,
    text,
    unread,
)

_BEEHIIV = (b"web_title", b"content_html", b"created_at")
_COVER = re.compile(rb"\"coverImage\"\s{0,9}:")
_LETTERDROP = re.compile(rb"\"publishedOn\"\s{0,9}:")


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


def _letterdrop(found: Any, where: str) -> Iterator[Post | Problem]:
    for row in records(part(found, "posts")):
        published, updated = day_of(text(row, "publishedOn")), day_of(text(row, "updated"))
        if not published:
            yield from unread(where, text(row, "title"), text(row, "publishedOn"))
        tags, cover = row.get("tags"), text(row, "coverImage")
        url, name = text(row, "url"), text(part(row, "author"), "name")
        yield Post(
            html=text(row, "body", "html"),
            title=text(row, "title"),
            published=published,
            updated=updated,
            slug=text(row, "slug"),
            authors=(name,) if name else (),
            summary=text(row, "subtitle") or text(row, "metaDescription"),
            tags=tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
            image=Picture(src=cover) if cover else None,
            url=url,
            old=(url,),
            ids=(f"letterdrop {text(row, 'id')}",) if text(row, "id") else (),
        )


BEEHIIV = TableFormat(name="beehiiv", columns=_BEEHIIV, posts=_beehiiv)
"""The importer of beehiiv's exports."""

LETTERDROP = JsonFormat(
    name="letterdrop", signs=(_LETTERDROP, _COVER), posts=_letterdrop, lists=("", "posts")
)
"""The importer of Letterdrop's posts."""
