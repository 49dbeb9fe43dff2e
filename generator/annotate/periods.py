"""Stretches of the calendar as newspapers speak of them: a day, a week, a spring, a decade."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

Grain = Literal[
    "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", "vague"
]


class Period(NamedTuple):
    """A stretch of time: its value as TIMEX3 writes it (ISO 8601, and for what that has no words for
    "2021-W15-WE", "2014-SP", "199X"), its grain, and its first and last day."""

    value: str
    grain: Grain
    first: date
    last: date


SEASONS = {
    "spring": ("SP", 3, 5), "summer": ("SU", 6, 8), "autumn": ("FA", 9, 11), "fall": ("FA", 9, 11),
    "winter": ("WI", 12, 2),
}  # fmt: skip
"""Each season's sign, first and last month north of the equator; a winter is its December's year's."""

PARTS = frozenset({"morning", "afternoon", "evening", "night", "midday", "noon"})
"""Parts of a day: with "this" or "last" before them they are that day."""

FIRST_YEAR, LAST_YEAR = 1000, 2999


def day(when: date) -> Period:
    """One day."""
    return Period(when.isoformat(), "day", when, when)


def week(when: date) -> Period:
    """The week, Monday to Sunday, in which a day lies."""
    monday = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    return Period(f"{year}-W{number:02}", "week", monday, monday + timedelta(days=6))


def weekend(when: date) -> Period:
    """The Saturday and Sunday of the week in which a day lies."""
    whole = week(when)
    return Period(f"{whole.value}-WE", "weekend", whole.first + timedelta(days=5), whole.last)


def month(year: int, number: int) -> Period:
    """A month."""
    last = date(year, number, monthrange(year, number)[1])
    return Period(f"{year:04}-{number:02}", "month", date(year, number, 1), last)


def month_from(when: date, months: int) -> Period:
    """The month some months after, or before, a day's."""
    count = when.year * 12 + when.month - 1 + months
    return month(*_divided(count))


def _divided(count: int) -> tuple[int, int]:
    return count // 12, count % 12 + 1


def season(year: int, name: str) -> Period:
    """A season, by the year in which it begins."""
    sign, begins, ends = SEASONS[name]
    last = month(year + (ends < begins), ends).last
    return Period(f"{year:04}-{sign}", "season", date(year, begins, 1), last)


def quarter(year: int, number: int) -> Period:
    """A quarter of a year, from 1."""
    return Period(
        f"{year:04}-Q{number}", "quarter", date(year, 3 * number - 2, 1), month(year, 3 * number).last
    )


def half(year: int, number: int) -> Period:
    """A half of a year, from 1."""
    return Period(f"{year:04}-H{number}", "half", date(year, 6 * number - 5, 1), month(year, 6 * number).last)


def year(number: int) -> Period:
    """A year."""
    return Period(f"{number:04}", "year", date(number, 1, 1), date(number, 12, 31))


def decade(first: int) -> Period:
    """The ten years that begin with one that ends in 0."""
    return Period(f"{first // 10:03}X", "decade", date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Period:
    """A century by its number: the 20th is "19XX"."""
    first = (number - 1) * 100
    return Period(f"{number - 1:02}XX", "century", date(max(1, first), 1, 1), date(first + 99, 12, 31))


def recent(today: date, days: int) -> Period:
    """What "recent weeks" are: TIMEX3 says only that they are past; at most eight of them are meant."""
    return Period("PAST_REF", "vague", today - timedelta(8 * days), today)


def easter(number: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = number % 19, number // 100, number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    found, rest = divmod(h + k - 7 * m + 114, 31)
    return date(number, found, rest + 1)
