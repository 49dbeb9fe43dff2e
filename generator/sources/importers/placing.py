"""Where what an importer made goes in the archive, and under which name."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from urllib.parse import unquote, urlsplit

from generator.core.model import Value
from generator.core.paths import address, is_device, is_slug, slugify
from generator.core.site import Site
from generator.sources.importers.base import Imported

FOLDERS = {"article": "content/articles", "page": "content/pages", "record": "content/entities"}
"""Where each kind of thing goes, relative to the site."""


def paths_for(one: Imported) -> Iterator[str]:
    """Where an article, page or record may go, relative to the site; without end, best first.

    An article goes by its date and slug, then with a number: "content/articles/2021/04/slug-2.md"; one headed
    "Con" has a number at once, as Windows has no file of that name.
    """
    place = safe_place(one.place)
    if not place:
        slug = one.slug if is_slug(one.slug) else slugify(one.slug or str(one.front.get("title", "")))
        published = str(one.front.get("published", ""))
        place = f"{published[:4]}/{published[5:7]}/{slug}" if one.kind == "article" else slug
    if not is_device(place.rpartition("/")[2]):
        yield f"{FOLDERS[one.kind]}/{place}.md"
    for number in count(2):
        yield f"{FOLDERS[one.kind]}/{place}-{number}.md"


def safe_place(place: str) -> str:
    """A path as an importer gives it, every part that could lead elsewhere made a slug."""
    return "/".join(_safe_part(part) for part in place.split("/") if part not in {"", ".", ".."})


def _safe_part(part: str) -> str:
    if part.isprintable() and not part.startswith(".") and "\\" not in part and len(part.encode()) <= 200:
        return part
    return slugify(part)


def with_old_address(one: Imported, site: Site) -> Imported:
    """The same article with its old address among its aliases, where that was one of the site's own host."""
    origin = one.front.get("source")
    url = origin.get("url") if isinstance(origin, dict) else ""
    if one.kind == "record" or not isinstance(url, str) or not url:
        return one
    try:
        parts, own = urlsplit(url), urlsplit(site.url)
        host, base = parts.netloc.lower().removeprefix("www."), own.path.rstrip("/")
        if host != own.netloc.lower().removeprefix("www.") or parts.query:
            return one
        path = unquote(parts.path, errors="strict")
        if not path.startswith(f"{base}/") or not path.strip("/"):
            return one
        old = address(path[len(base) :])
    except ValueError:
        return one
    held = one.front.get("aliases")
    aliases = list(held) if isinstance(held, list) else [held] if held else []
    if old in aliases or old.rstrip("/") in {str(each).rstrip("/") for each in aliases}:
        return one
    return replace(one, front={**one.front, "aliases": [*aliases, str(old)]})


def saying(one: Imported) -> tuple[str, str, str]:
    """What makes two articles the same: headline, publication and text."""
    return str(one.front.get("title", "")), str(one.front.get("published", "")), one.body


def with_target(one: Imported, old: str, new: str) -> Imported:
    """The same article with a picture's path below content/ changed, in front matter and body."""
    front = {key: _replaced(value, old, new) for key, value in one.front.items()}
    body = one.body
    for opening in ('"', "(", "<"):
        for root in ("/", ""):
            body = body.replace(f"{opening}{root}{old}", f"{opening}{root}{new}")
    return replace(one, front=front, body=body)


def _replaced(value: Value, old: str, new: str) -> Value:
    if isinstance(value, dict):
        return {key: _replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, old, new) for inner in value]
    return value.replace(old, new) if isinstance(value, str) and value.lstrip("/") == old else value
