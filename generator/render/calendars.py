"""Months as readers know them: weeks from Monday to Sunday."""

from calendar import Calendar
from datetime import date
from typing import NamedTuple

from generator.core.dates import MONTHS
from generator.render.addresses import date_address, day_href, href
from generator.render.basis import Basis
from generator.render.words import count, month_words


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
    weeks = Calendar().monthdatescalendar(year, number)
    return Month(
        month_words(year, number),
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
    words = f"{day.day} {MONTHS[number - 1]}, {count(published, 'article', 'articles')}"
    return Cell(day.day, day_href(basis.site, day), words, day == current)
