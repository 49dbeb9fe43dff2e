"""What every host is told, before it is put into its words."""

import re
from collections.abc import Iterable

from generator.core.frozen import dataclass

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data: https:; manifest-src 'self'; media-src 'self' https:; "
    "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"
)
"""The Content-Security-Policy of the default theme: nothing from elsewhere but the pictures and recordings
that articles show, no script in a page itself (https://www.w3.org/TR/CSP3/). Each page says more narrowly
what it needs: only the search page runs a program in WebAssembly."""

DEFAULTS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
"""The headers of every answer. Strict-Transport-Security is none of them: it binds a whole host for long."""


_SPECIAL = re.compile(r"[^A-Za-z0-9/_~-]")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address as a request's path has it when decoded, and the href it leads to, percent-encoded."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All of a site's. `gone` are decoded paths, `missing` the href of the page for what is not there."""

    base: str
    redirects: tuple[Redirect, ...]
    gone: tuple[str, ...]
    missing: str
    headers: tuple[tuple[str, str], ...]


def headers(own: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The defaults with a site's own in their place or beside them; "" takes one away."""
    found = {name.lower(): (name, value) for name, value in DEFAULTS}
    found |= {name.lower(): (name, value) for name, value in own}
    return tuple((name, value) for _, (name, value) in sorted(found.items()) if value)


def pattern(path: str) -> str:
    """A regular expression of a path, as all of them read it; of a folder with its last slash or without."""
    plain = _SPECIAL.sub(lambda match: "\\" + match[0] if match[0].isascii() else match[0], path)
    return f"{plain}?" if path.endswith("/") else plain
