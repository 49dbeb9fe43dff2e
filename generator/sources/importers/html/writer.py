"""Blocks of Markdown, one after another, in the lists and quotations that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

MAX_NESTING = 8
"""How deep lists and quotations lie in each other in the Markdown; what lies deeper is not set in further."""


@dataclass(slots=True)
class _Container:
    """A quotation ("quote"), a list ("list") or one of its items ("item").

    `serial` tells it from all others. `number` is that of an ordered list's next item, 0 for another
    list; `marker` what an item begins with, "" once it is written; `indent` what its other lines begin
    with; `loose` tells that blank lines part what is in it.
    """

    kind: str
    serial: int
    number: int = 0
    marker: str = ""
    indent: str = ""
    loose: bool = False


class Writer:
    """Collects blocks and the containers they lie in."""

    def __init__(self) -> None:
        self._serials = count()
        self._open: list[_Container] = []
        self._parts: list[str] = []
        self._last: tuple[_Container, ...] = ()  # what the last block lies in
        self._last_began_item = False

    @property
    def markdown(self) -> str:
        """All blocks so far."""
        return "".join(self._parts)

    @property
    def at_top(self) -> bool:
        """Whether the next block lies in no list and no quotation."""
        return not self._open

    def enter(self, kind: str, number: int = 0) -> bool:
        """Open a container; False when it lies too deep to be one, and must not be left either."""
        if len(self._open) >= 2 * MAX_NESTING:
            return False
        marker = ""
        if kind == "item":
            marker = "- "
            if self._open and self._open[-1].kind == "list" and self._open[-1].number:
                marker = f"{self._open[-1].number}. ".ljust(4)
                self._open[-1].number += 1
        indent = {"quote": "> ", "item": "    "}.get(kind, "")
        self._open.append(_Container(kind, next(self._serials), number, marker, indent))
        return True

    def leave(self) -> None:
        """Close the innermost container."""
        self._open.pop()

    def block(self, lines: Sequence[str]) -> None:
        """Add a block of one line or more."""
        if not self._open:
            if self._parts:
                self._parts.append("\n\n")
            self._parts.append("\n".join(lines))
            self._last, self._last_began_item = (), False
            return
        first = rest = ""
        begins_item = False
        for at, container in enumerate(self._open):
            if not container.marker:
                first += container.indent
                rest += container.indent
            elif begins_item:
                container.indent = container.marker = ""
            else:
                first += container.marker
                begins_item = True
                container.marker = ""
                # A quotation that an item begins with goes on without the item's indent: behind four spaces
                # its marks would be code.
                if not any(inner.kind == "quote" for inner in self._open[at:]):
                    rest += container.indent
        self._part(begins_item)
        self._parts.append(first + lines[0])
        self._parts += [f"\n{rest}{line}" if line else f"\n{rest.rstrip()}" for line in lines[1:]]
        self._last_began_item = begins_item and len(lines) == 1
        self._last = tuple(self._open)

    def _part(self, begins_item: bool) -> None:
        if not self._parts:
            return
        shared = 0
        for ours, theirs in zip(self._open, self._last, strict=False):
            if ours.serial != theirs.serial:
                break
            shared += 1
        before, now = self._last[shared:], self._open[shared:]
        kept = self._open[:shared]
        tight = (
            not any(each.loose for each in kept)
            and not _quoted_in_item(kept)
            and not any(each.kind == "item" and not each.indent for each in (*self._last, *self._open))
        )
        if begins_item and self._last_began_item and tight and _need_no_blank(before, now):
            self._parts.append("\n")
            return
        for container in kept:
            container.loose = True
        items = [at for at in range(shared) if self._open[at].kind == "item"]
        quotes = [at for at in range(min(items, default=shared)) if self._open[at].kind == "quote"]
        prefix = "".join(c.indent for c in self._open[: quotes[-1] + 1]).rstrip() if quotes else ""
        self._parts.append(f"\n{prefix}\n")


def _quoted_in_item(containers: Sequence[_Container]) -> bool:
    """Whether a quotation lies in an item of a list: its marks are read only where a block begins."""
    kinds = [container.kind for container in containers]
    return "item" in kinds and "quote" in kinds[kinds.index("item") :]


def _need_no_blank(before: Sequence[_Container], now: Sequence[_Container]) -> bool:
    """Whether one item follows another of the same list, or the first of a list within it."""
    if any(container.kind == "quote" for container in (*before, *now)) or not now:
        return False
    return now[0].kind == "item" or not before
