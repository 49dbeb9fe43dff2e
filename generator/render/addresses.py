"""Where everything stands in the built site, and how a page links to it."""

import re
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from generator.core.model import Article
from generator.core.paths import Address, ArticleId, address, slugify
from generator.core.site import Site

HOME = Address("/")

TAGS = "tags"
"""The key of the built-in taxonomy whose entities are subjects, not names."""

AS_RECEIVED = frozenset(
    {"txt", "md", "csv", "json", "jsonl", "pdf", "docx", "odt", "rtf", "epub", "zip", "gz"}
    | {"avif", "gif", "jpeg", "jpg", "png", "webp", "mp3", "mp4", "ogg", "wav", "webm"}
)
"""The endings with which an original is served as it is; any other is served as plain text, because a
browser would run an imported page's scripts as if they were the site's own."""

_PLACE = re.compile(r"(\d{4})/(\d{2})/(?:(\d{2})/)?([^/]+)")
_PLAIN = re.compile(r"[A-Za-z0-9/_.~-]+")
_SAFE = "/:@!$'()*+,;=~-._"


def article_address(article: Article, site: Site) -> Address:
    """The permalink: the site's pattern filled with the day of publication and the slug.

    Raises ValueError when the pattern gives no address.
    """
    day = article.published.day
    return _filled(site, f"{day.year:04}", f"{day.month:02}", f"{day.day:02}", article.slug)


def place_address(identity: ArticleId, site: Site) -> Address | None:
    """The address that the file's place promises, where it has the form YYYY/MM/NAME or YYYY/MM/DD/NAME.

    A file moved to another month, or one with a slug of its own, is still found where it seems to be.
    """
    match = _PLACE.fullmatch(identity)
    if not match:
        return None
    year, month, day, name = match.groups()
    if day is None and "{day}" in site.article_permalink:
        return None
    return _filled(site, year, month, day or "", slugify(name))


def _filled(site: Site, year: str, month: str, day: str, slug: str) -> Address:
    return address(site.article_permalink.format(year=year, month=month, day=day, slug=slug))


def index_address(taxonomy: str) -> Address:
    """The A–Z index of a taxonomy: "/people/"."""
    return Address(f"/{taxonomy}/")


def named_address(kind: str, name: str) -> Address:
    """An author ("authors") or a publisher ("publishers"): "/authors/nell-farrow/"."""
    return Address(f"/{kind}/{slugify(name)}/")


def date_address(year: int, month: int = 0, day: int = 0) -> Address:
    """A year, a month of it or a day of that: "/2021/", "/2021/04/", "/2021/04/13/"."""
    return Address(
        f"/{year:04}/" + (f"{month:02}/" if month else "") + (f"{day:02}/" if month and day else "")
    )


def day_href(site: Site, day: date) -> str:
    """A day as a page links to it: its own page, or its month's where the site does without days."""
    return href(site, date_address(day.year, day.month, 0 if "days" in site.omit else day.day))


def named_href(site: Site, kind: str, name: str) -> str:
    """An author or a publisher as a page links to it; "" where the site does without such pages."""
    return "" if kind in site.omit else href(site, named_address(kind, name))


def paged(first: Address, number: int) -> Address:
    """The address of page `number` (from 1) of the list that begins at `first`."""
    return first if number == 1 else Address(f"{first}page/{number}/")


def landing(alias: Address) -> Address:
    """Where a redirect's page is put: "/old/story" as a folder, since a host would not know its type."""
    return alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else Address(f"{alias}/")


def content_address(path: str) -> str:
    """Where a file of content/media or content/sources is served; `path` is relative to content/.

    "media/x.jpg" → "/media/x.jpg", "sources/a.html" → "/sources/a.html.txt". Not yet checked: a name may
    hold what no address can.
    """
    ending = PurePosixPath(path).suffix[1:].lower()
    guarded = path.startswith("sources/") and ending not in AS_RECEIVED
    return f"/{path}.txt" if guarded else f"/{path}"


def href(site: Site, where: str) -> str:
    """An address as a page links to it: with the path of the site's own URL, percent-encoded."""
    return site.base + (where if _PLAIN.fullmatch(where) else quote(where, safe=_SAFE))


def absolute(site: Site, where: str) -> str:
    """An address as the world links to it: with scheme and host."""
    return site.url[: len(site.url) - 1] + (where if _PLAIN.fullmatch(where) else quote(where, safe=_SAFE))


def web_url(url: str) -> str:
    """A URL that people wrote or imported, or "" where it is not a plain web or mail address.

    Whatever a browser would run (javascript:, data:) ends here.
    """
    if any(c <= " " or c in '<>"`\x7f' for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"} and parts.netloc:
        return url
    return url if parts.scheme == "mailto" and parts.path else ""


def picture(site: Site, src: str) -> str:
    """The href of a picture: a web address, or a path below content/ ("media/x.jpg"); "" for neither."""
    if not src:
        return ""
    if ":" in src.partition("/")[0] or src.startswith("//"):
        found = web_url(src)
        return "" if found.startswith("mailto:") else found
    path = src.removeprefix("/")
    return href(site, "/" + path) if path.startswith("media/") and ".." not in path.split("/") else ""
