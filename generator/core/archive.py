"""The archive as an index: cards and keys, never bodies."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Literal, NamedTuple, overload

from generator.core.dates import Moment
from generator.core.frozen import dataclass
from generator.core.model import Article, Coordinates, EntityKey, FreePage, Naming, Record
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


class Quotation(NamedTuple):
    """Words of somebody that an article gives, without their marks: `speaker` in full as far as it tells.

    `kind`: "direct" for words as they were said, "partial" for some of them within the paper's own sentence,
    "indirect" for their sense. `verb` is the one that tells so ("said"), `rule` how the speaker was found: by
    the "verb", a "pronoun", "carried" over from the words before in the paragraph or as it "follows" those
    of another, by a "pull" quote's attribution, an interview's "label", an "editor", or as the "nearest"
    person or a "place", which are guesses; "" where nobody was. `certainty` is in hundredths. `named` are
    those that the words name. `goes_on` tells a later part of a quotation that only its "she said" breaks.
    """

    anchor: str
    text: str
    kind: Literal["direct", "partial", "indirect"]
    speaker: str
    entity: EntityKey | None
    verb: str
    rule: str
    certainty: int
    named: tuple[EntityKey, ...] = ()
    goes_on: bool = False

    @property
    def is_published(self) -> bool:
        """Whether the words are shown as the speaker's: not where the speaker is a guess, nor their sense."""
        return self.certainty >= ATTRIBUTED and self.kind != "indirect"


ATTRIBUTED = 70
"""From this certainty on, words are published as somebody's."""


class Dating(NamedTuple):
    """A stretch of time that an article speaks of, in its sentence: `before` + `text` + `after`.

    `value` is the time as TIMEX3 writes it ("2021-04-13", "2021-W14-WE", "199X"), `first` and `last` the days
    it spans ("2021-04-13"), `grain` its kind ("day", "weekend", "month" …). `certainty` is in hundredths.
    `named` are those that the sentence names.
    """

    anchor: str
    before: str
    text: str
    after: str
    value: str
    grain: str
    first: str
    last: str
    certainty: int
    named: tuple[EntityKey, ...] = ()


class InPlace(NamedTuple):
    """A related line that stands in the text (`ALSO READ: …`): block number, label and headline."""

    block: int
    label: str
    headline: str
    line: int = 0  # of the article's file


SlotKind = Literal["name", "ring", "line", "after"]


class Slot(NamedTuple):
    """A gap in an article's finished text, filled when its page is rendered, as only the archive knows how.

    "name": a name's link begins; `number` is that of the naming, `first` counts from 1 the entities in the
    order in which they are first linked, 0 where the entity was linked before. "ring": it has ended, and may
    get a ring. "line": what the related line `number` has for a link begins; "after": it has ended, `first`
    is 1 at the end of the whole line.
    """

    kind: SlotKind
    number: int
    first: int = 0


class Words(NamedTuple):
    """The text of a block, as search reads it, under the anchor of the block, or ""."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What other pages quote of an article's text, in reading order.

    It is kept as part of the Leaf, and read without the rest of that. `passages` holds at most twelve for
    each entity.
    """

    passages: tuple[Passage, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dates: tuple[Dating, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Told):
    """What of an article only its own page shows, and pages that quote it: kept in the memo, never in memory.

    `pieces` are its finished HTML, cut where a slot is: one more than `slots`. `anchors` are all ids in the
    text. All are in reading order.
    """

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    words: tuple[Words, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One article as the index takes it: its text left behind in the memo as the Leaf under the key `leaf`.

    `text` is a digest of the leaf's HTML. `article.body` is "", so is `article.summary` where the text begins
    with it, and what its `names`, `found` and `notes`
    say is in the namings and in the leaf; of `found` "by" stays where a naming is not confirmed. `counts`
    tells for each naming how often the text names it, `firsts` the numbers of the namings that it links, in
    the order of their first links. `summary` is the author's, or the text's first sentences (at most about
    200 characters). `links` are the href and src values of the body, `link_lines` their lines of the
    article's file (0 when not known). `speakers` gives for each quotation that is published as somebody's the
    number of the speaker's naming, -1 for one whom the archive does not file by; `days` are the days long
    before or after its publication that it tells of with certainty, as ordinals (`date.toordinal`).
    `text_digest` changes when its plain text does, `said` when a passage, a quotation or a date does, and
    `shared` when anything does that another article's page, a list or an index can show: while it stays, the
    article's own pages are all that an edit can change.
    """

    article: Article
    address: Address
    leaf: str
    text: str
    text_digest: str
    namings: tuple[Naming, ...]
    counts: tuple[int, ...]
    in_place: tuple[InPlace, ...]
    summary: str
    words: int
    firsts: tuple[int, ...] = ()
    speakers: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    said: str = ""
    gist: str = ""
    shared: str = ""
    links: tuple[str, ...] = ()
    link_lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()

    def mentions(self, entity: EntityKey) -> int:
        """How often the text names an entity."""
        return next((n for one, n in zip(self.namings, self.counts, strict=True) if one.entity == entity), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What other pages show of an article. Those that quote its text read it under `leaf`; another `said`
    means another quotation, as in Filed."""

    id: ArticleId
    address: Address
    title: str
    published: Moment
    summary: str
    authors: tuple[str, ...]
    language: str
    status: str
    leaf: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCard:
    """What other pages show of an entity or a tag. `years` pairs each year with its number of articles.

    `identifiers` pair an authority file's key with a number ("geonames", "703448"), `coordinates` tell where
    a place is: those of its record, else those of the packaged lists.
    """

    key: EntityKey
    address: Address
    name: str
    sort: str  # as an index files it: "Calloway, Ines"
    description: str
    confirmed: bool
    articles: int
    mentions: int
    years: tuple[tuple[int, int], ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    coordinates: Coordinates | None = None


class Appearance(NamedTuple):
    """An entity in one article, how often its text names it, and the title it gives a person, or ""."""

    article: ArticleId
    mentions: int
    role: str = ""


class Appearances(Sequence[Appearance]):
    """Where an entity appears, newest first: kept as numbers, each made an Appearance when it is asked for.

    An archive has twenty or more of these for each of its articles, and every process that makes pages would
    hold copies of them as objects.
    """

    __slots__ = ("_mentions", "_order", "_places", "_roles")

    def __init__(self, order: Sequence[ArticleId]) -> None:
        """None yet; `order` are the articles whose places in it will be given."""
        self._order = order
        self._places = array("I")
        self._mentions = array("I")
        self._roles: dict[int, str] = {}  # by the number of the appearance, of those that have one

    def add(self, place: int, mentions: int, role: str) -> None:
        """Add that in the article at a place in the order, which is older than those before."""
        if role:
            self._roles[len(self._places)] = role
        self._places.append(place)
        self._mentions.append(mentions)

    @property
    def articles(self) -> list[ArticleId]:
        """The articles, newest first."""
        return list(map(self._order.__getitem__, self._places))

    @property
    def mentions(self) -> int:
        """How often all of them name the entity."""
        return sum(self._mentions)

    @property
    def roles(self) -> Iterator[tuple[ArticleId, str]]:
        """The articles that give the entity a title, newest first, and that title."""
        return ((self._order[self._places[number]], role) for number, role in self._roles.items())

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Appearance: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Appearance, ...]: ...

    def __getitem__(self, number: int | slice) -> Appearance | tuple[Appearance, ...]:
        if isinstance(number, slice):
            return tuple(map(self.__getitem__, range(*number.indices(len(self)))))
        number = range(len(self._places))[number]
        article = self._order[self._places[number]]
        return Appearance(article, self._mentions[number], self._roles.get(number, ""))

    def __iter__(self) -> Iterator[Appearance]:
        order, roles = self._order, self._roles
        for number, (place, mentions) in enumerate(zip(self._places, self._mentions, strict=True)):
            yield Appearance(order[place], mentions, roles.get(number, ""))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Appearances) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Described(NamedTuple):
    """A title that articles give a person: the days of the first and the last that do, and how many do."""

    title: str
    first: date
    last: date
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Everything the archive knows of one name. `appearances` are newest first; `beside` pairs the
    entities found in the same articles with the number of these, most first, at most 30."""

    card: EntityCard
    record: Record | None
    appearances: Appearances
    beside: tuple[tuple[EntityKey, int], ...]
    described: tuple[Described, ...] = ()  # people: oldest first
    narrower: tuple[EntityKey, ...] = ()  # tags
    broader: EntityKey | None = None  # tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A related link as a page shows it: inside the archive (`article`), outside (`url`) or plain words.

    Why it is there, readers are told by the message `reason` ("Named in this article."), or by the names in
    `about` that it is also about.
    """

    title: str
    label: str = ""
    article: ArticleId | None = None
    url: str = ""
    reason: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A developing story: its articles from the first to the latest.

    `name` is an editor's where it is `named`, else the first article's headline.
    """

    slug: str
    name: str
    named: bool
    articles: tuple[ArticleId, ...]


class StoryPlace(NamedTuple):
    """Where an article stands in a story that it is part of: `number`, from 1, of `total` in order of time.

    `earlier` and `later` are those before and after it; `named` tells whether an editor named the story.
    """

    address: Address
    name: str
    named: bool
    number: int
    total: int
    earlier: ArticleId | None
    later: ArticleId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What surrounds an article. `named` are its own related links in order, `computed` those found by
    shared rare names and tags, `mentioned_by` the articles that name it; `in_place` gives, for a headline
    that stands in the text, the article it was resolved to. `same` are articles that tell the same once
    more, newest first; `story` is the article's place in a story that develops."""

    earlier: ArticleId | None
    later: ArticleId | None
    named: tuple[Link, ...]
    computed: tuple[Link, ...]
    mentioned_by: tuple[ArticleId, ...]
    in_place: Mapping[str, ArticleId] = field(default_factory=dict)
    same: tuple[ArticleId, ...] = ()
    story: StoryPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The whole archive. `order` runs from the newest article to the oldest; ties go by id.

    Every mapping iterates in a fixed order: `entities` by taxonomy as configured, then by sort key.
    `aliases` maps an old address to the address it leads to; of the stories, the one with the newest article
    comes first.
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
    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
