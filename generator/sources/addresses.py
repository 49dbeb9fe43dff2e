"""Old addresses as authors list them."""

from urllib.parse import unquote, urlsplit

from generator.core.paths import Address, address
from generator.core.site import Site
from generator.sources.fields import nodes, text
from generator.sources.findings import Findings, shown
from generator.sources.nodes import Node


def aliases(node: Node | None, site: Site, out: Findings) -> tuple[Address, ...]:
    """The addresses that lead to a page, in the order listed and without repeats.

    A slash is put before a path that lacks it, and after one that names no file (`/old/url`). A URL within
    the site's own is taken for its path, and %C3%A9 for é, as hosts do.
    """
    found: dict[Address, None] = {}
    for each in nodes(node):
        written = text(each, "aliases", out)
        if not written:
            continue
        try:
            found[_address(written, site)] = None
        except ValueError:
            hint = f"expected e.g. /2019/old-name/ or {site.url}2019/old-name/"
            out.add("W227", each.line, f"aliases: not an address of this site: {shown(written)}", hint)
    return tuple(found)


def _address(written: str, site: Site) -> Address:
    if "://" in written:
        path = _within(written, site)
    else:
        path = written if written.startswith("/") else "/" + written
    path = unquote(path, errors="strict")
    if not path.endswith("/") and "." not in path.rpartition("/")[2]:
        path += "/"
    if path == "/":
        raise ValueError("the front page is no alias")
    return address(path)


def _within(written: str, site: Site) -> str:
    own, parts = urlsplit(site.url), urlsplit(written)
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() != own.netloc.lower():
        raise ValueError("another site")
    if parts.query or parts.fragment or not parts.path.startswith(own.path):
        raise ValueError("not a page of this site")
    return parts.path[len(own.path) - 1 :]
