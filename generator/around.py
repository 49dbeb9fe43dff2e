"""What an article's page shows of others, kept so that it can be made again without the whole archive."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.archive.cards import card_of
from generator.core.archive import Appearances, Archive, Card, Entity, EntityCard, Filed, Neighbours
from generator.core.frozen import dataclass
from generator.core.model import EntityKey
from generator.core.page import Page
from generator.core.paths import ArticleId, entity_address, output_file
from generator.core.site import Site
from generator.output.encode import digest, pack, unpack
from generator.render import article_pages
from generator.render.addresses import HOME
from generator.render.article_pages import ARTICLES
from generator.render.basis import Basis, basis_of
from generator.render.data_views import LinesView, article_line
from generator.render.frame import Frame
from generator.render.text_views import text_address

Kind = TypeVar("Kind")

Get = Callable[[str], bytes | None]
"""What the memo keeps under a key."""


class Lost(LookupError):
    """Something that was kept is not there: the whole archive must be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What surrounds an article. `bodies` are those of its authors that are no persons, folded; `files` the
    content files it shows that are served."""

    neighbours: Neighbours
    bodies: tuple[str, ...]
    files: tuple[str, ...]


class Known(NamedTuple):
    """A name as articles' pages show it: `beside` is whom it appears with most, and how often."""

    card: EntityCard
    beside: tuple[EntityKey, int] | None


class Whole(NamedTuple):
    """What every article's page shows of the archive as a whole."""

    frame: Frame
    years: tuple[int, int]
    words: Mapping[str, frozenset[str]]


def around_key(output: Path, path: str) -> str:
    """The memo key of what is kept with the page at a path of an output folder, which is resolved already."""
    return f"around {digest(str(output), path)}"


def basis_around(
    filed: Filed, site: Site, output: Path, get: Get, filed_of: Callable[[ArticleId], Filed]
) -> Basis:
    """All that the page of one article is made from; `filed_of` gives those that surround it.

    Raises Lost where something was not kept.
    """
    around = _kept(get, output, output_file(filed.address), Around)
    whole = _kept(get, output, output_file(HOME), Whole)
    entities: dict[EntityKey, Entity] = {}
    for naming in filed.namings:
        known = _entity(naming.entity, output, get, entities)
        if known.beside is not None:
            _entity(known.beside[0], output, get, entities)
    neighbours = around.neighbours
    others = [link.article for link in (*neighbours.named, *neighbours.computed)]
    others += [neighbours.earlier, neighbours.later, *neighbours.mentioned_by, *neighbours.same]
    if neighbours.story is not None:
        others += [neighbours.story.earlier, neighbours.story.later]
    own = filed.article.id
    cards: dict[ArticleId, Card] = {own: card_of(filed)}
    cards |= {other: card_of(filed_of(other)) for other in others if other is not None and other != own}
    archive = _bare({own: filed}, cards, entities, {own: neighbours})
    return basis_of(
        archive,
        site,
        whole.frame,
        whole.years,
        frozenset(around.bodies),
        frozenset(around.files),
        whole.words,
    )


def _entity(key: EntityKey, output: Path, get: Get, found: dict[EntityKey, Entity]) -> Known:
    known = _kept(get, output, output_file(entity_address(*key)), Known)
    if key not in found:
        found[key] = Entity(
            card=known.card,
            record=None,
            appearances=Appearances(()),
            beside=(known.beside,) if known.beside else (),
        )
    return known


def text_page(
    filed: Filed, site: Site, output: Path, get: Get, filed_of: Callable[[ArticleId], Filed]
) -> Page:
    """The file of texts that holds an article; raises Lost."""
    number, month = 1, filed.article.published.day.isoformat()[:7]
    while True:
        where = text_address(month, number)
        articles = _kept(get, output, output_file(where), tuple[ArticleId, ...])
        if filed.article.id in articles:
            break
        number += 1
    every = {i: filed if i == filed.article.id else filed_of(i) for i in articles}
    archive = _bare(every, {i: card_of(one) for i, one in every.items()}, {}, {})
    whole = _kept(get, output, output_file(HOME), Whole)
    basis = basis_of(archive, site, whole.frame, whole.years, frozenset(), frozenset(), whole.words)
    return article_pages.texts(basis, where, articles)


def lines_page(changed: Mapping[ArticleId, Filed], site: Site, output: Path, get: Get) -> tuple[Page, bytes]:
    """The articles as data, the lines of some made anew, and what to keep with it; raises Lost."""
    fresh = {_beginning(identity): article_line(filed, site) for identity, filed in changed.items()}
    lines = _kept(get, output, output_file(ARTICLES), tuple[str, ...])
    view = LinesView(lines=tuple(fresh.get(line[: line.find('",') + 2], line) for line in lines))
    return Page(address=ARTICLES, template="articles.jsonl", view=view), pack(view.lines)


def _beginning(identity: ArticleId) -> str:
    """How the line of an article begins: ids hold no character that JSON escapes."""
    return f'{{"id":"{identity}",'


def _bare(
    filed: Mapping[ArticleId, Filed],
    cards: Mapping[ArticleId, Card],
    entities: Mapping[EntityKey, Entity],
    neighbours: Mapping[ArticleId, Neighbours],
) -> Archive:
    """So much of an archive as some articles' pages show."""
    return Archive(
        filed=filed,
        cards=cards,
        order=tuple(filed),
        entities=entities,
        authors={},
        publishers={},
        neighbours=neighbours,
        pages=(),
        aliases={},
    )


def _kept(get: Get, output: Path, path: str, kind: type[Kind]) -> Kind:
    data = get(around_key(output, path))
    if data is None:
        raise Lost(path)
    return unpack(data, kind)
