"""Months as readers know them, in weeks."""

from calendar import Calendar
from datetime import date
from typing import NamedTuple

from generator.render.addresses import date_address, day_href, href
from generator.render.basis import Basis


class Cell(NamedTuple):
    """A day of a calendar; `day` is 0 outside the month, `href` "" where nothing was published."""

    day: int
    href: str
    words: str  # "6 April, 2 articles"
    current: bool


class Month(NamedTuple):
    """A month's calendar."""

    title: str  # "April 2021"
    href: str
    articles: int
    weeks: tuple[tuple[Cell, ...], ...]


def month(basis: Basis, year: int, number: int, current: date | None = None) -> Month:
    """The calendar of a month, the day `current` marked."""
    words = basis.site.words
    weeks = Calendar(words.forms.first_weekday).monthdatescalendar(year, number)
    return Month(
        words.month(year, number),
        href(basis.site, date_address(year, number)),
        basis.months.get((year, number), 0),
        tuple(tuple(_cell(basis, day, number, current) for day in week) for week in weeks),
    )


def _cell(basis: Basis, day: date, number: int, current: date | None) -> Cell:
    if day.month != number:
        return Cell(0, "", "", False)
    published = len(basis.days.get(day, ()))
    if not published:
        return Cell(day.day, "", "", day == current)
    said = basis.site.words
    words = said.pgettext(
        "a day of a calendar",
        "{day}, {articles}",
        day=said.anniversary(day),
        articles=said.ngettext("{number} article", "{number} articles", published),
    )
    return Cell(day.day, day_href(basis.site, day), words, day == current)
