"""A small drawn network: one name in the middle, joined to the six it is found with most."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.render.views import Counted

MOST_NODES = 6
LABEL = 24
"""Characters of a name that the drawing has room for."""

# Where the nodes stand, the most frequent first: far enough apart that no two labels meet.
_PLACES = ((-150, -62), (-160, 52), (150, -70), (165, 40), (-40, -100), (40, 96))


class Node(NamedTuple):
    """A joined name: its place, the radius of its ring, where its label stands, the width of its line."""

    x: int
    y: int
    radius: str
    label_y: str
    width: str
    name: str
    confirmed: bool


def network(beside: Sequence[Counted]) -> tuple[Node, ...]:
    """The nodes around the middle; none for fewer than two names, of which a list says all."""
    if len(beside) < 2:
        return ()
    shown = beside[:MOST_NODES]
    most = max(c.total for c in shown)
    return tuple(_node(x, y, counted, most) for (x, y), counted in zip(_PLACES, shown, strict=False))


def _node(x: int, y: int, counted: Counted, most: int) -> Node:
    share = counted.total / most
    radius = 5 + 5 * share**0.5
    name = counted.name.name
    return Node(
        x=x,
        y=y,
        radius=f"{radius:.3g}",
        label_y=f"{y - radius - 5:.4g}" if y < 0 else f"{y + radius + 13:.4g}",
        width=f"{1 + 5 * share * (1 - 1 / counted.total):.2g}",
        name=name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…",
        confirmed=counted.name.confirmed,
    )
