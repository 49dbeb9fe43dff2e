"""The view of the network: the names an archive is most about, in a column, and arcs between those who
appear together.

A column with arcs keeps every name legible at any width, where a drawing of thirty names in the plane hides
its own middle. The order brings together those who appear together, so that most arcs are short.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.model import EntityKey
from generator.core.paths import Address
from generator.render.addresses import TAGS, absolute
from generator.render.basis import Basis
from generator.render.frame import Head, Sheet, titled
from generator.render.structured import collection_data
from generator.render.views import Counted

NETWORK = Address("/network/")
MOST_NAMES, MOST_ARCS = 36, 110
SWEEPS = 24
"""How often the order is mended."""

ROW, DEPTH = 32, 200  # the height of a name's row, and how far the longest arc reaches
FEWEST = 2
"""Articles in which two names must appear together to be joined."""

Pairs = Mapping[tuple[EntityKey, EntityKey], int]
Links = Mapping[EntityKey, Mapping[EntityKey, int]]


class Arc(NamedTuple):
    """Two names joined: their places in the list from 0, the curve, its width, and in how many articles."""

    first: int
    second: int
    path: str
    width: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView(Sheet):
    """The network of the archive's main names. `height` is that of the drawing, a row of 32 for each name."""

    names: tuple[Counted, ...]
    arcs: tuple[Arc, ...]
    height: int
    depth: int


def network_view(basis: Basis) -> NetworkView:
    """The network; without names where no two appear together often enough."""
    site, words = basis.site, basis.site.words
    title = words.gettext("Who appears with whom")
    keys, pairs = _main_names(basis)
    order = _ordered(keys, pairs)
    place = {key: number for number, key in enumerate(order)}
    strongest = sorted(pairs.items(), key=lambda pair: -pair[1])[:MOST_ARCS]
    return NetworkView(
        frame=basis.frame,
        head=Head(
            title=titled(title, site),
            description=words.gettext(
                "The main names of {site}, and who of them appear in the same articles.", site=site.title
            ),
            url=absolute(site, NETWORK),
            data=collection_data(site, title, NETWORK),
        ),
        section="network",
        names=tuple(Counted(basis.names[key], basis.names[key].articles) for key in order),
        arcs=tuple(
            sorted(
                _arc(sorted((place[one], place[other])), total, strongest[0][1], len(order))
                for (one, other), total in strongest
            )
        ),
        height=ROW * len(order),
        depth=DEPTH,
    )


def _main_names(basis: Basis) -> tuple[list[EntityKey], Pairs]:
    """The names in most articles that are joined to another of them, and how often two appear together."""
    entities = basis.archive.entities
    named = [key for key in entities if key.taxonomy not in {TAGS, "places"}]
    named.sort(key=lambda key: (-entities[key].card.articles, key))
    main = set(named[:MOST_NAMES])
    pairs: dict[tuple[EntityKey, EntityKey], int] = {}
    for key in sorted(main):
        for other, total in entities[key].beside:
            if other in main and total >= FEWEST:
                one, two = sorted((key, other))
                pairs[one, two] = total
    linked = {key for pair in pairs for key in pair}
    return [key for key in named[:MOST_NAMES] if key in linked], pairs


def _ordered(keys: Sequence[EntityKey], pairs: Pairs) -> list[EntityKey]:
    """An order in which the arcs are short: each name is drawn, again and again, to the middle of those it is
    joined to, and the best order seen is kept."""
    links: dict[EntityKey, dict[EntityKey, int]] = {key: {} for key in keys}
    for (one, other), total in pairs.items():
        links[one][other] = links[other][one] = total
    order = list(keys)
    best, least = order, _length(order, pairs)
    for _ in range(SWEEPS):
        place = {key: number for number, key in enumerate(order)}
        order = sorted(order, key=lambda key: (_pull(key, links[key], place), place[key]))
        length = _length(order, pairs)
        if length < least:
            best, least = order, length
    return _settled(best, links)


def _pull(key: EntityKey, links: Mapping[EntityKey, int], place: Mapping[EntityKey, int]) -> float:
    weight = sum(links.values()) + 1
    return (place[key] + sum(place[other] * total for other, total in links.items())) / weight


def _settled(best: Sequence[EntityKey], links: Links) -> list[EntityKey]:
    """The order after every exchange of two neighbours that makes the arcs shorter, at most a few rounds."""
    order = list(best)
    place = {key: number for number, key in enumerate(order)}
    for _ in range(4):
        changed = False
        for number in range(len(order) - 1):
            left, right = order[number : number + 2]
            if _drawn_right(left, links[left], place, right) > _drawn_right(right, links[right], place, left):
                order[number : number + 2] = right, left
                place[right], place[left] = number, number + 1
                changed = True
        if not changed:
            break
    return order


def _drawn_right(
    key: EntityKey, links: Mapping[EntityKey, int], place: Mapping[EntityKey, int], neighbour: EntityKey
) -> int:
    """By how much all arcs of a name but the one to its neighbour grow shorter when it moves to the right
    (longer where negative); a move to the left does the opposite."""
    own = place[key]
    return sum(
        total if place[other] > own else -total for other, total in links.items() if other != neighbour
    )


def _length(order: Sequence[EntityKey], pairs: Pairs) -> int:
    place = {key: number for number, key in enumerate(order)}
    return sum(abs(place[one] - place[other]) * total for (one, other), total in pairs.items())


def _arc(ends: Sequence[int], total: int, most: int, names: int) -> Arc:
    first, second = ends
    begin, end = first * ROW + ROW // 2, second * ROW + ROW // 2
    # The control points of a cubic reach a third farther than its curve.
    reach = round(DEPTH * 4 / 3 * ((second - first) / max(names - 1, 1)) ** 0.6)
    path = f"M0 {begin}C{reach} {begin} {reach} {end} 0 {end}"
    return Arc(first, second, path, f"{0.6 + 4 * total / most:.2g}", total)
