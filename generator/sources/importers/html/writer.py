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
    list; `marker` what an item begins with, "" once it is written; `indent` what its other lines begin with.
    """

    kind: str
    serial: int
    number: int = 0
    marker: str = ""
    indent: str = ""


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
        first = ""
        begins_item = False
        for container in self._open:
            if not container.marker:
                first += container.indent
            elif begins_item:
                container.indent = container.marker = ""
            else:
                first += container.marker
                begins_item = True
                container.marker = ""
        rest = "".join(container.indent for container in self._open)
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
        if begins_item and self._last_began_item and _need_no_blank(before, now):
            self._parts.append("\n")
            return
        quotes = [at for at in range(shared) if self._open[at].kind == "quote"]
        prefix = "".join(c.indent for c in self._open[: quotes[-1] + 1]).rstrip() if quotes else ""
        self._parts.append(f"\n{prefix}\n")


def _need_no_blank(before: Sequence[_Container], now: Sequence[_Container]) -> bool:
    """Whether one item follows another of the same list, or the first of a list within it."""
    if any(container.kind == "quote" for container in (*before, *now)) or not now:
        return False
    return now[0].kind == "item" or not before
