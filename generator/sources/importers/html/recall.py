"""How many of the words that a browser shows are kept."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def recall(shown: Iterable[str], kept: Iterable[str]) -> float:
    """The share of the words of some texts that others hold, each as often; 1 where there are none."""
    visible, written = "".join(shown), "".join(kept)
    if visible.split() == written.split():
        return 1.0
    wanted = Counter(_WORD.findall(visible))
    total = wanted.total()
    if not total:
        return 1.0
    held = Counter(_WORD.findall(written))
    return sum(min(number, held[word]) for word, number in wanted.items()) / total
