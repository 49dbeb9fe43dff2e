"""The parts of an article's page beside its text: cards of names, related articles, provenance."""

from datetime import UTC, datetime
from typing import NamedTuple

from generator.core.archive import Filed, Link, Neighbours
from generator.core.dates import Moment
from generator.core.language import Language, message
from generator.core.model import Article, EntityKey
from generator.render.addresses import TAGS, href, named_href, web_url
from generator.render.basis import Basis
from generator.render.charts import Spark
from generator.render.structured import original_address
from generator.render.views import Dated, Item, Ref, dated
from generator.render.weaving import NOT_FOUND

MOST_CARDS = 24
"""Cards an article's page carries: past these, a name's ring would cost more than it tells."""


class EntityCardView(NamedTuple):
    """What the ring after a name opens."""

    id: str
    kind: str  # "Person"
    name: str
    href: str
    note: str
    words: str  # "214 mentions in 96 articles, 2014 to 2024"
    beside: Ref | None
    confirmed: bool
    spark: Spark | None


class RelatedItem(NamedTuple):
    """A related link. `href` is "" for a headline that was not found."""

    href: str
    title: str
    label: str
    reason: str
    iso: str
    date: str
    lang: str
    dir: str
    outside: bool


class StoryPart(NamedTuple):
    """The story that an article is part of; `number` is its place from 1 among `total` in order of time.

    `named` tells that an editor named the story, else it was found by the program.
    """

    href: str
    name: str
    named: bool
    number: int
    total: int
    earlier: Item | None
    later: Item | None


class Provenance(NamedTuple):
    """Where an article came from; every part may be ""."""

    updated: Dated | None
    publisher: Ref | None
    url: str
    original: str
    original_name: str
    sha256: str
    imported: Dated | None


def entity_cards(basis: Basis, filed: Filed) -> tuple[EntityCardView, ...]:
    """A card for each name that the text links, where the archive knows more of it than this article."""
    firsts = [(filed.namings[number].entity, place) for place, number in enumerate(filed.firsts, 1)]
    telling = [(key, place) for key, place in firsts if _is_telling(basis, key)]
    return tuple(_card(basis, key, place) for key, place in telling[:MOST_CARDS])


def appearances_words(mentions: int, articles: int, words: Language) -> str:
    """ "214 mentions in 96 articles"; only the articles where some list a name that their text has not."""
    within = words.ngettext("{number} article", "{number} articles", articles)
    if not mentions >= articles > 0:
        return within
    named = words.ngettext("{number} mention", "{number} mentions", mentions)
    return words.pgettext("figures of a name", "{mentions} in {articles}", mentions=named, articles=within)


def _is_telling(basis: Basis, key: EntityKey) -> bool:
    card = basis.archive.entities[key].card
    return bool(card.description) or card.articles > 1


def _card(basis: Basis, key: EntityKey, place: int) -> EntityCardView:
    entity, name = basis.archive.entities[key], basis.names[key]
    card = entity.card
    words = basis.site.words
    figures = appearances_words(card.mentions, card.articles, words)
    if card.years:
        years = words.span(str(card.years[0][0]), str(card.years[-1][0]))
        figures = words.pgettext("figures of a name", "{figures}, {years}", figures=figures, years=years)
    beside = next(
        (basis.refs[k] for k, total in entity.beside if total > 1 and k.taxonomy != TAGS and k in basis.refs),
        None,
    )
    return EntityCardView(
        id=f"c_{place}",
        kind=basis.site.taxonomy(key.taxonomy).singular,
        name=card.name,
        href=name.href,
        note=card.description,
        words=figures,
        beside=beside,
        confirmed=card.confirmed,
        spark=name.spark,
    )


def related_items(basis: Basis, around: Neighbours) -> tuple[RelatedItem, ...]:
    """The links an article names, then those found for it, each article once."""
    items: list[RelatedItem] = []
    seen: set[str] = set()
    for link in (*around.named, *around.computed):
        item = _related(basis, link)
        if (item.href or item.title) not in seen:
            seen.add(item.href or item.title)
            items.append(item)
    return tuple(items)


def _related(basis: Basis, link: Link) -> RelatedItem:
    if link.article is not None and link.article in basis.items:
        item = basis.items[link.article]
        return RelatedItem(
            item.href,
            item.title,
            link.label,
            _reason(link, basis.site.words),
            item.iso,
            item.date,
            item.lang,
            item.dir,
            False,
        )
    url = web_url(link.url)
    words = basis.site.words
    reason = _reason(link, words) or words.gettext(message("On another site.") if url else NOT_FOUND)
    return RelatedItem(url, link.title or url, link.label, reason, "", "", "", "", bool(url))


def story_part(basis: Basis, around: Neighbours) -> StoryPart | None:
    """The story that an article is part of, if it is."""
    story = around.story
    if story is None:
        return None
    return StoryPart(
        href=href(basis.site, story.address),
        name=story.name,
        named=story.named,
        number=story.number,
        total=story.total,
        earlier=basis.items[story.earlier] if story.earlier else None,
        later=basis.items[story.later] if story.later else None,
    )


def _reason(link: Link, words: Language) -> str:
    """Why a link is there: "Named in this article.", "Also about Tomas Rehn and Skerrin Line"."""
    if link.about:
        return words.gettext("Also about {names}", names=words.joined(link.about))
    return words.gettext(link.reason) if link.reason else ""


def provenance(basis: Basis, article: Article) -> Provenance:
    """Where an article came from, as far as its front matter says."""
    source = article.source
    words = basis.site.words
    updated = dated(article.updated, words) if article.updated else None
    if source is None:
        return Provenance(updated, None, "", "", "", "", None)
    publisher = None
    if source.publisher.strip():
        publisher = Ref(named_href(basis.site, "publishers", source.publisher), source.publisher)
    original = original_address(source.file, basis.files)
    return Provenance(
        updated=updated,
        publisher=publisher,
        url=web_url(source.url),
        original=href(basis.site, original) if original else "",
        original_name=source.file.rpartition("/")[2],
        sha256=source.sha256,
        imported=_imported(source.imported, words),
    )


def _imported(written: str, words: Language) -> Dated | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return dated(Moment(at), words)._replace(iso=written)
