"""What every view is built from: the archive, and the small values it shares, each made once."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from generator.core.archive import Archive, Card, Entity, EntityCard
from generator.core.frozen import dataclass
from generator.core.language import direction
from generator.core.lazily import Lazily
from generator.core.model import EntityKey
from generator.core.paths import ArticleId, Slug, fold, slugify
from generator.core.site import Site
from generator.render.addresses import href
from generator.render.charts import spark
from generator.render.frame import Frame, build_frame
from generator.render.views import Item, Name, Ref

Made = TypeVar("Made")

SENTENCES, QUOTED, TIMELINE = "sentences", "quoted", "timeline"
"""What of an entity's, a tag's or an article's view is read from texts, only where a template shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """An author's or a publisher's articles, newest first, under the first spelling of the name."""

    name: str
    articles: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The archive as views take it. `days` runs from the oldest to the newest, and so do the articles of a
    day; `years` are the first and the last. `files` are the content files that are served."""

    archive: Archive
    site: Site
    frame: Frame
    items: Mapping[ArticleId, Item]  # each made when it is first asked for
    names: Mapping[EntityKey, Name]
    refs: Mapping[EntityKey, Ref]
    days: Mapping[date, tuple[ArticleId, ...]]
    months: Mapping[tuple[int, int], int]  # (year, month) → articles
    totals: Mapping[int, int]  # year → articles
    anniversaries: Mapping[tuple[int, int], tuple[date, ...]]  # (month, day) → days, oldest first
    years: tuple[int, int]
    in_order: tuple[date, ...]  # the days, oldest first
    authors: Mapping[Slug, Byline]
    publishers: Mapping[Slug, Byline]
    files: frozenset[str]
    named: Mapping[str, Ref]  # by name as written; the first taxonomy's where two share it
    bodies: frozenset[str]  # folded names of organisations and publishers: no persons
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by template: the words that it writes
    kept: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What several views need of the whole archive, made when it is first asked for."""
        if name not in self.kept:
            self.kept[name] = make()
        made: Made = self.kept[name]
        return made

    def shows(self, template: str, name: str) -> bool:
        """Whether a template can show a field: one that is never shown need not be made."""
        return template not in self.words or name in self.words[template]

    def bylines(self, key: str) -> Mapping[Slug, Byline]:
        """The "authors", or the "publishers"."""
        return self.authors if key == "authors" else self.publishers

    def entities_of(self, taxonomy: str) -> tuple[Entity, ...]:
        """The entities of one taxonomy, by sort key."""
        return tuple(e for key, e in self.archive.entities.items() if key.taxonomy == taxonomy)


def basis_of(
    archive: Archive,
    site: Site,
    frame: Frame,
    years: tuple[int, int],
    bodies: frozenset[str],
    files: frozenset[str],
    words: Mapping[str, frozenset[str]],
) -> Basis:
    """What the pages of single articles are made from: of the archive, no more than they show."""
    return Basis(
        archive=archive,
        site=site,
        frame=frame,
        items=Lazily(partial(_item_of, archive.cards, site), archive.cards),
        names={key: _name(entity.card, site, years) for key, entity in archive.entities.items()},
        refs={key: _ref(entity.card, site) for key, entity in archive.entities.items()},
        days={},
        months={},
        totals={},
        anniversaries={},
        years=years,
        in_order=(),
        authors={},
        publishers={},
        files=files,
        named={},
        bodies=bodies,
        words=words,
    )


def build_basis(
    archive: Archive,
    site: Site,
    files: frozenset[str],
    words: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Basis:
    """Everything that views share; `files` are paths below content/ ("media/x.jpg"), `words` those that
    templates write."""
    days: dict[date, list[ArticleId]] = {}
    months: dict[tuple[int, int], int] = {}
    totals: dict[int, int] = {}
    for identity in reversed(archive.order):
        day = archive.cards[identity].published.day
        days.setdefault(day, []).append(identity)
        months[day.year, day.month] = months.get((day.year, day.month), 0) + 1
        totals[day.year] = totals.get(day.year, 0) + 1
    in_order = sorted(days)
    refs = {key: _ref(entity.card, site) for key, entity in archive.entities.items()}
    anniversaries: dict[tuple[int, int], list[date]] = {}
    for day in in_order:
        anniversaries.setdefault((day.month, day.day), []).append(day)
    years = (in_order[0].year, in_order[-1].year) if in_order else (0, 0)
    return Basis(
        archive=archive,
        site=site,
        frame=build_frame(archive, site),
        items=Lazily(partial(_item_of, archive.cards, site), archive.cards),
        names={key: _name(entity.card, site, years) for key, entity in archive.entities.items()},
        refs=refs,
        named={ref.name: ref for ref in reversed(refs.values())},
        days={day: tuple(days[day]) for day in in_order},
        in_order=tuple(in_order),
        months=months,
        totals=totals,
        anniversaries={key: tuple(found) for key, found in anniversaries.items()},
        years=years,
        authors={} if "authors" in site.omit else _bylines(archive, archive.authors),
        publishers={} if "publishers" in site.omit else _bylines(archive, archive.publishers),
        files=files,
        bodies=_bodies(archive, site),
        words=dict(words),
    )


def rebased(basis: Basis, archive: Archive) -> Basis:
    """The same basis on the same archive in another form."""
    return replace(
        basis,
        archive=archive,
        items=Lazily(partial(_item_of, archive.cards, basis.site), archive.cards),
    )


def _item_of(cards: Mapping[ArticleId, Card], site: Site, identity: ArticleId) -> Item:
    card = cards[identity]
    day = card.published.day
    words = site.words
    return Item(
        href=href(site, card.address),
        title=card.title,
        summary=card.summary,
        iso=card.published.iso,
        date=words.short_day(day),
        short=words.shortest_day(day),
        clock=card.published.clock,
        year=day.year,
        by=words.joined(card.authors),
        lang=own_language(card.language, site),
        dir=own_direction(card.language, site),
        status="" if card.status == "published" else card.status,
    )


def own_language(language: str, site: Site) -> str:
    """A text's language where it is not the site's, else ""."""
    return "" if language == site.language else language


def own_direction(language: str, site: Site) -> str:
    """A text's direction where its language is not the site's, else ""."""
    return "" if language == site.language else direction(language)


def _name(card: EntityCard, site: Site, years: tuple[int, int]) -> Name:
    return Name(
        href=href(site, card.address),
        name=card.name,
        sort=card.sort,
        note=card.description,
        confirmed=card.confirmed,
        articles=card.articles,
        spark=spark(dict(card.years), years[1], years[0]),
    )


def _ref(card: EntityCard, site: Site) -> Ref:
    return Ref(href(site, card.address), card.name, card.confirmed, card.articles)


def _bodies(archive: Archive, site: Site) -> frozenset[str]:
    schemas = {taxonomy.key: taxonomy.schema for taxonomy in site.taxonomies}
    named = {
        fold(e.card.name) for k, e in archive.entities.items() if schemas.get(k.taxonomy) == "Organization"
    }
    return frozenset(named | {fold(name) for name in archive.publishers})


def _bylines(archive: Archive, found: Mapping[str, tuple[ArticleId, ...]]) -> dict[Slug, Byline]:
    """Names by slug: two spellings that would share an address share the page."""
    spellings: dict[Slug, list[str]] = {}
    for name in sorted(found):
        spellings.setdefault(slugify(name), []).append(name)
    rank = {identity: place for place, identity in enumerate(archive.order)}
    bylines: dict[Slug, Byline] = {}
    for slug, names in spellings.items():
        articles = sorted({i for name in names for i in found[name] if i in rank}, key=rank.__getitem__)
        bylines[slug] = Byline(name=names[0], articles=tuple(articles))
    return bylines
