"""How each kind of page is made, from the basis of all views and the few values that tell which it is.

These functions are named in the plan and called when a page's turn comes, in whatever process that is.
"""

from collections.abc import Callable

from generator.core.model import EntityKey
from generator.core.page import Copy, Page
from generator.core.paths import Address, ArticleId, Slug
from generator.render.addresses import HOME, absolute, index_address, paged
from generator.render.anniversary_views import (
    ON_THIS_DAY,
    Day,
    all_days_view,
    anniversary_leaves,
    anniversary_view,
    day_address,
)
from generator.render.basis import QUOTED, SENTENCES, TIMELINE, Basis
from generator.render.card_views import card_address, card_view
from generator.render.data_views import LinesView, entities_view
from generator.render.date_views import Around, day_view, month_view, year_view
from generator.render.entity_views import entity_view
from generator.render.feeds import entity_feed_view, site_feed_view, story_feed_view
from generator.render.front_views import front_view, latest_view
from generator.render.index_views import byline_view, index_view
from generator.render.network_views import NETWORK, network_view
from generator.render.quote_views import QUOTES, leaves_view, quotes_leaves, quotes_view
from generator.render.random_views import RANDOM, random_view
from generator.render.site_views import (
    CORRECTIONS,
    RobotsView,
    corrections_view,
    data_page_view,
    free_page_view,
    not_found_view,
    redirect_view,
    search_view,
    theme_view,
)
from generator.render.sitemaps import sitemap_index_view, sitemap_view
from generator.render.story_views import STORIES, stories_view, story_view
from generator.render.tag_views import tag_view
from generator.render.text_views import text_index_view

Make = Callable[..., Page]
"""Called with the basis, then with the values that tell which page."""


def free(basis: Basis, number: int, prose: str) -> Page:
    """A free page, by its number in the archive."""
    page = basis.archive.pages[number]
    return Page(address=page.address, template="page.html", view=free_page_view(basis, page), prose=prose)


def entity(basis: Basis, key: EntityKey, number: int, prose: str) -> Page:
    """A page of a name."""
    view = entity_view(basis, key, number)
    entity, size = basis.archive.entities[key], basis.site.paginate
    rows = entity.appearances[(number - 1) * size : number * size]
    leaves: tuple[str, ...] = ()
    if any(basis.shows("entity.html", name) for name in (SENTENCES, QUOTED, TIMELINE)):
        leaves = tuple(basis.archive.cards[row.article].leaf if row.mentions else "" for row in rows)
    where = paged(entity.card.address, number)
    return Page(address=where, template="entity.html", view=view, prose=prose, leaves=leaves)


def tag(basis: Basis, key: EntityKey, number: int, prose: str) -> Page:
    """A page of a tag."""
    entity, size = basis.archive.entities[key], basis.site.paginate
    rows = entity.appearances[(number - 1) * size : number * size]
    leaves: tuple[str, ...] = ()
    if basis.shows("tag.html", TIMELINE):
        leaves = tuple(basis.archive.cards[row.article].leaf for row in rows)
    view = tag_view(basis, key, number)
    where = paged(entity.card.address, number)
    return Page(address=where, template="tag.html", view=view, prose=prose, leaves=leaves)


def quotes(basis: Basis, number: int) -> Page:
    """A page of all quotations."""
    view, leaves = quotes_view(basis, number), quotes_leaves(basis, number)
    return Page(address=paged(QUOTES, number), template="quotes.html", view=view, leaves=leaves)


def from_leaves(basis: Basis, where: Address, kind: str) -> Page:
    """A file of data ("quotes", "dates") read from every article's text."""
    view, leaves = leaves_view(basis, kind)
    return Page(address=where, template="text.json", view=view, leaves=leaves)


def calendar(basis: Basis) -> Page:
    """The calendar of all years."""
    return Page(address=ON_THIS_DAY, template="on-this-day.html", view=all_days_view(basis))


def anniversary(basis: Basis, day: Day, number: int) -> Page:
    """A page of a day of all years."""
    view, leaves = anniversary_view(basis, day, number), anniversary_leaves(basis, day, number)
    where = paged(day_address(day), number)
    return Page(address=where, template="anniversary.html", view=view, leaves=leaves)


def entity_feed(basis: Basis, key: EntityKey, name: str) -> Page:
    """A feed ("feed.xml", "feed.json") of a name or a tag."""
    where = Address(f"{basis.archive.entities[key].card.address}{name}")
    return Page(address=where, template=name, view=entity_feed_view(basis, key))


def story_feed(basis: Basis, where: Address, number: int, name: str) -> Page:
    """A feed of a story, by the story's number in the archive."""
    return Page(address=Address(f"{where}{name}"), template=name, view=story_feed_view(basis, number))


def card(basis: Basis, identity: ArticleId) -> Page:
    """The picture of an article that has none, for those who share it."""
    where = card_address(basis.archive.filed[identity])
    return Page(address=where, template="", view=card_view(basis, identity))


def feed(basis: Basis, name: str) -> Page:
    """A feed of the whole archive."""
    return Page(address=Address(f"/{name}"), template=name, view=site_feed_view(basis))


def front(basis: Basis) -> Page:
    """The front page."""
    return Page(address=HOME, template="front.html", view=front_view(basis))


def latest(basis: Basis, number: int) -> Page:
    """A page behind the front page."""
    return Page(address=paged(HOME, number), template="latest.html", view=latest_view(basis, number))


def year(basis: Basis, around: Around, number: int) -> Page:
    """A page of a year."""
    where = paged(around.here.address, number)
    return Page(address=where, template="year.html", view=year_view(basis, around, number))


def month(basis: Basis, around: Around, number: int) -> Page:
    """A page of a month."""
    where = paged(around.here.address, number)
    return Page(address=where, template="month.html", view=month_view(basis, around, number))


def day(basis: Basis, around: Around, number: int) -> Page:
    """A page of a day."""
    where = paged(around.here.address, number)
    return Page(address=where, template="day.html", view=day_view(basis, around, number))


def network(basis: Basis) -> Page:
    """The network of the archive's main names."""
    return Page(address=NETWORK, template="network.html", view=network_view(basis))


def random(basis: Basis) -> Page:
    """The page that leads to any article."""
    return Page(address=RANDOM, template="random.html", view=random_view(basis))


def index(basis: Basis, key: str, number: int) -> Page:
    """A page of an A–Z index."""
    where = paged(index_address(key), number)
    return Page(address=where, template="index.html", view=index_view(basis, key, number))


def byline(basis: Basis, kind: str, slug: Slug, number: int) -> Page:
    """A page of an author's or a publisher's articles."""
    where = paged(Address(f"/{kind}/{slug}/"), number)
    return Page(address=where, template="byline.html", view=byline_view(basis, kind, slug, number))


def corrections(basis: Basis, number: int) -> Page:
    """A page of corrections."""
    where = paged(CORRECTIONS, number)
    return Page(address=where, template="corrections.html", view=corrections_view(basis, number))


def stories(basis: Basis, number: int) -> Page:
    """A page of the index of stories."""
    return Page(address=paged(STORIES, number), template="stories.html", view=stories_view(basis, number))


def story(basis: Basis, where: Address, number_of: int, number: int) -> Page:
    """A page of a story, by the story's number in the archive."""
    return Page(address=where, template="story.html", view=story_view(basis, number_of, number))


def search(basis: Basis, indexed: bool) -> Page:
    """The search page, of a site with an index or without."""
    return Page(address=Address("/search/"), template="search.html", view=search_view(basis, indexed=indexed))


def data(basis: Basis) -> Page:
    """The page about the archive as data."""
    return Page(address=Address("/data/"), template="data.html", view=data_page_view(basis))


def not_found(basis: Basis) -> Page:
    """The page for an address that leads nowhere."""
    return Page(address=Address("/404.html"), template="404.html", view=not_found_view(basis))


def text_index(basis: Basis) -> Page:
    """The list of the files of texts."""
    where = Address("/data/text/index.json")
    return Page(address=where, template="text-index.json", view=text_index_view(basis))


def entities(basis: Basis) -> Page:
    """Every name."""
    where = Address("/data/entities.json")
    return Page(address=where, template="entities.json", view=entities_view(basis))


def sitemap(basis: Basis, where: Address, name: str, number: int) -> Page:
    """A part of the sitemap."""
    return Page(address=where, template="sitemap.xml", view=sitemap_view(basis, name, number))


def sitemap_index(basis: Basis) -> Page:
    """The index of the sitemap's parts."""
    where = Address("/sitemap.xml")
    return Page(address=where, template="sitemap-index.xml", view=sitemap_index_view(basis))


def robots(basis: Basis) -> Page:
    """What robots are told."""
    view = RobotsView(sitemap=absolute(basis.site, "/sitemap.xml"))
    return Page(address=Address("/robots.txt"), template="robots.txt", view=view)


def theme(basis: Basis) -> Page:
    """The colours that a site sets."""
    where = Address("/assets/theme.css")
    return Page(address=where, template="theme.css", view=theme_view(basis.site))


def copy(basis: Basis, where: Address, file: Copy) -> Page:
    """A file that is taken over."""
    return Page(address=where, template="", view=file)


def host(basis: Basis, where: Address, lines: tuple[str, ...]) -> Page:
    """A file that tells a host of redirects and headers."""
    return Page(address=where, template="host.txt", view=LinesView(lines=lines))


def redirect(basis: Basis, where: Address, target: Address) -> Page:
    """A page that leads from an old address to the new one."""
    return Page(address=where, template="redirect.html", view=redirect_view(basis.site, target))
