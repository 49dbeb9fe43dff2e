"""When a page says its article was published and last changed, the surest source first."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from generator.core.frozen import dataclass
from generator.sources.importers.html.tree import Element
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.around import Head
from generator.sources.importers.web.linked_data import clean
from generator.sources.importers.web.moments import When, read_when
from generator.sources.importers.web.page import Page

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "parsely-pub-date", "sailthru.date", "datepublished",
    "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "publication-date",
    "pub_date", "published_date", "publisheddate", "published_at", "published", "article:published_date",
    "ptime", "article.published", "article:post_date",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date",
    "citation_online_date", "date.created", "article_date_original", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "bt:pubdate", "rnews:datepublished", "originalpublicationdate",
    "displaydate", "dat", "originaldate", "iso-8601-publish-date", "date_published", "created",
    "vr:published_time", "article.created", "dateposted",
    "analyticsattributes.articledate", "shareaholic:article_published_time", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:modified_time",
    "og:updated_time", "datemodified", "dc.date.modified",
    "dcterms.modified", "lastmod", "last-modified", "utime", "article.updated", "date_modified",
    "article:updated_time", "article:updated", "modified", "updated_time",
    "shareaholic:article_modified_time", "last_modified", "lastmodified",
    "lastupdated", "last_updated", "iso-8601-modified-date",
)  # fmt: skip
_TEXT = "the page's text"
_ZONES = timedelta(minutes=30)
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
"""Zones are half hours apart (a few quarters, which chance would hit too often), from UTC-12 to UTC+14."""

_IN_SCRIPT = re.compile(
    r'"(datePublished|published_at|publishedAt|publishDate|publish_date|pubDate|firstPublished|publicationDate|publication_date|'
    r"dateModified|updated_at|updatedAt|lastModified|modifiedDate|last_updated_date|display_date|"
    r'first_publish_date)"\s{0,5}:\s{0,5}"?([0-9TZ:+. -]{8,35})"?'
)
_ADDRESS_DAY = re.compile(
    r"[/_-]((?:19|20)[0-9]{2})(?:[/_-]?|/(?!20)[a-z][\w.-]{1,30}/)(0[1-9]|1[0-2]|[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-]?(0[1-9]|[12][0-9]|3[01]|[1-9])(?=[/_.-]|$)",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value and the source that gave it, as problems name it: "JSON-LD"."""

    when: When
    source: str


_SAME_PROPERTY = {
    "datepublished": "datepublished", "datemodified": "datemodified", "schema:datepublished": "datepublished",
    "schema:datemodified": "datemodified", "dc:date": "datepublished", "dc:created": "datepublished",
    "dc:issued": "datepublished",
    "dcterms:created": "datepublished", "dcterms:issued": "datepublished", "dcterms:date": "datepublished",
    "dcterms:modified": "datemodified",
    "dc:modified": "datemodified", "rnews:datepublished": "datepublished",
    "rnews:datemodified": "datemodified",
}  # fmt: skip


def dates(page: Page, head: Head, by: Customs) -> tuple[list[Found], list[Found]]:
    """When it was published and when it last changed: all that the page says, the surest first."""
    published: list[Found] = []
    updated: list[Found] = []

    def add(to: list[Found], value: Any, source: str) -> None:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e14:
            value = str(int(value))
        if isinstance(value, str) and (when := read_when(value, by)):
            to.append(Found(when=when, source=source))

    article = page.data.article
    add(published, article.get("datePublished"), "JSON-LD")
    add(updated, article.get("dateModified"), "JSON-LD")
    for name, (written, shown) in _itemprops(page.root, head):
        add(published if name == "datepublished" else updated, written or shown, "microdata")
    for name in _PUBLISHED:
        add(published, page.meta(name), f"meta {name}")
    for name in _MODIFIED:
        add(updated, page.meta(name), f"meta {name}")
    if not published:
        add(published, page.data.weak.get("datePublished"), "JSON-LD of the page")
        add(updated, page.data.weak.get("dateModified"), "JSON-LD of the page")
    for stamp in sorted(head.stamps, key=lambda s: (not s.before_text, s.above)):
        (updated if stamp.updated else published).append(Found(when=stamp.when, source=_TEXT))
    if not published:
        add(published, article.get("dateCreated"), "JSON-LD")
    if not published or not updated:
        _from_scripts(page.root, published, updated, add)
    if not published and (day := _address_day(page.address)):
        add(published, day, "the address")
    return published, updated


def settled(published: Sequence[Found], updated: Sequence[Found]) -> tuple[When | None, When | None]:
    """The dates taken: the surest, in its most telling form; no update that is the publication itself."""
    first = _as_shown(_fullest(published), published)
    last = _as_shown(_fullest(updated), updated)
    if first is None:
        return last, None
    last = _in_zone_of(last, first)
    if last is not None and (
        last.written == first.written
        or (last.instant and last.instant == first.instant)
        or last.day < first.day
    ):
        last = None
    if last is not None and not last.timed and last.day == first.day:
        last = None
    return first, last


def contradiction(found: Sequence[Found]) -> str:
    """Two sources that give dates more than a day apart: "JSON-LD says 2021-04-13, …"; "" for none."""
    if not found:
        return ""
    first = found[0]
    other = next(
        (f for f in found[1:] if abs((f.when.day - first.when.day).days) > 1 and f.source != first.source),
        None,
    )
    return (
        f"{first.source} says {first.when.day.isoformat()}, {other.source} {other.when.day.isoformat()}"
        if other
        else ""
    )


def _fullest(found: Sequence[Found]) -> When | None:
    """The first date; the same moment with a time, a zone or the paper's own zone is better."""
    if not found:
        return None
    best = found[0].when
    for other in (f.when for f in found[1:8]):
        near = abs((other.day - best.day).days) <= 1
        if best.instant and other.instant and best.instant == other.instant:
            if best.instant.utcoffset() == timedelta() and other.instant.utcoffset() != timedelta():
                best = other
        elif (
            other.day == best.day
            and ((other.timed and not best.timed) or (other.instant and not best.instant and best.timed))
        ) or (not best.timed and other.instant and near and other.instant.astimezone(UTC).date() == best.day):
            best = other
    return best


def _as_shown(best: When | None, found: Sequence[Found]) -> When | None:
    """A moment that data give in UTC, in the paper's own time, where its text shows the same moment so.

    Readers were told "July 22, 2021, 8:31 p.m." where the data say 2021-07-23T00:31Z: the hours between are
    the zone of the paper, and the day is the one that it printed.
    """
    if best is None:
        return None
    if not best.timed and found[0].source != _TEXT:
        return next((f.when for f in found[:8] if f.source == _TEXT and _is_next_day(f.when, best)), best)
    if best.instant is None or best.instant.utcoffset() != timedelta():
        return best
    for shown in (f.when for f in found if f.source == _TEXT):
        if not shown.timed or shown.instant is not None:
            continue
        local = datetime.fromisoformat(shown.written).replace(second=0)
        ahead = local - best.instant.replace(tzinfo=None, second=0, microsecond=0)
        if ahead and ahead % _ZONES == timedelta() and -_WEST <= ahead <= _EAST:
            return _zoned(best, timezone(ahead))
    return best


def _is_next_day(shown: When, best: When) -> bool:
    """Whether a time that readers saw is of the day beside one that data give alone: it was cut from UTC."""
    utc = shown.instant is not None and shown.instant.utcoffset() == timedelta()
    return shown.timed and not utc and abs((shown.day - best.day).days) == 1


def _in_zone_of(last: When | None, first: When) -> When | None:
    """A moment in UTC in the zone in which the first is known to be."""
    zone = first.instant.utcoffset() if first.instant is not None else None
    if last is None or last.instant is None or not zone or last.instant.utcoffset() != timedelta():
        return last
    return _zoned(last, timezone(zone))


def _zoned(when: When, zone: timezone) -> When:
    assert when.instant is not None
    at = when.instant.astimezone(zone)
    return When(written=at.isoformat(timespec="seconds"), day=at.date(), instant=at, timed=True)


def _itemprops(root: Element, head: Head) -> Iterable[tuple[str, tuple[str, str]]]:
    for element in root.iter("time", "span", "div", "p", "abbr", "b", "small", "li", "td"):
        name = (element.get("itemprop") or element.get("property") or "").lower()
        if "date" in name or "created" in name or "issued" in name:
            for each in map(_SAME_PROPERTY.get, name.split()):
                if each is not None:
                    written = element.get("datetime") or element.get("content") or element.get("title") or ""
                    yield (
                        each,
                        (written, "" if written else clean("".join(map(str, element.itertext())))[:200]),
                    )


def _from_scripts(root: Element, published: list[Found], updated: list[Found], add: Any) -> None:
    day = published[0].when.day if published else None
    for script in root.iter("script"):
        first: list[Found] = []
        last: list[Found] = []
        for match in list(_IN_SCRIPT.finditer((script.text or "")[:500_000]))[:20]:
            late = any(sign in match[1].lower() for sign in ("modif", "update"))
            add(last if late else first, match[2].strip(), "a script")
        # A script may be about other articles too: its first must be this one.
        if first and (day is None or abs((first[0].when.day - day).days) <= 1):
            published += first
            updated += last
            return


def _address_day(address: str) -> str:
    match = _ADDRESS_DAY.search(urlsplit(address).path) if address else None
    if match is None:
        return ""
    month = match[2].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    return f"{match[1]}-{number:02d}-{int(match[3]):02d}"
