"""The views of the archive by date: a year, a month, a day."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from generator.core.frozen import dataclass
from generator.core.language import Language, capital, message
from generator.core.paths import Address, ArticleId
from generator.render.addresses import TAGS, absolute, date_address, href, paged
from generator.render.basis import Basis
from generator.render.calendars import Month, month
from generator.render.frame import Head, Sheet
from generator.render.lists import NEWEST_FIRST, OLDEST_FIRST, Slice, by_day, by_month, page_pager
from generator.render.naming import most_named
from generator.render.structured import collection_data
from generator.render.views import Counted, Group, Item, NavLink, Pager, Turn
from generator.render.year_strips import YearStrip, year_strips

MOST_NAMED = 9
"""Names shown for a stretch of time."""

TURNS = {
    "year": (message("Years"), message("Year before"), message("Year after")),
    "month": (message("Months"), message("Month before"), message("Month after")),
    "day": (message("Days"), message("Day before"), message("Day after")),
}
"""What a pager of stretches of time is called, and its two sides."""

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
    """A stretch of time: its address, its title, and the first and the last of its days with an article."""

    address: Address
    title: str
    first: date
    last: date


class Around(NamedTuple):
    """A stretch of time, and those before and after it in which something was published."""

    here: Stretch
    before: Stretch | None
    after: Stretch | None


def year_stretches(days: Sequence[date], words: Language) -> list[Around]:
    """The years of some days, which are in order; like months and days, with titles in the words given."""
    return _around(_stretches(days, lambda d: d.year, date_address, str))


def month_stretches(days: Sequence[date], words: Language) -> list[Around]:
    """The months of some days, which are in order."""
    return _around(
        _stretches(days, lambda d: (d.year, d.month), lambda m: date_address(*m), lambda m: words.month(*m))
    )


def day_stretches(days: Sequence[date], words: Language) -> list[Around]:
    """Some days, which are in order, each a stretch of its own."""
    return _around([Stretch(date_address(d.year, d.month, d.day), words.weekday(d), d, d) for d in days])


def _stretches(
    order: Sequence[date],
    unit: Callable[[date], Unit],
    where: Callable[[Unit], Address],
    title: Callable[[Unit], str],
) -> list[Stretch]:
    groups = [(key, list(days)) for key, days in groupby(order, key=unit)]
    return [Stretch(where(key), title(key), days[0], days[-1]) for key, days in groups]


def _around(found: Sequence[Stretch]) -> list[Around]:
    return [
        Around(
            stretch, found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
        )
        for place, stretch in enumerate(found)
    ]


def stretch_length(basis: Basis, around: Around) -> int:
    """How many pages a stretch of time has."""
    return Slice.count(_articles(basis, around.here), basis.site.paginate)


def year_view(basis: Basis, around: Around, number: int) -> YearView:
    """Page `number`, from 1, of a year."""
    here = around.here
    articles = _newest_first(basis, here)
    year = here.first.year
    months = sorted({day.month for day in _days(basis, here)})
    part = Slice.at(articles, basis.site.paginate, number)
    opening = part.number == 1
    return YearView(
        frame=basis.frame,
        head=_head(basis, here, part),
        section="dates",
        title=here.title,
        standfirst=_standfirst(basis, articles),
        months=tuple(month(basis, year, number) for number in months) if opening else (),
        names=_named(basis, articles) if opening else (),
        groups=by_month(basis, part.rows),
        years=year_strips(basis) if opening else (),
        number=part.number,
        pager=_pager(basis, here, part),
        turn=_turn(basis, "year", around),
    )


def month_view(basis: Basis, around: Around, number: int) -> MonthView:
    """Page `number`, from 1, of a month."""
    here = around.here
    articles = _newest_first(basis, here)
    part = Slice.at(articles, basis.site.paginate, number)
    return MonthView(
        frame=basis.frame,
        head=_head(basis, here, part),
        section="dates",
        title=here.title,
        standfirst=_standfirst(basis, articles),
        trail=_trail(basis, here.first.year),
        calendar=month(basis, here.first.year, here.first.month),
        names=_named(basis, articles) if part.number == 1 else (),
        groups=by_day(basis, part.rows, year=False),
        number=part.number,
        pager=_pager(basis, here, part),
        turn=_turn(basis, "month", around),
    )


def day_view(basis: Basis, around: Around, number: int) -> DayView:
    """Page `number`, from 1, of a day."""
    here, day = around.here, around.here.first
    articles = basis.days[day]
    part = Slice.at(articles, basis.site.paginate, number)
    return DayView(
        frame=basis.frame,
        head=_head(basis, here, part),
        section="dates",
        title=here.title,
        standfirst=_standfirst(basis, articles),
        trail=_trail(basis, day.year, day.month),
        items=tuple(basis.items[i] for i in part.rows),
        calendar=month(basis, day.year, day.month, day),
        names=_named(basis, articles) if part.number == 1 else (),
        anniversary=basis.site.words.anniversary(day),
        others=other_years(basis, day) if part.number == 1 else (),
        number=part.number,
        pager=_pager(basis, here, part, OLDEST_FIRST),
        turn=_turn(basis, "day", around),
    )


def other_years(basis: Basis, day: date) -> tuple[Item, ...]:
    """What was published on the same day of other years, newest first."""
    days = [d for d in basis.anniversaries.get((day.month, day.day), ()) if d.year != day.year]
    return tuple(basis.items[i] for d in reversed(days) for i in basis.days[d])


def _days(basis: Basis, here: Stretch) -> Sequence[date]:
    """The days of a stretch in which something was published, in order."""
    order = basis.in_order
    return order[bisect_left(order, here.first) : bisect_right(order, here.last)]


def _articles(basis: Basis, here: Stretch) -> list[ArticleId]:
    """The articles of a stretch, oldest first."""
    return [identity for day in _days(basis, here) for identity in basis.days[day]]


def _newest_first(basis: Basis, here: Stretch) -> list[ArticleId]:
    return basis.once(f"newest {here.address}", lambda: _articles(basis, here)[::-1])


def _named(basis: Basis, articles: Sequence[ArticleId]) -> tuple[Counted, ...]:
    return tuple(most_named(basis, articles, {TAGS, "places"})[:MOST_NAMED])


def _standfirst(basis: Basis, articles: Sequence[ArticleId]) -> str:
    return capital(basis.site.words.spelled("{number} article.", "{number} articles.", len(articles)))


def _head(basis: Basis, here: Stretch, part: Slice[ArticleId]) -> Head:
    site, words = basis.site, basis.site.words
    return Head(
        title=f"{part.title(here.title, words)} · {site.title}",
        description=words.gettext(
            "{title} in {site}: {articles}",
            title=here.title,
            site=site.title,
            articles=words.spelled("{number} article.", "{number} articles.", part.total),
        ),
        url=absolute(site, paged(here.address, part.number)),
        data=collection_data(site, here.title, here.address) if part.number == 1 else "",
    )


def _pager(
    basis: Basis, here: Stretch, part: Slice[ArticleId], labels: tuple[str, str] = NEWEST_FIRST
) -> Pager | None:
    return page_pager(part, lambda n: href(basis.site, paged(here.address, n)), basis.site.words, labels)


def _trail(basis: Basis, year: int, number: int = 0) -> tuple[NavLink, ...]:
    trail = [NavLink(str(year), href(basis.site, date_address(year)))]
    if number:
        trail.append(
            NavLink(basis.site.words.month_alone(number), href(basis.site, date_address(year, number)))
        )
    return tuple(trail)


def _turn(basis: Basis, unit: str, around: Around) -> Pager | None:
    _, before, after = around
    if before is None and after is None:
        return None
    site = basis.site
    pages, back, on = map(site.words.gettext, TURNS[unit])
    return Pager(
        pages,
        "",
        Turn(href(site, before.address), back, before.title) if before else None,
        Turn(href(site, after.address), on, after.title) if after else None,
    )
