"""Long lists cut into pages."""

from collections.abc import Callable, Mapping, Sequence, Sized
from itertools import groupby
from typing import Generic, TypeVar

from generator.core.frozen import dataclass
from generator.core.language import Language, message
from generator.core.paths import ArticleId
from generator.render.addresses import date_address, day_href, href
from generator.render.basis import Basis
from generator.render.charts import Chart
from generator.render.views import Group, Pager, Turn

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[Row]):
    """One page of a list: its number from 1, of how many, its rows and how many rows come before."""

    number: int
    pages: int
    rows: Sequence[Row]
    before: int
    total: int

    @staticmethod
    def at(rows: Sequence[Row], size: int, number: int) -> "Slice[Row]":
        """Page `number`, from 1, of a list cut into pages of `size` rows."""
        before = (number - 1) * size
        return Slice(
            number=number,
            pages=Slice.count(rows, size),
            rows=rows[before : before + size],
            before=before,
            total=len(rows),
        )

    @staticmethod
    def count(rows: Sized, size: int) -> int:
        """Into how many pages of `size` rows a list is cut; an empty list is one empty page."""
        return max(1, -(-len(rows) // size))

    def title(self, title: str, words: Language) -> str:
        """The title of this page of a list that has one: "People, page 2"."""
        if self.number == 1:
            return title
        return words.pgettext(
            "a title", "{title}, page {number}", title=title, number=words.figure(self.number)
        )


NEWEST_FIRST = (message("Newer articles"), message("Older articles"))
OLDEST_FIRST = (message("Earlier articles"), message("Later articles"))
BY_NAME = (message("Names before"), message("Names after"))


def page_pager(
    part: Slice[Row],
    link: Callable[[int], str],
    words: Language,
    labels: tuple[str, str] = NEWEST_FIRST,
) -> Pager | None:
    """Links to the pages before and after; `link` gives the href of a page, `labels` are messages. None for a
    list of one page."""
    if part.pages == 1:
        return None
    size = part.before // (part.number - 1) if part.number > 1 else len(part.rows)
    earlier = later = None
    if part.number > 1:
        earlier = Turn(
            link(part.number - 1),
            words.gettext(labels[0]),
            _range(part.before - size + 1, part.before, words),
        )
    if part.number < part.pages:
        first = part.before + len(part.rows) + 1
        later = Turn(
            link(part.number + 1),
            words.gettext(labels[1]),
            _range(first, min(first + size - 1, part.total), words),
        )
    where = words.gettext(
        "Page {number} of {pages}", number=words.figure(part.number), pages=words.figure(part.pages)
    )
    return Pager(words.gettext("Pages"), where, earlier, later)


def _range(first: int, last: int, words: Language) -> str:
    return words.span(words.figure(first), words.figure(max(first, last)))


def by_year(basis: Basis, articles: Sequence[ArticleId]) -> tuple[Group, ...]:
    """Articles, newest first, under their years; the headings have ids like "y2021"."""
    years: dict[int, list[ArticleId]] = {}
    for identity in articles:
        years.setdefault(basis.items[identity].year, []).append(identity)
    return tuple(
        Group(f"y{year}", str(year), tuple(basis.items[i] for i in found)) for year, found in years.items()
    )


def with_years(bars: Chart | None, first_page: Mapping[int, int], link: Callable[[int], str]) -> Chart | None:
    """A chart whose bars lead to the newest of their years, on the page of the list where it begins.

    `first_page` gives for each year the number of that page; `link` the href of a page.
    """
    if bars is None:
        return None
    linked = []
    for bar in bars.bars:
        year = max((y for y in first_page if bar.first <= y <= bar.last), default=None)
        if year is None:
            linked.append(bar)
        else:
            page = first_page[year]
            linked.append(bar._replace(link=f"{link(page) if page > 1 else ''}#y{year}"))
    return bars._replace(bars=tuple(linked))


def by_month(basis: Basis, articles: Sequence[ArticleId]) -> tuple[Group, ...]:
    """Articles of one year, newest first, under their months."""
    groups = []
    for number, found in groupby(articles, key=lambda i: basis.archive.cards[i].published.day.month):
        rows = list(found)
        year = basis.items[rows[0]].year
        where = href(basis.site, date_address(year, number))
        groups.append(
            Group("", basis.site.words.month_alone(number), tuple(basis.items[i] for i in rows), where)
        )
    return tuple(groups)


def by_day(basis: Basis, articles: Sequence[ArticleId], *, year: bool = True) -> tuple[Group, ...]:
    """Articles, newest first, under their days: "Saturday, 20 April 2024", or without the year."""
    groups = []
    for day, found in groupby(articles, key=lambda i: basis.archive.cards[i].published.day):
        where = day_href(basis.site, day)
        items = tuple(basis.items[i] for i in found)
        groups.append(Group("", basis.site.words.weekday(day, year=year), items, where, day.isoformat()))
    return tuple(groups)
