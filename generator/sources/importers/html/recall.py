"""How many of the words that a browser shows are kept."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\w+")


def recall(shown: Sequence[str], kept: Sequence[str]) -> float:
    """The share of the words of some texts that others hold, each as often; 1 where there are none."""
    if _parts(shown) == _parts(kept):
        return 1.0
    visible, written = "".join(shown), "".join(kept)
    if visible.split() == written.split():
        return 1.0
    wanted = Counter(_WORD.findall(visible))
    total = wanted.total()
    if not total:
        return 1.0
    held = Counter(_WORD.findall(written))
    return sum(min(number, held[word]) for word, number in wanted.items()) / total


def _parts(texts: Sequence[str]) -> list[str]:
    """Texts, and the white space between them as one space: where these are the same, so are the words."""
    parts: list[str] = []
    is_parted = True
    for text in texts:
        if text.isspace():
            if not is_parted:
                parts.append(" ")
                is_parted = True
        elif text:
            parts.append(text)
            is_parted = False
    if parts and is_parted:
        parts.pop()
    return parts
