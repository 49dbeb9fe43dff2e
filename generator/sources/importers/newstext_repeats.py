"""Paragraphs that stand twice in one text, exactly or nearly so.

Two paragraphs are compared by their shingles, the runs of SHINGLE words, as Broder's "On the resemblance
and containment of documents" (1997) does: containment is the share of the shorter one's shingles that the
longer one has. An index of shingles finds whom to compare, and a shingle that many paragraphs share finds
nobody, so that the time grows with the length of the text and not with its square.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple

from generator.sources.importers.shingling import WORD, spelled

SHINGLE = 3
"""Words in a shingle."""

LEAST_WORDS = 8
"""A shorter paragraph may be said twice: "It was noted." """

CONTAINED = 0.7
"""The containment from which two paragraphs of about one length are one."""

CONTAINED_IN_LONGER = 0.95
"""The containment from which a paragraph of less than half the other's length stands in it again."""

FIRST_LOOK = 0.4
"""A look at the words with their punctuation, which is quicker, must find this share before a closer one."""

COMMON = 16
"""A shingle that more paragraphs share is a phrase of the text, and says nothing of any two."""

_CHANGED = ("&", "<", "](", "://", "`")  # where Markdown's words may be others than the text's

Shingle = tuple[str, ...]


class Repeat(NamedTuple):
    """That paragraph `dropped` says again what `kept` says, the fuller of the two; both are positions.

    `place` is where the kept one goes: to the first of them.
    """

    dropped: int
    kept: int
    place: int
    exact: bool


def words_of_text(text: str) -> list[str]:
    """The words of a text as compared: in small letters, without punctuation."""
    return WORD.findall(text.lower())


def shingles(words: Sequence[str]) -> set[Shingle]:
    """The runs of SHINGLE words."""
    return set(zip(words, islice(words, 1, None), islice(words, 2, None), strict=False))


def may_repeat(body: str) -> bool:
    """Whether a paragraph of a Markdown text may be found to be said twice; False is certain.

    A paragraph that another says again has CONTAINED of the shorter one's shingles in common with it, so that
    the later of the two brings so many fewer new ones. All are reckoned at once here, by their hashes.
    """
    if any(map(body.__contains__, _CHANGED)):
        return True  # what is compared are the words as they were before they became Markdown
    words = spelled(body)
    shingles_of = words.hashes(SHINGLE)
    seen: set[int] = set()
    start = known = most = 0
    fewest = len(shingles_of)
    for count in words.counts:
        seen.update(shingles_of[start : max(start, start + count - SHINGLE + 1)])
        start += count
        if count >= LEAST_WORDS:
            new = len(seen) - known
            fewest = min(fewest, new)
            most = max(most, count - SHINGLE + 1 - new)
        known = len(seen)
    return most > 0 and most >= CONTAINED * fewest


def find_repeats(texts: Sequence[str]) -> tuple[Repeat, ...]:
    """The paragraphs, by position, that another one of them says again; in reading order of the dropped."""
    parted = [text.split() for text in map(str.lower, texts)]
    if not _may_meet(parted, FIRST_LOOK):
        return ()
    rough = [shingles(each) for each in parted]
    if not _may_repeat(rough, _mutual(rough), FIRST_LOOK):
        return ()
    words = [words_of_text(text) for text in texts]
    sets = [shingles(each) if len(each) >= LEAST_WORDS else set() for each in words]
    mutual = _mutual(sets)
    if not _may_repeat(sets, mutual, CONTAINED):
        return ()
    index: dict[Shingle, list[int]] = {}
    standing: dict[int, int] = {}  # the fuller paragraph → the place of the first of its kind
    whole: dict[tuple[str, ...], int] = {}
    repeats: list[Repeat] = []
    for here, mine in enumerate(sets):
        if not mine:
            continue
        key = tuple(words[here])
        other = whole.get(key)
        exact = other is not None
        if other is None or other not in standing:
            other, exact = _nearest(here, index, sets, mutual, standing), False
        if other is None:
            standing[here] = here
        else:
            fuller = here if len(key) > len(words[other]) else other
            repeats.append(Repeat(other if fuller == here else here, fuller, standing[other], exact))
            standing[fuller] = standing.pop(other)
            if fuller == other:
                continue
        whole.setdefault(key, here)
        for shingle in mutual[here]:
            index.setdefault(shingle, []).append(here)
    return tuple(repeats)


def _may_meet(words: Sequence[Sequence[str]], least: float) -> bool:
    """Whether any paragraph shares with those before it so much as the shortest would need; cheap."""
    long = [len(each) for each in words if len(each) >= LEAST_WORDS]
    wanted = least * (min(long, default=SHINGLE) - SHINGLE + 1)
    seen: set[Shingle] = set()
    for each in words:
        before = len(seen)
        seen.update(zip(each, islice(each, 1, None), islice(each, 2, None), strict=False))
        if len(each) >= LEAST_WORDS and len(each) - SHINGLE + 1 - (len(seen) - before) >= wanted:
            return True
    return False


def _mutual(sets: Sequence[set[Shingle]]) -> list[set[Shingle]]:
    """Of each set, the shingles that another one has too."""
    shared = {shingle for shingle, holders in Counter(chain.from_iterable(sets)).items() if holders > 1}
    return [each & shared for each in sets]


def _may_repeat(sets: Sequence[set[Shingle]], mutual: Sequence[set[Shingle]], least: float) -> bool:
    return any(each and len(both) >= least * len(each) for each, both in zip(sets, mutual, strict=True))


def _nearest(
    here: int,
    index: dict[Shingle, list[int]],
    sets: Sequence[set[Shingle]],
    mutual: Sequence[set[Shingle]],
    standing: dict[int, int],
) -> int | None:
    """The paragraph still standing that this one is nearest to, when it is near enough."""
    shared: dict[int, int] = {}
    for shingle in mutual[here]:
        holders = index.get(shingle)
        if holders is not None and len(holders) <= COMMON:
            for holder in holders:
                shared[holder] = shared.get(holder, 0) + 1
    best: tuple[float, int] | None = None
    for holder in sorted(shared):
        if holder not in standing:
            continue
        short, long = sorted((len(sets[here]), len(sets[holder])))
        contained = shared[holder] / short
        least = CONTAINED if short * 2 >= long else CONTAINED_IN_LONGER
        if contained >= least and (best is None or contained > best[0]):
            best = contained, holder
    return best[1] if best else None
