"""A page: one output whose address is known before anything is rendered."""

from dataclasses import dataclass
from typing import Any

from generator.core.paths import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output. `template` names the file under templates/ that renders it; it sees only `view`.

    `view` is a frozen dataclass of plain values (strings, numbers, booleans, None, tuples, other such
    dataclasses): its JSON is what the page's key is made of. `prose` is the memo key of the text that the
    view weaves in, or "". For a file that is copied (`template` ""), `view` is the Copy of its path and
    digest. `sources` are the content files a clash of addresses is reported with.
    """

    address: Address
    template: str
    view: Any
    prose: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file taken over byte for byte: `path` is relative to the site (or "theme:" and a path in the
    default theme's assets), `digest` that of its bytes."""

    path: str
    digest: str
