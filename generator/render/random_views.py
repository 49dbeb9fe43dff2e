"""The view of the page that leads to a random article."""

from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.render.addresses import absolute, date_address, href
from generator.render.basis import Basis
from generator.render.frame import Head, Sheet, titled
from generator.render.year_strips import YearStrip, year_strips

RANDOM = Address("/random/")


class YearShelf(NamedTuple):
    """A year's articles, as the pages of the year list them."""

    href: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomView(Sheet):
    """Leads on to any article: a script draws a number and opens the list it stands in. `shelves` are the
    years, `size` how many articles a page of a year lists; `years` is for a reader without script."""

    shelves: tuple[YearShelf, ...]
    size: int
    years: tuple[YearStrip, ...]


def random_view(basis: Basis) -> RandomView:
    """The page of a random article."""
    site, words = basis.site, basis.site.words
    return RandomView(
        frame=basis.frame,
        head=Head(
            title=titled(words.gettext("A random article"), site),
            description=words.gettext("Opens any article of {site}.", site=site.title),
            url=absolute(site, RANDOM),
            hidden=True,
        ),
        section="random",
        shelves=tuple(YearShelf(href(site, date_address(year)), n) for year, n in basis.totals.items()),
        size=site.paginate,
        years=year_strips(basis),
    )
