"""Texts that are nearly the same, found in a large archive without comparing each with each.

A text is the set of its shingles, the runs of SHINGLE words; a signature of one permutation hashing (Li,
Owen and Zhang, "One Permutation Hashing", 2012; empty bins are filled as in Shrivastava, "Optimal
Densification for Fast and Accurate Minwise Hashing", 2017) stands for the set. Signatures that agree in a
whole band of ROWS bins are compared. Nothing is random, and no hash is seeded.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import eq
from struct import Struct
from typing import NamedTuple
from zlib import crc32

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

VERSION = "1"
"""Of what a signature means; signatures of another version are not compared."""

_SIGNATURE = Struct(f">{1 + BINS}I")
_WIDTH = 4
_HEAD = 4
_CROWD = 8  # the members of a band that are compared with a newcomer: beyond, it is boilerplate or one story
_WORD = re.compile(r"[^\W_]+")
_NOT_TEXT = re.compile(r"\]\([^()\n]{0,2000}\)|<[^<>\n]{0,2000}>|\bhttps?://[^\s)>\"]{1,2000}")
_MARKS = {code: " " for code in range(128) if not chr(code).isalnum()}
_SPREAD = 0xBF58476D1CE4E5B9  # of splitmix64; it undoes the linearity of the checks
_MASK = (1 << 64) - 1
_HALF = (1 << 32) - 1
_EMPTY = 1 << 32


class Likeness(NamedTuple):
    """Two texts by position, the earlier first, and the share (0 to 1) of the shorter that both have."""

    first: int
    second: int
    share: float


def signature(text: str) -> bytes:
    """The signature of a Markdown text; b"" for one too short to be compared."""
    hashes = _shingles(_words(text))
    if len(hashes) < LEAST:
        return b""
    bins = [_EMPTY] * BINS
    for value in hashes:
        mixed = value * _SPREAD & _MASK
        place, rest = (mixed >> 32) % BINS, mixed & _HALF
        if bins[place] > rest:
            bins[place] = rest
    filled = [bins[_donor(place, bins)] if value == _EMPTY else value for place, value in enumerate(bins)]
    return _SIGNATURE.pack(len(hashes), *filled)


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
        table: dict[bytes, list[int]] = {}
        for place, each in enumerate(signatures):
            if not each:
                continue
            held = table.setdefault(each[start : start + step], [])
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


def _words(text: str) -> list[str]:
    """The words in small letters, without marks, addresses and tags."""
    if "](" in text or "<" in text or "://" in text:
        text = _NOT_TEXT.sub(" ", text)
    text = text.lower()
    return text.translate(_MARKS).split() if text.isascii() else _WORD.findall(text)


def _shingles(words: Sequence[str]) -> set[int]:
    """The hashes of the runs of words: cyclic redundancy checks, which the standard library does fast."""
    runs = zip(*(islice(words, start, None) for start in range(SHINGLE)), strict=False)
    return set(map(crc32, map(str.encode, map(" ".join, runs))))


def _donor(place: int, bins: Sequence[int]) -> int:
    """The bin that lends an empty one its value: the same in every text where both are so."""
    return next(each for each in _order(place) if bins[each] != _EMPTY)


@lru_cache(maxsize=BINS)
def _order(place: int) -> tuple[int, ...]:
    def rank(other: int) -> bytes:
        return blake2b(bytes((place, other)), digest_size=8).digest()

    return tuple(sorted((other for other in range(BINS) if other != place), key=rank))
