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

_LOOKED_AT = 300
_COMPARED = 16


class _Story(NamedTuple):
    """What tells that two articles are the same story again."""

    digest: str
    source: tuple[str, ...]
    form: str


def _story(filed: Filed) -> _Story:
    article = filed.article
    return _Story(
        filed.text_digest, article.source.origin if article.source else (), normal_form(article.title)
    )


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

    def related(self, identity: ArticleId, without: Collection[ArticleId]) -> tuple[Link, ...]:
        """The articles most like one, best first, older and newer; none of `without`, none that is the
        same story again."""
        here = self._place[identity]
        chosen: list[tuple[int, frozenset[int]]] = []
        spare: list[tuple[int, frozenset[int]]] = []
        sides = {True: 0, False: 0}
        for place in self._ranked(here):
            if len(chosen) == MOST:
                break
            other = self._order[place]
            shared = self._keys[here] & self._keys[place]
            if other in without or sum(map(self._weight.__getitem__, shared)) < ENOUGH:
                continue
            if self._same_story(here, place):
                continue
            older = place > here
            if sides[older] < ONE_SIDE:
                sides[older] += 1
                chosen.append((place, shared))
            else:
                spare.append((place, shared))
        chosen += spare[: MOST - len(chosen)]
        return tuple(
            Link(
                title=self._filed[self._order[place]].article.title,
                article=self._order[place],
                reason=self._reason(shared),
            )
            for place, shared in chosen
        )

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
        one, other = self._story(here), self._story(place)
        if one.digest == other.digest or one.source == other.source != ():
            return True
        mine, others = self._keys[here], self._keys[place]
        return len(mine & others) >= SAME_NAMES * len(mine | others) and alike(one.form, other.form)

    def _story(self, place: int) -> _Story:
        return _story(self._filed[self._order[place]])

    def _reason(self, shared: frozenset[int]) -> str:
        ranked = sorted(shared)  # the rarest first
        told = [number for number in ranked if self._shared[number].taxonomy != "tags"] or ranked
        return "Also about " + " and ".join(self._names[number] for number in told[:2])
