"""Texts that are nearly the same, found in a large archive without comparing each with each.

A text is the set of its shingles, the runs of SHINGLE words; the KEPT least of their hashes stand for the set
(Broder, "On the resemblance and containment of documents", 1997; bottom-k sketches, Cohen and Kaplan,
"Summarizing Data using Bottom-k Sketches", 2007). Signatures that have some of their PROBES least hashes in
common are compared. Nothing is random, and no hash is seeded.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from struct import Struct, unpack
from typing import NamedTuple

from generator.sources.importers.shingling import spelled

SHINGLE = 5
"""Words in a shingle."""

KEPT = 128
"""The most hashes of a signature."""

PROBES = 16
"""The least hashes that find whom to compare: two texts of resemblance 0.4 have two of them in common in 99.7
cases of 100, of 0.25 in 93, of 0.02 in 4."""

LEAST = 30
"""Shingles below which a text is too short to tell anything."""

ALIKE = 0.4
"""The share of the shorter text's shingles, as estimated, from which two texts are offered as versions."""

_WIDTH = 4
_HEAD = 4
_SPACE = 1 << 32
_AMPLE = 1.5  # so many times the hashes that are kept are looked for among the small ones
_MEETINGS = 2
_CROWD = 8  # the texts with a hash that are compared with a newcomer: beyond, it is boilerplate or one story
_PARTS = 16
_PROBED = Struct(f">{PROBES}I")


class Likeness(NamedTuple):
    """Two texts by position, the earlier first, and the share (0 to 1) of the shorter that both have."""

    first: int
    second: int
    share: float


def signature(text: str) -> bytes:
    """The signature of a Markdown text: how many shingles it has, and the least hashes in order.

    b"" for one too short to be compared.
    """
    hashes = spelled(text).hashes(SHINGLE)
    runs = len(hashes)
    if runs < LEAST:
        return b""
    # Most are too large to be among the least: they need not be put in order.
    limit = int(_SPACE * KEPT * _AMPLE) // runs
    small = [each for each in hashes if each < limit]
    least = sorted(set(small))
    if len(least) < KEPT:
        small, least = hashes.tolist(), sorted(set(hashes))
    if len(least) < LEAST:
        return b""
    distinct = runs * len(least) // len(small)
    kept = least[:KEPT]
    return Struct(f">{1 + len(kept)}I").pack(distinct, *kept)


def share(one: bytes, other: bytes) -> float:
    """The share of the shorter text's shingles that both have, as two signatures tell it; 0 to 1."""
    if not one or not other:
        return 0.0
    return _shared(_unpacked(one), _unpacked(other))


def _unpacked(sign: bytes) -> tuple[int, ...]:
    return unpack(f">{len(sign) // _WIDTH}I", sign)


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    sizes = one[0], other[0]
    # Beyond the last hash of a full signature nobody knows what else its text has.
    end = min(each[-1] if len(each) > KEPT else _SPACE for each in (one, other))
    mine, theirs = ({value for value in each[1:] if value <= end} for each in (one, other))
    resemblance = len(mine & theirs) / len(mine | theirs)
    common = resemblance * sum(sizes) / (1 + resemblance)
    return float(min(1.0, common / min(sizes)))


def alike(signatures: Sequence[bytes], asked: Collection[int], least: float = ALIKE) -> list[Likeness]:
    """For each position in `asked` the text most like it, if one is alike enough; in order of the second.

    Of two that are both asked about, the later is told of.
    """
    wanted = set(asked)
    meetings = Counter(
        (before, place)
        for places in _meetings(signatures)
        for nth, place in enumerate(places)
        for before in places[: min(nth, _CROWD)]
        if before in wanted or place in wanted
    )
    pairs = sorted(pair for pair, times in meetings.items() if times >= _MEETINGS)
    best: dict[int, Likeness] = {}
    unpacked = {place: _unpacked(signatures[place]) for pair in pairs for place in pair}
    for first, second in pairs:
        told = second if second in wanted else first
        found = _shared(unpacked[first], unpacked[second])
        if found >= least and (told not in best or found > best[told].share):
            best[told] = Likeness(first, second, found)
    return [best[told] for told in sorted(best)]


def _meetings(signatures: Sequence[bytes]) -> Iterator[list[int]]:
    """The positions of the texts that have a hash in common, in order, of each such hash.

    Hashes and positions lie in arrays, and one part of them after another is put in order, so that memory
    holds little of them as objects.
    """
    parts = [array("Q") for _ in range(_PARTS)]
    for place, sign in enumerate(signatures):
        if sign:
            for value in _PROBED.unpack_from(sign, _HEAD):
                parts[value % _PARTS].append(value << 32 | place)
    for part in parts:
        last = -1
        places: list[int] = []
        for entry in sorted(part):
            value = entry >> 32
            if value == last:
                places.append(entry & 0xFFFFFFFF)
            else:
                if len(places) > 1:
                    yield places
                last, places = value, [entry & 0xFFFFFFFF]
        if len(places) > 1:
            yield places
