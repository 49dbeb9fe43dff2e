"""The sitemap: an index and parts of at most 50,000 addresses (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.render.addresses import absolute
from generator.render.basis import Basis
from generator.render.sitemap_groups import sitemap_groups

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


class SitemapPlace(NamedTuple):
    """Where a part is, and which: the name of its group and its number from 1."""

    address: Address
    group: str
    number: int


def sitemap_parts(basis: Basis, most: int = MOST_URLS) -> Iterator[SitemapPlace]:
    """The parts, one or more for each group, named as the group."""
    for name, rows in _groups(basis).items():
        for number in range(1, -(-len(rows) // most) + 1):
            where = Address(f"/sitemaps/{name}{f'-{number}' if number > 1 else ''}.xml")
            yield SitemapPlace(where, name, number)


def sitemap_view(basis: Basis, group: str, number: int, most: int = MOST_URLS) -> SitemapView:
    """One part."""
    rows = _groups(basis)[group][(number - 1) * most : number * most]
    return SitemapView(
        urls=tuple(Listed(absolute(basis.site, address), modified) for address, modified in rows)
    )


def sitemap_index_view(basis: Basis, most: int = MOST_URLS) -> SitemapIndexView:
    """The index of the parts."""
    parts = []
    for place in sitemap_parts(basis, most):
        rows = _groups(basis)[place.group][(place.number - 1) * most : place.number * most]
        parts.append(Listed(absolute(basis.site, place.address), newest([modified for _, modified in rows])))
    return SitemapIndexView(parts=tuple(parts))


def _groups(basis: Basis) -> Mapping[str, Sequence[tuple[Address, str]]]:
    return basis.once("sitemap", lambda: sitemap_groups(basis))


def newest(moments: Sequence[str]) -> str:
    """The latest day among some ISO 8601 moments, as a day; "" when none is known."""
    return max((moment[:10] for moment in moments if moment), default="")
