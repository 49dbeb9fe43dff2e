"""What a page says of its article, from the surest source that says it: headline, dates, authors, and the rest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from generator.sources.importers.html.tree import Element
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.head import Head
from generator.sources.importers.web.linked_data import clean, text, types_of
from generator.sources.importers.web.moments import When, in_text, read_when
from generator.sources.importers.web.names import is_agency, is_nobody, names_in
from generator.sources.importers.web.page import Page

_SEPARATOR = re.compile(r"\s+[|•·»«–—:]+\s+|\s+-{1,2}\s+|\s*[|»]\s*")
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "datepublished",
    "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "publication-date", "ptime", "article.published", "article:post_date",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date",
    "citation_online_date", "date.created", "article_date_original", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate", "rnews:datepublished", "originalpublicationdate",
    "displaydate", "dat", "originaldate", "iso-8601-publish-date", "date_published", "created", "vr:published_time", "article.created", "dateposted",
    "analyticsattributes.articledate", "shareaholic:article_published_time", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:modified_time", "og:updated_time", "datemodified", "dc.date.modified",
    "dcterms.modified", "lastmod", "last-modified", "utime", "article.updated", "date_modified", "article:updated_time", "article:updated", "modified", "updated_time",
    "shareaholic:article_modified_time", "lastupdated", "last_updated", "iso-8601-modified-date",
)  # fmt: skip
_AUTHOR_METAS = (
    "parsely-author", "sailthru.author", "author", "article:author_name", "byl", "byline", "dc.creator", "dcterms.creator", "citation_author", "authors", "article.author",
    "cxenseparse:author", "cxenseparse:recs:articleauthor", "article:author", "og:article:author", "dcsext.author", "rbauthors", "shareaholic:article_author_name", "twitter:data1", "creator",
)  # fmt: skip
_TAG_METAS = (
    "article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
    "og:article:tag",
    "dc.subject",
    "article.tags",
    "citation_keywords",
)
_IN_SCRIPT = re.compile(
    r'"(datePublished|published_at|publishedAt|publishDate|publish_date|pubDate|firstPublished|publicationDate|publication_date|'
    r'dateModified|updated_at|updatedAt|lastModified|modifiedDate|last_updated_date|display_date|first_publish_date)"\s{0,5}:\s{0,5}"?([0-9TZ:+. -]{8,35})"?'
)
_ADDRESS_DAY = re.compile(
    r"[/_-]((?:19|20)[0-9]{2})[/_-]?(0[1-9]|1[0-2]|[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-]?(0[1-9]|[12][0-9]|3[01]|[1-9])(?=[/_.-]|$)",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value and the source that gave it, as problems name it: "JSON-LD"."""

    when: When
    source: str


def headline(page: Page, head: Head) -> str:
    """The headline as readers saw it, by the agreement of all that state one."""
    candidates: dict[str, tuple[float, str]] = {}

    def vote(words: str, weight: float) -> None:
        words = clean(words)
        key = re.sub(r"\W+", "", words).casefold()
        if key and len(words) <= 400:
            score, first = candidates.get(key, (0.0, words))
            candidates[key] = (score + weight, first)

    sites = site_names(page)
    vote(head.headline, 3.0)
    article = page.data.article
    for name, weight in (("headline", 3.0), ("name", 1.0), ("alternativeHeadline", 0.4)):
        vote(without_site(text(article.get(name)), sites), weight)
    vote(text(page.data.weak.get("headline")), 1.0)
    for name, weight in (("og:title", 2.0), ("twitter:title", 1.2), ("parsely-title", 1.5), ("sailthru.title", 1.5), ("headline", 2.0), ("dc.title", 1.2),
                         ("citation_title", 2.0), ("title", 0.8), ("dcterms.title", 1.0), ("hdl", 1.5), ("name", 0.5)):  # fmt: skip
        vote(without_site(page.meta(name), sites), weight)
    vote(without_site(page.title, sites, sure=False), 1.0)
    if not candidates:
        return ""
    ranked = sorted(candidates.values(), key=lambda each: -each[0])
    best = ranked[0][1]
    shown = clean(head.headline)
    if (
        shown
        and shown != best
        and (_contains(best, shown) or _contains(shown, best))
        and len(shown) >= 0.5 * len(best)
    ):
        kicker = shown.endswith(best) and len(shown) > len(best) and ranked[0][0] >= 4.0
        return best if kicker else shown
    return best


def without_site(title: str, sites: Iterable[str], *, sure: bool = True) -> str:
    """A title without the name of the site or section behind it.

    With `sure`, only a part that names the site is taken off; else the last short part too.
    """
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    known = {re.sub(r"\W+", "", site).casefold() for site in sites if site}
    separators = list(_SEPARATOR.finditer(title))
    end, start = len(title), 0
    while separators:
        last = re.sub(r"\W+", "", title[separators[-1].end() : end]).casefold()
        if last in known or (
            last
            and any(
                last in site or (site in last and len(last) < 2 * len(site))
                for site in known
                if len(site) > 3
            )
        ):
            end = separators.pop().start()
        else:
            break
    if separators and end < len(title) and "|" in separators[-1][0]:
        end = separators[-1].start()
    if end == len(title) and separators:
        first = re.sub(r"\W+", "", title[: separators[0].start()]).casefold()
        if first in known:
            start = separators[0].end()
        elif (
            not sure
            and len(title[separators[-1].end() :]) <= 40
            and len(title[: separators[-1].start()]) >= 15
            and separators[-1][0].strip() != ":"
        ):
            end = separators[-1].start()
    return title[start:end].strip()


def site_names(page: Page) -> tuple[str, ...]:
    """What the site is called, as far as the page tells."""
    names = [
        publisher(page),
        page.meta("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site").lstrip(
            "@"
        ),
    ]
    host = urlsplit(page.address).hostname or ""
    labels = host.removeprefix("www.").split(".")
    names += [labels[0], host.removeprefix("www."), ".".join(labels[-2:])]
    if len(labels) > 2:
        names.append(labels[-2])
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def publisher(page: Page) -> str:
    """Who published it."""
    for node in page.data.resolved(
        page.data.article.get("publisher") or page.data.article.get("sourceOrganization")
    ):
        if name := text(node):
            return name
    for node in page.data.by_id.values():
        if types_of(node) & {"newsmediaorganization", "website"} and (name := text(node.get("name"))):
            return name
    return (
        page.meta(
            "og:site_name",
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "citation_journal_title",
            "copyright-holder",
        )
        or ""
    )


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
    for stamp in sorted(head.stamps, key=lambda s: not s.before_text):
        when = read_when(stamp.written, by) or in_text(stamp.shown, by)
        if when is not None:
            (updated if stamp.updated else published).append(Found(when=when, source="the page's text"))
    if not published:
        add(published, article.get("dateCreated"), "JSON-LD")
    if not published:
        _from_scripts(page.root, published, updated, add)
    if not published and (day := _address_day(page.address)):
        add(published, day, "the address")
    return published, updated


def settled(published: Sequence[Found], updated: Sequence[Found]) -> tuple[When | None, When | None]:
    """The dates taken: the surest, in its most telling form; no update that is the publication itself."""
    first = _fullest(published)
    last = _fullest(updated)
    if first is None:
        return last, None
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
    """Which two sources give dates more than a day apart: "JSON-LD says 2021-04-13, the address 2021-05-01"; "" for none."""
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
    """The first date; another that is the same moment with a time, a zone or the paper's own zone is better."""
    if not found:
        return None
    best = found[0].when
    for other in (f.when for f in found[1:8]):
        near = abs((other.day - best.day).days) <= 1
        if best.instant and other.instant and best.instant == other.instant:
            if best.instant.utcoffset() == timedelta() and other.instant.utcoffset() != timedelta():
                best = other
        elif other.day == best.day and (
            (other.timed and not best.timed) or (other.instant and not best.instant and best.timed)
        ):
            best = other
        elif not best.timed and other.instant and near and other.instant.astimezone(UTC).date() == best.day:
            best = other
    return best


def _itemprops(root: Element, head: Head) -> Iterable[tuple[str, tuple[str, str]]]:
    for element in root.iter("time", "span", "div", "p", "abbr", "b", "small", "li", "td"):
        name = (element.get("itemprop") or "").lower()
        if "date" in name:
            for each in name.split():
                if each in {"datepublished", "datemodified"}:
                    written = element.get("datetime") or element.get("content") or element.get("title") or ""
                    yield each, (written, "" if written else clean("".join(element.itertext()))[:200])


def _from_scripts(root: Element, published: list[Found], updated: list[Found], add: Any) -> None:
    for script in root.iter("script"):
        for match in list(_IN_SCRIPT.finditer((script.text or "")[:500_000]))[:20]:
            late = any(sign in match[1].lower() for sign in ("modif", "update"))
            add(updated if late else published, match[2].strip(), "a script")
        if published:
            return


def _address_day(address: str) -> str:
    match = _ADDRESS_DAY.search(urlsplit(address).path) if address else None
    if match is None:
        return ""
    month = match[2].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    return f"{match[1]}-{number:02d}-{int(match[3]):02d}"


def authors(page: Page, head: Head) -> tuple[str, ...]:
    """Who wrote it, as people would list them: by the surest source that names anybody."""
    language = page.language
    sites = {re.sub(r"\W+", "", name).casefold() for name in site_names(page)}
    shown = _from_bylines(head.bylines, language) or _from_bylines(head.loose_bylines, language)
    stated = _stated(page, sites)
    for metas in (("citation_author",), *((name,) for name in _AUTHOR_METAS)):
        if stated:
            break
        found: list[str] = []
        for value in page.all_metas(*metas):
            found += names_in(
                value,
                language=language,
                certain=True,
                inverted=metas[0] in {"citation_author", "dc.creator", "dcterms.creator"},
            )
        stated = _without_sites(found, sites)
    if not stated:
        return shown or ()
    if shown and set(map(_name_key, stated)) < set(map(_name_key, shown)) and len(shown) <= 8:
        return shown
    if shown and not any(" " in name for name in stated) and not all(map(is_agency, stated)):
        return shown
    return tuple(stated)


def _stated(page: Page, sites: set[str]) -> list[str]:
    found: list[str] = []
    article = page.data.article
    for node in page.data.resolved(article.get("author") or article.get("creator") or []):
        if isinstance(node, dict):
            written = node.get("name") or ""
            if isinstance(written, list):
                written = "; ".join(str(name) for name in written)
            if not written and ("givenName" in node or "familyName" in node):
                written = f"{text(node.get('givenName'))} {text(node.get('familyName'))}"
            for name in names_in(str(written), language=page.language, certain=True):
                found.append(name)
        elif isinstance(node, str) and not node.startswith("http"):
            found += names_in(node, language=page.language, certain=True)
    if not found:
        for element in page.root.iter():
            if isinstance(element.tag, str) and "author" in (element.get("itemprop") or "").lower().split():
                found += _itemprop_author(element, page.language)
                if len(found) > 30:
                    break
    return _without_sites(found, sites)


def _itemprop_author(element: Element, language: str) -> tuple[str, ...]:
    node: Element | None = element
    while node is not None:
        if (
            "comment"
            in (node.get("itemprop") or "") + (node.get("class") or "") + (node.get("itemtype") or "").lower()
        ):
            return ()
        node = node.getparent()
    if element.get("content"):
        return names_in(element.get("content") or "", language=language, certain=True)
    inner = [
        each
        for each in element.iter()
        if isinstance(each.tag, str)
        and (each.get("itemprop") or "").lower() == "name"
        and each is not element
    ]
    found: list[str] = []
    for each in inner:
        found += names_in(each.get("content") or "".join(each.itertext()), language=language, certain=True)
    return tuple(found)


def _without_sites(names: Sequence[str], sites: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        key = re.sub(r"\W+", "", name).casefold()
        if (
            key in sites
            or is_nobody(name)
            or (key.endswith(("staff", "newsdesk", "editors")) and len(key) > 4)
        ):
            continue
        kept.setdefault(_name_key(name), name)
    return list(kept.values())


def _from_bylines(bylines: Sequence[str], language: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for line in bylines[:12]:
        names = names_in(line, language=language)
        for name in names:
            if not any(_name_key(name) in key or key in _name_key(name) for key in found):
                found[_name_key(name)] = name
    people = [name for name in found.values() if not is_agency(name)]
    return tuple(people or found.values())


def _name_key(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", name).casefold().split())


def _contains(longer: str, shorter: str) -> bool:
    return re.sub(r"\W+", "", shorter).casefold() in re.sub(r"\W+", "", longer).casefold()


def section(page: Page) -> str:
    """The section it stood in."""
    value = page.data.article.get("articleSection")
    names = value if isinstance(value, list) else [value]
    for name in (
        *map(text, names),
        *page.all_metas(
            "article:section",
            "parsely-section",
            "og:section",
            "cxenseparse:section",
            "section",
            "dc.type.section",
            "sailthru.section",
        ),
    ):
        if name and len(name) < 80 and not name.startswith("http"):
            return name
    crumbs = [
        c
        for c in page.data.crumbs
        if c.casefold() not in {"home", "start", "startseite", "accueil", "inicio", "news"}
    ]
    return crumbs[0] if len(crumbs) > 1 else ""


def tags(page: Page, head: Head) -> tuple[str, ...]:
    """Its keywords."""
    found: dict[str, str] = {}
    value = page.data.article.get("keywords")
    lists: list[Sequence[str]] = [
        _split_tags(value)
        if isinstance(value, str)
        else [text(v) for v in value]
        if isinstance(value, list)
        else []
    ]
    for name in _TAG_METAS:
        values = page.all_metas(name)
        lists.append([part for v in values for part in (_split_tags(v) if len(values) == 1 else [v])])
    lists.append(head.tags)
    for names in lists:
        for name in names:
            plain = clean(name).strip(" #,;")
            if (
                1 < len(plain) <= 60
                and ":" not in plain
                and "/" not in plain
                and not plain.startswith("http")
            ):
                found.setdefault(plain.casefold(), plain)
        if found:
            break
    return tuple(list(found.values())[:30])


def _split_tags(value: str) -> list[str]:
    separator = (
        ";" if value.count(";") > value.count(",") else "|" if "|" in value and "," not in value else ","
    )
    return [part.strip() for part in clean(value).split(separator)]


def deck(page: Page, head: Head) -> str:
    """The lines under the headline; what the page gives as its description where it shows none."""
    if head.deck:
        return head.deck
    for words in (text(page.data.article.get("alternativeHeadline")), page.meta("og:description", "description", "twitter:description", "sailthru.description"),
                  text(page.data.article.get("description"))):  # fmt: skip
        if len(words) >= 20 and not words.endswith(("...", "…", "[…]", "[...]")):
            return words
    return ""


def absolute(base: str, address: str) -> str:
    """An address made absolute; "" when it cannot be."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""
