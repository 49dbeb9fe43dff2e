"""The archive as data: one JSON line an article, one list of all names."""

import json
from collections.abc import Mapping
from typing import Any

from generator.core.archive import Entity, Filed
from generator.core.frozen import dataclass
from generator.core.site import Site
from generator.render.addresses import absolute
from generator.render.basis import Basis
from generator.render.structured import absolute_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesView:
    """A file of JSON lines, or of a JSON list's rows; each is written already."""

    lines: tuple[str, ...]


def articles_view(basis: Basis) -> LinesView:
    """Every article's metadata, newest first, without its text."""
    archive = basis.archive
    return LinesView(lines=tuple(article_line(archive.filed[i], basis.site) for i in archive.order))


def article_line(filed: Filed, site: Site) -> str:
    """An article's metadata as a line of JSON, which begins with its id."""
    return _line(_article(filed, site))


def entities_view(basis: Basis) -> LinesView:
    """Every name the archive files by."""
    return LinesView(lines=tuple(_line(_entity(basis, e)) for e in basis.archive.entities.values()))


def _line(row: Mapping[str, Any]) -> str:
    filled = {key: value for key, value in row.items() if value not in ("", None, [], {})}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


def _article(filed: Filed, site: Site) -> dict[str, Any]:
    article, source = filed.article, filed.article.source
    names: dict[str, list[str]] = {taxonomy.key: [] for taxonomy in site.taxonomies}
    unconfirmed: dict[str, list[str]] = {}
    for naming in filed.namings:
        names.setdefault(naming.entity.taxonomy, []).append(naming.name)
        if not naming.confirmed:
            unconfirmed.setdefault(naming.entity.taxonomy, []).append(naming.name)
    return {
        "id": article.id,
        "url": absolute(site, filed.address),
        "title": article.title,
        "published": article.published.iso,
        "updated": article.updated.iso if article.updated else "",
        "language": article.language,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "summary": filed.summary,
        "words": filed.words,
        "image": absolute_picture(site, article.image.src) if article.image else "",
        **{key: found for key, found in names.items() if found},
        "unconfirmed": unconfirmed,
        "annotator": ", ".join(article.found.get("by", ())),
        "corrections": [
            {"date": c.date.iso if c.date else None, "text": c.text} for c in article.corrections
        ],
        "source": {
            key: value
            for key, value in (
                ("publisher", source.publisher),
                ("url", source.url),
                ("file", source.file),
                ("sha256", source.sha256),
            )
            if value
        }
        if source
        else {},
        "status": "" if article.status == "published" else article.status,
    }


def _entity(basis: Basis, entity: Entity) -> dict[str, Any]:
    card, record, known = entity.card, entity.record, basis.archive.entities
    broader = known.get(entity.broader) if entity.broader else None
    return {
        "taxonomy": card.key.taxonomy,
        "slug": card.key.slug,
        "url": absolute(basis.site, card.address),
        "name": card.name,
        "sort": card.sort,
        "description": card.description,
        "confirmed": card.confirmed,
        "articles": card.articles,
        "mentions": card.mentions,
        "years": {str(year): total for year, total in card.years},
        "described": [
            {
                "title": each.title,
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "articles": each.articles,
            }
            for each in entity.described
        ],
        "broader": broader.card.name if broader else "",
        "narrower": [known[key].card.name for key in entity.narrower if key in known],
        "aliases": list(record.aliases) if record else [],
        "identifiers": dict(card.identifiers),
        "same_as": list(record.same_as) if record else [],
        "coordinates": list(card.coordinates) if card.coordinates else [],
    }
