"""What each stage hands to the next: one frozen type a stage, nothing filled in later.

Article     what the author wrote                     (sources)
Prose       its body as HTML and as plain blocks      (markup)
Annotated   the two, and who is named where           (annotate)
Archive     all of them, folded into indexes          (archive)
Page        one output, its address known             (render)
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, NamedTuple

from generator.core.dates import Moment
from generator.core.frozen import dataclass
from generator.core.paths import Address, ArticleId, Slug

Value = str | int | float | bool | None | list[Any] | dict[str, Any]
"""A front-matter value that Morgue has no meaning for, as YAML 1.2's core schema reads it.

Lists and maps hold such values again; the memo's decoder wants no recursive type here.
"""

NO_STORY = "none"
"""What an article's `story` says that is to be part of none."""

Status = Literal["published", "draft", "embargoed", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """One way of filing articles. `key` names the front-matter key and the first part of its addresses."""

    key: str  # "people"
    singular: str  # "Person"
    plural: str  # "People"
    schema: str  # a schema.org type: "Person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An article's picture; `src` is a URL or a path below content/, "" when only the caption is left.

    `width` and `height` are in pixels as it is shown, 0 when not known. `sizes` are the widths of smaller
    ones that lie beside a `src` below media/: of "media/quay.jpg" in "media/sizes/quay.jpg/480.webp".
    """

    src: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    taken: str = ""  # as written: "2021-04-12", "2021", or ""
    width: int = 0
    height: int = 0
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One related link as the article gives it; at least one of title, article and url is set."""

    title: str = ""
    label: str = ""  # "ALSO READ"
    article: str = ""  # an ArticleId as the author wrote it
    url: str = ""  # outside the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from; `file` is a path below content/ ("sources/000.txt").

    `ids` are the names beside `url` by which the source itself knows it, `importer` and `version` the format
    it was read as and the program that did, `captured` when the original was taken down from the web.
    """

    publisher: str = ""
    url: str = ""
    file: str = ""
    sha256: str = ""
    imported: str = ""  # RFC 3339, UTC
    ids: tuple[str, ...] = ()
    importer: str = ""
    version: str = ""
    captured: str = ""  # RFC 3339, UTC

    @property
    def origin(self) -> tuple[str, ...]:
        """What two articles have in common that were made of the same part of one original.

        Empty for one that was never imported. Many articles come of one export: their names tell them apart.
        """
        return (self.sha256, self.url, *self.ids) if self.sha256 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction the paper published."""

    date: Moment | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An editor's annotation, anchored to the first place in the text where `quote` stands."""

    quote: str
    note: str
    by: str = ""
    date: Moment | None = None
    line: int = 0  # of the article's file


class Attribution(NamedTuple):
    """What an editor says of words in the text: whose they are, "" where they are nobody's."""

    quote: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One Markdown file below content/articles, read and checked; nothing derived from other files.

    `names` maps a taxonomy's key ("people", "tags", …) to the names listed, in order, without repeats.
    `found` is what `morgue annotate --write` proposed last, by taxonomy: a name in both is the machine's
    and awaits an editor; a name in `found` alone was struck out by an editor and never comes back.
    `body` is Markdown with "\\n" line ends; its first line is line `body_line` of the file.
    `lines` gives the line of each front-matter key, counted from 1.
    """

    id: ArticleId
    path: str  # relative to the site, forward slashes: "content/articles/2021/04/x.md"
    title: str
    slug: Slug
    published: Moment
    updated: Moment | None = None
    language: str = "en"  # BCP 47
    authors: tuple[str, ...] = ()
    dateline: str = ""
    summary: str = ""
    image: Image | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    story: str = ""  # the developing story that an editor put it into; NO_STORY for none, "" where nobody did
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = ()
    quotes: tuple[Attribution, ...] = ()
    status: Status = "published"
    embargo: Moment | None = None
    aliases: tuple[Address, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""  # of the file's bytes and of all settings that reading it depends on


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office held, or a phase; `since` and `until` are as written ("2014", "2021-05-08")."""

    title: str
    since: str = ""
    until: str = ""
    organisation: str = ""


class EntityKey(NamedTuple):
    """Which page of which taxonomy: ("people", "antony-blinken")."""

    taxonomy: str
    slug: str


class Coordinates(NamedTuple):
    """A point on the globe, in degrees, WGS 84: north and east are positive."""

    latitude: float
    longitude: float


class Body(NamedTuple):
    """What a packaged list knows of a country, a city or an organisation. `name` is the one it is best known
    by; `identifiers` pair an authority file's key with its number ("geonames", "703448")."""

    name: str
    identifiers: tuple[tuple[str, str], ...] = ()
    coordinates: Coordinates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An authority record: what the archive's editors have decided about one name."""

    key: EntityKey
    path: str  # "content/entities/people/ines-calloway.md"
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    sort: str = ""  # "Calloway, Ines"; "" for the taxonomy's own rule
    identifiers: tuple[tuple[str, str], ...] = ()  # ("wikidata", "Q42"), ("viaf", "…"), ("geonames", "…")
    same_as: tuple[str, ...] = ()  # URLs
    coordinates: Coordinates | None = None
    roles: tuple[Role, ...] = ()
    rejected: tuple[str, ...] = ()  # forms that never mean this one
    triggers: tuple[str, ...] = ()  # tags: words or phrases whose presence means the tag
    excludes: tuple[str, ...] = ()  # tags: words or phrases whose presence vetoes it
    least: int = 1  # tags: hits that are needed, one in the headline counting three
    broader: str = ""  # tags: the name of a broader tag
    extra: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePage:
    """A page of content/pages: about, colophon. Its address is its path below pages: "/about/"."""

    path: str
    address: Address
    title: str
    summary: str = ""
    aliases: tuple[Address, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    digest: str = ""


class Run(NamedTuple):
    """A stretch of a block's text that stands unbroken in the HTML.

    `text` and `html` are offsets in code points into Block.text and Prose.html. Over a run the two are
    the same characters one by one, but for a character reference, which is a run of its own:
    one character of text, `html_length` of HTML.
    """

    text: int
    html: int
    length: int
    html_length: int
    linkable: bool  # not inside a link, code or an attribution


BlockKind = Literal[
    "paragraph", "heading", "item", "quote", "pull", "also", "table", "code", "figure", "other"
]


class Block(NamedTuple):
    """One block of an article's text as a reader sees it.

    `anchor` is the id of its element ("p3", a crosshead's slug), unique in the page, or "".
    `start` and `end` bound its element in Prose.html, tags included. For an "also" block, `label` is what
    stands before the colon and `text` is the headline; for a "pull", `label` is the attribution without
    its dash and `text` the quotation alone, so that nobody is found in an attribution. Nor is a
    picture's credit, the <small> of its caption, part of a figure's text.
    `line` is the line of the body it begins on, counted from 1; 0 when that is not known.
    """

    kind: BlockKind
    anchor: str
    text: str
    start: int
    end: int
    runs: tuple[Run, ...]
    label: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiLink:
    """`[[Antony Blinken|Blinken]]`: block number, offsets of the shown text in it, and the name meant."""

    block: int
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A body as safe HTML, and what stands in it. `links` are all href and src values, in order.

    `link_lines` gives for each of them the line of the body where it is written, counted from 1, 0 when
    that is not known; `anchors` are the ids of all elements, blocks or not.
    """

    html: str
    blocks: tuple[Block, ...]
    wiki: tuple[WikiLink, ...] = ()
    links: tuple[str, ...] = ()
    link_lines: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()


class Mention(NamedTuple):
    """Where an entity is named: offsets in code points into the text of block number `block`."""

    entity: EntityKey
    block: int
    start: int
    end: int
    linked: bool  # the first in its section, where a link can stand


class Naming(NamedTuple):
    """That an article is filed under an entity: `name` as the record or else the article writes it.

    `role` is the title under which its text introduces a person ("US Secretary of State"), or "".
    """

    entity: EntityKey
    name: str
    confirmed: bool  # by a record, or by an editor who typed it
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """An article, its prose, what it is filed under (in order) and where each of these is named."""

    article: Article
    prose: Prose
    namings: tuple[Naming, ...]
    mentions: tuple[Mention, ...]
