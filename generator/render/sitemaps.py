"""The sitemap: an index and parts of at most 50,000 addresses (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.core.paths import Address
from generator.core.site import Site
from generator.render.addresses import absolute

MOST_URLS = 50_000


class Listed(NamedTuple):
    """A page in the sitemap; `modified` is ISO 8601, or "" where it is not known."""

    url: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """One part of the sitemap."""

    urls: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndexView:
    """The index of the parts."""

    parts: tuple[Listed, ...]


def sitemap_pages(
    site: Site, groups: Mapping[str, Sequence[tuple[Address, str]]], most: int = MOST_URLS
) -> Iterator[tuple[Address, SitemapView | SitemapIndexView]]:
    """The parts, one or more for each group, and their index.

    A group is named as its file ("2021", "people") and pairs addresses with when they were modified,
    as ISO 8601 or "".
    """
    parts: list[Listed] = []
    for name, rows in groups.items():
        for number, start in enumerate(range(0, len(rows), most), 1):
            chunk = rows[start : start + most]
            where = Address(f"/sitemaps/{name}{f'-{number}' if number > 1 else ''}.xml")
            urls = tuple(Listed(absolute(site, address), modified) for address, modified in chunk)
            parts.append(Listed(absolute(site, where), newest([u.modified for u in urls])))
            yield where, SitemapView(urls=urls)
    yield Address("/sitemap.xml"), SitemapIndexView(parts=tuple(parts))


def newest(moments: Sequence[str]) -> str:
    """The latest day among some ISO 8601 moments, as a day; "" when none is known."""
    return max((moment[:10] for moment in moments if moment), default="")
