"""The settings `hosts` and `headers` of site.yaml: which hosts get files of their own, and what they send."""

import re

from generator.sources.fields import table, text, texts
from generator.sources.findings import Findings, named, shown, suggestion
from generator.sources.nodes import Document, Node

HOSTS = ("netlify", "cloudflare", "vercel", "nginx", "apache")
"""What `hosts` may list."""

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_NOT_IN_VALUE = re.compile(r"""[^\x20-\x7e]|["\\$%]""")  # what one host or another would not take as itself


def hosts(node: Node | None, out: Findings) -> tuple[str, ...]:
    """The hosts in the order of HOSTS; Netlify and Cloudflare read the same files, each in its own way."""
    written = texts(node, "hosts", out)
    line = node.line if node is not None else 0
    for each in written:
        if each not in HOSTS:
            hint = suggestion(each, HOSTS) or "known are " + ", ".join(HOSTS)
            out.add("E105", line, f"hosts: unknown: {shown(each)}", hint)
    if {"netlify", "cloudflare"} <= set(written):
        message = "hosts: netlify and cloudflare both read _redirects, but not the same one"
        out.add("E105", line, message, "name the one that serves the site")
    return tuple(each for each in HOSTS if each in written)


def headers(node: Node | None, out: Findings) -> tuple[tuple[str, str], ...]:
    """Headers and their values, by name; an empty value takes away one that is sent otherwise."""
    given = table(node, "headers", (), out) or Document()
    found: list[tuple[str, str]] = []
    for name, each in sorted(given.fields.items()):
        value = text(each.node, f"headers.{named(name)}", out)
        if not _HEADER.fullmatch(name):
            out.add(
                "E105",
                each.line,
                f"headers: not a name of a header: {shown(name)}",
                "expected e.g. Referrer-Policy",
            )
        elif _NOT_IN_VALUE.search(value):
            message = f"headers.{name}: holds a character that not every host can send: {shown(value)}"
            out.add("E105", each.line, message, 'leave out quotation marks ("), \\, $ and %')
        else:
            found.append((name, value))
    return tuple(found)
