"""Pages that the archive links to and does not have: the ones most worth finding."""

from collections import Counter
from collections.abc import Collection
from urllib.parse import urljoin

from generator.archive.targets import target
from generator.core.archive import Archive, Filed
from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.core.site import Site
from generator.core.web import host_of, is_front_page, normal_address

_FILES = (
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".mp3", ".mp4", ".zip", ".css", ".js", ".ico",
)  # fmt: skip


OWN_SHARE = 0.01
"""A host is the archive's own from this share of its articles on: a few that came from elsewhere make no
other page of their host one to look for."""

OWN_ARTICLES = 10
"""So many articles from one host make it the archive's own too, in however large an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address that articles link to and that is none of the archive's.

    `address` is one of the site ("/2019/wall/") or, without its scheme, one of a paper whose articles are
    here ("ledger.example/2019/wall"). `linked_from` are the articles' files with the line, in order.
    """

    address: str
    linked_from: tuple[tuple[str, int], ...]


def wanted(archive: Archive, addresses: Collection[Address], site: Site) -> tuple[Wanted, ...]:
    """The missing pages, those that most articles link to first.

    Looked at are links to the site itself and to the hosts on which the archive's articles appeared first,
    those of a few articles among very many apart.
    """
    known = {normal_address(site.url.rstrip("/") + each) for each in (*addresses, *archive.aliases)}
    own = host_of(normal_address(site.url))
    origins = [normal for filed in archive.filed.values() if (normal := _origin(filed))]
    known.update(origins)
    counts = Counter(map(host_of, origins))
    least = min(OWN_ARTICLES, OWN_SHARE * len(archive.filed))
    hosts = {own} | {host for host, count in counts.items() if count >= least}
    found: dict[str, dict[str, int]] = {}
    for filed in sorted(archive.filed.values(), key=lambda each: each.article.path):
        for url, line in _links(filed):
            address = _missing(url, filed, known, hosts, site)
            if address:
                found.setdefault(address, {}).setdefault(filed.article.path, line)
    ranked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple(Wanted(address=address, linked_from=tuple(where.items())) for address, where in ranked)


def _origin(filed: Filed) -> str:
    source = filed.article.source
    return normal_address(source.url) if source is not None else ""


def _links(filed: Filed) -> list[tuple[str, int]]:
    lines = filed.link_lines or (0,) * len(filed.links)
    body = [(url, line or filed.article.body_line) for url, line in zip(filed.links, lines, strict=True)]
    line = filed.article.lines.get("related", 0)
    return body + [(each.url, line) for each in filed.article.related if each.url]


def _missing(url: str, filed: Filed, known: Collection[str], hosts: Collection[str], site: Site) -> str:
    """The address a link wants; "" for one that is here, elsewhere, or no page."""
    here = target(url, filed.address, site)
    absolute = url if here is None else site.url.rstrip("/") + here.address
    try:
        normal = normal_address(urljoin(site.url, absolute))
    except ValueError:
        return ""
    if not normal or is_front_page(normal) or normal in known or host_of(normal) not in hosts:
        return ""
    if normal.partition("?")[0].lower().endswith(_FILES):
        return ""
    return normal if here is None else here.address
