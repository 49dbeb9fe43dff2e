"""Stretches of one text that do not overlap, asked whether another would."""

from bisect import bisect_left
from collections.abc import Iterable

from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Intervals:
    """Stretches in order, each as its start and its end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def meets(self, start: int, end: int) -> bool:
        """Whether any of them overlaps a stretch."""
        at = bisect_left(self.starts, end) - 1
        return at >= 0 and self.ends[at] > start


NONE = Intervals((), ())
"""No stretch at all."""


def by_text(stretches: Iterable[tuple[int, int, int]]) -> dict[int, Intervals]:
    """The intervals of each text, from triples of its number, start and end."""
    gathered: dict[int, list[tuple[int, int]]] = {}
    for text, start, end in stretches:
        gathered.setdefault(text, []).append((start, end))
    return {
        text: Intervals(tuple(start for start, _ in each), tuple(end for _, end in each))
        for text, each in ((text, sorted(each)) for text, each in gathered.items())
    }
