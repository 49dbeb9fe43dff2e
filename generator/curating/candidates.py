"""What may be one and is filed as two, for an editor to decide: how sure, why, how often, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.annotate.coreference import Group
from generator.annotate.naming import organisation_key
from generator.annotate.persons import Likeness, likeness, person_name
from generator.annotate.resolver import ALONE, Doubt, resolution
from generator.annotate.spans import Kind
from generator.annotate.spelling import spelled
from generator.core.model import EntityKey
from generator.core.paths import slugify
from generator.curating.catalogue import Catalogue, Entry, examples

KINDS: dict[str, Kind] = {"people": "people", "organisations": "organisations", "places": "places"}
TOGETHER = 0.3
"""What is left of the confidence in two names of one thing that one article lists both."""

_REASONS = {
    Likeness.SAME: ("spelled alike", 0.95),
    Likeness.MIDDLE: ("a given name more", 0.85),
    Likeness.INITIAL: ("an initial", 0.8),
    Likeness.NICKNAME: ("a pet form", 0.75),
}


class Candidate(NamedTuple):
    """Two entries that may be one. `confidence` is from 0 to 1; `together` counts articles that list both."""

    name: Entry
    other: Entry
    confidence: float
    reason: str
    together: int

    def data(self) -> dict[str, Any]:
        """For machines."""
        return {
            "taxonomy": self.name.key.taxonomy,
            "confidence": self.confidence,
            "reason": self.reason,
            "together": self.together,
            "names": [
                {
                    "name": each.name,
                    "slug": each.key.slug,
                    "confirmed": each.confirmed,
                    "record": each.record.path if each.record else None,
                    "articles": len(each.articles),
                    "examples": examples(each.articles),
                }
                for each in (self.name, self.other)
            ],
        }


def candidates(held: Catalogue, taxonomy: str = "", least: float = 0.0) -> tuple[Candidate, ...]:
    """Pairs of names that may be one, the surest first, then by the articles they have.

    The rules are the resolver's. Of two names that one article lists it is less sure: somebody saw both there
    and took them for two.
    """
    by_name = {(e.key.taxonomy, e.name): e for e in held.entries.values() if e.key.taxonomy in KINDS}
    found: dict[tuple[EntityKey, EntityKey], Candidate] = {}
    settled = resolution(_documents(held))
    for (kind, name), other in settled.names.items():
        reason, sure = _why(kind, name, other)
        _add(found, by_name.get((kind, name)), by_name.get((kind, other)), reason, sure)
    for doubt in settled.doubts:
        pair = by_name.get((doubt.taxonomy, doubt.name)), by_name.get((doubt.taxonomy, doubt.other))
        _add(found, *pair, doubt.reason, doubt.confidence)
    for one, two in _others(held):
        _add(found, one, two, "spelled alike", 0.9)
    kept = [
        each
        for each in found.values()
        if each.confidence >= least and taxonomy in {"", each.name.key.taxonomy}
    ]
    return tuple(
        sorted(
            kept,
            key=lambda c: (
                -c.confidence,
                -len(c.name.articles) - len(c.other.articles),
                c.name.key,
                c.other.key,
            ),
        )
    )


def surnames(
    held: Catalogue, doubts: Iterable[Doubt], alone: Mapping[str, Sequence[str]]
) -> tuple[Candidate, ...]:
    """Surnames that stand in texts without a full name, each with a person who may be meant.

    `doubts` and `alone` are what annotating the archive found: whom a surname may mean, and its articles.
    """
    by_name = {e.name: e for e in held.entries.values() if e.key.taxonomy == "people"}
    articles = {article.path: article for article in held.articles}
    found: list[Candidate] = []
    for doubt in doubts:
        other = by_name.get(doubt.other)
        if doubt.reason != ALONE or other is None or doubt.name not in alone:
            continue
        where = tuple(articles[path] for path in alone[doubt.name] if path in articles)
        key = EntityKey("people", slugify(doubt.name))
        name = Entry(key=key, name=doubt.name, record=None, articles=where, confirmed=False)
        found.append(Candidate(name, other, doubt.confidence, ALONE, 0))
    return tuple(sorted(found, key=lambda c: (-len(c.name.articles), c.name.key, -c.confidence, c.other.key)))


def _documents(held: Catalogue) -> Iterator[list[Group]]:
    """What each article lists, as the resolver takes it; a person of one word is a surname alone."""
    listed: dict[str, list[Group]] = {article.id: [] for article in held.articles}
    for entry in held.entries.values():
        kind = KINDS.get(entry.key.taxonomy)
        if kind is None:
            continue
        alone = kind == "people" and not person_name(entry.name).given
        forms = (entry.name, *(entry.record.aliases if entry.record else ()))
        for article in entry.articles:
            listed[article.id].append(Group(kind, entry.name, forms, (), alone))
        if not entry.articles:
            yield [Group(kind, entry.name, forms, (), alone)]
    yield from listed.values()


def _others(held: Catalogue) -> Iterator[tuple[Entry, Entry]]:
    """Names of other taxonomies, tags among them, that differ in spelling or in an "s"."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in held.entries.values():
        if entry.key.taxonomy not in KINDS:
            key = (entry.key.taxonomy, spelled(entry.name).removesuffix("s"))
            if key in first:
                yield first[key], entry
            first.setdefault(key, entry)


def _why(kind: str, name: str, other: str) -> tuple[str, float]:
    """Why the resolver takes two names for one, and how sure that is."""
    if kind == "people":
        return _REASONS.get(likeness(person_name(name), person_name(other)), ("through a third name", 0.6))
    same = organisation_key(name) == organisation_key(other) if kind == "organisations" else True
    return ("spelled alike", 0.95) if same else ("a short form", 0.7)


def _add(
    found: dict[tuple[EntityKey, EntityKey], Candidate],
    one: Entry | None,
    two: Entry | None,
    reason: str,
    confidence: float,
) -> None:
    """A pair, once, with the better-known name second."""
    if one is None or two is None or one.key == two.key:
        return
    rank = lambda entry: (entry.record is not None, len(entry.articles), entry.key)  # noqa: E731
    name, other = sorted((one, two), key=rank)
    together = len({article.id for article in name.articles} & {article.id for article in other.articles})
    sure = round(confidence * TOGETHER if together else confidence, 2)
    before = found.get((name.key, other.key))
    if before is None or before.confidence < sure:
        found[name.key, other.key] = Candidate(name, other, sure, reason, together)
