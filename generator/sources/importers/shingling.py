"""The words of a Markdown text as numbers, so that all its runs of words are reckoned at once.

A run's hash is a sum of products (the multilinear hashing of Lemire and Kaser, "Strongly universal string
hashing is fast", 2014). Each word has a lane of 64 bits in one great number, and the number shifted by a
lane has the next word in its place. Nothing is random, and no hash is seeded.
"""

import re
import sys
from array import array
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

WORD = re.compile(r"[^\W_]+")
"""What a word is: letters and digits of any script."""

NOT_TEXT = (  # each found by how it begins: one pattern for all three is ten times as slow
    ("](", re.compile(r"\]\([^()\n]{0,2000}\)")),
    ("<", re.compile(r"<[^<>\n]{0,2000}>")),
    ("://", re.compile(r"https?://[^\s)>\"]{1,2000}")),
)
"""Addresses and tags, which are no text, and by which signs they are found."""

LANE = 64
"""The bits of a lane."""

_MIDDLE = 28  # the bits of a lane from which on its sum is well mixed

_FACTORS = (0x1D3A5F17, 0x1B873593, 0x1656667B, 0x19E3779B, 0x14D049BB)  # odd, below 2**29: five products fit
_LETTERS = b"".join(  # in Windows-1252, small; a space for what is no letter or digit
    char.lower().encode("cp1252") if WORD.fullmatch(char) else b" "
    for char in (bytes((code,)).decode("cp1252", "replace") for code in range(256))
)
_LETTERS = _LETTERS[:0x0A] + b"\n" + _LETTERS[0x0B:]  # the ends of lines part blocks
_KEPT = 200_000  # words whose checksums are remembered
_USUAL = 40  # letters: a longer word is not remembered


class Spelled(NamedTuple):
    """The words of a text: `counts` are those of each of its blocks, `lanes` all of them."""

    counts: tuple[int, ...]
    lanes: int

    @property
    def total(self) -> int:
        """How many words there are."""
        return sum(self.counts)

    def _runs(self, size: int) -> int:
        """The sums of the runs of `size` words, each in the lane of its first word."""
        lanes = self.lanes
        return sum((lanes >> (LANE * place)) * factor for place, factor in enumerate(_FACTORS[:size]))

    def hashes(self, size: int) -> "array[int]":
        """The hashes of the runs of `size` words, five at most, of 32 bits, in order."""
        total = self.total
        lanes = self._runs(size) >> _MIDDLE
        # An array is as the machine has its numbers: those of the lower halves of the lanes stand first.
        found = array("I", lanes.to_bytes(LANE // 8 * total, "little"))
        if sys.byteorder == "big":
            found.byteswap()
        return found[: 2 * max(0, total - size + 1) : 2]


@lru_cache(maxsize=1)
def spelled(text: str) -> Spelled:
    """The words of a Markdown text in small letters, without marks, addresses and tags.

    Blocks are parted by a blank line. The last text's are remembered, since it is asked twice of a new text.
    """
    for sign, pattern in NOT_TEXT:
        if sign in text:
            text = pattern.sub(" ", text)
    counts: list[int] = []
    words: list[bytes] = []
    for block in _blocks(text):
        words += block
        counts.append(len(block))
    return Spelled(tuple(counts), int.from_bytes(b"".join(map(_CHECKS.__getitem__, words)), "little"))


def _blocks(text: str) -> list[list[bytes]]:
    """The words of each block.

    A letter is its byte in Windows-1252; one that has none there is a character reference, so that a word is
    written alike whatever stands beside it.
    """
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return [
            [word.encode("cp1252", "xmlcharrefreplace") for word in WORD.findall(block)]
            for block in text.lower().split("\n\n")
        ]
    return [block.split() for block in data.translate(_LETTERS).split(b"\n\n")]


class _Checks(dict[bytes, bytes]):
    """The checksum of each word in a lane of its own; an archive's articles are made of the same few."""

    def __missing__(self, word: bytes) -> bytes:
        check = crc32(word).to_bytes(LANE // 8, "little")
        if len(self) >= _KEPT:
            self.clear()
        if len(word) <= _USUAL:
            self[word] = check
        return check


_CHECKS = _Checks()
