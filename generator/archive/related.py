"""Articles that belong together because they share rare names, tags and words."""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

from generator.archive.headlines import alike, normal_form
from generator.core.archive import Filed, Link
from generator.core.model import EntityKey
from generator.core.paths import ArticleId

MOST = 5
"""How many articles are shown as related, besides those that the article names."""

ONE_SIDE = 3
"""How many of them may all be older, or all newer, while there are others to show."""

MAX_COMMON, MAX_COMMON_WORD = 400, 150
"""A name, or a word, in more articles than this relates nothing to anything."""

ENOUGH = 2.0
"""What two articles must share: the sum of ln(1 + articles / articles with the name)."""

WORD = 0.5
"""What a word counts beside a name that as many articles have."""

AGAIN = 1.0
"""How much more a word tells that is used a second or a third time."""

NEAR, NEAR_DAYS = 0.1, 90.0
"""How much more an article of the same day counts, and the days after which that is half as much."""

SAME_NAMES = 0.8
"""Articles under like headlines that share this part of their names are the same story again."""

SAME_WORDS = 0.8
"""Articles that share this part of all their names and words are the same story again, whatever is above."""

MOST_SAME = 5
"""How many tellings of the same story are shown."""

_LOOKED_AT = 300
_COMPARED = 12
_TELLING = 12  # names and words below which sharing most of them says little


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
    """Who shares what in an archive; asked once for each article. Nothing in it changes.

    `places` are those of the articles in the order, from 0.
    """

    def __init__(
        self,
        filed: Mapping[ArticleId, Filed],
        order: Sequence[ArticleId],
        names: Mapping[EntityKey, str],
    ) -> None:
        """`order` runs from the newest article to the oldest; `names` are those by which the reasons call
        what is shared, and no other name counts. Of `filed` no more is kept than is asked of it."""
        self._order = order
        self._titles = [filed[identity].article.title for identity in order]
        self.places = {identity: place for place, identity in enumerate(order)}
        self._days = array("d", (filed[i].article.published.at.timestamp() / 86400 for i in order))
        told: dict[object, list[int]] = {}
        again: dict[int, list[str]] = {}
        having: dict[EntityKey | str, list[int]] = {}
        for place, identity in enumerate(order):
            one = filed[identity]
            for way in _ways(one):
                told.setdefault(way, []).append(place)
            keys: dict[EntityKey | str, None] = dict.fromkeys([naming.entity for naming in one.namings])
            words = one.gist.split()
            distinct = dict.fromkeys(words)
            keys.update(distinct)
            if len(words) > len(distinct):
                again[place] = words[len(distinct) :]  # those that are used again stand once more
            for key in keys:
                if key in having:
                    having[key].append(place)
                else:
                    having[key] = [place]
        self._twins: dict[int, list[list[int]]] = {}
        for places in told.values():
            for place in places if len(places) > 1 else ():
                self._twins.setdefault(place, []).append(places)
        # A name or a word is a number here, the rarest the lowest: numbers are compared, and counted, faster.
        # Of equals, the one goes first that is met first, and of one article names go before words.
        telling = [
            key
            for key, places in having.items()
            if 1 < len(places) <= (MAX_COMMON_WORD if type(key) is str else MAX_COMMON * (key in names))
        ]
        telling.sort(key=lambda key: len(having[key]))
        self._shared = telling
        self._names = [names.get(key, "") if isinstance(key, EntityKey) else "" for key in telling]
        self._is_name = [type(key) is not str for key in telling]
        self._having = [array("I", having[key]) for key in telling]
        self._weight = [
            (1.0 if isinstance(key, EntityKey) else WORD) * math.log(1 + len(order) / len(having[key]))
            for key in telling
        ]
        self._squared = [weight * weight for weight in self._weight]
        listed: list[list[int]] = [[] for _ in order]
        for number, key in enumerate(telling):
            for place in having[key]:
                listed[place].append(number)
        # For each article its numbers, the rarest first: a fixed order, so that equal sums are equal to the
        # last digit. In one array for all, they are a third of what lists would be, and to read them copies
        # nothing that processes share.
        self._numbers = array("I", chain.from_iterable(listed))
        self._ends = array("I", accumulate(map(len, listed), initial=0))
        numbers = {key: number for number, key in enumerate(telling)}
        self._again = {
            place: tuple(numbers[word] for word in words if word in numbers) for place, words in again.items()
        }
        self._named = array("I", (sum(map(self._is_name.__getitem__, found)) for found in listed))
        self._length = array(
            "d", (math.sqrt(sum(map(self._squared.__getitem__, found))) or 1.0 for found in listed)
        )

    def _listed(self, place: int) -> "array[int]":
        """The numbers of the names and words that the article at a place has."""
        return self._numbers[self._ends[place] : self._ends[place + 1]]

    def kin(self, identity: ArticleId, without: Collection[ArticleId]) -> Kin:
        """The articles most like one, older and newer, and apart from them the same story again.

        None of `without` is among the related, since the article names those itself.
        """
        here = self.places[identity]
        same = set(chain.from_iterable(self._twins.get(here, ()))) - {here}
        chosen: list[tuple[int, list[int]]] = []
        spare: list[tuple[int, list[int]]] = []
        sides = {True: 0, False: 0}
        for place, shared in self._ranked(here):
            if len(chosen) == MOST:
                break
            other = self._order[place]
            if place in same or sum(map(self._weight.__getitem__, shared)) < ENOUGH:
                continue
            if self._same_story(here, place, shared):
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
                title=self._titles[place],
                article=self._order[place],
                about=self._about(shared),
            )
            for place, shared in chosen
        )
        return Kin(related, tuple(self._order[place] for place in sorted(same)[:MOST_SAME]))

    def _ranked(self, here: int) -> list[tuple[int, list[int]]]:
        """Candidates by the cosine of what they share, with that, the rarest first.

        The most telling names and words propose, until enough are seen; what is near in time counts a little
        more.
        """
        proposing: list[array[int]] = []
        seen = 0
        for number in self._telling(here):
            found = self._having[number]
            if seen and seen + len(found) > _LOOKED_AT:
                break
            seen += len(found)
            proposing.append(found)
        shared_with = Counter(chain.from_iterable(proposing))
        del shared_with[here]
        likely = [place for place, times in shared_with.items() if times > 1]
        if len(likely) < MOST:
            likely = list(shared_with)
        # Equal counts keep the order in which they were met: the most telling first.
        likely.sort(key=shared_with.__getitem__, reverse=True)
        day, squared, ranked = self._days[here], self._squared.__getitem__, []
        is_own = set(self._listed(here)).__contains__
        for place in likely[:_COMPARED]:
            shared = list(filter(is_own, self._listed(place)))
            cosine = sum(map(squared, shared)) / self._length[place]
            near = 1 + NEAR / (1 + abs(self._days[place] - day) / NEAR_DAYS)
            ranked.append((-cosine * near, abs(place - here), place, shared))
        ranked.sort(key=itemgetter(0, 1, 2))
        return [(place, shared) for *_, place, shared in ranked]

    def _telling(self, here: int) -> list[int]:
        """An article's names and words, those first that tell most of it: rare ones, and words used again."""
        often: dict[int, float] = {}
        for number in self._again.get(here, ()):
            often[number] = often.get(number, 1.0) + AGAIN
        weight = self._weight
        ranked = [(-weight[n] * often.get(n, 1), n) for n in self._listed(here)]
        ranked.sort()
        return [number for _, number in ranked]

    def _same_story(self, here: int, place: int, shared: Sequence[int]) -> bool:
        mine, others = self._listed(here), self._listed(place)
        if len(shared) >= max(_TELLING, SAME_WORDS * (len(mine) + len(others) - len(shared))):
            return True
        both = sum(map(self._is_name.__getitem__, shared))
        if both < SAME_NAMES * (self._named[here] + self._named[place] - both):
            return False
        titles = [normal_form(self._titles[at]) for at in (here, place)]
        return alike(*titles)

    def _about(self, shared: Sequence[int]) -> tuple[str, ...]:
        """The two rarest names shared; tags where there is no other name, and words where there is no tag."""
        names = [number for number in shared if self._names[number]]
        told = [number for number in names if self._shared[number][0] != "tags"] or names
        if told:
            return tuple(self._names[number] for number in told[:2])
        return tuple(f"“{self._shared[number]}”" for number in shared[:2])
