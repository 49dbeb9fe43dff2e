"""What a link in a body or a front matter leads to, seen from the archive."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.core.archive import Filed
from generator.core.paths import Address, ArticleId
from generator.core.site import Site


class Target(NamedTuple):
    """A place within the site: the address as the link gives it, decoded, and the anchor after "#"."""

    address: str
    anchor: str


class Places(NamedTuple):
    """Where the articles of an archive are found. `articles` maps addresses, old ones too, to articles."""

    articles: Mapping[Address, ArticleId]
    ids: Mapping[str, ArticleId]  # by id, and by file name where only one article has it


def target(url: str, here: Address, site: Site) -> Target | None:
    """Where in the site a URL leads from the page at `here`; None when it leads out of it or nowhere.

    The path of the site's own URL may stand before an address or not: pages write it, authors need not.
    """
    try:
        parts, own = urlsplit(url.strip()), urlsplit(site.url)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        if parts.scheme not in {"http", "https", ""} or parts.netloc.lower() != own.netloc.lower():
            return None
        path = parts.path or "/"
        if site.base and path != site.base and not path.startswith(site.base + "/"):
            return None
    elif not parts.path:
        return Target(here, _anchor(parts.fragment))
    else:
        path = (
            parts.path if parts.path.startswith("/") else posixpath.join(here.rpartition("/")[0], parts.path)
        )
    if site.base and (path == site.base or path.startswith(site.base + "/")):
        path = path[len(site.base) :] or "/"
    slash = "/" if path.endswith(("/", "/.", "/..")) else ""
    path = posixpath.normpath("/" + unquote(path).lstrip("/"))
    return Target(path if path == "/" else path + slash, _anchor(parts.fragment))


def _anchor(fragment: str) -> str:
    """The anchor of a fragment, without the words that `:~:text=` tells a browser to mark."""
    return unquote(fragment).partition(":~:")[0]


def places(filed: Mapping[ArticleId, Filed], aliases: Mapping[Address, Address]) -> Places:
    """Where the articles are found: by address, by alias, by id."""
    articles = {one.address: identity for identity, one in filed.items()}
    for alias, leads_to in aliases.items():
        if leads_to in articles:
            articles.setdefault(alias, articles[leads_to])
    ids: dict[str, ArticleId] = {}
    shared: set[str] = set()
    for identity in filed:
        name = identity.rpartition("/")[2]
        if name in ids:
            shared.add(name)
        ids[name] = identity
    for name in shared:
        del ids[name]
    ids.update((identity, identity) for identity in filed)
    return Places(articles, ids)


def article_at(url: str, here: Address, where: Places, site: Site) -> ArticleId | None:
    """The article that a URL leads to, with or without its last slash."""
    found = target(url, here, site)
    if found is None:
        return None
    path = found.address
    for candidate in (path, path.rstrip("/") + "/", path.rstrip("/")):
        if candidate in where.articles:
            return where.articles[Address(candidate)]
    return None


def article_named(written: str, where: Places) -> ArticleId | None:
    """The article of an id as authors write it: with its folder or not, with ".md" or not."""
    name = written.strip().removeprefix("/").removeprefix("content/").removeprefix("articles/")
    return where.ids.get(name.removesuffix(".md").removesuffix("/"))
