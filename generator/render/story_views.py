"""The views of developing stories: the page of each, and the index of all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.core.archive import Story
from generator.core.frozen import dataclass
from generator.core.language import capital
from generator.core.model import EntityKey
from generator.core.paths import Address, ArticleId, story_address
from generator.render.addresses import TAGS, absolute, href, paged
from generator.render.basis import Basis
from generator.render.frame import Head, Sheet, feeds
from generator.render.lists import OLDEST_FIRST, Slice, by_day, page_pager
from generator.render.structured import collection_data
from generator.render.tag_views import Column
from generator.render.views import Counted, Group, Item, Pager

STORIES = Address("/stories/")
"""The index of all stories."""

MOST_NAMES = 10
"""Names listed in each column of a story."""


class StoryLine(NamedTuple):
    """A story in the index; `span` is "13 April 2021 to 2 May 2021"."""

    href: str
    name: str
    named: bool  # by an editor, else found by the program
    articles: int
    span: str
    first: Item
    latest: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesView(Sheet):
    """One page of the index of stories, that with the newest article first."""

    total: int
    standfirst: str
    rows: tuple[StoryLine, ...]
    number: int
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView(Sheet):
    """One page of a story. `columns` tell who and where, and only the first page has them."""

    name: str
    named: bool  # by an editor, else found by the program
    index_href: str
    feed: str  # "" where the site does without
    articles: int
    span: str  # "13 April 2021 to 2 May 2021"
    first: Item
    latest: Item
    columns: tuple[Column, ...]
    days: tuple[Group, ...]  # the timeline, oldest first
    number: int
    pager: Pager | None


def stories_view(basis: Basis, number: int) -> StoriesView:
    """Page `number`, from 1, of the index."""
    site, words = basis.site, basis.site.words
    part = Slice.at(basis.archive.stories, site.paginate, number)
    total = words.ngettext("{number} story", "{number} stories", part.total)
    standfirst = capital(
        words.gettext("{stories}, each from its first article to the latest.", stories=total)
    )
    return StoriesView(
        frame=basis.frame,
        head=Head(
            title=f"{part.title(words.gettext('Stories'), words)} · {site.title}",
            description=standfirst,
            url=absolute(site, paged(STORIES, number)),
            data=collection_data(site, words.gettext("Stories"), STORIES) if number == 1 else "",
        ),
        section="stories",
        total=part.total,
        standfirst=standfirst,
        rows=tuple(story_line(basis, story) for story in part.rows),
        number=number,
        pager=page_pager(part, lambda n: href(site, paged(STORIES, n)), words),
    )


def story_line(basis: Basis, story: Story) -> StoryLine:
    """A story as lists show it."""
    return StoryLine(
        href=href(basis.site, story_address(story.slug)),
        name=story.name,
        named=story.named,
        articles=len(story.articles),
        span=_span(basis, story.articles),
        first=basis.items[story.articles[0]],
        latest=basis.items[story.articles[-1]],
    )


def story_view(basis: Basis, number_of: int, number: int) -> StoryView:
    """Page `number`, from 1, of a story, which is given by its number in the archive."""
    story, site = basis.archive.stories[number_of], basis.site
    where, words = story_address(story.slug), site.words
    part = Slice.at(story.articles, site.paginate, number)
    span = _span(basis, story.articles)
    followed = "entity-feeds" not in site.omit
    return StoryView(
        frame=basis.frame,
        head=Head(
            title=f"{part.title(story.name, words)} · {site.title}",
            description=words.gettext(
                "The story in {articles}, {span}.",
                articles=words.ngettext("{number} article", "{number} articles", part.total),
                span=span,
            ),
            url=absolute(site, paged(where, number)),
            feeds=feeds(site, where, f"{story.name} · {site.title}") if followed else (),
            data=collection_data(site, story.name, where) if number == 1 else "",
        ),
        section="stories",
        name=story.name,
        named=story.named,
        index_href=href(site, STORIES),
        feed=href(site, f"{where}feed.xml") if followed else "",
        articles=part.total,
        span=span,
        first=basis.items[story.articles[0]],
        latest=basis.items[story.articles[-1]],
        columns=_columns(basis, story.articles) if number == 1 else (),
        days=by_day(basis, part.rows),
        number=number,
        pager=page_pager(part, lambda n: href(site, paged(where, n)), words, OLDEST_FIRST),
    )


def _span(basis: Basis, articles: Sequence[ArticleId]) -> str:
    """ "13 April 2021 to 2 May 2021", or the one day."""
    first, last = (basis.archive.cards[i].published.day for i in (articles[0], articles[-1]))
    return basis.site.words.span(basis.site.words.day(first), basis.site.words.day(last))


def _columns(basis: Basis, articles: Sequence[ArticleId]) -> tuple[Column, ...]:
    """Who and where, by taxonomy: those in most of the story's articles first, of equals the first named."""
    counted: Counter[EntityKey] = Counter()
    for identity in articles:
        counted.update([naming.entity for naming in basis.archive.filed[identity].namings])
    ranked = sorted(counted, key=counted.__getitem__, reverse=True)
    columns = []
    for taxonomy in basis.site.taxonomies:
        names = [
            Counted(basis.names[key], counted[key])
            for key in ranked
            if key.taxonomy == taxonomy.key and key.taxonomy != TAGS and key in basis.names
        ]
        if names:
            columns.append(Column(taxonomy.plural, tuple(names[:MOST_NAMES])))
    return tuple(columns)


def story_aliases(stories: Sequence[Story], slugs: Mapping[ArticleId, str]) -> dict[Address, Address]:
    """Where a story may have stood before: under the slug of any of its articles, each of which was, or may
    have been, its first. Of two stories the earlier in time has the address. `slugs` are those of articles.
    """
    own = {story.slug for story in stories}
    found: dict[Address, Address] = {}
    for story in sorted(stories, key=lambda each: (not each.named, each.articles[0])):
        for identity in story.articles:
            if (slug := slugs[identity]) not in own:
                found.setdefault(story_address(slug), story_address(story.slug))
    return found
