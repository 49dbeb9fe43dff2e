"""Many articles folded into one archive."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from generator.archive.aliases import aliases
from generator.archive.cards import card_of
from generator.archive.entities import entities
from generator.archive.headlines import Headlines
from generator.archive.identifying import Knows, nobody
from generator.archive.named import NONE_NAMED, Named, named_links
from generator.archive.related import Kinship
from generator.archive.stories import stories
from generator.archive.targets import Places, article_at, places
from generator.core.archive import Archive, Filed, Neighbours, Story, StoryPlace
from generator.core.lazily import Lazily
from generator.core.model import EntityKey, FreePage, Record
from generator.core.paths import ArticleId, fold, slugify, story_address
from generator.core.site import Site


def index(
    filed: Sequence[Filed],
    records: Sequence[Record],
    pages: Sequence[FreePage],
    site: Site,
    knows: Knows = nobody,
) -> Archive:
    """The whole archive of the articles given: by tag, name, author, publisher and time, with what
    surrounds each. Article ids are unique; nothing depends on the order of the arguments. `knows` are the
    packaged lists of countries, cities and organisations."""
    order = newest_first(filed)
    by_id = {one.article.id: one for one in filed}
    by_id = {identity: by_id[identity] for identity in order}
    found, problems = entities(by_id, order, sorted(records, key=lambda r: (r.key, r.path)), site, knows)
    ordered_pages = tuple(sorted(pages, key=lambda p: p.path))
    old, clashes = aliases(by_id, found, ordered_pages)
    names = {key: entity.card.name for key, entity in found.items()}
    told = stories(by_id, order) if "stories" not in site.omit else ()
    return Archive(
        filed=by_id,
        cards={identity: card_of(one) for identity, one in by_id.items()},
        order=order,
        entities=found,
        authors=_grouped((name, one) for one in by_id.values() for name in one.article.authors),
        publishers=_grouped(
            (one.article.source.publisher, one)
            for one in by_id.values()
            if one.article.source and one.article.source.publisher
        ),
        neighbours=_neighbours(by_id, order, names, told, places(by_id, old), site),
        pages=ordered_pages,
        aliases=old,
        stories=told,
        problems=tuple(sorted([*problems, *clashes])),
    )


def headlines_of(filed: Mapping[ArticleId, Filed]) -> Headlines:
    """The headlines of an archive, in the order of its articles."""
    return Headlines((identity, one.article.title) for identity, one in filed.items())


def newest_first(filed: Iterable[Filed]) -> tuple[ArticleId, ...]:
    """The articles from the newest to the oldest; ties go by id."""
    by_id = sorted(filed, key=lambda one: one.article.id)
    # A stable sort keeps ties in the order of their ids.
    return tuple(one.article.id for one in sorted(by_id, key=lambda o: o.article.published.at, reverse=True))


def _grouped(named: Iterable[tuple[str, Filed]]) -> dict[str, tuple[ArticleId, ...]]:
    """Articles by a name, newest first; spellings that share an address are one, the commonest told."""
    articles: dict[str, dict[ArticleId, None]] = {}
    spellings: dict[str, Counter[str]] = {}
    for name, filed in named:
        slug = slugify(name)
        articles.setdefault(slug, {})[filed.article.id] = None
        spellings.setdefault(slug, Counter())[name] += 1
    shown = {
        slug: min(counted, key=lambda name: (-counted[name], name)) for slug, counted in spellings.items()
    }
    in_order = sorted(articles, key=lambda slug: (fold(shown[slug]), slug))
    return {shown[slug]: tuple(articles[slug]) for slug in in_order}


def _neighbours(
    filed: Mapping[ArticleId, Filed],
    order: Sequence[ArticleId],
    names: Mapping[EntityKey, str],
    told: Sequence[Story],
    where: Places,
    site: Site,
) -> Mapping[ArticleId, Neighbours]:
    headlines = headlines_of(filed)
    named: dict[ArticleId, Named] = {}
    mentioned: dict[ArticleId, dict[ArticleId, None]] = {}
    for identity, one in filed.items():
        own = named_links(one, where, headlines, site)
        if own != NONE_NAMED:
            named[identity] = own
        linked = (article_at(url, one.address, where, site) for url in one.links)
        for other in (*(link.article for link in own.links), *linked):
            if other is not None and other != identity:
                mentioned.setdefault(other, {})[identity] = None
    found = {identity: tuple(by) for identity, by in mentioned.items()}
    kinship = Kinship(filed, order, names)
    parts = {identity: (story, place) for story in told for place, identity in enumerate(story.articles)}
    # Only an article's own page asks for what surrounds it, and what is kept with that page.
    return Lazily(partial(_around, order, named, found, kinship, parts), kinship.places, most=16)


def _around(
    order: Sequence[ArticleId],
    named: Mapping[ArticleId, Named],
    mentioned: Mapping[ArticleId, tuple[ArticleId, ...]],
    kinship: Kinship,
    parts: Mapping[ArticleId, tuple[Story, int]],
    identity: ArticleId,
) -> Neighbours:
    """What surrounds one article."""
    place, own = kinship.places[identity], named.get(identity, NONE_NAMED)
    without = {link.article for link in own.links if link.article}
    kin = kinship.kin(identity, without)
    return Neighbours(
        earlier=order[place + 1] if place + 1 < len(order) else None,
        later=order[place - 1] if place else None,
        named=own.links,
        computed=kin.related,
        same=kin.same,
        mentioned_by=mentioned.get(identity, ()),
        in_place=own.in_place,
        story=_story_place(*parts[identity]) if identity in parts else None,
    )


def _story_place(story: Story, place: int) -> StoryPlace:
    """Where the article at a place, from 0, stands in a story."""
    articles = story.articles
    return StoryPlace(
        address=story_address(story.slug),
        name=story.name,
        named=story.named,
        number=place + 1,
        total=len(articles),
        earlier=articles[place - 1] if place else None,
        later=articles[place + 1] if place + 1 < len(articles) else None,
    )
