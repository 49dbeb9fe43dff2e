"""The views of the archive by date: a year, a month, a day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from generator.core.dates import MONTHS, weekday_words
from generator.core.paths import Address, ArticleId
from generator.render.addresses import TAGS, absolute, date_address, href, paged
from generator.render.basis import Basis
from generator.render.calendars import Month, month
from generator.render.frame import Head, Sheet
from generator.render.lists import NEWEST_FIRST, OLDEST_FIRST, Slice, by_day, by_month, page_pager
from generator.render.naming import most_named
from generator.render.structured import collection_data
from generator.render.views import Counted, Group, Item, NavLink, Pager, Turn
from generator.render.words import capital, month_words, spelled
from generator.render.year_strips import YearStrip, year_strips

MOST_NAMED = 9
"""Names shown for a stretch of time."""

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView(Sheet):
    """One page of a year: its calendars and names on the first, its articles on all."""

    title: str
    standfirst: str
    months: tuple[Month, ...]
    names: tuple[Counted, ...]
    groups: tuple[Group, ...]
    years: tuple[YearStrip, ...]
    number: int
    pager: Pager | None
    turn: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView(Sheet):
    """One page of a month: its calendar and names on the first, its articles by day on all."""

    title: str
    standfirst: str
    trail: tuple[NavLink, ...]
    calendar: Month
    names: tuple[Counted, ...]
    groups: tuple[Group, ...]
    number: int
    pager: Pager | None
    turn: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView(Sheet):
    """A day: its articles by the hour, its month, who was named, and the same day in other years."""

    title: str
    standfirst: str
    trail: tuple[NavLink, ...]
    items: tuple[Item, ...]
    calendar: Month
    names: tuple[Counted, ...]
    anniversary: str  # "13 April"
    others: tuple[Item, ...]
    number: int
    pager: Pager | None
    turn: Pager | None


class Stretch(NamedTuple):
    """A stretch of time: its address, its title and its days in order."""

    address: Address
    title: str
    days: tuple[date, ...]


def date_pages(basis: Basis) -> Iterator[tuple[Address, YearView | MonthView | DayView]]:
    """All pages of all years, months and days in which something was published."""
    order = tuple(basis.days)
    years = _stretches(order, lambda d: d.year, date_address, str)
    months = _stretches(
        order, lambda d: (d.year, d.month), lambda m: date_address(*m), lambda m: month_words(*m)
    )
    days = [Stretch(date_address(d.year, d.month, d.day), weekday_words(d), (d,)) for d in order]
    strips = year_strips(basis)
    for around in _around(years):
        yield from _year_pages(basis, *around, strips)
    for around in _around(months):
        yield from _month_pages(basis, *around)
    for around in _around(days) if "days" not in basis.site.omit else ():
        yield from _day_pages(basis, *around)


def _stretches(
    order: Sequence[date],
    unit: Callable[[date], Unit],
    where: Callable[[Unit], Address],
    title: Callable[[Unit], str],
) -> list[Stretch]:
    return [Stretch(where(key), title(key), tuple(days)) for key, days in groupby(order, key=unit)]


def _around(found: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch | None, Stretch | None]]:
    for place, stretch in enumerate(found):
        before = found[place - 1] if place else None
        yield stretch, before, found[place + 1] if place + 1 < len(found) else None


def _year_pages(
    basis: Basis, here: Stretch, before: Stretch | None, after: Stretch | None, strips: tuple[YearStrip, ...]
) -> Iterator[tuple[Address, YearView]]:
    articles = _newest_first(basis, here.days)
    year = here.days[0].year
    months = sorted({day.month for day in here.days})
    for part in Slice.of(articles, basis.site.paginate):
        opening = part.number == 1
        yield (
            paged(here.address, part.number),
            YearView(
                frame=basis.frame,
                head=_head(basis, here, part),
                section="dates",
                title=here.title,
                standfirst=_standfirst(articles),
                months=tuple(month(basis, year, number) for number in months) if opening else (),
                names=_named(basis, articles) if opening else (),
                groups=by_month(basis, part.rows),
                years=strips if opening else (),
                number=part.number,
                pager=_pager(basis, here, part),
                turn=_turn(basis, "year", before, after),
            ),
        )


def _month_pages(
    basis: Basis, here: Stretch, before: Stretch | None, after: Stretch | None
) -> Iterator[tuple[Address, MonthView]]:
    articles = _newest_first(basis, here.days)
    first = here.days[0]
    calendar = month(basis, first.year, first.month)
    for part in Slice.of(articles, basis.site.paginate):
        yield (
            paged(here.address, part.number),
            MonthView(
                frame=basis.frame,
                head=_head(basis, here, part),
                section="dates",
                title=here.title,
                standfirst=_standfirst(articles),
                trail=_trail(basis, first.year),
                calendar=calendar,
                names=_named(basis, articles) if part.number == 1 else (),
                groups=by_day(basis, part.rows),
                number=part.number,
                pager=_pager(basis, here, part),
                turn=_turn(basis, "month", before, after),
            ),
        )


def _day_pages(
    basis: Basis, here: Stretch, before: Stretch | None, after: Stretch | None
) -> Iterator[tuple[Address, DayView]]:
    day = here.days[0]
    articles = basis.days[day]
    calendar = month(basis, day.year, day.month, day)
    for part in Slice.of(articles, basis.site.paginate):
        yield (
            paged(here.address, part.number),
            DayView(
                frame=basis.frame,
                head=_head(basis, here, part),
                section="dates",
                title=here.title,
                standfirst=_standfirst(articles),
                trail=_trail(basis, day.year, day.month),
                items=tuple(basis.items[i] for i in part.rows),
                calendar=calendar,
                names=_named(basis, articles) if part.number == 1 else (),
                anniversary=anniversary(day),
                others=other_years(basis, day) if part.number == 1 else (),
                number=part.number,
                pager=_pager(basis, here, part, OLDEST_FIRST),
                turn=_turn(basis, "day", before, after),
            ),
        )


def anniversary(day: date) -> str:
    """A day without its year: "13 April"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def other_years(basis: Basis, day: date) -> tuple[Item, ...]:
    """What was published on the same day of other years, newest first."""
    days = [d for d in basis.anniversaries.get((day.month, day.day), ()) if d.year != day.year]
    return tuple(basis.items[i] for d in reversed(days) for i in basis.days[d])


def _newest_first(basis: Basis, days: Sequence[date]) -> list[ArticleId]:
    return [identity for day in reversed(days) for identity in reversed(basis.days[day])]


def _named(basis: Basis, articles: Sequence[ArticleId]) -> tuple[Counted, ...]:
    return tuple(most_named(basis, articles, {TAGS, "places"})[:MOST_NAMED])


def _standfirst(articles: Sequence[ArticleId]) -> str:
    return capital(spelled(len(articles), "article", "articles")) + "."


def _head(basis: Basis, here: Stretch, part: Slice[ArticleId]) -> Head:
    site = basis.site
    return Head(
        title=f"{here.title}{part.title} · {site.title}",
        description=f"{here.title} in {site.title}: {spelled(part.total, 'article', 'articles')}.",
        url=absolute(site, paged(here.address, part.number)),
        data=collection_data(site, here.title, here.address) if part.number == 1 else "",
    )


def _pager(
    basis: Basis, here: Stretch, part: Slice[ArticleId], labels: tuple[str, str] = NEWEST_FIRST
) -> Pager | None:
    return page_pager(part, lambda n: href(basis.site, paged(here.address, n)), labels)


def _trail(basis: Basis, year: int, number: int = 0) -> tuple[NavLink, ...]:
    trail = [NavLink(str(year), href(basis.site, date_address(year)))]
    if number:
        trail.append(NavLink(MONTHS[number - 1], href(basis.site, date_address(year, number))))
    return tuple(trail)


def _turn(basis: Basis, unit: str, before: Stretch | None, after: Stretch | None) -> Pager | None:
    if before is None and after is None:
        return None
    site, name = basis.site, capital(unit)
    return Pager(
        f"{name}s",
        "",
        Turn(href(site, before.address), f"{name} before", before.title) if before else None,
        Turn(href(site, after.address), f"{name} after", after.title) if after else None,
    )
