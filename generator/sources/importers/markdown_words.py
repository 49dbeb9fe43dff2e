"""Headlines, summaries and terms of a Markdown archive as plain words."""

import re
from collections.abc import Collection
from html import unescape

from generator.sources.importers.markdown_matter import Matter, listed
from generator.sources.importers.markdown_roots import Root

DATE_KEYS = (
    "date",
    "published",
    "publishdate",
    "pubdate",
    "published_at",
    "published_date",
    "datepublished",
    "created",
)
"""The keys that say when an article appeared, the likeliest first."""

AUTHOR_KEYS = ("authors", "author", "byline", "by", "contributors")
"""The keys that name who wrote it."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_SPACES = re.compile(r"\s+")
_HEADLINE = re.compile(r"^[ ]{0,3}#[ \t]{1,9}(\S.*)$", re.MULTILINE)
_ID = re.compile(r"[ \t]*\{#[^}\n]{0,200}\}$")
_HEADLINE_REACH = 4_000  # characters: a crosshead further down is no headline


def plain(text: str) -> str:
    """A text of front matter without HTML: no elements, no character references, single spaces."""
    if "<" in text:
        text = _TAG.sub("", text)
    return _SPACES.sub(" ", unescape(text)).strip()


def headline(matter: Matter) -> str:
    """The title of the front matter, else the body's first `#` heading; "" when there is neither."""
    return plain(matter.text("title", "headline")) or (
        found[0] if (found := body_headline(matter.body)) else ""
    )


def body_headline(body: str) -> tuple[str, int, int] | None:
    """The first `#` heading and where its line begins and ends; None unless it comes first."""
    found = _HEADLINE.search(body[:_HEADLINE_REACH])
    if found is None or "```" in body[: found.start()] or "\n#" in body[: found.start()]:
        return None
    return plain(_ID.sub("", found[1].rstrip("# \t"))), found.start(), found.end()


def terms(matter: Matter, root: Root, own: Collection[str]) -> tuple[str, ...]:
    """What an article is filed under, as typed, by every taxonomy but those of people.

    `own` are taxonomies that the archive has under the same name: their terms stay there.
    """
    found: list[str] = []
    for key in (*(t for t in root.taxonomies), "tag", "category", "topic"):
        if key in AUTHOR_KEYS or key in own:
            continue
        field = matter.field(key)
        if field is None:
            continue
        for each in listed(field.node):
            is_list = each != matter.text(key)
            found += [each] if is_list else _divided(each, root, key)
    return tuple(dict.fromkeys(each.strip() for each in found if each.strip()))


def _divided(text: str, root: Root, key: str) -> list[str]:
    if "," in text:
        return text.split(",")
    # Jekyll's documentation: "tags: a b" are two, and so are "categories: a b".
    return text.split() if root.dialect == "jekyll" and key in {"tags", "categories"} else [text]
