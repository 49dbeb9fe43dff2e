"""A small drawn network: one name in the middle, the names it is found with around it, and who of these are
found together.

Labels stand outside the ring, one under another on either side, in one or two lines: no two can meet,
whatever the names.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.core.model import EntityKey
from generator.render.views import Counted

MOST_NODES = 10
MOST_TIES = 15
"""Of the pairs found together, the most frequent: all of them would hide it."""
LABEL = 15
"""Characters of a line of a label that the drawing has room for."""

_RING, _ROW = 62, 46  # how far from the middle, and from one label to the next


class Node(NamedTuple):
    """A joined name: its place, the radius of its ring, its label and the width of its line to the middle."""

    x: int
    y: int
    radius: str
    anchor: str  # "start", or "end" for a label on the left
    label_x: str
    lines: tuple[str, ...]  # one or two
    width: str
    href: str
    name: str
    confirmed: bool


class Tie(NamedTuple):
    """Two of the joined names that are found together: a curve, and its width."""

    path: str
    width: str


class Network(NamedTuple):
    """The drawing, in a box 340 wide and `height` high with its middle at 0,0."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    top: int
    height: int


def network(
    beside: Sequence[tuple[EntityKey, Counted]],
    together: Callable[[EntityKey], Mapping[EntityKey, int]],
) -> Network | None:
    """The drawing of the names found with one; None for fewer than two, of which a list says all.

    `beside` is in the order of their figures; `together` gives for a name those it is found with, and how
    often.
    """
    if len(beside) < 2:
        return None
    shown = dict(beside[:MOST_NODES])
    links = {key: {k: n for k, n in together(key).items() if k in shown and n > 1} for key in shown}
    order = _neighbourly(list(shown), links)
    most = max(counted.total for counted in shown.values())
    right = -(-len(order) // 2)
    nodes: dict[EntityKey, Node] = {}
    for place, key in enumerate(order):
        # Down the right side, then up the left: neighbours in the order stand side by side.
        side, row, rows = 1, place, right
        if place >= right:
            side, row, rows = -1, len(order) - 1 - place, len(order) - right
        y = round((row - (rows - 1) / 2) * _ROW)
        nodes[key] = _node(side, y, rows * _ROW, shown[key], most)
    pairs = [
        (total, one, other)
        for place, one in enumerate(order)
        for other in order[place + 1 :]
        if (total := max(links[one].get(other, 0), links[other].get(one, 0)))
    ]
    strongest = sorted(pairs, key=lambda pair: -pair[0])[:MOST_TIES]
    ties = [_tie(nodes[one], nodes[other], total / strongest[0][0]) for total, one, other in strongest]
    height = right * _ROW + 6
    return Network(tuple(nodes.values()), tuple(ties), -height // 2, height)


def _neighbourly(
    keys: list[EntityKey], links: Mapping[EntityKey, Mapping[EntityKey, int]]
) -> list[EntityKey]:
    """The names in a chain: after each the one that is most often found with it, the most frequent first."""
    order, left = [keys[0]], keys[1:]
    while left:
        last = order[-1]
        nearest = max(left, key=lambda k: max(links[last].get(k, 0), links[k].get(last, 0)))
        order.append(nearest)
        left.remove(nearest)
    return order


def _node(side: int, y: int, height: int, counted: Counted, most: int) -> Node:
    share = counted.total / most
    radius = 3.5 + 5 * share**0.5
    # On an ellipse: those above and below stand nearer to the middle line.
    x = side * round(_RING * (1 - (2 * y / (height + _ROW)) ** 2) ** 0.5)
    name = counted.name
    return Node(
        x=x,
        y=y,
        radius=f"{radius:.3g}",
        anchor="start" if side > 0 else "end",
        label_x=f"{x + side * (radius + 5):.4g}",
        lines=label(name.name),
        width=f"{0.8 + 5 * share * (1 - 1 / counted.total):.2g}",
        href=name.href,
        name=name.name,
        confirmed=name.confirmed,
    )


def label(name: str) -> tuple[str, ...]:
    """A name in one line, or in two, each cut where it is too long."""
    if len(name) <= LABEL:
        return (name,)
    gaps = [place for place, char in enumerate(name) if char == " "]
    fitting = [gap for gap in gaps if gap <= LABEL]
    if not fitting:
        return (_cut(name),)
    gap = min(fitting, key=lambda g: (max(g, len(name) - g - 1), g))
    return (name[:gap], _cut(name[gap + 1 :]))


def _cut(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


def _tie(one: Node, other: Node, share: float) -> Tie:
    bend = 0.25
    x, y = round((one.x + other.x) * bend), round((one.y + other.y) * bend)
    return Tie(f"M{one.x} {one.y}Q{x} {y} {other.x} {other.y}", f"{0.5 + 1.5 * share:.2g}")
