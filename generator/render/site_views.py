"""The views of the pages a site has once: free pages, corrections, search, data, 404, redirects."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from generator.core.archive import Archive
from generator.core.frozen import dataclass
from generator.core.language import Language, message
from generator.core.model import Correction, FreePage, Value
from generator.core.paths import Address, ArticleId
from generator.core.site import Site
from generator.render.addresses import absolute, href, paged
from generator.render.basis import Basis
from generator.render.colours import DARK_PAPER, LIGHT_PAPER, lightened
from generator.render.frame import Head, NavItem, Sheet, titled
from generator.render.lists import Slice, page_pager
from generator.render.search_parts import search_parts
from generator.render.structured import collection_data
from generator.render.views import Dated, Item, NavLink, Pager, dated
from generator.render.year_strips import YearStrip, year_strips

CORRECTIONS = Address("/corrections/")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePageView(Sheet):
    """A free page; its text comes beside."""

    title: str
    standfirst: str
    extra: Mapping[str, Value]


class Corrected(NamedTuple):
    """A correction and the article it stands in; `date` is None where the paper gave none."""

    date: Dated | None
    text: str
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView(Sheet):
    """One page of all corrections, newest first."""

    total: int
    rows: tuple[Corrected, ...]
    number: int
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(Sheet):
    """The search page; `texts` is the href of the list of texts that the script reads without an index.

    `index` is the href of the index's folder, or ""; `parts` its parts' names, newest first; `kinds` what
    results can be narrowed by; `words` what the script says, as JSON.
    """

    articles: int
    texts: str
    script: str
    index: str
    parts: tuple[str, ...]
    kinds: tuple[NavItem, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPageView(Sheet):
    """What the archive offers to programs."""

    articles: int
    entities: int
    articles_href: str
    entities_href: str
    texts_href: str  # "", like the next three, where the site does without
    quotes_href: str
    dates_href: str
    json_feed_href: str
    feed_href: str
    sitemap_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(Sheet):
    """The page for an address that leads nowhere."""

    years: tuple[YearStrip, ...]
    ways: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """A small page that leads from an old address to a new one."""

    language: str
    direction: str
    url: str
    href: str
    icon: str  # without one, browsers ask for /favicon.ico


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """The colours a site sets: "#rrggbb", or "" for the theme's own. Of paper, either may be the theme's."""

    light: str  # the accent on light paper
    dark: str
    paper: str
    paper_dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsView:
    """What robots.txt says: where the sitemap is."""

    sitemap: str


def free_page_view(basis: Basis, page: FreePage) -> FreePageView:
    """A page of content/pages."""
    site = basis.site
    return FreePageView(
        frame=basis.frame,
        head=Head(
            title=f"{page.title} · {site.title}",
            description=page.summary or f"{page.title}: {site.title}.",
            url=absolute(site, page.address),
        ),
        section=page.address,
        title=page.title,
        standfirst=page.summary,
        extra=dict(page.extra),
    )


def corrections_view(basis: Basis, number: int) -> CorrectionsView:
    """Page `number`, from 1, of all corrections of the archive, the newest first."""
    site, archive, words = basis.site, basis.archive, basis.site.words
    part = Slice.at(corrected(archive), site.paginate, number)
    return CorrectionsView(
        frame=basis.frame,
        head=Head(
            title=titled(part.title(words.gettext("Corrections"), words), site),
            description=words.gettext("Every correction that {site} has published.", site=site.title),
            url=absolute(site, paged(CORRECTIONS, part.number)),
            data=collection_data(site, words.gettext("Corrections"), CORRECTIONS) if part.number == 1 else "",
        ),
        section="corrections",
        total=part.total,
        rows=tuple(
            Corrected(dated(c.date, words) if c.date else None, c.text, basis.items[i])
            for _, i, c in part.rows
        ),
        number=part.number,
        pager=page_pager(
            part,
            lambda n: href(site, paged(CORRECTIONS, n)),
            words,
            (message("Newer corrections"), message("Older corrections")),
        ),
    )


def corrected(archive: Archive) -> list[tuple[int, ArticleId, Correction]]:
    """Every correction with its number and its article, the newest first; ties go to the newer article."""
    found = [
        (-(c.date or archive.cards[i].published).at.timestamp(), place, number, i, c)
        for place, i in enumerate(archive.order)
        for number, c in enumerate(archive.filed[i].article.corrections)
    ]
    return [(number, i, c) for _, _, number, i, c in sorted(found, key=lambda row: row[:3])]


def search_view(basis: Basis, *, indexed: bool) -> SearchView:
    """The search page; `indexed` tells whether there is an index to search."""
    site = basis.site
    parts = tuple(part.name for part in search_parts(basis.archive)) if indexed else ()
    return SearchView(
        frame=basis.frame,
        head=Head(
            title=titled(site.words.gettext("Search"), site),
            description=site.words.gettext("Search the full text of {site}.", site=site.title),
            url=absolute(site, "/search/"),
        ),
        section="search",
        articles=len(basis.archive.order),
        texts=href(site, "/data/text/index.json"),
        script=href(site, "/assets/find.js" if parts else "/assets/search.js"),
        index=href(site, "/search/index/") if parts else "",
        parts=parts,
        kinds=tuple(item for item in basis.frame.nav if any(item.key == t.key for t in site.taxonomies)),
        words=_search_words(site.words),
    )


def _search_words(words: Language) -> str:
    """What the scripts of search say, as JSON."""
    forms, which = words.forms_by_number("{number} article with {query}", "{number} articles with {query}")
    gettext = words.gettext
    said = {
        "found": {"forms": forms, "which": which},
        "none": gettext("No articles with {query}"),
        "years": gettext("in {years}"),
        "clear": gettext("Clear the filters"),
        "reading": gettext("so far; still reading…"),
        "onward": gettext("so far; the older articles are searched as you go on."),
        "loading": gettext("Reading the archive…"),
        "failed": gettext("The archive could not be read. Try again in a moment."),
        "filter": gettext("Filter"),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def data_page_view(basis: Basis) -> DataPageView:
    """The page about the archive as data."""
    site = basis.site
    return DataPageView(
        frame=basis.frame,
        head=Head(
            title=titled(site.words.gettext("The archive as data"), site),
            description=site.words.gettext(
                "{site} for programs: articles, names, texts and feeds.", site=site.title
            ),
            url=absolute(site, "/data/"),
        ),
        section="data",
        articles=len(basis.archive.order),
        entities=len(basis.archive.entities),
        articles_href=href(site, "/data/articles.jsonl"),
        entities_href=href(site, "/data/entities.json"),
        texts_href="" if "search" in site.omit else href(site, "/data/text/index.json"),
        quotes_href="" if "quotes" in site.omit else href(site, "/data/quotes.json"),
        dates_href="" if "timelines" in site.omit else href(site, "/data/dates.json"),
        feed_href=href(site, "/feed.xml"),
        json_feed_href="" if "json-feeds" in site.omit else href(site, "/feed.json"),
        sitemap_href=href(site, "/sitemap.xml"),
    )


def not_found_view(basis: Basis) -> NotFoundView:
    """The page that a host serves for an unknown address."""
    site = basis.site
    return NotFoundView(
        frame=basis.frame,
        head=Head(
            title=titled(site.words.gettext("Not found"), site),
            description=site.words.gettext("There is no page at this address."),
            url=absolute(site, "/404.html"),
            hidden=True,
        ),
        years=year_strips(basis),
        ways=tuple(NavLink(item.label, item.href) for item in basis.frame.nav),
    )


def redirect_view(site: Site, target: Address) -> RedirectView:
    """A redirect to an address of the site."""
    return RedirectView(
        language=site.language,
        direction=site.direction,
        url=absolute(site, target),
        href=href(site, target),
        icon=href(site, "/assets/icon.svg"),
    )


def theme_view(site: Site) -> ThemeView | None:
    """The site's own colours, or None where it sets none."""
    theme = site.theme
    if not theme.is_coloured:
        return None
    light = theme.accent or theme.accent_dark
    papers = (theme.paper or LIGHT_PAPER, theme.paper_dark or DARK_PAPER)
    paper, paper_dark = papers if theme.paper or theme.paper_dark else ("", "")
    return ThemeView(
        light=light,
        dark=theme.accent_dark or (lightened(light) if light else ""),
        paper=paper,
        paper_dark=paper_dark,
    )
