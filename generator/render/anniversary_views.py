"""On this day: what was published on a day of other years, and what articles tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from generator.core.archive import Told
from generator.core.frozen import dataclass
from generator.core.paths import Address, ArticleId
from generator.render.addresses import absolute, href, paged
from generator.render.basis import Basis
from generator.render.frame import Head, Sheet, titled
from generator.render.lists import Slice, by_year, page_pager
from generator.render.structured import collection_data
from generator.render.timelines import SURE, Event
from generator.render.views import Group, Item, NavLink, Pager, Turn

ON_THIS_DAY = Address("/on-this-day/")
"""Where the days of all years are."""

MOST_TOLD = 50
"""Events of a day that its page shows."""

LEAP = 2000
"""A year that has every day."""

Day = tuple[int, int]
"""A month and a day of it."""


class DayLink(NamedTuple):
    """A day of the calendar of all years: `href` "" where it has nothing; `words` are read out."""

    day: int
    href: str
    words: str


class MonthOfDays(NamedTuple):
    """A month of that calendar."""

    title: str
    days: tuple[DayLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllDaysView(Sheet):
    """The days of the year, and which have something."""

    months: tuple[MonthOfDays, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnniversaryView(Sheet):
    """A day of all years: what was published on it by year, and what articles tell of it, oldest first.

    `told` is read from the texts of `tellers` when the page is rendered; `said` are digests of these.
    """

    title: str
    years: tuple[Group, ...]
    ordinals: tuple[int, ...]
    tellers: tuple[Item, ...]
    said: tuple[str, ...]
    told: tuple[Event, ...]
    all_days: NavLink
    number: int
    pager: Pager | None
    turn: Pager | None


def remembered_days(basis: Basis) -> Mapping[Day, Sequence[tuple[int, ArticleId]]]:
    """By day of the year: which days articles tell of, as ordinals, and which articles; oldest first."""

    def found() -> dict[Day, list[tuple[int, ArticleId]]]:
        days: dict[Day, list[tuple[int, ArticleId]]] = {}
        for identity in basis.archive.order:
            for ordinal in basis.archive.filed[identity].days:
                when = date.fromordinal(ordinal)
                days.setdefault((when.month, when.day), []).append((ordinal, identity))
        return {day: sorted(rows)[:MOST_TOLD] for day, rows in days.items()}

    return basis.once("remembered", found)


def has_anniversaries(basis: Basis) -> bool:
    """Whether a site has pages of the days of all years."""
    return "on-this-day" not in basis.site.omit and bool(basis.archive.order)


def all_days(basis: Basis) -> tuple[Day, ...]:
    """The days of the year on which anything was published or happened, in order."""
    return basis.once("all days", lambda: tuple(sorted({*basis.anniversaries, *remembered_days(basis)})))


def published_on(basis: Basis, day: Day) -> list[ArticleId]:
    """What was published on a day of any year, newest first."""
    days = basis.anniversaries.get(day, ())
    return [identity for each in reversed(days) for identity in reversed(basis.days[each])]


def day_address(day: Day) -> Address:
    """Where a day of all years is: "/on-this-day/04-13/"."""
    return Address(f"{ON_THIS_DAY}{day[0]:02}-{day[1]:02}/")


def all_days_view(basis: Basis) -> AllDaysView:
    """The calendar of all years."""
    site, words = basis.site, basis.site.words
    some = set(all_days(basis))
    months = []
    for number in range(1, 13):
        links = []
        for day in range(1, 32):
            if (number, day) == (2, 30) or (day == 31 and number in {2, 4, 6, 9, 11}):
                break
            here = (number, day)
            where = href(site, day_address(here)) if here in some else ""
            links.append(DayLink(day, where, words.anniversary(date(LEAP, number, day))))
        months.append(MonthOfDays(words.month_alone(number), tuple(links)))
    title = words.gettext("On this day")
    return AllDaysView(
        frame=basis.frame,
        head=Head(
            title=titled(title, site),
            description=words.gettext("Every day of the year in {site}.", site=site.title),
            url=absolute(site, ON_THIS_DAY),
            data=collection_data(site, title, ON_THIS_DAY),
        ),
        section="on-this-day",
        months=tuple(months),
    )


def anniversary_view(basis: Basis, day: Day, number: int) -> AnniversaryView:
    """Page `number`, from 1, of a day of all years."""
    site, words, archive = basis.site, basis.site.words, basis.archive
    part = Slice.at(published_on(basis, day), site.paginate, number)
    title = words.anniversary(date(LEAP, *day))
    rows = remembered_days(basis).get(day, ()) if number == 1 else ()
    tellers = list(dict.fromkeys(identity for _, identity in rows))
    where = day_address(day)
    return AnniversaryView(
        frame=basis.frame,
        head=Head(
            title=titled(part.title(title, words), site),
            description=words.gettext("{day} through the years in {site}.", day=title, site=site.title),
            url=absolute(site, paged(where, number)),
            data=collection_data(site, title, where) if number == 1 else "",
        ),
        section="on-this-day",
        title=title,
        years=by_year(basis, part.rows),
        ordinals=tuple(sorted({ordinal for ordinal, _ in rows})),
        tellers=tuple(basis.items[identity] for identity in tellers),
        said=tuple(archive.cards[identity].said for identity in tellers),
        told=(),
        all_days=NavLink(words.gettext("On this day"), href(site, ON_THIS_DAY)),
        number=number,
        pager=page_pager(part, lambda n: href(site, paged(where, n)), words),
        turn=_turn(basis, day),
    )


def anniversary_leaves(basis: Basis, day: Day, number: int) -> tuple[str, ...]:
    """The keys of the leaves of the articles that tell of a day."""
    rows = remembered_days(basis).get(day, ()) if number == 1 else ()
    return tuple(basis.archive.cards[i].leaf for i in dict.fromkeys(identity for _, identity in rows))


def with_told(view: AnniversaryView, leaves: Iterable[Told]) -> AnniversaryView:
    """The view with what articles tell of its day, oldest first, each sentence once."""
    wanted = {date.fromordinal(ordinal).isoformat() for ordinal in view.ordinals}
    events: dict[tuple[str, str], Event] = {}
    for item, leaf in zip(view.tellers, leaves, strict=True):
        for one in leaf.dates:
            if one.value in wanted and one.certainty >= SURE:
                event = Event(
                    one.value,
                    one.value[:4],
                    one.before,
                    one.text,
                    one.after,
                    item.href + (f"#{one.anchor}" if one.anchor else ""),
                    item.title,
                )
                events.setdefault((one.value, one.before + one.text + one.after), event)
    return replace(view, told=tuple(sorted(events.values(), key=lambda event: event.iso)))


def _turn(basis: Basis, day: Day) -> Pager | None:
    days = all_days(basis)
    if len(days) < 2:
        return None
    site, words = basis.site, basis.site.words
    at = days.index(day)
    before, after = days[at - 1], days[(at + 1) % len(days)]

    def turn(label: str, to: Day) -> Turn:
        return Turn(href(site, day_address(to)), label, words.anniversary(date(LEAP, *to)))

    earlier, later = words.gettext("Day before"), words.gettext("Day after")
    return Pager(words.gettext("Days"), "", turn(earlier, before), turn(later, after))
