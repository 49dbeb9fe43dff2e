"""The text of a WordPress post as HTML: blocks, shortcodes, galleries and the classic editor's paragraphs."""

from collections import Counter
from html import escape
from typing import NamedTuple

from generator.sources.importers.html import Picture
from generator.sources.importers.posts.making import figure_html
from generator.sources.importers.wordpress.blocks import has_blocks, written
from generator.sources.importers.wordpress.items import Item
from generator.sources.importers.wordpress.meanings import meanings
from generator.sources.importers.wordpress.paragraphs import paragraphs
from generator.sources.importers.wordpress.shortcodes import Attributes, expand, link
from generator.sources.importers.wordpress.survey import Attachment, Library

GALLERY_LIMIT = 500
"""The most pictures of one gallery."""


class Body(NamedTuple):
    """A post's HTML; `dropped` counts what only the old site could show, `unknown` shortcodes and blocks."""

    html: str
    dropped: Counter[str]
    unknown: Counter[str]


def body_of(item: Item, library: Library) -> Body:
    """The HTML that a post shows its readers."""
    html = item.fields.get("content:encoded", "")
    dropped: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    in_blocks = has_blocks(html)
    if in_blocks:
        shown = written(html, library.block, item.meta.get("footnotes", ""))
        html, dropped = shown.html, shown.dropped
        unknown.update({f"the block {name}": number for name, number in shown.unknown.items()})

    def gallery(attributes: Attributes) -> str:
        return _gallery(attributes, item, library)

    if "[" in html:
        expanded = expand(html, meanings(gallery))
        unknown.update({f"the shortcode [{name}]": number for name, number in expanded.unknown.items()})
        html = expanded.html
    html = html if in_blocks else paragraphs(html)
    return Body(html + _enclosed(item, html), dropped, unknown)


def _gallery(attributes: Attributes, item: Item, library: Library) -> str:
    """The pictures that a gallery names, else all that were uploaded to the post."""
    wanted = attributes.get("ids", "") or attributes.get("include", "")
    files: list[Attachment]
    if wanted:
        numbers = [number for number in wanted.replace(" ", "").split(",") if number][:GALLERY_LIMIT]
        files = [file for number in numbers if (file := library.file(number)) is not None]
    else:
        left = set(attributes.get("exclude", "").replace(" ", "").split(","))
        parent = attributes.get("id", "") or item.get("post_id")
        files = [file for number, file in library.of_post(parent) if number not in left]
    shown = (
        figure_html(Picture(src=file.url, alt=file.alt, caption=_captioned(file)))
        for file in files
        if file.url
    )
    return "\n\n" + "\n\n".join(shown) + "\n\n"


def _captioned(file: Attachment) -> str:
    credit = f" <small>{escape(file.credit, quote=False)}</small>" if file.credit else ""
    return f"{escape(file.caption, quote=False)}{credit}".strip()


def _enclosed(item: Item, html: str) -> str:
    """Links to the sounds and films that belong to a post and do not stand in it."""
    urls = [item.meta.get("enclosure", "").strip().partition("\n")[0].strip(), *item.enclosures]
    kept = [url for url in dict.fromkeys(urls) if url.startswith(("http://", "https://")) and url not in html]
    return "".join(
        link(url, "Video" if url.endswith((".mp4", ".m4v", ".mov", ".webm")) else "Audio") for url in kept
    )
