"""The views of an entity's pages: a person, an organisation, a place and whatever else a site files by."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from generator.core import archive
from generator.core.archive import Appearance, Told
from generator.core.frozen import dataclass
from generator.core.language import Language
from generator.core.model import Coordinates, EntityKey, Record, Role
from generator.render.addresses import absolute, href, index_address, paged, web_url
from generator.render.article_parts import appearances_words
from generator.render.basis import Basis
from generator.render.charts import Chart
from generator.render.concordance import YearLines, concordance
from generator.render.entity_parts import (
    Whereabouts,
    YearLink,
    beside_names,
    company,
    through_the_years,
    whereabouts,
)
from generator.render.frame import Head, Sheet, feeds, has_feed
from generator.render.lists import Slice, page_pager
from generator.render.maps import Drawn
from generator.render.network import Network
from generator.render.quote_views import Said
from generator.render.structured import entity_data, identifier_links
from generator.render.timelines import Event
from generator.render.views import Counted, Dated, Item, NavLink, Pager, Ref, dated


class RoleLine(NamedTuple):
    """An office or a phase: `when` in words, `since` for machines, or ""."""

    when: str
    since: str
    title: str
    organisation: Ref | None  # with href "" when the archive does not know it
    current: bool


class Described(NamedTuple):
    """A title that articles give the person, as `parts/entity/roles.html` shows it.

    `when` is in words ("13 Apr 2021", "13 Apr 2021 to 4 June 2023"), `iso` its first day, `articles` in
    words too. The entity page's own room decides how it looks.
    """

    when: str
    iso: str
    title: str
    articles: str


class Identifier(NamedTuple):
    """A number in an authority file."""

    label: str
    value: str
    href: str


class Appears(NamedTuple):
    """An article that names the entity, and how often."""

    item: Item
    mentions: str  # "2 mentions", or ""
    id: str = ""  # of the first of a year that has no sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView(Sheet):
    """One page of an entity. What only the first page shows is empty on the others.

    `sentences`, `quoted`, `quoted_about` and `timeline` are read from the articles' texts when the page is
    rendered; `said` are digests of these.
    """

    entity: EntityKey
    name: str
    kind: str  # "Person"
    kind_plural: str
    index_href: str
    href: str
    note: str
    confirmed: bool
    articles: int
    figures: str  # "214 mentions in 96 articles"
    first: Dated | None
    last: Dated | None
    feed: str
    chart: Chart | None
    roles: tuple[RoleLine, ...]  # as the record says
    described: tuple[Described, ...]  # as articles say, oldest first
    aliases: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    links: tuple[NavLink, ...]
    coordinates: str
    years: tuple[YearLink, ...]  # newest first
    network: Network | None
    beside: tuple[Counted, ...]
    maps: tuple[Drawn, ...]
    places: tuple[Counted, ...]
    said: tuple[str, ...]
    sentences: tuple[YearLines, ...]
    quoted: tuple[Said, ...]  # what it says, newest first
    quoted_about: tuple[Said, ...]
    timeline: tuple[Event, ...]
    items: tuple[Appears, ...]
    number: int  # of the page, from 1
    pager: Pager | None


def entity_view(basis: Basis, key: EntityKey, number: int) -> EntityView:
    """Page `number`, from 1, of an entity; its sentences are still to be read."""
    entity = basis.archive.entities[key]
    part = Slice.at(entity.appearances, basis.site.paginate, number)
    card, site = entity.card, basis.site
    words = site.words
    taxonomy = site.taxonomy(card.key.taxonomy)
    opening = part.number == 1
    record = entity.record if opening else None
    shows = partial(basis.shows, "entity.html")
    beside = beside_names(basis, entity) if opening and shows("beside") else ()
    places = whereabouts(basis, entity) if opening and shows("places") else Whereabouts((), ())
    through = shows("chart") or shows("years")
    bars, years = through_the_years(basis, entity, part.number) if through else (None, ())
    named = [
        basis.archive.cards[a.article].published for a in entity.appearances[:1] + entity.appearances[-1:]
    ]
    read = any(map(shows, ("sentences", "quoted", "timeline")))
    figures = appearances_words(card.mentions, card.articles, words)
    followed = bool(entity.appearances) and has_feed(site, taxonomy.key)
    return EntityView(
        frame=basis.frame,
        entity=key,
        head=Head(
            title=f"{part.title(card.name, words)} · {site.title}",
            description=words.gettext(
                "{name}. {figures} of {site}.",
                name=card.description or card.name,
                figures=figures,
                site=site.title,
            ),
            url=absolute(site, paged(card.address, part.number)),
            kind="profile" if taxonomy.schema == "Person" else "website",
            feeds=feeds(site, card.address, f"{card.name} · {site.title}") if followed else (),
            data=entity_data(entity, taxonomy.schema, site) if opening else "",
        ),
        section=taxonomy.key,
        name=card.name,
        kind=taxonomy.singular,
        kind_plural=taxonomy.plural,
        index_href=href(site, index_address(taxonomy.key)),
        href=href(site, card.address),
        note=card.description,
        confirmed=card.confirmed,
        articles=card.articles,
        figures=figures,
        first=dated(named[-1], words) if named else None,
        last=dated(named[0], words) if named else None,
        feed=href(site, f"{card.address}feed.xml") if followed else "",
        chart=bars if opening and shows("chart") else None,
        roles=tuple(_role(basis, role) for role in record.roles) if record else (),
        described=tuple(_described(each, words) for each in entity.described)
        if opening and shows("described")
        else (),
        aliases=record.aliases if record else (),
        identifiers=tuple(Identifier(*row) for row in identifier_links(card.identifiers)) if opening else (),
        links=_links(record),
        coordinates=_coordinates(card.coordinates, words) if opening else "",
        years=years if len(years) > 1 and shows("years") else (),
        network=company(basis, beside) if shows("network") else None,
        beside=tuple(counted for _, counted in beside),
        maps=places.maps,
        places=places.places,
        said=tuple(basis.archive.cards[a.article].said for a in part.rows) if read else (),
        sentences=(),
        quoted=(),
        quoted_about=(),
        timeline=(),
        items=_appearing(basis, part.rows, counted=shows("mentions")),
        number=part.number,
        pager=page_pager(part, lambda n: href(site, paged(card.address, n)), words),
    )


def _appearing(basis: Basis, appearances: Sequence[Appearance], *, counted: bool) -> tuple[Appears, ...]:
    """Articles as a list shows them; the first of each year can be led to."""
    reached: set[int] = set()
    words = basis.site.words
    rows = []
    for appearance in appearances:
        item = basis.items[appearance.article]
        mentions = ""
        if appearance.mentions and counted:
            mentions = words.ngettext("{number} mention", "{number} mentions", appearance.mentions)
        rows.append(Appears(item, mentions, "" if item.year in reached else f"y{item.year}"))
        reached.add(item.year)
    return tuple(rows)


def with_sentences(view: EntityView, leaves: Iterable[Told | None]) -> EntityView:
    """The view with its sentences; a year that has some is led to there and not at its first article."""
    sentences = concordance(view.entity, (row.item for row in view.items), leaves)
    reached = {each.year for each in sentences}
    items = tuple(row._replace(id="") if row.item.year in reached else row for row in view.items)
    return replace(view, sentences=sentences, items=items)


def _role(basis: Basis, role: Role) -> RoleLine:
    words = basis.site.words
    since, until = written_date(role.since, words), written_date(role.until, words)
    if since and until:
        when = words.span(since, until)
    elif since:
        when = words.gettext("Since {date}", date=since)
    else:
        when = words.gettext("Until {date}", date=until) if until else ""
    organisation = None
    if role.organisation:
        organisation = basis.named.get(role.organisation) or Ref("", role.organisation)
    return RoleLine(when, role.since, role.title, organisation, bool(since) and not until)


def _described(title: archive.Described, words: Language) -> Described:
    when = words.span(words.short_day(title.first), words.short_day(title.last))
    articles = words.ngettext("{number} article", "{number} articles", title.articles)
    return Described(when, title.first.isoformat(), title.title, articles)


def written_date(text: str, words: Language) -> str:
    """A date as a record writes it, in words: "2021-05-08" → "8 May 2021", "2014" → "2014"."""
    parts = text.split("-")
    if not all(p.isascii() and p.isdecimal() for p in parts) or not 2 <= len(parts) <= 3:
        return text
    year, month, *days = map(int, parts)
    if len(parts[0]) > 4 or not 1 <= month <= 12:
        return text
    try:
        return words.day(date(year, month, days[0])) if days else words.month(year, month)
    except ValueError:
        return text


def _links(record: Record | None) -> tuple[NavLink, ...]:
    found = [web_url(url) for url in record.same_as] if record else []
    return tuple(NavLink(url.partition("://")[2].rstrip("/"), url) for url in found if url)


def _coordinates(where: Coordinates | None, words: Language) -> str:
    if where is None:
        return ""
    latitude, longitude = where
    along = (
        words.pgettext("north", "{degrees} N") if latitude >= 0 else words.pgettext("south", "{degrees} S")
    )
    across = (
        words.pgettext("east", "{degrees} E") if longitude >= 0 else words.pgettext("west", "{degrees} W")
    )
    found = tuple(
        side.format(degrees=f"{words.decimal(abs(value), 4)}°").replace("° ", "°\u00a0")
        for side, value in ((along, latitude), (across, longitude))
    )
    return words.listed(found)
