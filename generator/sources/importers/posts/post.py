"""A post as any publishing system keeps it: what an export's reader finds, before it is an article."""

from collections.abc import Mapping
from dataclasses import field

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.sources.importers.base import Dropped, Kind
from generator.sources.importers.html import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post or page of an export; "" and empty tuples stand for what the export does not say.

    `title` and `summary` may hold HTML, `html` is the text. `published`, `updated` and `embargo` are dates as
    front matter has them. `url` is the address the post had, absolute; `old` are all addresses that are to
    lead to it, paths or URLs of the old site. `ids` are the names by which the system itself knows it.
    `status` is "", "draft" or "embargoed". `place` is a page's path below content/pages, `fields` what the
    export says beside: it is kept in the front matter under its own keys.
    """

    html: str
    title: str = ""
    published: str = ""
    updated: str = ""
    kind: Kind = "article"
    place: str = ""
    slug: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()
    image: Picture | None = None
    url: str = ""
    old: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    language: str = ""
    publisher: str = ""
    status: str = ""
    embargo: str = ""
    dropped: tuple[Dropped, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
