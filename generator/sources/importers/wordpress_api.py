"""WordPress's REST API: posts and pages in JSON, as /wp-json/wp/v2/posts?_embed gives them."""

import re
from collections.abc import Iterator
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.formats import JsonFormat
from generator.sources.importers.posts.moments import local_moment
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    locked,
    part,
    records,
    text,
    unread,
)
from generator.sources.importers.posts.words import plain

_SIGNS = re.compile(rb"\"(?:date_gmt|modified_gmt|comment_status)\"\s{0,9}:")
_CONTENT = re.compile(rb"\"rendered\"\s{0,9}:")
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|Continue reading.{0,200}|Read more.{0,200})\Z")


def _posts(found: Any, where: str) -> Iterator[Post | Problem]:
    closed = 0
    for row in records(found) or records(part(found, "posts")) or records([found]):
        if text(row, "type") in {"attachment", "wp_block", "nav_menu_item"} or not part(row, "content"):
            continue
        post = _post(row)
        closed += part(row, "content", "protected") is True
        if not post.published:
            yield from unread(where, plain(post.title), text(row, "date", "date_gmt"))
        yield post
    yield from locked(where, closed)


def _post(row: Record) -> Post:
    published, updated = (_moment(row, name) for name in ("date", "modified"))
    word = text(row, "status")
    is_locked = part(row, "content", "protected") is True
    is_page = text(row, "type") == "page" and word in {"", "publish"} and not is_locked
    url = text(row, "link")
    terms = [term for group in part(row, "_embedded", "wp:term") or [] for term in records(group)]
    summary = plain(text(part(row, "excerpt"), "rendered"))
    is_draft = is_locked or word not in {"", "publish", "future"}
    return Post(
        html=text(part(row, "content"), "rendered"),
        title=text(part(row, "title"), "rendered"),
        published=published,
        updated=updated,
        kind="page" if is_page else "article",
        place=text(row, "slug") if is_page else "",
        slug=text(row, "slug"),
        authors=tuple(text(each, "name") for each in records(part(row, "_embedded", "author"))),
        # An excerpt that nobody wrote is the text's own beginning.
        summary="" if _CUT.search(summary) else summary,
        tags=tuple(
            text(term, "name")
            for term in terms
            if text(term, "taxonomy") != "author" and text(term, "slug") != "uncategorized"
        ),
        image=_image(row),
        url=url,
        old=(url,),
        ids=tuple(filter(None, [text(part(row, "guid"), "rendered")])),
        status="embargoed" if word == "future" and not is_locked else "draft" if is_draft else "",
        embargo=published if word == "future" and not is_locked else "",
    )


def _moment(row: Record, name: str) -> str:
    try:
        return local_moment(text(row, name), text(row, f"{name}_gmt"))
    except ValueError:
        return ""


def _image(row: Record) -> Picture | None:
    media = next(iter(records(part(row, "_embedded", "wp:featuredmedia"))), {})
    src = text(media, "source_url") or text(row, "jetpack_featured_media_url")
    if not src:
        return None
    return Picture(
        src=src, alt=text(media, "alt_text"), caption=plain(text(part(media, "caption"), "rendered"))
    )


WORDPRESS_API = JsonFormat(name="wordpress-json", signs=(_SIGNS, _CONTENT), posts=_posts, lists=("", "posts"))
"""The importer of WordPress's JSON."""
