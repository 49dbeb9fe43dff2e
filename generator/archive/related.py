"""Articles that belong together because they share rare names and tags."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from generator.archive.headlines import alike, normal_form
from generator.core.archive import Filed, Link
from generator.core.model import EntityKey
from generator.core.paths import ArticleId

MOST = 5
"""How many articles are shown as related, besides those that the article names."""

ONE_SIDE = 3
"""How many of them may all be older, or all newer, while there are others to show."""

MAX_COMMON = 400
"""A name in more articles than this relates nothing to anything."""

ENOUGH = 2.0
"""What two articles must share: the sum of ln(1 + articles / articles with the name)."""

SAME_NAMES = 0.8
"""Articles under like headlines that share this part of their names are the same story again."""

MOST_SAME = 5
"""How many tellings of the same story are shown."""

_LOOKED_AT = 300
_COMPARED = 16


class Kin(NamedTuple):
    """What is like an article: the `related`, best first, and those that tell the `same`, newest first."""

    related: tuple[Link, ...]
    same: tuple[ArticleId, ...]


def _ways(filed: Filed) -> tuple[object, ...]:
    """What two articles have in common that are surely the same: their text, what they were imported from."""
    source = filed.article.source
    ways: list[object] = [filed.text_digest] if filed.words else []
    if source and source.origin:
        ways.append(source.origin)
    return tuple(ways)


class Kinship:
    """Who shares what in an archive; asked once for each article. Nothing in it changes."""

    def __init__(
        self,
        filed: Mapping[ArticleId, Filed],
        order: Sequence[ArticleId],
        names: Mapping[EntityKey, str],
    ) -> None:
        """`order` runs from the newest article to the oldest; `names` are those by which the reasons call
        what is shared, and nothing else counts."""
        self._filed = filed
        self._order = order
        self._place = {identity: place for place, identity in enumerate(order)}
        told: dict[object, list[int]] = {}
        for place, identity in enumerate(order):
            for way in _ways(filed[identity]):
                told.setdefault(way, []).append(place)
        self._told = {way: places for way, places in told.items() if len(places) > 1}
        having: dict[EntityKey, list[int]] = {}
        for place, identity in enumerate(order):
            for key in {naming.entity: None for naming in filed[identity].namings}:
                if key in names:
                    having.setdefault(key, []).append(place)
        # A name is a number here, the rarest the lowest: numbers are compared, and counted, faster.
        telling = sorted((len(found), key) for key, found in having.items() if 1 < len(found) <= MAX_COMMON)
        self._shared = [key for _, key in telling]
        self._names = [names[key] for key in self._shared]
        self._having = [having[key] for key in self._shared]
        self._weight = [math.log(1 + len(order) / count) for count, _ in telling]
        self._squared = [weight * weight for weight in self._weight]
        number_of = {key: number for number, key in enumerate(self._shared)}
        self._keys = [
            frozenset(number_of[n.entity] for n in filed[identity].namings if n.entity in number_of)
            for identity in order
        ]
        self._length = [math.sqrt(sum(sorted(map(self._squared.__getitem__, k)))) or 1.0 for k in self._keys]

    def place(self, identity: ArticleId) -> int:
        """An article's place in the order, from 0."""
        return self._place[identity]

    def kin(self, identity: ArticleId, without: Collection[ArticleId]) -> Kin:
        """The articles most like one, older and newer, and apart from them the same story again.

        None of `without` is among the related, since the article names those itself.
        """
        here = self._place[identity]
        same = {
            place
            for way in _ways(self._filed[identity])
            for place in self._told.get(way, ())
            if place != here
        }
        chosen: list[tuple[int, frozenset[int]]] = []
        spare: list[tuple[int, frozenset[int]]] = []
        sides = {True: 0, False: 0}
        for place in self._ranked(here):
            if len(chosen) == MOST:
                break
            other = self._order[place]
            shared = self._keys[here] & self._keys[place]
            if place in same or sum(map(self._weight.__getitem__, shared)) < ENOUGH:
                continue
            if self._same_story(here, place):
                same.add(place)
                continue
            if other in without:
                continue
            older = place > here
            if sides[older] < ONE_SIDE:
                sides[older] += 1
                chosen.append((place, shared))
            else:
                spare.append((place, shared))
        chosen += spare[: MOST - len(chosen)]
        related = tuple(
            Link(
                title=self._filed[self._order[place]].article.title,
                article=self._order[place],
                about=self._about(shared),
            )
            for place, shared in chosen
        )
        return Kin(related, tuple(self._order[place] for place in sorted(same)[:MOST_SAME]))

    def _ranked(self, here: int) -> list[int]:
        """Candidates by the cosine of what they share: the rarest names propose, until enough are seen."""
        proposing: list[list[int]] = []
        seen = 0
        for number in sorted(self._keys[here]):
            found = self._having[number]
            if seen and seen + len(found) > _LOOKED_AT:
                break
            seen += len(found)
            proposing.append(found)
        # Equal counts keep the order in which they were met: the rarest names first.
        shared_with = Counter(chain.from_iterable(proposing))
        del shared_with[here]
        likely = sorted(shared_with, key=shared_with.__getitem__, reverse=True)[:_COMPARED]
        own, ranked = self._keys[here], []
        for place in likely:
            # Added up in a fixed order, so that equal sums are equal to the last digit.
            shared = sorted(map(self._squared.__getitem__, own & self._keys[place]))
            ranked.append((-sum(shared) / self._length[place], abs(place - here), place))
        return [place for *_, place in sorted(ranked)]

    def _same_story(self, here: int, place: int) -> bool:
        one, other = self._filed[self._order[here]], self._filed[self._order[place]]
        mine, others = self._keys[here], self._keys[place]
        return len(mine & others) >= SAME_NAMES * len(mine | others) and alike(
            normal_form(one.article.title), normal_form(other.article.title)
        )

    def _about(self, shared: frozenset[int]) -> tuple[str, ...]:
        ranked = sorted(shared)  # the rarest first
        told = [number for number in ranked if self._shared[number].taxonomy != "tags"] or ranked
        return tuple(self._names[number] for number in told[:2])
