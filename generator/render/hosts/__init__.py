"""Files that tell a host what pages cannot: redirects by status, 410 for what was withdrawn, headers.

All are made from the same redirects as the pages that lead on by themselves, which stay: they serve every
host that reads none of these.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.render.addresses import href
from generator.render.hosts.apache import apache
from generator.render.hosts.cloudflare import ROUTES, cloudflare, routed
from generator.render.hosts.netlify import netlify
from generator.render.hosts.nginx import nginx
from generator.render.hosts.rules import Redirect, Rules, headers
from generator.render.hosts.vercel import vercel

KINDS: Mapping[str, Callable[[Rules], Mapping[Address, Sequence[str]]]] = MappingProxyType(
    {"netlify": netlify, "cloudflare": cloudflare, "vercel": vercel, "nginx": nginx, "apache": apache}
)
"""What makes the files of each host of site.yaml: their addresses and their lines."""

LIMITS: Mapping[str, int] = MappingProxyType({"cloudflare": 2_000, "vercel": 1_024})
"""The most redirects that a host reads, where it has a limit (as its documentation says)."""


def host_files(
    site: Site, redirects: Mapping[Address, str], standing: Collection[Address], gone: Sequence[Address]
) -> tuple[Mapping[Address, Sequence[str]], tuple[Problem, ...]]:
    """The files for the hosts of site.yaml: their addresses and their lines.

    `redirects` maps old addresses to hrefs, `standing` are the addresses of all pages, `gone` those of what
    was withdrawn.
    """
    if not site.hosts:
        return {}, ()
    rules = Rules(
        base=site.base,
        redirects=tuple(
            Redirect(source=site.base + where, target=target) for where, target in sorted(redirects.items())
        ),
        gone=tuple(sorted(site.base + where for where in gone if where not in standing)),
        missing=href(site, "/404.html"),
        headers=headers(site.headers),
    )
    made = {where: lines for kind in site.hosts for where, lines in KINDS[kind](rules).items()}
    problems = [_too_many(kind, len(rules.redirects)) for kind in site.hosts
                if len(rules.redirects) > LIMITS.get(kind, len(rules.redirects))]  # fmt: skip
    if "cloudflare" in site.hosts and len(routed(rules.gone)) < len(rules.gone):
        problems.append(_not_gone(len(rules.gone) - len(routed(rules.gone))))
    return made, tuple(problems)


def _not_gone(count: int) -> Problem:
    message = f"hosts: cloudflare answers 404, not 410, for {count:,} withdrawn pages"
    limit = f"{ROUTES} addresses of at most {ROUTES} letters"
    hint = f"it takes {limit}; search engines forget those with 404 too"
    return Problem("site.yaml", 0, "W607", message, hint)


def _too_many(kind: str, count: int) -> Problem:
    return Problem(
        "site.yaml",
        0,
        "W606",
        f"hosts: {kind} reads at most {LIMITS[kind]:,} redirects, and there are {count:,}",
        "those beyond lead on as small pages do",
    )
