"""Whether a pull quote repeats the text it stands in."""

from collections.abc import Sequence

from generator.annotate.sentences import sentences
from generator.core.model import Block

SILENT = frozenset({"also", "code"})
"""Kinds of blocks that name and quote nobody."""


def repeats(blocks: Sequence[Block], number: int) -> bool:
    """Whether every sentence of a block stands in the rest of the text too, as it does where a pull quote
    leaves out the "she said" between two."""
    rest = " ".join(bare(b.text) for b in blocks if b.kind not in {"pull", *SILENT})
    text = blocks[number].text
    return all(bare(text[start:end]) in rest for start, end in sentences(text))


def bare(text: str) -> str:
    """A text without white space, marks and stops at its ends, as two are compared."""
    return " ".join(text.split()).strip("“”\"'‘’.,;:!?…")
