"""Everything the archive knows of each name: cards, appearances, company, the tree of tags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from generator.archive.identifying import Knows, known_as, nobody
from generator.archive.roles import described
from generator.archive.sorting import order_key, sort_key
from generator.core.archive import Appearances, Entity, EntityCard, Filed
from generator.core.model import EntityKey, Record
from generator.core.paths import ArticleId, entity_address, fold, slugify
from generator.core.problems import Problem
from generator.core.site import Site

MOST_BESIDE = 30
"""How many of the names found beside one are kept."""


def entities(
    filed: Mapping[ArticleId, Filed],
    order: Sequence[ArticleId],
    records: Sequence[Record],
    site: Site,
    knows: Knows = nobody,
) -> tuple[dict[EntityKey, Entity], list[Problem]]:
    """Every name that an article is filed under or that has a record, in the order of the indexes.

    `order` runs from the newest article to the oldest. A name's own article is no company: tags count
    beside tags only, since a person appears with people, not with subjects. `knows` are the packaged lists.
    """
    taxonomies = {taxonomy.key: place for place, taxonomy in enumerate(site.taxonomies)}
    by_key: dict[EntityKey, Record] = {}
    for record in records:
        by_key.setdefault(record.key, record)
    appearances: dict[EntityKey, Appearances] = {}
    years: dict[EntityKey, list[int]] = {}
    spellings: dict[EntityKey, Counter[str]] = {}
    confirmed: set[EntityKey] = set()
    company, nowhere = _Company(), Appearances(order)
    for place, identity in enumerate(order):
        one = filed[identity]
        year = one.article.published.at.year
        listed: dict[EntityKey, None] = {}
        for naming, mentions in zip(one.namings, one.counts, strict=True):
            key = naming.entity
            counted = spellings.get(key)
            if counted is None:
                counted = spellings[key] = Counter()
            counted[naming.name] += 1
            if naming.confirmed:
                confirmed.add(key)
            if key.taxonomy in taxonomies and key not in listed:
                listed[key] = None
                if key not in appearances:
                    appearances[key], years[key] = Appearances(order), []
                appearances[key].add(place, mentions, naming.role)
                years[key].append(year)
        company.add(listed)
    keys = [key for key in {*appearances, *by_key} if key.taxonomy in taxonomies]
    cards = [
        _card(
            key,
            by_key.get(key),
            spellings.get(key),
            key in confirmed,
            appearances.get(key, nowhere),
            years.get(key, ()),
            knows,
        )
        for key in keys
    ]
    cards.sort(key=lambda c: (taxonomies[c.key.taxonomy], order_key(c.sort, c.name), c.key.slug))
    broader, problems = _broader(by_key)
    narrower: dict[EntityKey, list[EntityKey]] = {}
    known = {card.key for card in cards}
    for card in cards:
        if (above := broader.get(card.key)) in known and above is not None:
            narrower.setdefault(above, []).append(card.key)
    found = {
        card.key: Entity(
            card=card,
            record=by_key.get(card.key),
            appearances=appearances.get(card.key, nowhere),
            beside=company.beside(card.key),
            described=described(appearances.get(card.key, nowhere).roles, filed),
            narrower=tuple(narrower.get(card.key, ())),
            broader=broader.get(card.key),
        )
        for card in cards
    }
    return found, problems


def _card(
    key: EntityKey,
    record: Record | None,
    spellings: Counter[str] | None,
    confirmed: bool,
    appearances: Appearances,
    years: Iterable[int],
    knows: Knows,
) -> EntityCard:
    if record:
        name = record.name
    else:
        name = min(spellings or {key.slug: 1}, key=lambda n: (-spellings[n] if spellings else 0, n))
    identifiers, coordinates = known_as(key, name, record, knows)
    return EntityCard(
        key=key,
        address=entity_address(*key),
        name=name,
        sort=sort_key(key.taxonomy, name, record),
        description=record.description if record else "",
        confirmed=record is not None or confirmed,
        articles=len(appearances),
        mentions=appearances.mentions,
        years=tuple(sorted(Counter(years).items())),
        identifiers=identifiers,
        coordinates=coordinates,
    )


class _Company:
    """Who is listed with whom: articles as lists of numbers, which are counted faster than names."""

    def __init__(self) -> None:
        self._numbers: dict[EntityKey, int] = {}
        self._keys: list[EntityKey] = []
        self._listed: list[list[int]] = []  # for each article, all that it lists
        self._names: list[list[int]] = []  # for each article, all but tags
        self._having: list[list[int]] = []  # for each number, its articles

    def add(self, listed: Iterable[EntityKey]) -> None:
        """Add an article, older than those before."""
        place = len(self._listed)
        found: list[int] = []
        for key in listed:
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._keys)
                self._keys.append(key)
                self._having.append([])
            self._having[number].append(place)
            found.append(number)
        self._listed.append(found)
        self._names.append([number for number in found if self._keys[number].taxonomy != "tags"])

    def beside(self, key: EntityKey) -> tuple[tuple[EntityKey, int], ...]:
        """The names beside one, most often first; of equals, the one that appeared with it last."""
        number = self._numbers.get(key)
        if number is None:
            return ()
        lists = self._listed if key.taxonomy == "tags" else self._names
        together = Counter(chain.from_iterable(map(lists.__getitem__, self._having[number])))
        del together[number]
        ranked = sorted(together, key=together.__getitem__, reverse=True)
        return tuple((self._keys[other], together[other]) for other in ranked[:MOST_BESIDE])


def _broader(records: Mapping[EntityKey, Record]) -> tuple[dict[EntityKey, EntityKey], list[Problem]]:
    """The broader term of each that has one; a circle is cut at its last record by path."""
    problems: list[Problem] = []
    names: dict[tuple[str, str], EntityKey] = {}
    for key, record in sorted(records.items()):
        for alias in record.aliases:
            names.setdefault((key.taxonomy, fold(alias)), key)
    names.update(((key.taxonomy, fold(record.name)), key) for key, record in sorted(records.items()))
    above: dict[EntityKey, EntityKey] = {}
    for key, record in sorted(records.items(), key=lambda item: item[1].path):
        if not record.broader:
            continue
        by_slug = EntityKey(key.taxonomy, slugify(record.broader))
        term = names.get((key.taxonomy, fold(record.broader))) or (by_slug if by_slug in records else None)
        if term is None:
            problems.append(
                Problem(
                    record.path,
                    0,
                    "W451",
                    f'broader: no record is named "{record.broader}"',
                    f"add one to content/entities/{key.taxonomy}/, or name another",
                )
            )
        elif _reaches(above, term, key):
            problems.append(
                Problem(
                    record.path,
                    0,
                    "W452",
                    f'broader: "{record.broader}" is itself narrower than "{record.name}"',
                    "take one of the two out",
                )
            )
        else:
            above[key] = term
    return above, problems


def _reaches(above: Mapping[EntityKey, EntityKey], start: EntityKey, goal: EntityKey) -> bool:
    at: EntityKey | None = start
    while at is not None and at != goal:
        at = above.get(at)
    return at == goal
