"""Medium: the pages of the archive that it lets its writers download."""

import re
from html import unescape
from urllib.parse import urlsplit

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import day_of, made_from, unread
from generator.sources.importers.posts.words import plain

_ENTRY = re.compile(rb"<article\s[^<>]{0,200}\bh-entry\b")
_EXPORTED = re.compile(rb"Exported from <a href=\"https?://(?:www\.)?medium\.com\"|<b>Medium user ID:</b>")
_CANONICAL = re.compile(rb"medium\.com/|class=\"graf[\s\"]|class=\"p-canonical\"")
_BODY = re.compile(r"<section\s[^<>]{0,400}\be-content\b[^<>]{0,400}>")
_NAME = re.compile(r"<h1\s[^<>]{0,400}\bp-name\b[^<>]{0,400}>(.{0,2000}?)</h1>", re.DOTALL)
_SUMMARY = re.compile(r"<section\s[^<>]{0,400}\bp-summary\b[^<>]{0,400}>(.{0,8000}?)</section>", re.DOTALL)
_HEADING = re.compile(
    r"<h[1-4]\s[^<>]{0,400}\bgraf--(?:title|subtitle)\b[^<>]{0,400}>(.{0,4000}?)</h[1-4]>", re.DOTALL
)
_RULE = re.compile(r"\s{0,99}<hr\s[^<>]{0,200}>")
_TIME = re.compile(r"<time\s[^<>]{0,400}\bdatetime=\"([^\"]{1,60})\"")
_LINK = re.compile(r"<a\s([^<>]{0,4000})>(.{0,2000}?)</a>", re.DOTALL)
_HREF = re.compile(r"\bhref=\"([^\"]{1,3000})\"")
_ID = re.compile(r"-?[0-9a-f]{8,16}\Z")


class Medium:
    """Posts of a Medium archive; drafts are those that were never published."""

    name = "medium"

    def recognises(self, original: Original) -> bool:
        """Whether it is a page of Medium's archive: a post, or one about the account."""
        data = original.data[:4_000_000]
        if b"<" not in data or (b"edium" not in data and b"h-entry" not in data):
            return False
        entry = _ENTRY.search(data[:8_000]) is not None and _CANONICAL.search(data) is not None
        return entry or _EXPORTED.search(data) is not None

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The post of a page; none of one that is about the account, or answers another's post."""
        html = original.data.decode("utf-8", "replace")
        start = _BODY.search(html) if _ENTRY.search(original.data[:8_000]) else None
        if start is None:
            return (), (Problem(original.where, 0, "W345", "left out: a page about the account at Medium"),)
        end = html.rfind("<footer")
        end = end if end > start.end() else len(html)
        post, problems = _post(original, html, html[start.end() : end], html[end:])
        if plain(post.html) == plain(post.title) and plain(post.title):
            message = f"left out: an answer to another's post: {plain(post.title)[:60]!r}"
            return (), (Problem(original.where, 0, "W345", message),)
        made, told = made_from([post], original, context)
        return made, (*problems, *told)


MEDIUM = Medium()
"""The importer of Medium's archives."""


def _post(original: Original, html: str, body: str, footer: str) -> tuple[Post, tuple[Problem, ...]]:
    title = _first(_NAME, html)
    summary = _first(_SUMMARY, html)
    said = {plain(title), plain(summary)}
    body = _HEADING.sub(lambda match: "" if plain(match[1]) in said else match[0], body)
    rule = _RULE.search(body)
    if rule is not None and not plain(body[: rule.start()]):
        body = body[: rule.start()] + body[rule.end() :]
    links = [(match[1], _href(match[1]), plain(match[2])) for match in _LINK.finditer(footer)]
    authors = tuple(words for names, _, words in links if "p-author" in names)
    canonical = next((url for names, url, _ in links if "p-canonical" in names), "")
    number = next((url for _, url, _ in links if re.search(r"medium\.com/p/[0-9a-f]{6,16}", url)), "")
    time = _TIME.search(footer)
    written = time[1] if time else ""
    published = day_of(written)
    is_draft = original.name.rpartition("/")[2].startswith("draft_") or not (published or canonical)
    slug = _ID.sub("", canonical.rpartition("/")[2].partition("?")[0])
    post = Post(
        html=body,
        title=title,
        published=published,
        slug=slug,
        authors=authors,
        summary=summary,
        tags=tuple(words for names, _, words in links if re.search(r"\bp-tag\b", names)),
        url=canonical or number,
        # An address at Medium itself cannot lead here, one of a publication's own host can.
        old=(canonical,) if canonical and not _host(canonical).endswith("medium.com") else (),
        ids=(number,) if number else (),
        publisher="" if not canonical or _host(canonical).endswith("medium.com") else _host(canonical),
        status="draft" if is_draft else "",
    )
    return post, () if published else unread(original.where, plain(title), written)


def _first(pattern: re.Pattern[str], html: str) -> str:
    match = pattern.search(html)
    return match[1].strip() if match else ""


def _href(attributes: str) -> str:
    match = _HREF.search(attributes)
    return unescape(match[1]) if match else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
