"""A page: one output whose address is known before anything is rendered."""

from collections.abc import Callable
from typing import Any, NamedTuple

from generator.core.frozen import dataclass
from generator.core.paths import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output, ready to be rendered. `template` names the file under templates/; it sees only `view`.

    `view` is a frozen dataclass of plain values (strings, numbers, booleans, None, tuples, other such
    dataclasses): the page's key is made of them. `prose` is the memo key of a text that the page shows, or
    "". `leaves` are the memo keys of the articles' leaves that it quotes, "" for one that it does not need:
    digests of what is quoted are in the view. For a file that is copied (`template` ""), `view` is the Copy
    of its path and digest.
    """

    address: Address
    template: str
    view: Any
    prose: str = ""
    leaves: tuple[str, ...] = ()


class Planned(NamedTuple):
    """An output whose address is known before anything is rendered.

    `make`, called with what all views are built from and then `args`, gives its Page; all three can be sent
    to another process. `sources` are the content files that a clash of addresses is reported with.
    """

    address: Address
    make: Callable[..., Page]
    args: tuple[Any, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file taken over byte for byte: `path` is relative to the site (or "theme:" and a path in the
    default theme's assets), `digest` that of its bytes."""

    path: str
    digest: str
