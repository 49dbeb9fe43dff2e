"""Which links lead out of a site, and where they are written."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

from generator.checking.texts import Text
from generator.core.frozen import dataclass
from generator.core.web import URL_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a link is written, and when what it stands in was published."""

    path: str
    line: int
    published: datetime | None


def outward(texts: Iterable[Text], own: str) -> dict[str, list[Place]]:
    """The http(s) links that lead out of the site `own` (its URL), without fragment, and their places.

    They stand in texts, among related links, and where an article's source and picture are named.
    """
    host = urlsplit(own).netloc.lower()
    found: dict[str, list[Place]] = {}
    for text in texts:
        for url, line in _links(text):
            plain = urldefrag(url.strip())[0]
            if _is_outward(plain, host):
                found.setdefault(plain, []).append(Place(path=text.path, line=line, published=text.published))
    return found


def _links(text: Text) -> Iterator[tuple[str, int]]:
    for number, url in enumerate(text.prose.links):
        yield url, text.line_of(number)
    article = text.article
    if article is None:
        return
    for related in article.related:
        yield related.url, article.lines.get("related", 0)
    if article.source is not None:
        yield article.source.url, article.lines.get("source", 0)
    if article.image is not None:
        yield article.image.src, article.lines.get("image", 0)


def _is_outward(url: str, own: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or len(url) > URL_LIMIT:
        return False
    return parts.netloc.lower() != own and url.isprintable() and " " not in url
