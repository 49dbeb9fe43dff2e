"""Tiny News: articles in JSON, their text in the paragraphs of a Google document."""

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

_TRANSLATED = re.compile(rb"\"translations\"\s{0,9}:")
_SIGNS = re.compile(rb"\"(?:first_published_at|custom_byline|locale_code)\"\s{0,9}:")
_STYLES = {
    "HEADING_1": "h2",
    "HEADING_2": "h2",
    "HEADING_3": "h3",
    "HEADING_4": "h4",
    "TITLE": "h2",
    "SUBTITLE": "h3",
}


def _posts(found: Any, where: str) -> Iterator[Post | Problem]:
    rows = records(found) or records(part(found, "data", "articles")) or records(part(found, "articles"))
    for row in rows:
        for number, each in enumerate(records(row.get("translations"))):
            post = _post(row, each, number)
            if not post.published:
                yield from unread(where, post.title, text(each, "first_published_at"))
            yield post


def _post(row: Record, each: Record, number: int) -> Post:
    published = day_of(text(each, "first_published_at"), text(row, "created_at"))
    updated = day_of(text(each, "last_published_at"))
    url, language = text(row, "live_url"), text(each, "locale_code")
    byline = text(each, "custom_byline")
    names = (
        " ".join(filter(None, (text(part(a, "author"), "first_names"), text(part(a, "author"), "last_name"))))
        for a in records(row.get("author")) or records(row.get("author_articles"))
    )
    tags = [
        next((text(t, "title") for t in records(part(tag, "tag", "tag_translations"))), "")
        or text(part(tag, "tag"), "slug")
        for tag in records(row.get("tags")) or records(row.get("tag_articles"))
    ]
    category = (
        text(part(row, "category"), "title") or text(part(row, "category"), "slug").replace("-", " ").title()
    )
    main = next(iter(records(part(each, "main_image", "children"))), {})
    src = text(main, "imageUrl") or text(part(row, "featured_image"), "url")
    image = Picture(src=src, alt=text(main, "imageAlt"), caption=text(part(row, "featured_image"), "caption"))
    content = each.get("content")
    return Post(
        html="\n".join(_html(block) for block in records(content)),
        title=text(each, "headline"),
        published=published,
        updated=updated,
        slug=text(row, "slug"),
        authors=(byline,) if byline else tuple(filter(None, names)),
        summary=text(each, "search_description"),
        tags=tuple(filter(None, (category, *tags))),
        image=image if src else None,
        url=url if number == 0 else "",
        old=(url,) if number == 0 else (),
        ids=(f"tinynews {text(row, 'id')} {language}",) if text(row, "id") else (),
        language=language,
        status="" if each.get("published") is not False else "draft",
    )


def _html(block: Record) -> str:
    kind = text(block, "type")
    if kind == "list":
        tag = "ol" if text(block, "listType") == "NUMBER" else "ul"
        items = ("".join(map(_run, records(i.get("children")))) for i in records(block.get("items")))
        return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
    if kind in {"image", "mainImage"}:
        return "".join(
            f'<img src="{escape(text(i, "imageUrl"))}" alt="{escape(text(i, "imageAlt"))}">'
            for i in records(block.get("children"))
            if text(i, "imageUrl")
        )
    if text(block, "html"):
        return text(block, "html")
    if kind == "embed" or (text(block, "link") and not block.get("children")):
        return f'<iframe src="{escape(text(block, "link"))}"></iframe>' if text(block, "link") else ""
    tag = _STYLES.get(text(block, "style"), "blockquote" if kind == "blockquote" else "p")
    return f"<{tag}>{''.join(map(_run, records(block.get('children'))))}</{tag}>"


def _run(child: Record) -> str:
    style: Any = child.get("style") if isinstance(child.get("style"), dict) else {}
    words = escape(str(child.get("content") or ""), quote=False)
    for name, tag in (("bold", "strong"), ("italic", "em"), ("strikethrough", "s")):
        if style.get(name) is True:
            words = f"<{tag}>{words}</{tag}>"
    link = text(child, "link") or text(style, "link")
    return f'<a href="{escape(link)}">{words}</a>' if link else words


TINY_NEWS = JsonFormat(name="tinynews", signs=(_TRANSLATED, _SIGNS), posts=_posts, lists=("", "articles"))
"""The importer of Tiny News."""
