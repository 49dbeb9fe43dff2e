"""The whole archive at a glance: a strip of twelve marks for each year."""

from typing import NamedTuple

from generator.render.addresses import date_address, href
from generator.render.basis import Basis
from generator.render.charts import Shade, strip


class YearStrip(NamedTuple):
    """A year's strip."""

    year: int
    href: str
    articles: int
    shades: tuple[Shade, ...]


def year_strips(basis: Basis) -> tuple[YearStrip, ...]:
    """The years in which something was published, oldest first."""
    peak = max(basis.months.values(), default=0)
    return tuple(
        YearStrip(
            year,
            href(basis.site, date_address(year)),
            basis.totals[year],
            strip([basis.months.get((year, month), 0) for month in range(1, 13)], peak),
        )
        for year in sorted(basis.totals)
    )
