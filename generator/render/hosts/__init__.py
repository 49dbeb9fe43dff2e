"""Files that tell a host what pages cannot: redirects by status, 410 for what was withdrawn, headers.

All are made from the same redirects as the pages that lead on by themselves, which stay: they serve every
host that reads none of these.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from generator.core.page import Page
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.render.addresses import href
from generator.render.data_views import LinesView
from generator.render.hosts.apache import apache
from generator.render.hosts.netlify import cloudflare, netlify
from generator.render.hosts.nginx import nginx
from generator.render.hosts.rules import Redirect, Rules, headers
from generator.render.hosts.vercel import vercel
from generator.render.site_views import RedirectView

KINDS: Mapping[str, Callable[[Rules], Mapping[Address, Sequence[str]]]] = MappingProxyType(
    {"netlify": netlify, "cloudflare": cloudflare, "vercel": vercel, "nginx": nginx, "apache": apache}
)
"""What makes the files of each host of site.yaml: their addresses and their lines."""

LIMITS: Mapping[str, int] = MappingProxyType({"cloudflare": 2_000, "vercel": 1_024})
"""The most redirects that a host reads, where it has a limit (as its documentation says)."""


def host_pages(
    site: Site, pages: Sequence[Page], gone: Sequence[Address]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The files for the hosts of site.yaml, from the redirects among the pages and what was withdrawn."""
    if not site.hosts:
        return (), ()
    standing = {page.address for page in pages}
    rules = Rules(
        base=site.base,
        redirects=tuple(
            Redirect(source=site.base + page.address, target=page.view.href)
            for page in sorted(pages, key=lambda page: page.address)
            if isinstance(page.view, RedirectView)
        ),
        gone=tuple(sorted(site.base + where for where in gone if where not in standing)),
        missing=href(site, "/404.html"),
        headers=headers(site.headers),
    )
    made = {where: lines for kind in site.hosts for where, lines in KINDS[kind](rules).items()}
    problems = [_too_many(kind, len(rules.redirects)) for kind in site.hosts
                if len(rules.redirects) > LIMITS.get(kind, len(rules.redirects))]  # fmt: skip
    found = tuple(
        Page(address=where, template="host.txt", view=LinesView(lines=tuple(lines)))
        for where, lines in made.items()
    )
    return found, tuple(problems)


def _too_many(kind: str, count: int) -> Problem:
    return Problem(
        "site.yaml",
        0,
        "W606",
        f"hosts: {kind} reads at most {LIMITS[kind]:,} redirects, and there are {count:,}",
        "those beyond lead on as small pages do",
    )
