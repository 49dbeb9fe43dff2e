"""Texts that are nearly the same, found in a large archive without comparing each with each.

A text is the set of its shingles, the runs of SHINGLE words; a signature of one permutation hashing (Li,
Owen and Zhang, "One Permutation Hashing", 2012; empty bins are filled as in Shrivastava, "Optimal
Densification for Fast and Accurate Minwise Hashing", 2017) stands for the set. Signatures that agree in a
whole band of ROWS bins are compared. Nothing is random, and no hash is seeded.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from hashlib import blake2b
from operator import eq
from struct import Struct
from typing import NamedTuple

from generator.sources.importers.shingling import mask, spelled

SHINGLE = 5
"""Words in a shingle."""

BINS = 192
"""Bins of a signature."""

ROWS = 3
"""Bins in a band: two texts of resemblance 0.4 share a band in 98.7 cases of 100, of 0.05 in 0.8."""

LEAST = 30
"""Shingles below which a text is too short to tell anything."""

ALIKE = 0.4
"""The share of the shorter text's shingles, as estimated, from which two texts are offered as versions."""

VERSION = "2"
"""Of what a signature means; signatures of another version are not compared."""

_SIGNATURE = Struct(f">{1 + BINS}I")
_WIDTH = 4
_HEAD = 4
_CROWD = 8  # the members of a band that are compared with a newcomer: beyond, it is boilerplate or one story
_MIDDLE = 28
_BITS = 22
_REST = (1 << _BITS) - 1
_EMPTY = BINS << _BITS


class Likeness(NamedTuple):
    """Two texts by position, the earlier first, and the share (0 to 1) of the shorter that both have."""

    first: int
    second: int
    share: float


def signature(text: str) -> bytes:
    """The signature of a Markdown text; b"" for one too short to be compared."""
    words = spelled(text)
    runs = words.total - SHINGLE + 1
    if runs < LEAST:
        return b""
    # The middle bits of each run's hash, times the number of bins: the bin is above _BITS bits.
    numbers = ((words.runs(SHINGLE) >> _MIDDLE) & mask(_BITS, runs)) * BINS
    hashes = set(words.numbers(numbers, SHINGLE))
    if len(hashes) < LEAST:
        return b""
    bins = [_EMPTY] * BINS
    for value in hashes:
        place = value >> _BITS
        if bins[place] > value:
            bins[place] = value
    filled = bins
    if _EMPTY in bins:
        filled = bins.copy()
        place = -1
        for _ in range(bins.count(_EMPTY)):
            place = bins.index(_EMPTY, place + 1)
            filled[place] = bins[_donor(place, bins)]
    return _SIGNATURE.pack(len(hashes), *map(_REST.__and__, filled))


def share(one: bytes, other: bytes) -> float:
    """The share of the shorter text's shingles that both have, as two signatures tell it; 0 to 1."""
    if not one or not other:
        return 0.0
    return _shared(_SIGNATURE.unpack(one), _SIGNATURE.unpack(other))


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    sizes = one[0], other[0]
    same = sum(map(eq, one, other)) - (sizes[0] == sizes[1])
    resemblance = same / BINS
    common = resemblance * sum(sizes) / (1 + resemblance)
    return float(min(1.0, common / min(sizes)))


def alike(signatures: Sequence[bytes], asked: Collection[int], least: float = ALIKE) -> list[Likeness]:
    """For each position in `asked` the text most like it, if one is alike enough; in order of the second.

    Of two that are both asked about, the later is told of. One band is looked at after another, so that
    memory holds one table at a time.
    """
    wanted = set(asked)
    pairs: set[tuple[int, int]] = set()
    step = ROWS * _WIDTH
    for start in range(_HEAD, _HEAD + BINS * _WIDTH, step):
        band = slice(start, start + step)
        rows = [each[band] for each in signatures]
        counts = Counter(rows)
        if len(counts) == len(rows):
            continue  # no two agree
        table: dict[bytes, list[int]] = {}
        for place, row in enumerate(rows):
            if not row or counts[row] == 1:
                continue
            held = table.setdefault(row, [])
            pairs.update((before, place) for before in held if before in wanted or place in wanted)
            if len(held) < _CROWD:
                held.append(place)
    best: dict[int, Likeness] = {}
    unpacked = {place: _SIGNATURE.unpack(signatures[place]) for pair in pairs for place in pair}
    for first, second in sorted(pairs):
        told = second if second in wanted else first
        found = _shared(unpacked[first], unpacked[second])
        if found >= least and (told not in best or found > best[told].share):
            best[told] = Likeness(first, second, found)
    return [best[told] for told in sorted(best)]


def _donor(place: int, bins: Sequence[int]) -> int:
    """The bin that lends an empty one its value: the same in every text where both are so."""
    return next(each for each in _order(place) if bins[each] != _EMPTY)


@lru_cache(maxsize=BINS)
def _order(place: int) -> tuple[int, ...]:
    def rank(other: int) -> bytes:
        return blake2b(bytes((place, other)), digest_size=8).digest()

    return tuple(sorted((other for other in range(BINS) if other != place), key=rank))
