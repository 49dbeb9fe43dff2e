"""The articles of a large archive, packed away once they are folded and planned: pages want few at a time.

As objects, an article's Filed and its Card are some fifty values, and every process that makes pages would
come to hold copies of them all: to read an object is to write how often it is referred to, which copies the
memory shared with the process that this one was forked from. Bytes are shared for good.
"""

import zlib
from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from generator.core.archive import Card, Filed
from generator.core.lazily import Lazily
from generator.core.paths import ArticleId
from generator.output.encode import decode, encode
from generator.render.basis import Basis, rebased

MANY = 20_000
"""Articles from which on they are packed away. Unpacking them takes some hundredths of a build's time, which
fewer are not worth."""

FILED_AT_HAND, CARDS_AT_HAND = 1000, 5000
"""How many a process keeps unpacked: some 5 kB and 1 kB each."""

Kind = TypeVar("Kind")


class Drawer(Generic[Kind]):
    """Values of one type by article, packed one after another."""

    def __init__(
        self,
        kind: type[Kind],
        values: Mapping[ArticleId, Kind],
        places: Mapping[ArticleId, int],
        *,
        pressed: bool,
    ) -> None:
        """`places` numbers the articles in the order of `values`, from 0; `pressed` halves what values take,
        and doubles the time to unpack one."""
        self._kind = kind
        self._places = places
        self._pressed = pressed
        self._ends = array("Q", [0])
        self._data = bytearray()
        for value in values.values():
            self._data += zlib.compress(encode(value), 1) if pressed else encode(value)
            self._ends.append(len(self._data))

    def take(self, identity: ArticleId) -> Kind:
        """An article's value, unpacked."""
        place = self._places[identity]
        packed = self._data[self._ends[place] : self._ends[place + 1]]
        return decode(zlib.decompress(packed) if self._pressed else bytes(packed), self._kind)


def stowed(basis: Basis) -> Basis:
    """The same basis; that of a large archive with its articles packed away."""
    archive = basis.archive
    if len(archive.filed) < MANY:
        return basis
    places = {identity: place for place, identity in enumerate(archive.filed)}
    filed = Lazily(Drawer(Filed, archive.filed, places, pressed=True).take, places, most=FILED_AT_HAND)
    # Of the articles that a page shows, some twenty, each is asked for by its card.
    cards = Lazily(Drawer(Card, archive.cards, places, pressed=False).take, places, most=CARDS_AT_HAND)
    return rebased(basis, replace(archive, filed=filed, cards=cards))
