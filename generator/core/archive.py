"""The archive as an index: cards and keys, never bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.core.dates import Moment
from generator.core.model import Article, EntityKey, FreePage, Mention, Naming, Record
from generator.core.paths import Address, ArticleId
from generator.core.problems import Problem


class Passage(NamedTuple):
    """A sentence that names an entity: `before` + `match` + `after` is the sentence as it stands.

    `anchor` is the id of its block in the article's page, "" when it has none.
    """

    entity: EntityKey
    anchor: str
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlace:
    """A related line that stands in the text (`ALSO READ: …`): block number, label and headline."""

    block: int
    label: str
    headline: str
    line: int = 0  # of the article's file


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One article as the index takes it: its body left behind in the memo under the key `prose`.

    `article.body` is "". `passages` holds at most three for each entity, in reading order.
    `summary` is the author's, or the text's first sentences (at most about 200 characters).
    `links` are the href and src values of the body, `link_lines` their lines of the article's file (0 when
    not known), `anchors` all ids in it, and `text_digest` changes when its plain text does.
    """

    article: Article
    address: Address
    prose: str
    text_digest: str
    namings: tuple[Naming, ...]
    mentions: tuple[Mention, ...]
    passages: tuple[Passage, ...]
    in_place: tuple[InPlace, ...]
    summary: str
    words: int
    links: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    link_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What other pages show of an article."""

    id: ArticleId
    address: Address
    title: str
    published: Moment
    summary: str
    authors: tuple[str, ...]
    language: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCard:
    """What other pages show of an entity or a tag. `years` pairs each year with its number of articles."""

    key: EntityKey
    address: Address
    name: str
    sort: str  # as an index files it: "Calloway, Ines"
    description: str
    confirmed: bool
    articles: int
    mentions: int
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An entity in one article: how often it is named there, and the sentences kept."""

    article: ArticleId
    mentions: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Everything the archive knows of one name. `appearances` are newest first; `beside` pairs the
    entities found in the same articles with the number of these, most first, at most 30."""

    card: EntityCard
    record: Record | None
    appearances: tuple[Appearance, ...]
    beside: tuple[tuple[EntityKey, int], ...]
    narrower: tuple[EntityKey, ...] = ()  # tags
    broader: EntityKey | None = None  # tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A related link as a page shows it: inside the archive (`article`), outside (`url`) or plain words.

    `reason` is told to the reader: "Named in this article.", "Also about Tomas Rehn and Skerrin Line".
    """

    title: str
    label: str = ""
    article: ArticleId | None = None
    url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What surrounds an article. `named` are its own related links in order, `computed` those found by
    shared rare names and tags, `mentioned_by` the articles that name it; `in_place` gives, for a headline
    that stands in the text, the article it was resolved to."""

    earlier: ArticleId | None
    later: ArticleId | None
    named: tuple[Link, ...]
    computed: tuple[Link, ...]
    mentioned_by: tuple[ArticleId, ...]
    in_place: Mapping[str, ArticleId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The whole archive. `order` runs from the newest article to the oldest; ties go by id.

    Every mapping iterates in a fixed order: `entities` by taxonomy as configured, then by sort key.
    `aliases` maps an old address to the address it leads to.
    """

    filed: Mapping[ArticleId, Filed]
    cards: Mapping[ArticleId, Card]
    order: tuple[ArticleId, ...]
    entities: Mapping[EntityKey, Entity]
    authors: Mapping[str, tuple[ArticleId, ...]]
    publishers: Mapping[str, tuple[ArticleId, ...]]
    neighbours: Mapping[ArticleId, Neighbours]
    pages: tuple[FreePage, ...]
    aliases: Mapping[Address, Address]
    problems: tuple[Problem, ...] = ()
