"""Where names may stand: runs of words with capitals or digits, and the small words that join them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.annotate.lexicon import lexicon
from generator.annotate.tokens import Token

_JOINS = frozenset(
    (
        *("of", "the", "and", "for", "to", "on", "at", "upon", "in", "from", "near", "by"),
        *("de", "la", "le", "von", "van", "der", "al"),
        *("'s", "’s", "&", "-", "/", ".", ",", "'", "’", '"', "“", "”", "(", ")"),
    )
)
_WIDEST = 3  # tokens without a capital within a name


class Run(NamedTuple):
    """The tokens from number `start` to before `end`: the first and the last have a capital or a digit."""

    start: int
    end: int


def runs(tokens: Sequence[Token]) -> list[Run]:
    """The runs of a sentence, in order; no name goes beyond one."""
    particles = lexicon().particles
    found: list[Run] = []
    start = end = -1
    for at, token in enumerate(tokens):
        if may_begin(token.text):
            if start < 0:
                start = at
            end = at + 1
        elif start >= 0 and (
            at - end >= _WIDEST or (token.text not in _JOINS and token.text not in particles)
        ):
            found.append(Run(start, end))
            start = -1
    if start >= 0:
        found.append(Run(start, end))
    return found


@lru_cache(maxsize=1 << 14)
def may_begin(word: str) -> bool:
    """Whether a name may begin or end with a word: a capital near its start, a digit there, or like "plc"."""
    first = word[0]
    if first.isupper() or first.isdigit() or word in lexicon().org_suffixes:
        return True
    return first.isalpha() and len(word) > 2 and any(c.isupper() for c in word[1:4])
