"""Everything the archive knows of each name: cards, appearances, company, the tree of tags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.archive.sorting import order_key, sort_key
from generator.core.archive import Appearance, Entity, EntityCard, Filed, Passage
from generator.core.model import EntityKey, Record
from generator.core.paths import ArticleId, entity_address, fold, slugify
from generator.core.problems import Problem
from generator.core.site import Site

MOST_BESIDE = 30
"""How many of the names found beside one are kept."""


def entities(
    filed: Mapping[ArticleId, Filed], order: Sequence[ArticleId], records: Sequence[Record], site: Site
) -> tuple[dict[EntityKey, Entity], list[Problem]]:
    """Every name that an article is filed under or that has a record, in the order of the indexes.

    `order` runs from the newest article to the oldest. A name's own article is no company: tags count
    beside tags only, since a person appears with people, not with subjects.
    """
    taxonomies = {taxonomy.key: place for place, taxonomy in enumerate(site.taxonomies)}
    by_key: dict[EntityKey, Record] = {}
    for record in records:
        by_key.setdefault(record.key, record)
    articles: dict[EntityKey, list[ArticleId]] = {}
    spellings: dict[EntityKey, Counter[str]] = {}
    confirmed: set[EntityKey] = set()
    listed: dict[ArticleId, tuple[EntityKey, ...]] = {}
    for identity in order:
        for naming in filed[identity].namings:
            counted = spellings.get(naming.entity)
            if counted is None:
                counted = spellings[naming.entity] = Counter()
            counted[naming.name] += 1
            if naming.confirmed:
                confirmed.add(naming.entity)
        listed[identity] = tuple(
            dict.fromkeys(n.entity for n in filed[identity].namings if n.entity.taxonomy in taxonomies)
        )
        for key in listed[identity]:
            articles.setdefault(key, []).append(identity)
    appearances = _appearances(filed, order, listed)
    keys = [key for key in {*articles, *by_key} if key.taxonomy in taxonomies]
    cards = [
        _card(key, by_key.get(key), spellings.get(key), key in confirmed, appearances.get(key, ()), filed)
        for key in keys
    ]
    cards.sort(key=lambda c: (taxonomies[c.key.taxonomy], order_key(c.sort, c.name), c.key.slug))
    broader, problems = _broader(by_key)
    narrower: dict[EntityKey, list[EntityKey]] = {}
    known = {card.key for card in cards}
    for card in cards:
        if (above := broader.get(card.key)) in known and above is not None:
            narrower.setdefault(above, []).append(card.key)
    names = {i: tuple(k for k in found if k.taxonomy != "tags") for i, found in listed.items()}
    found = {
        card.key: Entity(
            card=card,
            record=by_key.get(card.key),
            appearances=tuple(appearances.get(card.key, ())),
            beside=_beside(
                card.key, articles.get(card.key, ()), listed if card.key.taxonomy == "tags" else names
            ),
            narrower=tuple(narrower.get(card.key, ())),
            broader=broader.get(card.key),
        )
        for card in cards
    }
    return found, problems


def _appearances(
    filed: Mapping[ArticleId, Filed],
    order: Sequence[ArticleId],
    listed: Mapping[ArticleId, tuple[EntityKey, ...]],
) -> dict[EntityKey, list[Appearance]]:
    found: dict[EntityKey, list[Appearance]] = {}
    for identity in order:
        counts = Counter(mention.entity for mention in filed[identity].mentions)
        kept: dict[EntityKey, list[Passage]] = {}
        for passage in filed[identity].passages:
            kept.setdefault(passage.entity, []).append(passage)
        for key in listed[identity]:
            found.setdefault(key, []).append(
                Appearance(article=identity, mentions=counts[key], passages=tuple(kept.get(key, ())))
            )
    return found


def _card(
    key: EntityKey,
    record: Record | None,
    spellings: Counter[str] | None,
    confirmed: bool,
    appearances: Iterable[Appearance],
    filed: Mapping[ArticleId, Filed],
) -> EntityCard:
    if record:
        name = record.name
    else:
        name = min(spellings or {key.slug: 1}, key=lambda n: (-spellings[n] if spellings else 0, n))
    appearances = tuple(appearances)
    years = Counter(filed[a.article].article.published.day.year for a in appearances)
    return EntityCard(
        key=key,
        address=entity_address(*key),
        name=name,
        sort=sort_key(key.taxonomy, name, record),
        description=record.description if record else "",
        confirmed=record is not None or confirmed,
        articles=len(appearances),
        mentions=sum(a.mentions for a in appearances),
        years=tuple(sorted(years.items())),
    )


def _beside(
    key: EntityKey,
    articles: Iterable[ArticleId],
    listed: Mapping[ArticleId, tuple[EntityKey, ...]],
) -> tuple[tuple[EntityKey, int], ...]:
    """The names beside one, most often first; of equals, the one that appeared with it last."""
    together: Counter[EntityKey] = Counter()
    for identity in articles:
        together.update(listed[identity])
    del together[key]
    ranked = sorted(together, key=together.__getitem__, reverse=True)
    return tuple((other, together[other]) for other in ranked[:MOST_BESIDE])


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
