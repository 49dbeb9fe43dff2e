"""What a text is about in a few words: those that its headline and its opening use, but for common ones."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from generator.annotate.lexicon import lexicon
from generator.core.model import Block

MOST = 24
"""Words kept of an article."""

OPENING = 1000
"""Characters of the text that are read: news tells first what it is about."""

_WORD = re.compile(r"[^\W\d_]{3,30}")
_READ = frozenset({"paragraph", "heading", "item", "quote"})


def gist(title: str, blocks: Sequence[Block]) -> str:
    """The telling words of a headline and of the text's opening, in small letters, joined by spaces.

    Those used most often come first, of equals those that stand first; names are among them. A word that is
    used again stands again, three times at most.
    """
    parts, length = [title], 0
    for block in blocks:
        if block.kind in _READ:
            parts.append(block.text[: OPENING - length])
            length += len(parts[-1])
            if length >= OPENING:
                break
    common = _common()
    counted = Counter(_WORD.findall(" ".join(parts).lower()))
    telling = [word for word in counted if word not in common]
    # Sorting keeps equals in the order in which they stand.
    best = sorted(telling, key=counted.__getitem__, reverse=True)[:MOST]
    again = [word for word in best if counted[word] > 1]
    return " ".join([*best, *again, *(word for word in again if counted[word] > 2)])


@cache
def _common() -> frozenset[str]:
    """Words that say nothing of what a text is about."""
    return lexicon().plain | frozenset(("its", "was", "has", "had", "the", "and", "for", "but", "not", "are"))
