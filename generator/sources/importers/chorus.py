"""Chorus, the system of Vox Media: entries in JSON, their text in components."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.base import Dropped
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

_SIGNS = re.compile(rb"\"EntryBody[A-Z]|\"uid\"\s{0,9}:\s{0,9}\"Entry:")


def _posts(found: Any, where: str) -> Iterator[Post | Problem]:
    for row in records(found) or records(part(found, "entries")) or records([found]):
        written = text(row, "publishDate", "publishedAt", "createdAt")
        published, updated = day_of(written), day_of(text(row, "updatedAt"))
        if not published:
            yield from unread(where, text(row, "title"), written)
        byline = text(part(row, "authorProfile"), "name") or text(
            part(row, "author"), "fullOrUserName", "name"
        )
        others = (text(each, "fullOrUserName", "name") for each in records(row.get("contributors")))
        url = text(row, "url")
        parts, left = _body(records(part(row, "body", "components")))
        lead = part(row, "leadImage")
        yield Post(
            html="\n".join(parts),
            title=text(row, "title"),
            published=published,
            updated=updated,
            slug=url.rstrip("/").rpartition("/")[2],
            authors=tuple(filter(None, (byline, *others))),
            summary=text(part(row, "dek"), "html") or text(row, "dek"),
            tags=tuple(text(each, "name") for each in records(row.get("communityGroups"))),
            image=_image(lead) if lead else None,
            url=url,
            old=(url,),
            ids=(text(row, "uid"),) if text(row, "uid") else (),
            dropped=tuple(Dropped(f"component {name}", "nothing in it to show") for name in left),
        )


def _image(given: Any) -> Picture | None:
    src = text(given, "url") or text(part(given, "asset"), "url") or text(part(given, "image"), "url")
    caption = text(part(given, "caption"), "plaintext", "html") or text(given, "caption")
    credit = text(part(given, "credit"), "html", "plaintext") or text(given, "credit")
    alt = text(given, "altText") or text(part(given, "image"), "altText")
    return Picture(src=src, alt=alt, caption=caption, credit=credit) if src else None


def _body(components: Iterable[Record]) -> tuple[list[str], list[str]]:
    """The HTML of the components, and the names of those that show nothing."""
    parts: list[str] = []
    left: list[str] = []
    for each in components:
        name = text(each, "__typename").removeprefix("EntryBody")
        html = _html(name, each)
        parts += [html] if html else []
        left += [] if html else [name or "without a name"]
    return parts, left


def _html(name: str, each: Record) -> str:
    inner = text(part(each, "contents"), "html") or text(part(each, "line"), "html")
    if name == "Heading":
        level = each.get("level")
        size = level if isinstance(level, int) and 2 <= level <= 6 else 2
        return f"<h{size}>{inner}</h{size}>"
    if name == "List":
        tag = "ol" if each.get("ordered") is True else "ul"
        items = (
            text(part(item, "line"), "html") or text(item, "html") for item in records(each.get("items"))
        )
        return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
    if name == "RelatedList":
        links = (
            f'<li><a href="{escape(text(item, "url"))}">{escape(text(item, "title"), quote=False)}</a></li>'
            for item in records(each.get("items"))
        )
        return "<ul>" + "".join(links) + "</ul>"
    if name in {"Blockquote", "Pullquote"}:
        quoted = inner or "".join(
            f"<p>{text(part(p, 'contents'), 'html')}</p>" for p in records(each.get("paragraphs"))
        )
        quoted = quoted or text(part(each, "quote"), "html")
        return f"<blockquote>{quoted}</blockquote>" if quoted else ""
    if name in {"Image", "Gallery", "ImageGroup"}:
        images = records(each.get("images")) or [each]
        return "\n".join(_figure(picture) for image in images if (picture := _image(image)) is not None)
    if name == "Embed":
        html = text(part(each, "embed"), "embedHtml", "html") or text(each, "embedHtml")
        url = text(part(each, "embed"), "url") or text(each, "url")
        return html or (f'<iframe src="{escape(url)}"></iframe>' if url else "")
    if name == "Table":
        return _table(part(each, "table"))
    if name == "Poll":
        options = (f"<li>{escape(text(o, 'label'))}</li>" for o in records(part(each, "poll", "options")))
        return f"<p>{escape(text(part(each, 'poll'), 'title'))}</p><ul>{''.join(options)}</ul>"
    if name == "HorizontalRule":
        return "<hr>"
    return text(each, "rawHtml") or (f"<p>{inner}</p>" if inner else "")


def _table(table: Any) -> str:
    """A table: its rows are lists of cells, or of each column's cells."""
    columns = [str(each) for each in part(table, "columns") or []]
    rows = [row for row in part(table, "rows") or [] if isinstance(row, list)]
    if len(rows) == len(columns) and any(len(row) != len(columns) for row in rows):
        rows = [list(row) for row in zip_longest(*rows, fillvalue="")]
    title = text(table, "title", "caption")
    lines = [f"<tr>{''.join(f'<th>{escape(each)}</th>' for each in columns)}</tr>"] if columns else []
    lines += [f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows]
    return (f"<p>{escape(title)}</p>" if title else "") + f"<table>{''.join(lines)}</table>"


def _figure(picture: Picture) -> str:
    credit = f" <small>{picture.credit}</small>" if picture.credit else ""
    caption = f"<figcaption>{picture.caption}{credit}</figcaption>" if picture.caption or credit else ""
    return f'<figure><img src="{escape(picture.src)}" alt="{escape(picture.alt)}">{caption}</figure>'


CHORUS = JsonFormat(name="chorus", signs=(_SIGNS,), posts=_posts, lists=("", "entries"))
"""The importer of Chorus's entries."""
