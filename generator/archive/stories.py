"""Developing stories: articles chained because each takes up what an earlier one told, days before.

Articles are looked at from the oldest to the newest, and what is decided of one depends on those before it
alone: nothing that is published later changes an earlier decision. It is the single-pass clustering of topic
detection (Allan et al., "Topic Detection and Tracking Pilot Study", 1998) with the nearest earlier article.
"""

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from generator.core.archive import Filed, Story
from generator.core.model import NO_STORY
from generator.core.paths import ArticleId, slugify

WINDOW = 30.0
"""Days after which an article is no longer taken up."""

ALIKE = 0.26
"""The cosine from which an article takes up another of the same moment."""

LATER = 0.14
"""What must be added to that when the window is nearly over."""

PRIOR = 1000
"""Articles that every word is imagined to be absent from, lest the first of an archive weigh nothing."""

COMMON, FEW = 0.2, 30
"""What more than this part of the articles so far have, and more than so many, tells nothing: a town's name,
the small words of a language."""

FEWEST = 3
"""Different articles that make a story nobody has named; a named one needs two."""

STEM = 6
"""Letters by which words are compared: "host", "hosted" and "hosting" are one."""

_OFTEN = tuple(1 + math.log(max(1, times)) for times in range(10))
_RAREST = 10  # features that propose candidates
_EACH = 40  # candidates that one of them proposes
_COMPARED = 8


def stories(filed: Mapping[ArticleId, Filed], order: Sequence[ArticleId]) -> tuple[Story, ...]:
    """The stories of an archive, that with the newest article first; `order` runs from newest to oldest.

    An article that an editor put into a story is in that one, and brings along those it is chained with; one
    whose `story` says none is in no story. Chains under different names are never joined.
    """
    oldest_first = tuple(reversed(order))
    chains = _Chains()
    for identity in oldest_first:
        chains.add(filed[identity])
    found = [
        (name, tuple(oldest_first[place] for place in places))
        for name, places in chains.found(oldest_first, filed)
    ]
    newest = {identity: place for place, identity in enumerate(order)}
    made = _with_slugs(found, filed)
    return tuple(sorted(made, key=lambda story: (newest[story.articles[-1]], story.slug)))


def features(filed: Filed) -> dict[object, int]:
    """What two articles of one story have in common, and how often each has it: stems of words, and names but
    for tags."""
    own: Counter[object] = Counter([word[:STEM] for word in filed.gist.split()])
    own.update([naming.entity for naming in filed.namings if naming.entity.taxonomy != "tags"])
    return own


class _Chains:
    """Articles, oldest first, each by its number; which of them are chained."""

    def __init__(self) -> None:
        self._having: dict[object, list[int]] = {}
        self._vectors: dict[int, dict[object, float]] = {}
        self._days: list[float] = []
        self._recent: deque[int] = deque()
        self._chain: list[int] = []  # the number of an earlier article of the chain, or its own
        self._names: dict[int, str] = {}  # by the first of a chain
        self._named: dict[str, int] = {}  # an article of the chain, by the slug of its name

    def add(self, filed: Filed) -> None:
        """An article that is not older than those before."""
        number = len(self._chain)
        self._chain.append(number)
        self._days.append(filed.article.published.at.timestamp() / 86400)
        name = filed.article.story
        own = features(filed) if name != NO_STORY else {}
        nearest = self._nearest(number, own)
        if nearest is not None:
            first = self._first(nearest)
            if not name or slugify(self._names.get(first, name)) == slugify(name):
                self._join(first, number)
        if name and name != NO_STORY:
            self._join(self._named.setdefault(slugify(name), number), number)
            self._names.setdefault(self._first(number), name)

    def found(
        self, order: Sequence[ArticleId], filed: Mapping[ArticleId, Filed]
    ) -> Iterable[tuple[str, list[int]]]:
        """The chains that are stories, by their first article: the name, or "", and the articles."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._chain)):
            members.setdefault(self._first(number), []).append(number)
        for first, numbers in members.items():
            name = self._names.get(first, "")
            if len(numbers) < (2 if name else FEWEST):
                continue
            if name or len({filed[order[number]].text_digest for number in numbers}) >= FEWEST:
                yield name, numbers

    def _nearest(self, number: int, own: Mapping[object, int]) -> int | None:
        """The earlier article that one takes up, if any; the one is then known to those that follow."""
        now, having = self._days[number], self._having
        while self._recent and now - self._days[self._recent[0]] > WINDOW:
            del self._vectors[self._recent.popleft()]
        if not own:
            return None
        for feature in own:
            having.setdefault(feature, []).append(number)
        total, common = number + 1 + PRIOR, max(FEW, COMMON * (number + 1))
        weights = {
            feature: _OFTEN[min(times, 9)] * math.log(1 + total / seen)
            for feature, times in own.items()
            if (seen := len(having[feature])) <= common
        }
        if not weights:
            return None
        # Added up in a fixed order, so that sums are the same to the last digit.
        length = math.sqrt(sum(sorted(weight * weight for weight in weights.values())))
        vector = {feature: weight / length for feature, weight in weights.items()}
        best, found = 0.0, None
        for other in self._likely(number, vector):
            there = self._vectors[other]
            shared = vector.keys() & there.keys()
            cosine = sum(sorted(vector[feature] * there[feature] for feature in shared))
            if cosine > best and cosine >= ALIKE + LATER * (now - self._days[other]) / WINDOW:
                best, found = cosine, other
        self._vectors[number] = vector
        self._recent.append(number)
        return found

    def _likely(self, number: int, vector: Mapping[object, float]) -> list[int]:
        """Recent articles that share most of the rarest features, the newest of equals first."""
        least = self._days[number] - WINDOW
        having = [found for feature in vector if len(found := self._having[feature]) > 1]
        having.sort(key=len)
        shared: Counter[int] = Counter()
        for found in having[:_RAREST]:
            for other in islice(reversed(found), 1, _EACH):
                if self._days[other] < least:
                    break
                shared[other] += 1
        return sorted(shared, key=lambda other: (-shared[other], -other))[:_COMPARED]

    def _first(self, number: int) -> int:
        chain = self._chain
        while chain[number] != number:
            chain[number] = chain[chain[number]]
            number = chain[number]
        return number

    def _join(self, one: int, other: int) -> None:
        """Make the chains of two articles one, under the name that either has."""
        first, second = sorted((self._first(one), self._first(other)))
        if first == second:
            return
        self._chain[second] = first
        name = self._names.pop(second, "")
        if name:
            self._names.setdefault(first, name)


def _with_slugs(
    found: Iterable[tuple[str, tuple[ArticleId, ...]]], filed: Mapping[ArticleId, Filed]
) -> list[Story]:
    """Each story under a slug of its own: an editor's name, else that of its first article.

    Of two that would have the same, the earlier keeps it, so that what is published later changes none.
    """
    made: list[Story] = []
    taken = {"page"}  # further pages of the index stand there
    for name, articles in sorted(found, key=lambda each: not each[0]):
        first = filed[articles[0]].article
        plain = slugify(name) if name else first.slug
        slug, count = str(plain), 1
        while slug in taken:
            slug = f"{plain}-{first.published.day:%Y-%m}" + (f"-{count}" if count > 1 else "")
            count += 1
        taken.add(slug)
        made.append(Story(slug=slug, name=name or first.title, named=bool(name), articles=articles))
    return made
