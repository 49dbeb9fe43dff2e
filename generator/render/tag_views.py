"""The views of a tag's pages."""

from typing import NamedTuple

from generator.core.archive import Entity
from generator.core.frozen import dataclass
from generator.core.model import EntityKey
from generator.render.addresses import TAGS, absolute, href, index_address, paged
from generator.render.basis import Basis
from generator.render.charts import Chart, chart
from generator.render.frame import Head, Sheet, feeds
from generator.render.lists import Slice, by_year, page_pager, with_years
from generator.render.structured import entity_data
from generator.render.timelines import Event
from generator.render.views import Counted, Group, Pager, Ref

MOST_BESIDE = 8
"""Names listed in each column beside a tag."""


class Column(NamedTuple):
    """Names found with a tag: "People"."""

    title: str
    names: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView(Sheet):
    """One page of a tag. What only the first page shows is empty on the others.

    `timeline` is read from the articles' texts when the page is rendered; `said` are digests of these.
    """

    name: str
    index_href: str
    index_title: str
    parents: tuple[Ref, ...]  # the broadest first
    note: str
    confirmed: bool
    aliases: tuple[str, ...]
    articles: int
    first: int  # years; 0 when there is no article
    last: int
    feed: str
    chart: Chart | None
    columns: tuple[Column, ...]
    years: tuple[Group, ...]
    said: tuple[str, ...]
    timeline: tuple[Event, ...]
    number: int
    pager: Pager | None


def tag_view(basis: Basis, key: EntityKey, number: int) -> TagView:
    """Page `number`, from 1, of a tag."""
    entity = basis.archive.entities[key]
    part = Slice.at(entity.appearances, basis.site.paginate, number)
    articles = [row.article for row in part.rows]
    years = [year for year, _ in entity.card.years]
    card, site = entity.card, basis.site
    words = site.words
    taxonomy = site.taxonomy(TAGS)
    opening = part.number == 1
    return TagView(
        frame=basis.frame,
        head=Head(
            title=f"{part.title(card.name, words)} · {site.title}",
            description=words.gettext(
                "{name}. {figures} of {site}.",
                name=card.description or card.name,
                figures=words.ngettext("{number} article", "{number} articles", card.articles),
                site=site.title,
            ),
            url=absolute(site, paged(card.address, part.number)),
            feeds=feeds(site, card.address, f"{card.name} · {site.title}") if years else (),
            data=entity_data(entity, taxonomy.schema, site) if opening else "",
        ),
        section=TAGS,
        name=card.name,
        index_href=href(site, index_address(TAGS)),
        index_title=taxonomy.plural,
        parents=_parents(basis, entity),
        note=card.description,
        confirmed=card.confirmed,
        aliases=entity.record.aliases if entity.record and opening else (),
        articles=card.articles,
        first=min(years, default=0),
        last=max(years, default=0),
        feed=href(site, f"{card.address}feed.xml") if years else "",
        chart=_chart(basis, entity) if opening and basis.shows("tag.html", "chart") else None,
        columns=_columns(basis, entity) if opening and basis.shows("tag.html", "columns") else (),
        years=by_year(basis, articles),
        said=tuple(basis.archive.cards[i].said for i in articles)
        if basis.shows("tag.html", "timeline")
        else (),
        timeline=(),
        number=part.number,
        pager=page_pager(part, lambda n: href(site, paged(card.address, n)), words),
    )


def _chart(basis: Basis, entity: Entity) -> Chart | None:
    """Articles by year, each year leading to the page where it begins."""
    first_page: dict[int, int] = {}
    where = entity.card.address
    for place, identity in enumerate(entity.appearances.articles):
        year = basis.archive.cards[identity].published.day.year
        first_page.setdefault(year, place // basis.site.paginate + 1)
    words = basis.site.words
    title = words.gettext("Articles tagged {name} by year.", name=entity.card.name)
    bars = chart(dict(entity.card.years), basis.years, title, words)
    return with_years(bars, first_page, lambda n: href(basis.site, paged(where, n)))


def _parents(basis: Basis, entity: Entity) -> tuple[Ref, ...]:
    parents: list[Ref] = []
    seen = {entity.card.key}
    key = entity.broader
    while key is not None and key in basis.archive.entities and key not in seen:
        seen.add(key)
        parents.append(basis.refs[key])
        key = basis.archive.entities[key].broader
    return tuple(reversed(parents))


def _columns(basis: Basis, entity: Entity) -> tuple[Column, ...]:
    narrower = [
        Counted(basis.names[key], basis.names[key].articles) for key in entity.narrower if key in basis.names
    ]
    narrower.sort(key=lambda c: -c.total)
    columns = [Column(basis.site.words.gettext("Narrower tags"), tuple(narrower))]
    for taxonomy in basis.site.taxonomies:
        names = [
            Counted(basis.names[key], total)
            for key, total in entity.beside
            if key.taxonomy == taxonomy.key and key in basis.names and key not in entity.narrower
        ]
        title = basis.site.words.gettext("Other tags") if taxonomy.key == TAGS else taxonomy.plural
        columns.append(Column(title, tuple(names[:MOST_BESIDE])))
    return tuple(column for column in columns if column.names)
