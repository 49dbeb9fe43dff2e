"""An agency's item, whatever format it came in, and the article that it becomes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import Literal

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.importers.base import Dropped, Imported, Media
from generator.sources.importers.newstext_bylines import read_dateline
from generator.sources.importers.web.names import names_in

Status = Literal["", "draft", "embargoed", "withdrawn"]

NAMES_LIMIT = 500
"""The most names of one kind that an item is filed under; more is a table, not a subject."""

HEADLINE_LIMIT = 80
"""The most characters of the headline that is made for an item without one."""

PARAGRAPH_LIMIT = 20_000
"""The most characters of a first paragraph in which a dateline is looked for."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BY = re.compile(r"^(?:by|von|par|por|av|door)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture of an item: `src` is a URL or a path below content/, "" when only its words came.

    `files` are the names of the files in which it comes, in all sizes.
    """

    src: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    taken: str = ""
    media: Media | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A further item that an item names: at least one of `title` and `url`."""

    title: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One version of one item, as its agency sent it. Everything but `ids` may be empty.

    `ids` are the names the agency knows it by, the surest first. `published`, `updated` and `embargo` are
    written as front matter wants them. `body` is Markdown. `bylines` are as they were written. `extra` are
    keys of the front matter that Morgue gives no meaning. `dated_by_version` tells that `published` is when
    this version was made, since nothing says when the first was.
    """

    ids: tuple[str, ...]
    title: str = ""
    body: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    bylines: tuple[str, ...] = ()
    dateline: str = ""
    summary: str = ""
    picture: Shown | None = None
    media: tuple[Media, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()
    publisher: str = ""
    url: str = ""
    status: Status = ""
    embargo: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    recall: float | None = None
    problems: tuple[Problem, ...] = ()
    dated_by_version: bool = False


def article_of(
    item: Item, where: str, now: datetime, line: int = 0
) -> tuple[Imported | None, tuple[Problem, ...]]:
    """The article that an item becomes; None, and why, for one that cannot be filed.

    An item with neither text nor picture is passed over (W383). One without a date is a draft of the day
    `now` (W379), until somebody dates it. One that is withdrawn and has no text of its own withdraws the
    article that is there.
    """
    name = item.title or (item.ids[0] if item.ids else "an item")
    if item.status == "withdrawn" and not item.body and item.ids:
        return _withdrawal(item), item.problems
    if not (item.body or item.summary or item.picture or item.related):
        message = f"nothing to read in it: {name[:80]!r}"
        return None, (*item.problems, Problem(where, line, "W383", message, "passed over"))
    told = item.problems
    if not item.title:
        item = replace(item, title=_first_words(item))
        message = f"an item without a headline: {name[:80]!r}"
        told += (Problem(where, line, "W385", message, f"headed by its first words: {item.title[:60]!r}"),)
    if not item.published:
        message = f"no date: kept as a draft of today: {name[:80]!r}"
        told += (Problem(where, line, "W379", message, "write `published`, and take `status: draft` away"),)
        day = now.astimezone(UTC).date().isoformat()
        item = replace(item, published=day, dated_by_version=False, status=item.status or "draft")
    item = _without_dateline(item)
    lead = (item.picture.media,) if item.picture and item.picture.media else ()
    made = Imported(
        front=_front(item),
        body=item.body,
        dated_by_version=item.dated_by_version,
        media=tuple(dict.fromkeys((*lead, *item.media))),
        identity=tuple(dict.fromkeys((*((item.url,) if item.url else ()), *item.ids))),
        dropped=item.dropped,
        recall=item.recall,
    )  # fmt: skip
    return made, told


def _withdrawal(item: Item) -> Imported:
    """What is said of an article that its agency killed or cancelled."""
    front: dict[str, Value] = {"status": "withdrawn", "updated": item.updated or item.published}
    front |= {key: item.extra[key] for key in ("revision", "editorial_note") if key in item.extra}
    names = ((item.url,) if item.url else ()) + item.ids
    return Imported(front=_filled(front), body="", identity=tuple(dict.fromkeys(names)), partial=True)


def _without_dateline(item: Item) -> Item:
    """The item with the dateline that its text begins with in its own place."""
    first, gap, rest = item.body.partition("\n\n")
    found = read_dateline(first) if len(first) < PARAGRAPH_LIMIT else None
    if found is None or not found.rest.strip():
        return item
    return replace(
        item,
        dateline=found.place or item.dateline,
        publisher=item.publisher or found.agency,
        body=f"{found.rest.strip()}{gap}{rest}",
    )


def _first_words(item: Item) -> str:
    """A headline for an item that has none."""
    caption = item.picture.caption if item.picture else ""
    links = " ".join(link.title or link.url for link in item.related)
    text = " ".join((item.summary or item.body or caption or links).replace("*", "").split())
    shown = text[:HEADLINE_LIMIT].rpartition(" ")[0] if len(text) > HEADLINE_LIMIT else text
    return f"{shown} …" if len(text) > HEADLINE_LIMIT else shown or "Without a headline"


def _front(item: Item) -> dict[str, Value]:
    picture = item.picture
    image = (
        {
            "src": picture.src,
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
            "taken": picture.taken,
        }
        if picture
        else {}
    )
    related = [_filled({"label": e.label, "title": e.title, "url": e.url}) for e in item.related]
    updated = item.updated if item.updated != item.published else ""
    return _filled(
        {
            "title": item.title,
            "published": item.published,
            "updated": updated,
            "language": language_of(item.language),
            "authors": list(authors_of(item.bylines, item.language)),
            "dateline": item.dateline,
            "summary": item.summary,
            "image": _filled(image),
            "tags": list(names(item.tags)),
            "people": list(names(item.people)),
            "organisations": list(names(item.organisations)),
            "places": list(names(item.places)),
            "related": [each for each in related if each],
            "source": _filled({"publisher": item.publisher, "url": item.url}),
            "status": item.status,
            "embargo": item.embargo,
            **item.extra,
        }
    )


def authors_of(bylines: Iterable[str], language: str = "") -> tuple[str, ...]:
    """The people and agencies that bylines name; one that surely names nobody is an author as it stands."""
    found: dict[str, None] = {}
    for byline in bylines:
        for name in names_in(byline, language=language, certain=True):
            found.setdefault(name)
        if not found and byline.strip() and len(byline) <= 80:
            found[_BY.sub("", byline.strip())] = None
    return tuple(found)


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Names to file an article under: each once, none of them empty or longer than a name is."""
    plain = (" ".join(name.split()) for name in given)
    return tuple(dict.fromkeys(name for name in plain if name and len(name) <= 200))[:NAMES_LIMIT]


def language_of(tag: str) -> str:
    """A language as BCP 47, "" for what is none."""
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _filled(pairs: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in pairs.items() if value not in ("", None, [], {}, ())}
