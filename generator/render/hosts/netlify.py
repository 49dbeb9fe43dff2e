"""`_redirects` and `_headers`, as Netlify reads them; Cloudflare Pages writes them a little otherwise."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from generator.core.paths import Address
from generator.render.hosts.rules import Rules

_SAFE = "/:@!$&'()+,;=~-._"


def netlify(rules: Rules) -> Mapping[Address, Sequence[str]]:
    """The two files for Netlify, which takes a last slash or none for the same.

    The ! makes it redirect though a page stands there (https://docs.netlify.com/routing/redirects/). What is
    gone shows the page for what is not there, with status 410.
    """
    lines = [f"{quoted(each.source)} {each.target} 301!" for each in rules.redirects]
    lines += [f"{quoted(path)} {rules.missing} 410!" for path in rules.gone]
    return {Address("/_redirects"): lines, Address("/_headers"): header_lines(rules)}


def header_lines(rules: Rules) -> list[str]:
    """The lines of `_headers`."""
    return [f"{rules.base}/*", *(f"  {name}: {value}" for name, value in rules.headers)]


def quoted(path: str) -> str:
    """A path in which nothing is a placeholder, a wildcard or the end of the word."""
    return quote(path, safe=_SAFE).replace("/:", "/%3A")
