"""The views of the front page and of the lists of the latest behind it."""

from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.model import Article
from generator.core.paths import ArticleId
from generator.render.addresses import HOME, TAGS, absolute, date_address, href, index_address, paged, picture
from generator.render.article_views import Picture
from generator.render.basis import Basis
from generator.render.date_views import other_years
from generator.render.frame import Head, Sheet, feeds, titled
from generator.render.lists import Slice, by_day, page_pager
from generator.render.naming import most_named
from generator.render.story_views import StoryLine, story_line
from generator.render.structured import site_data
from generator.render.views import Counted, Group, Item, NavLink, Pager, Ref
from generator.render.year_strips import YearStrip, year_strips

LATEST = 8
"""Headlines beside the lead story."""
BENEATH = 3
"""Stories under a lead that has no picture to fill its column."""
LEADING = 8
"""Of how many newest articles the newest with a picture leads."""
MOST_STORIES = 4
MOST_NAMED = 9
MOST_OTHER_YEARS = 6


class FrontColumn(NamedTuple):
    """The largest names of a taxonomy; `href` leads to its index."""

    title: str
    href: str
    names: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView(Sheet):
    """The front page. `lead` is None for an archive without articles."""

    articles: int
    lead: Item | None
    kicker: Ref | None
    image: Picture | None
    beneath: tuple[Item, ...]  # stories under a lead without a picture
    latest: tuple[Group, ...]
    month: NavLink | None  # all of the latest month
    more: NavLink | None  # the list behind the front page
    stories: tuple[StoryLine, ...]  # those with the newest articles
    anniversary: str
    others: tuple[Item, ...]
    named_in: str  # "2024"
    named: tuple[Counted, ...]
    strips: tuple[YearStrip, ...]
    columns: tuple[FrontColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestView(Sheet):
    """A page of all articles, newest first, by day; the front page is the first."""

    number: int
    groups: tuple[Group, ...]
    pager: Pager | None


def front_view(basis: Basis) -> FrontView:
    """The front page."""
    archive, site = basis.archive, basis.site
    words = site.words
    order = archive.order
    lead = _lead(basis)
    article = archive.filed[lead].article if lead else None
    image = _picture(basis, article) if article else None
    under = 0 if image else BENEATH
    rest = [i for i in order[: LATEST + under + 1] if i != lead][: LATEST + under]
    day = archive.cards[lead].published.day if lead else None
    last = basis.years[1]
    newest = archive.cards[order[0]].published.day if order else None
    this_year = [i for i in order if basis.items[i].year == last]
    named = most_named(basis, this_year, {t.key for t in site.taxonomies} - {"people"})
    return FrontView(
        frame=basis.frame,
        head=Head(
            title=site.title,
            description=site.description or words.gettext("The archive of {site}.", site=site.title),
            url=absolute(site, "/"),
            feeds=feeds(site, "/", site.title),
            data=site_data(site),
        ),
        section="home",
        articles=len(order),
        lead=basis.items[lead] if lead else None,
        kicker=_kicker(basis, lead) if lead else None,
        image=image,
        beneath=tuple(basis.items[identity] for identity in rest[:under]),
        latest=by_day(basis, rest[under:]),
        month=NavLink(
            words.month(newest.year, newest.month), href(site, date_address(newest.year, newest.month))
        )
        if newest
        else None,
        more=NavLink(words.gettext("Older articles"), href(site, paged(HOME, 2)))
        if len(order) > site.paginate
        else None,
        stories=tuple(story_line(basis, story) for story in archive.stories[:MOST_STORIES]),
        anniversary=words.anniversary(day) if day else "",
        others=other_years(basis, day)[:MOST_OTHER_YEARS] if day else (),
        named_in=str(last) if named else "",
        named=tuple(named[:MOST_NAMED]),
        strips=year_strips(basis),
        columns=_columns(basis),
    )


def _columns(basis: Basis) -> tuple[FrontColumn, ...]:
    """What the archive is most about: the largest names of each taxonomy but people, who have a section."""
    columns = []
    for taxonomy in basis.site.taxonomies:
        if taxonomy.key == "people":
            continue
        found = [e.card for e in basis.entities_of(taxonomy.key) if e.card.articles > 1]
        found.sort(key=lambda card: (-card.articles, card.sort))
        names = tuple(Counted(basis.names[card.key], card.articles) for card in found[:6])
        if names:
            columns.append(FrontColumn(taxonomy.plural, href(basis.site, index_address(taxonomy.key)), names))
    return tuple(columns)


def _lead(basis: Basis) -> ArticleId | None:
    newest = basis.archive.order[:LEADING]
    pictured = (i for i in newest if _picture(basis, basis.archive.filed[i].article))
    return next(pictured, newest[0] if newest else None)


def _kicker(basis: Basis, identity: ArticleId) -> Ref | None:
    namings = basis.archive.filed[identity].namings
    return next(
        (basis.refs[n.entity] for n in namings if n.entity.taxonomy == TAGS and n.entity in basis.refs), None
    )


def _picture(basis: Basis, article: Article) -> Picture | None:
    image = article.image
    if not image or not image.src:
        return None
    served = image.src.removeprefix("/")
    src = picture(basis.site, image.src) if served in basis.files or "://" in image.src else ""
    return Picture(src, image.alt, image.caption, image.credit, image.taken) if src else None


def latest_view(basis: Basis, number: int) -> LatestView:
    """Page `number`, from 2, of all articles: the front page is the first."""
    site, words = basis.site, basis.site.words
    part = Slice.at(basis.archive.order, site.paginate, number)
    dates = [basis.items[i].date for i in (part.rows[-1], part.rows[0])]
    return LatestView(
        frame=basis.frame,
        head=Head(
            title=titled(part.title(words.gettext("All articles"), words), site),
            description=words.gettext(
                "Articles of {site}, {days}.", site=site.title, days=words.span(*dates)
            ),
            url=absolute(site, paged(HOME, part.number)),
        ),
        section="home",
        number=part.number,
        groups=by_day(basis, part.rows),
        pager=page_pager(part, lambda n: href(site, paged(HOME, n)), words),
    )
