"""Everything an archive files by: each name with its record and the articles that list it."""

from collections.abc import Sequence

from generator.annotate.authority import Authority, authority, folded, resolve
from generator.annotate.bodies import body
from generator.archive.identifying import known_as
from generator.core.frozen import dataclass
from generator.core.model import Article, Coordinates, EntityKey, Record
from generator.core.paths import entity_address, slugify
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.sources.read import read_content

EXAMPLES = 3
"""Articles told of each name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name the archive files by. `confirmed` by a record, or by an editor who typed it in some article."""

    key: EntityKey
    name: str
    record: Record | None
    articles: tuple[Article, ...]  # that list it, by path
    confirmed: bool
    identifiers: tuple[tuple[str, str], ...] = ()
    coordinates: Coordinates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A site's names, by taxonomy as configured and then by name, and what was wrong while they were read."""

    site: Site
    authority: Authority
    entries: dict[EntityKey, Entry]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def catalogue(site: Site) -> Catalogue:
    """The names of a site's articles and records."""
    content = read_content(site)
    known, clashes = authority(content.records, site.taxonomies)
    records = {record.key: record for record in content.records}
    listing: dict[EntityKey, list[Article]] = {}
    spellings: dict[EntityKey, dict[str, int]] = {}
    typed: set[EntityKey] = set()
    for article in content.articles:
        for taxonomy in known.taxonomies:
            machine = {folded(name) for name in article.found.get(taxonomy, ())}
            for name in article.names.get(taxonomy, ()):
                key = resolve(known, taxonomy, name).key
                listed = listing.setdefault(key, [])
                if not listed or listed[-1] is not article:
                    listed.append(article)
                counted = spellings.setdefault(key, {})
                counted[name] = counted.get(name, 0) + 1
                if folded(name) not in machine:
                    typed.add(key)
    entries: dict[EntityKey, Entry] = {}
    for key in {*listing, *records}:
        record = records.get(key)
        counted = spellings.get(key, {key.slug: 1})
        name = record.name if record else min(counted, key=lambda one: (-counted[one], one))
        identifiers, where = known_as(key, name, record, body)
        entries[key] = Entry(
            key=key,
            name=name,
            record=record,
            articles=tuple(listing.get(key, ())),
            confirmed=record is not None or key in typed,
            identifiers=identifiers,
            coordinates=where,
        )
    place = {taxonomy: number for number, taxonomy in enumerate(known.taxonomies)}
    ordered = sorted(
        entries.values(), key=lambda e: (place.get(e.key.taxonomy, 99), folded(e.name), e.key.slug)
    )
    return Catalogue(
        site=site,
        authority=known,
        entries={entry.key: entry for entry in ordered},
        articles=content.articles,
        problems=tuple(sorted({*content.problems, *clashes})),
    )


def entry_of(held: Catalogue, written: str, taxonomy: str = "") -> Entry:
    """The one name meant by "Ines Calloway", "people:Ines Calloway", an alias, or an address's last part.

    Raises SiteError where nothing or more than one thing is meant.
    """
    name, within = written.strip(), taxonomy
    before, colon, rest = name.partition(":")
    if colon and before in held.authority.taxonomies and rest.strip():
        within, name = before, rest.strip()
    checked = [within] if within else held.authority.taxonomies
    found: dict[EntityKey, Entry] = {}
    for each in checked:
        for key in (resolve(held.authority, each, name).key, EntityKey(each, slugify(name))):
            if key in held.entries:
                found.setdefault(key, held.entries[key])
                break
    if not found:
        where = f" in {within}" if within else ""
        hint = "`morgue entities list` tells the names there are"
        raise SiteError(Problem("", 0, "E407", f"no name “{written}”{where}", hint))
    if len(found) > 1:
        told = ", ".join(f"{key.taxonomy}:{entry.name}" for key, entry in found.items())
        raise SiteError(
            Problem("", 0, "E408", f"“{written}” is filed under more than one key", f"say which: {told}")
        )
    return next(iter(found.values()))


def address(entry: Entry) -> str:
    """Where the page of a name stands in the site."""
    return entity_address(*entry.key)


def examples(articles: Sequence[Article]) -> list[dict[str, str]]:
    """The latest articles that list a name."""
    latest = sorted(articles, key=lambda article: (article.published.at, article.id), reverse=True)
    return [{"id": article.id, "title": article.title} for article in latest[:EXAMPLES]]
