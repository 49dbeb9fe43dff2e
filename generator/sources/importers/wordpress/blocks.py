"""WordPress's block editor: what its comments say that the HTML between them does not."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Any, NamedTuple

from generator.sources.importers.posts.words import plain

_BLOCK = re.compile(
    r"<!--\s{1,9}(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_/-]{0,80}+)(?P<rest>(?:[^-<]|-(?!->)|<(?!!--))*+)-->"
)
_EMBED = re.compile(
    r"(<div\sclass=\"wp-block-embed__wrapper\">\s{0,99})(https?://[^\s<>\"]{1,2000})(\s{0,99}</div>)"
)
_COVER = re.compile(
    r"(<div\s[^<>]{0,400}\bwp-block-cover\b[^<>]{0,2000}?background-image:\s?url\(([^()\s]{1,2000})\)[^<>]{0,2000}>)"
)
_GALLERY = re.compile(r"<(?:ul|li)\s[^<>]{0,400}\b(?:blocks-gallery|wp-block-gallery)[^<>]{0,400}>")
_DYNAMIC = {
    "archives": "list of the archive", "calendar": "calendar", "categories": "list of categories",
    "latest-comments": "list of comments", "latest-posts": "list of posts", "query": "list of posts",
    "page-list": "list of pages", "rss": "list from another site", "search": "search box",
    "tag-cloud": "list of tags", "navigation": "navigation", "social-links": "share bar",
    "post-comments": "comments", "comments": "comments", "loginout": "login form",
    "site-title": "site's title",
    "site-logo": "site's logo", "template-part": "part of the theme", "widget-area": "part of the theme",
    "jetpack/subscriptions": "newsletter box", "jetpack/contact-form": "form",
    "jetpack/related-posts": "related links",
    "jetpack/mailchimp": "newsletter box", "jetpack/sharing-buttons": "share bar",
    "avatar": "picture of the author",
    "post-author": "byline", "post-date": "date", "post-title": "title",
    "post-featured-image": "featured picture",
    "post-terms": "list of tags", "post-navigation-link": "navigation", "read-more": "navigation",
}  # fmt: skip


class Written(NamedTuple):
    """A post's HTML without block comments, and the blocks left out by what they are."""

    html: str
    dropped: Counter[str]
    unknown: Counter[str]


def has_blocks(html: str) -> bool:
    """Whether a text was written in the block editor."""
    return "<!-- wp:" in html


def written(html: str, block: Callable[[str], str], footnotes: str, depth: int = 0) -> Written:
    """The HTML that a post's blocks show; `block` gives a reusable one by its id, `footnotes` are JSON.

    Blocks that the old site filled when a page was asked for (lists of posts, search boxes) are left out.
    """
    dropped: Counter[str] = Counter()
    unknown: Counter[str] = Counter()

    def meant(match: re.Match[str]) -> str:
        name = match["name"].removeprefix("core/")
        rest = match["rest"].rstrip()
        if match["end"] or not rest.endswith("/"):
            return ""
        data = _data(rest[:-1].strip())
        if name == "block":
            inner = block(str(data.get("ref", ""))) if depth < 3 else ""
            if not inner:
                unknown["block"] += 1
                return ""
            shown = written(inner, block, "", depth + 1)
            dropped.update(shown.dropped)
            unknown.update(shown.unknown)
            return shown.html
        if name == "footnotes":
            return _footnotes(footnotes)
        if name in {"spacer", "separator", "more", "nextpage", "paragraph"}:
            return ""
        if name in _DYNAMIC or not (words := _words(data)):
            dropped[_DYNAMIC.get(name, f"block {name}")] += 1
            return ""
        unknown[name] += 1
        return words

    html = _BLOCK.sub(meant, html)
    html = _EMBED.sub(lambda m: f'<iframe src="{m[2]}"></iframe>', html)
    html = _COVER.sub(lambda m: f'{m[1]}<img src="{escape(m[2].strip(chr(39) + chr(34)))}" alt="">', html)
    # A gallery is a list only so that browsers can lay it out.
    return Written(_GALLERY.sub("\n", html), dropped, unknown)


def _data(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _words(data: dict[str, Any]) -> str:
    """The text that a block without HTML holds in its settings, as plugins' blocks do."""
    kept = [
        value
        for key, value in data.items()
        if isinstance(value, str)
        and key.lower() in {"content", "text", "title", "caption", "heading", "description", "quote", "html"}
    ]
    found = [f"<p>{escape(plain(value))}</p>" for value in kept if plain(value)]
    url = data.get("url")
    if isinstance(url, str) and url.startswith("http"):
        found.append(f'<iframe src="{escape(url)}"></iframe>')
    return "\n".join(found)


def _footnotes(text: str) -> str:
    try:
        notes = json.loads(text) if text else []
    except (ValueError, RecursionError):
        notes = []
    items = [str(note["content"]) for note in notes if isinstance(note, dict) and note.get("content")]
    return "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>" if items else ""
