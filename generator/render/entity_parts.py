"""The parts of an entity's page that draw it among others: with whom, where, and through the years."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.core.archive import Entity
from generator.core.model import EntityKey
from generator.render.addresses import TAGS, href, paged
from generator.render.basis import Basis
from generator.render.charts import Chart, chart
from generator.render.lists import with_years
from generator.render.maps import Drawn, Spot, maps
from generator.render.network import Network, network
from generator.render.views import Counted

MOST_BESIDE = 12
"""Names listed beside an entity."""

MOST_PLACES = 12
MAP_WIDTH, MAP_LETTERS = 400, (13.0,)
"""A map's own units: its width, and the largest its labels become, which is on a telephone."""


class YearLink(NamedTuple):
    """A year in which an entity is named: how often, and where its first mention on the entity's pages is."""

    year: int
    total: int
    href: str


class Whereabouts(NamedTuple):
    """The places named together with an entity: those whose place is known drawn, and all listed."""

    maps: tuple[Drawn, ...]
    places: tuple[Counted, ...]


def beside_names(basis: Basis, entity: Entity) -> tuple[tuple[EntityKey, Counted], ...]:
    """The people and bodies found in the same articles, most first."""
    return _beside(basis, entity, lambda key: key.taxonomy not in {TAGS, "places"}, MOST_BESIDE)


def company(basis: Basis, beside: tuple[tuple[EntityKey, Counted], ...]) -> Network | None:
    """Those names drawn, with who of them is found with whom."""
    entities = basis.archive.entities

    def together(key: EntityKey) -> Mapping[EntityKey, int]:
        return dict(entities[key].beside)

    return network(beside, together)


def whereabouts(basis: Basis, entity: Entity) -> Whereabouts:
    """Where an entity is written about: its own place, and the places found in the same articles."""
    found = _beside(basis, entity, lambda key: key.taxonomy == "places", MOST_PLACES)
    entities = basis.archive.entities
    spots = [
        Spot(one.name.href, one.name.name, one.name.confirmed, one.total, at)
        for key, one in found
        if (at := entities[key].card.coordinates)
    ]
    own = entity.card
    if own.coordinates:
        most = max((spot.total for spot in spots), default=1)
        name = basis.names[own.key]
        spots.insert(0, Spot(name.href, name.name, name.confirmed, most, own.coordinates, True))
    return Whereabouts(maps(spots, MAP_WIDTH, MAP_LETTERS), tuple(one for _, one in found))


def _beside(
    basis: Basis, entity: Entity, wanted: Callable[[EntityKey], bool], most: int
) -> tuple[tuple[EntityKey, Counted], ...]:
    found = [
        (key, Counted(basis.names[key], total))
        for key, total in entity.beside
        if wanted(key) and key in basis.names
    ]
    return tuple(found[:most])


def through_the_years(basis: Basis, entity: Entity, number: int) -> tuple[Chart | None, tuple[YearLink, ...]]:
    """Mentions by year as a chart, on the first page, and as links from page `number`, the newest year first.

    A year leads to the page on which it begins, and there to its first sentence or article.
    """
    totals: Counter[int] = Counter()
    first_page: dict[int, int] = {}
    pages: dict[int, set[int]] = {}
    for place, appearance in enumerate(entity.appearances):
        year = basis.archive.cards[appearance.article].published.day.year
        page = place // basis.site.paginate + 1
        totals[year] += max(1, appearance.mentions)
        first_page.setdefault(year, page)
        pages.setdefault(year, set()).add(page)
    where = {year: number if number in pages[year] else first_page[year] for year in totals}

    def link(page: int) -> str:
        return "" if page == number else href(basis.site, paged(entity.card.address, page))

    years = tuple(YearLink(year, total, f"{link(where[year])}#y{year}") for year, total in totals.items())
    if number > 1:
        return None, years
    words = basis.site.words
    title = words.gettext("Mentions of {name} by year.", name=entity.card.name)
    bars = chart(totals, basis.years, title, words)
    return with_years(bars, first_page, link), years
