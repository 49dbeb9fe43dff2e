"""Wix: its CSV of blog posts, whose text is rich content in JSON."""

import json
import re
from collections.abc import Iterator
from html import escape

from generator.core.problems import Problem
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.formats import TableFormat
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    day_of,
    part,
    records,
    text,
    unread,
)

_COLUMNS = (b"plain content", b"rich content", b"post page url")
_PICTURE = re.compile(r"wix:image://v1/([^/#\s]{1,300})")
_DEPTH = 60
_TAGS = {"PARAGRAPH": "p", "BLOCKQUOTE": "blockquote", "BULLETED_LIST": "ul", "ORDERED_LIST": "ol",
"LIST_ITEM": "li",
         "CODE_BLOCK": "pre", "TABLE": "table", "TABLE_ROW": "tr", "TABLE_CELL": "td",
         "CAPTION": "figcaption",
         "COLLAPSIBLE_ITEM_TITLE": "h3"}  # fmt: skip
_MARKS = {"BOLD": "strong", "ITALIC": "em", "STRIKETHROUGH": "s", "SUPERSCRIPT": "sup", "SUBSCRIPT": "sub"}


def _posts(rows: list[dict[str, str]], where: str) -> Iterator[Post | Problem]:
    for row in rows:
        title = row.get("title", "")
        if not title and not row.get("plain content") and not row.get("rich content"):
            continue
        written = row.get("published date", "")
        published, updated = day_of(written), day_of(row.get("last published date", ""))
        if not published:
            yield from unread(where, title, written)
        cover = picture_address(row.get("cover image", ""))
        slug = row.get("slug", "") or row.get("post page url", "").rstrip("/").rpartition("/")[2]
        number = row.get("internal id", "") or row.get("id", "")
        subjects = f"{row.get('main category', '')},{row.get('categories', '')}".split(",")
        yield Post(
            html=_text(row),
            title=title,
            published=published,
            updated=updated,
            slug=slug,
            authors=(row.get("author", ""),),
            summary=row.get("excerpt", ""),
            tags=tuple(each.strip() for each in subjects),
            image=Picture(src=cover) if cover else None,
            old=(row.get("post page url", ""),),
            ids=(f"wix {number}",) if number else (),
            status="" if written else "draft",
        )


def _text(row: dict[str, str]) -> str:
    """The rich content as HTML, the plain one where there is none that can be read."""
    try:
        found = json.loads(row.get("rich content") or "null")
    except (ValueError, RecursionError):
        found = None
    html = _nodes(found, 0) if isinstance(found, dict) else ""
    if html:
        return html
    plain = row.get("plain content", "").replace("\r\n", "\n").split("\n")
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in plain if each.strip())


def picture_address(written: str) -> str:
    """Where a picture is that Wix names in its own way; an address as it is."""
    found = _PICTURE.match(written.strip())
    return f"https://static.wixstatic.com/media/{found[1]}" if found else written.strip()


def _nodes(node: Record, depth: int) -> str:
    return "".join(_node(each, depth + 1) for each in records(node.get("nodes"))) if depth < _DEPTH else ""


def _node(node: Record, depth: int) -> str:
    kind = text(node, "type")
    if kind == "TEXT":
        return _words(node)
    inner = _nodes(node, depth)
    if kind == "HEADING":
        level = part(node, "headingData", "level")
        tag = f"h{level}" if isinstance(level, int) and 1 <= level <= 6 else "h2"
        return f"<{tag}>{inner}</{tag}>"
    if kind == "IMAGE":
        return _image(part(node, "imageData"), inner)
    if kind == "GALLERY":
        return "".join(_image(item, "") for item in records(part(node, "galleryData", "items")))
    if kind in {"VIDEO", "AUDIO", "EMBED", "HTML", "LINK_PREVIEW", "BUTTON", "FILE"}:
        return _elsewhere(kind, node) + inner
    if kind == "DIVIDER":
        return "<hr>"
    tag = _TAGS.get(kind, "")
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _words(node: Record) -> str:
    given = part(node, "textData", "text")
    words = escape(given, quote=False).replace("\n", "<br>") if isinstance(given, str) else ""
    for mark in records(part(node, "textData", "decorations")):
        tag = _MARKS.get(text(mark, "type"), "")
        words = f"<{tag}>{words}</{tag}>" if tag else words
        if url := text(part(mark, "linkData", "link"), "url"):
            words = f'<a href="{escape(url)}">{words}</a>'
    return words


def _image(data: object, inner: str) -> str:
    image = part(data, "image")
    src = text(part(image, "src"), "url", "id") or text(part(image, "media", "src"), "url", "id")
    if src and "://" not in src:
        src = f"https://static.wixstatic.com/media/{src}"
    caption = inner or (
        f"<figcaption>{escape(text(data, 'caption'))}</figcaption>" if text(data, "caption") else ""
    )
    shown = f'<img src="{escape(picture_address(src))}" alt="{escape(text(data, "altText"))}">' if src else ""
    return f"<figure>{shown}{caption}</figure>" if shown or caption else ""


def _elsewhere(kind: str, node: Record) -> str:
    data: object = next(
        (node[key] for key in node if key.endswith("Data") and isinstance(node[key], dict)), {}
    )
    html = text(data, "html") or text(part(data, "oembed"), "html")
    url = text(data, "url", "src") or text(part(data, "link"), "url")
    url = url or text(part(data, "video", "src"), "url") or text(part(data, "audio", "src"), "url")
    if html and "<" in html:
        return html
    if not url.startswith(("http://", "https://")):
        return ""
    words = escape(text(data, "text", "title", "name") or url, quote=False)
    return f'<p><a href="{escape(url)}">{words}</a></p>' if kind in {"LINK_PREVIEW", "BUTTON", "FILE"} else (
        f'<iframe src="{escape(url)}"></iframe>'
    )  # fmt: skip


WIX = TableFormat(name="wix", columns=_COLUMNS, posts=_posts)
"""The importer of Wix's tables of posts."""
