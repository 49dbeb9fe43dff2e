"""Words that newspapers use alike, as packaged: the fine and the coarse cluster of a word."""

from collections.abc import Mapping
from functools import cache

from generator.annotate.lexicon import lines


@cache
def clusters() -> Mapping[str, tuple[int, int]]:
    """The fine and the coarse cluster of each word in lower case that has one (GloVe, PDDL 1.0)."""
    found: dict[str, tuple[int, int]] = {}
    fine = coarse = 0
    for line in lines("clusters.txt"):
        if line == ".":
            coarse += 1
            continue
        place = (fine, coarse)
        for word in line.split(" "):
            found[word] = place
        fine += 1
    return found
