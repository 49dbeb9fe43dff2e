"""What a page says to search engines: JSON-LD after schema.org."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.core.archive import Entity, Filed
from generator.core.site import Site
from generator.render.addresses import absolute, content_address, picture, web_url

IDENTIFIERS: tuple[tuple[str, str, str], ...] = (
    ("wikidata", "Wikidata", "https://www.wikidata.org/wiki/{}"),
    ("viaf", "VIAF", "https://viaf.org/viaf/{}"),
    ("geonames", "GeoNames", "https://www.geonames.org/{}"),
    ("isni", "ISNI", "https://isni.org/isni/{}"),
    ("gnd", "GND", "https://d-nb.info/gnd/{}"),
    ("lcnaf", "LCNAF", "https://id.loc.gov/authorities/names/{}"),
    ("orcid", "ORCID", "https://orcid.org/{}"),
    ("imo", "IMO", ""),
    ("iso3166", "ISO 3166", ""),
)
"""Key, name and address pattern of the authority files whose numbers records carry."""

_KNOWN = {key: (label, pattern) for key, label, pattern in IDENTIFIERS}


def identifier_links(identifiers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Each identifier as label, number and URL; the URL is "" for a file Morgue does not know."""
    links = []
    for key, value in identifiers:
        label, pattern = _KNOWN.get(key, (key, ""))
        plain = bool(value) and all(c.isalnum() or c == "-" for c in value) and value.isascii()
        links.append((label, value, pattern.format(value) if pattern and plain else ""))
    return tuple(links)


def same_as(identifiers: Iterable[tuple[str, str]]) -> list[str]:
    """The addresses under which authority files have a name."""
    return [link for _, _, link in identifier_links(identifiers) if link]


def written(data: Mapping[str, Any]) -> str:
    """JSON-LD that may stand in a script element: no value can close it."""
    filled = {key: value for key, value in data.items() if value not in ("", None, [], {})}
    text = json.dumps({"@context": "https://schema.org", **filled}, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def absolute_picture(site: Site, src: str) -> str:
    """A picture's absolute URL, or ""."""
    found = picture(site, src)
    if not found or "://" in found[:8]:
        return found
    return absolute(site, "") + found[len(site.base) :]


def publisher(site: Site) -> dict[str, Any]:
    """The newspaper as an organisation."""
    found: dict[str, Any] = {"@type": "NewsMediaOrganization", "name": site.publisher.name or site.title}
    if url := web_url(site.publisher.url):
        found["url"] = url
    if logo := absolute_picture(site, site.publisher.logo):
        found["logo"] = {"@type": "ImageObject", "url": logo}
    return found


def article_data(
    filed: Filed, site: Site, authors: Sequence[tuple[str, str]], about: Sequence[Entity]
) -> str:
    """NewsArticle; `authors` pair a name with its schema.org type, `about` are the entities it lists."""
    article = filed.article
    url = absolute(site, filed.address)
    types = {taxonomy.key: taxonomy.schema for taxonomy in site.taxonomies}
    image = absolute_picture(site, article.image.src) if article.image else ""
    source = article.source
    data: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "description": filed.summary,
        "datePublished": article.published.iso,
        "dateModified": article.updated.iso if article.updated else "",
        "inLanguage": article.language,
        "wordCount": filed.words,
        "author": [{"@type": kind, "name": name} for name, kind in authors],
        "publisher": publisher(site),
        "image": [image] if image else [],
        "keywords": [e.card.name for e in about if e.card.key.taxonomy == "tags"],
        "dateline": article.dateline,
        "mentions": [
            {
                "@type": types.get(e.card.key.taxonomy, "Thing"),
                "name": e.card.name,
                "url": absolute(site, e.card.address),
                **({"sameAs": same} if (same := same_as(e.card.identifiers)) else {}),
            }
            for e in about
            if e.card.key.taxonomy != "tags"
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": c.text,
                **({"datePublished": c.date.iso} if c.date else {}),
            }
            for c in article.corrections
        ],
        "isBasedOn": web_url(source.url) if source else "",
    }
    return written(data)


def entity_data(entity: Entity, schema: str, site: Site) -> str:
    """A page about one entity: CollectionPage, and what it is about."""
    card, record = entity.card, entity.record
    url = absolute(site, card.address)
    about: dict[str, Any] = {"@type": schema, "@id": f"{url}#about", "name": card.name}
    if card.description:
        about["description"] = card.description
    same = same_as(card.identifiers)
    if record:
        same += [found for link in record.same_as if (found := web_url(link))]
        if record.aliases:
            about["alternateName"] = list(record.aliases)
    if same:
        about["sameAs"] = same
    if card.coordinates and schema not in {"Person", "Organization", "DefinedTerm"}:
        latitude, longitude = card.coordinates
        about["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return collection_data(site, card.name, card.address, about)


def collection_data(site: Site, name: str, where: str, about: Mapping[str, Any] | None = None) -> str:
    """A page that lists articles or names."""
    url = absolute(site, where)
    return written(
        {
            "@type": "CollectionPage",
            "@id": url,
            "url": url,
            "name": name,
            "about": about or {},
            "isPartOf": {"@type": "WebSite", "name": site.title, "url": absolute(site, "/")},
        }
    )


def site_data(site: Site) -> str:
    """The whole archive, and how to search it."""
    found: dict[str, Any] = {
        "@type": "WebSite",
        "url": absolute(site, "/"),
        "name": site.title,
        "description": site.description,
        "inLanguage": site.language,
        "publisher": publisher(site),
    }
    if "search" not in site.omit:
        found["potentialAction"] = {
            "@type": "SearchAction",
            "target": absolute(site, "/search/") + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        }
    return written(found)


def original_address(file: str, served: frozenset[str]) -> str:
    """Where an article's original is served, or "" when it is not kept."""
    return content_address(file) if file in served else ""
