"""The view of an article's page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.core.archive import Filed
from generator.core.dates import Moment
from generator.core.frozen import dataclass
from generator.core.language import direction, message
from generator.core.model import Article, Value
from generator.core.paths import ArticleId, fold
from generator.core.site import Site
from generator.render.addresses import TAGS, absolute, day_href, named_href, picture
from generator.render.article_parts import (
    EntityCardView,
    Provenance,
    RelatedItem,
    StoryPart,
    entity_cards,
    provenance,
    related_items,
    story_part,
)
from generator.render.basis import Basis
from generator.render.card_views import card_address, has_card
from generator.render.citations import NO_CITATION, Citation, cite
from generator.render.frame import Head, Sheet
from generator.render.quote_views import Voiced
from generator.render.structured import absolute_picture, article_data
from generator.render.timelines import Event
from generator.render.views import Dated, Item, Pager, Ref, Turn, dated
from generator.render.weaving import InPlaceSpan, NameLink, in_place_spans


class Picture(NamedTuple):
    """An article's picture; `src` is "" where only the caption was kept."""

    src: str
    alt: str
    caption: str
    credit: str
    taken: str


class NameGroup(NamedTuple):
    """The names of one taxonomy: "People"."""

    title: str
    names: tuple[Ref, ...]


class CorrectionView(NamedTuple):
    """A correction; `date` is None where the paper gave none."""

    date: Dated | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(Sheet):
    """Everything the article template shows, the text apart, and what is woven into the text."""

    title: str
    lang: str
    dir: str
    own_lang: bool  # whether its language is the site's
    status: str
    embargo: Dated | None  # until when it is held back, where it is
    kicker: Ref | None
    tags: tuple[Ref, ...]  # without the kicker
    standfirst: str
    authors: tuple[Ref, ...]
    published: Dated
    updated: Dated | None
    day_href: str
    image: Picture | None
    corrections: tuple[CorrectionView, ...]
    dateline: str
    groups: tuple[NameGroup, ...]
    cards: tuple[EntityCardView, ...]
    related: tuple[RelatedItem, ...]
    mentioned_by: tuple[Item, ...]
    same_story: tuple[Item, ...]  # the same told once more, newest first: never among the related
    story: StoryPart | None  # the developing story that it is part of
    citation: Citation
    provenance: Provenance
    words: int
    pager: Pager | None
    extra: Mapping[str, Value]
    links: tuple[NameLink, ...]  # by number of the naming
    in_place: tuple[InPlaceSpan, ...]
    text: str  # a digest of what is filled with them
    said: str  # a digest of what is read from the text when the page is rendered:
    quoted: tuple[Voiced, ...] = ()
    timeline: tuple[Event, ...] = ()


def article_view(basis: Basis, identity: ArticleId) -> ArticleView:
    """The view of one article; what its template never shows is left empty."""
    archive, site = basis.archive, basis.site
    words = site.words
    filed, around = archive.filed[identity], archive.neighbours[identity]
    article = filed.article
    listed = [n.entity for n in filed.namings if n.entity in archive.entities]
    tags = tuple(basis.refs[key] for key in listed if key.taxonomy == TAGS)
    shows = partial(basis.shows, "article.html")
    cards = entity_cards(basis, filed) if shows("cards") else ()
    head = Head(
        title=f"{article.title} · {site.title}",
        description=filed.summary or article.title,
        url=absolute(site, filed.address),
        kind="article",
        image=absolute_picture(site, article.image.src) if article.image else _card(filed, site),
        image_alt=article.image.alt if article.image else "",
        data=article_data(
            filed, site, _author_types(article, basis.bodies), [archive.entities[key] for key in listed]
        ),
        hidden=article.status != "published",
        published=article.published.iso,
        modified=article.updated.iso if article.updated else "",
    )
    return ArticleView(
        frame=basis.frame,
        head=head,
        title=article.title,
        lang=article.language,
        dir=direction(article.language),
        own_lang=article.language == site.language,
        status="" if article.status == "published" else article.status,
        embargo=dated(article.embargo, words) if article.embargo and article.status == "embargoed" else None,
        kicker=tags[0] if tags else None,
        tags=tags[1:],
        standfirst=article.summary,
        authors=tuple(Ref(named_href(site, "authors", a), a) for a in article.authors if a.strip()),
        published=dated(article.published, words),
        updated=dated(article.updated, words) if article.updated else None,
        day_href=day_href(site, article.published.day),
        image=_picture(article, basis),
        corrections=tuple(
            CorrectionView(dated(c.date, words) if c.date else None, c.text) for c in article.corrections
        ),
        dateline=article.dateline,
        groups=_groups(basis, filed),
        cards=cards,
        related=related_items(basis, around) if shows("related") else (),
        mentioned_by=tuple(basis.items[i] for i in around.mentioned_by if i in basis.items)
        if shows("mentioned_by")
        else (),
        same_story=tuple(basis.items[i] for i in around.same) if shows("same_story") else (),
        story=story_part(basis, around) if shows("story") else None,
        citation=cite(article, site.title, absolute(site, filed.address), basis.bodies, words)
        if shows("citation")
        else NO_CITATION,
        provenance=provenance(basis, article),
        words=filed.words,
        pager=_pager(basis, article.published, around.earlier, around.later),
        extra=dict(article.extra),
        links=_links(basis, filed, cards),
        in_place=in_place_spans(basis, filed, around),
        text=filed.text,
        said=filed.said if shows("quoted") or shows("timeline") else "",
    )


def _card(filed: Filed, site: Site) -> str:
    """The URL of the drawn picture of an article without one, or ""."""
    return absolute(site, card_address(filed)) if has_card(filed, site) else ""


def _links(basis: Basis, filed: Filed, cards: Sequence[EntityCardView]) -> tuple[NameLink, ...]:
    """Where each name that an article is filed under leads; only a text that links any needs them."""
    if not filed.firsts:
        return ()
    ids = {card.href: card.id for card in cards}
    refs = [basis.refs[naming.entity] for naming in filed.namings]
    return tuple(NameLink(ref.href, ref.confirmed, ref.name, ids.get(ref.href, "")) for ref in refs)


def _author_types(article: Article, bodies: frozenset[str]) -> list[tuple[str, str]]:
    return [
        (author, "Organization" if fold(author) in bodies or " " not in author.strip() else "Person")
        for author in article.authors
    ]


def _picture(article: Article, basis: Basis) -> Picture | None:
    image = article.image
    if not image or not (image.src or image.caption or image.credit):
        return None
    served = image.src.removeprefix("/")
    kept = served in basis.files or not served.startswith("media/")
    return Picture(
        picture(basis.site, image.src) if kept else "", image.alt, image.caption, image.credit, image.taken
    )


def _groups(basis: Basis, filed: Filed) -> tuple[NameGroup, ...]:
    groups = []
    for taxonomy in basis.site.taxonomies:
        if taxonomy.key == TAGS:
            continue
        keys = [n.entity for n in filed.namings if n.entity.taxonomy == taxonomy.key]
        names = tuple(basis.refs[key] for key in keys if key in basis.refs)
        if names:
            groups.append(NameGroup(taxonomy.plural, names))
    return tuple(groups)


def _pager(basis: Basis, here: Moment, earlier: ArticleId | None, later: ArticleId | None) -> Pager | None:
    sides = [_turn(basis, here, EARLIER, earlier), _turn(basis, here, LATER, later)]
    return Pager(basis.site.words.gettext("Articles in order of time"), "", *sides) if any(sides) else None


EARLIER = (
    message("Earlier, {time} the same day"),
    message("Earlier, the same day"),
    message("Earlier, {day}"),
)
LATER = (message("Later, {time} the same day"), message("Later, the same day"), message("Later, {day}"))
"""What stands over the article before and after: with its time, without, of another day."""


def _turn(basis: Basis, here: Moment, said: tuple[str, str, str], identity: ArticleId | None) -> Turn | None:
    if identity is None or identity not in basis.items:
        return None
    item, there = basis.items[identity], basis.archive.cards[identity].published
    words = basis.site.words
    if there.day != here.day:
        label = words.gettext(said[2], day=words.short_day(there.day))
    elif there.clock:
        label = words.gettext(said[0], time=there.clock)
    else:
        label = words.gettext(said[1])
    return Turn(item.href, label, item.title, item.lang, item.dir)
