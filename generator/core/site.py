"""The settings of a site, checked: what site.yaml means."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from generator.core.frozen import dataclass
from generator.core.language import ENGLISH, Language, direction, message
from generator.core.model import Taxonomy

BUILT_IN_TAXONOMIES = (
    Taxonomy(key="people", singular=message("Person"), plural=message("People"), schema="Person"),
    Taxonomy(
        key="organisations",
        singular=message("Organisation"),
        plural=message("Organisations"),
        schema="Organization",
    ),
    Taxonomy(key="places", singular=message("Place"), plural=message("Places"), schema="Place"),
    Taxonomy(key="tags", singular=message("Tag"), plural=message("Tags"), schema="DefinedTerm"),
)
"""In the order pages show them; a site's own taxonomies stand before the tags."""

OMISSIBLE = (
    "days", "authors", "publishers", "search", "data", "stories", "entity-feeds", "json-feeds", "quotes",
    "timelines", "on-this-day", "network", "random",
)  # fmt: skip
"""What a site can do without, in the order docs/reference/site-yaml.md tells of it."""

TAG_SOURCES = ("vocabulary", "entities", "phrases")
"""Where the tags come from that `morgue annotate` proposes."""

IMPORT_KEYS = (
    "id", "url", "title", "published", "updated", "slug", "language", "authors", "dateline", "summary",
    "body", "section", "tags", "people", "organisations", "places", "image", "image.alt", "image.caption",
    "image.credit", "publisher", "status", "aliases",
)  # fmt: skip
"""What a column of an imported table may be, beside the names of a site's own taxonomies."""

IMPORT_TEXTS = ("auto", "html", "markdown", "plain")
"""How the texts of an imported table may be written."""

VOCABULARY = "content/vocabulary.yaml"
"""Where a site's own vocabulary is."""

SITE_FOLDERS = ("content", "templates", ".git")
"""The folders of a site that people keep: no output, and no report, may lie in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who published the newspaper; `logo` is a path below content/ or a URL."""

    name: str = ""
    url: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a site sets of the look without touching templates: CSS colours, "#rgb" or "#rrggbb"."""

    accent: str = ""  # on light paper
    accent_dark: str = ""  # on dark paper; "" lets the theme lighten `accent`
    paper: str = ""  # the light ground
    paper_dark: str = ""  # the dark one
    cards: bool = False  # whether articles without a picture have a drawn one for those who share them
    card_font: str = ""  # a font for headlines in scripts that the theme's lack, as a path below content/
    masthead: str = ""  # a picture of the newspaper's name, as a path below content/ ("media/name.svg")

    @property
    def is_coloured(self) -> bool:
        """Whether any colour is the site's own."""
        return any((self.accent, self.accent_dark, self.paper, self.paper_dark))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """How tables are imported. `columns` gives keys of front matter the names of their columns, in order.

    `ignore` are columns that are not kept, `text` says how their texts are written, `table` which table of a
    database holds the articles ("" for the one that can only be it).
    """

    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore: tuple[str, ...] = ()
    text: str = "auto"
    table: str = ""


INDEXNOW = "https://api.indexnow.org/indexnow"
"""Where IndexNow's own service takes addresses, which it hands on to all search engines that take part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place that `morgue deploy` knows by name. It holds no secret: these come from the environment.

    `to` is a URL. `cache` pairs patterns of paths with seconds, the first that fits counts. `compress` names
    the encodings files are stored in, or beside, the best first. `max_removed` is the largest share of the
    files there, from 0 to 1, that a deploy removes unasked. `options` are those of the target's own kind.
    """

    name: str
    to: str
    line: int = 0  # in site.yaml
    cache: tuple[tuple[str, int], ...] = ()
    compress: tuple[Literal["gzip", "br"], ...] = ()
    max_removed: float = 1.0
    strict: bool = False
    purge: str = ""  # the file below the site's folder that names every URL to purge; "" for none
    indexnow: str = ""  # the key, which is public; "" when search engines are not to be told
    indexnow_endpoint: str = INDEXNOW
    options: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """site.yaml, every key checked and every default filled in.

    `url` ends with a slash. `base` is its path without the last slash: "" or "/archive". `timezone` is an
    IANA name that was found. `taxonomies` holds the built-in ones too. `article_permalink` starts and ends
    with a slash and uses {year} {month} {day} {slug}.
    """

    root: Path  # the folder of site.yaml; never shown in output
    title: str
    url: str
    base: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    publisher: Publisher = field(default_factory=Publisher)
    article_permalink: str = "/{year}/{month}/{slug}/"
    taxonomies: tuple[Taxonomy, ...] = BUILT_IN_TAXONOMIES
    paginate: int = 50
    omit: tuple[str, ...] = ()  # of OMISSIBLE, in its order
    theme: Theme = field(default_factory=Theme)
    tagger: str = "light"
    review: bool = False  # whether a tag that was found is published only once an editor accepts it
    vocabulary: str = ""  # the packaged one that is used beside the site's own: "iptc", or ""
    tag_sources: tuple[str, ...] = ()  # of TAG_SOURCES; () for the vocabulary or, without one, phrases
    imports: Imports = field(default_factory=Imports)
    hosts: tuple[str, ...] = ()  # that files of their own are written for: "netlify", "nginx", …
    headers: tuple[tuple[str, str], ...] = ()  # that those hosts are to send beside, or for, the usual ones
    deploy: tuple[Destination, ...] = ()
    digest: str = ""  # of all settings above that change a page, and of the words
    words: Language = ENGLISH  # of the interface; the taxonomies' are translated already

    @property
    def content(self) -> Path:
        """The folder of everything people edit."""
        return self.root / "content"

    @property
    def direction(self) -> str:
        """The direction of the site's language: "ltr" or "rtl"."""
        return direction(self.language)

    def taxonomy(self, key: str) -> Taxonomy:
        """The taxonomy of a key; raises KeyError for an unknown one."""
        for taxonomy in self.taxonomies:
            if taxonomy.key == key:
                return taxonomy
        raise KeyError(key)
