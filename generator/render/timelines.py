"""Timelines: the days and months that articles tell of, each with its sentence."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from generator.core.archive import Dating, Told
from generator.core.language import Language
from generator.core.model import EntityKey
from generator.render.views import Item

SURE = 85
"""Certainty from which a date stands on a timeline."""

FEWEST, MOST = 2, 24
"""Events below which there is no timeline, and those that one shows at most."""

_GRAINS = frozenset({"day", "month"})


class Event(NamedTuple):
    """A day or a month, and the sentence that tells of it: `before` + `match` + `after`.

    `href` leads to it; `title` is the article's, "" on its own page.
    """

    iso: str  # "2021-04-13", "2021-04"
    words: str  # "13 Apr 2021", "April 2021"
    before: str
    match: str
    after: str
    href: str
    title: str


def own_timeline(leaf: Told, language: Language) -> tuple[Event, ...]:
    """What an article tells of in order of time: each day or month once, in its first sentence of it."""
    found: dict[str, Dating] = {}
    for one in _certain(leaf.dates):
        found.setdefault(one.value, one)
    return _in_order([_event(one, None, language) for one in found.values()])


def timeline(
    items: Iterable[Item],
    leaves: Iterable[Told | None],
    language: Language,
    entity: EntityKey | None = None,
) -> tuple[Event, ...]:
    """What some articles, newest first, tell of in order of time: in all sentences, or those with an entity.

    Each day or month stands once, in the sentence of the article that told of it first. Past MOST, those stay
    that most articles tell of, then those told of longest after or before.
    """
    found: dict[str, tuple[Dating, Item]] = {}
    told: dict[str, int] = {}
    for item, leaf in zip(items, leaves, strict=True):
        own: set[str] = set()
        for one in _certain(leaf.dates if leaf else ()):
            if entity is None or entity in one.named:
                if one.value not in own:
                    found[one.value] = (one, item)
                    told[one.value] = told.get(one.value, 0) + 1
                own.add(one.value)

    def worth(value: str) -> tuple[int, int, str]:
        one, item = found[value]
        apart = abs((date.fromisoformat(one.first) - date.fromisoformat(item.iso[:10])).days)
        return -told[value], -apart, value

    kept = sorted(found, key=worth)[:MOST]
    return _in_order([_event(*found[value], language) for value in kept])


def _certain(dates: Iterable[Dating]) -> Iterable[Dating]:
    return (one for one in dates if one.grain in _GRAINS and one.certainty >= SURE and "/" not in one.value)


def _event(one: Dating, item: Item | None, language: Language) -> Event:
    first = date.fromisoformat(one.first)
    words = language.short_day(first) if one.grain == "day" else language.month(first.year, first.month)
    where = (item.href if item else "") + (f"#{one.anchor}" if one.anchor else "")
    return Event(one.value, words, one.before, one.text, one.after, where, item.title if item else "")


def _in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events by time, none where they are too few."""
    return tuple(sorted(events, key=lambda event: event.iso)) if len(events) >= FEWEST else ()
