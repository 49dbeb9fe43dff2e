"""Where an editor's note belongs: the quotation found in the text, and the notes that found no place."""

from bisect import bisect_right
from collections.abc import Sequence

from generator.annotate.pieces import Span
from generator.core.frozen import dataclass
from generator.core.model import Article, Prose
from generator.core.problems import Problem

_SAME = str.maketrans("’‘‛′“”„‟″«»–—−‑\u00a0\u2009\u202f", '\'\'\'\'"""""""----   ')


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets in code points into the text of block number `block`."""

    block: int
    start: int
    end: int


def find_quotes(prose: Prose, quotes: Sequence[str]) -> list[Place | None]:
    """For each quotation the first place where it stands within one block; None where it stands nowhere.

    Straight and typographic quotation marks and dashes are the same, and so is any white space; a quotation's
    own quotation marks at its ends may be left away. Related lines and code do not count as text.
    """
    # Folded text has no line break, so that a quotation is never found across two blocks.
    text: list[str] = []
    starts: list[int] = []
    blocks: list[tuple[int, list[int]]] = []
    length = 0
    for number, block in enumerate(prose.blocks if quotes else ()):
        if block.kind in {"also", "code"}:
            continue
        folded, positions = _fold(block.text)
        text.append(folded + "\n")
        starts.append(length)
        blocks.append((number, positions))
        length += len(folded) + 1
    whole = "".join(text)
    return [_place(_found(whole, quote), starts, blocks) for quote in quotes]


def _found(whole: str, quote: str) -> Span | None:
    folded = _fold(quote)[0].strip()
    for wanted in dict.fromkeys((folded, folded.strip("\"' "))):
        at = whole.find(wanted) if wanted else -1
        if at >= 0:
            return Span(at, at + len(wanted))
    return None


def _place(
    found: Span | None, starts: Sequence[int], blocks: Sequence[tuple[int, list[int]]]
) -> Place | None:
    if found is None:
        return None
    which = bisect_right(starts, found.start) - 1
    number, positions = blocks[which]
    start, end = found.start - starts[which], found.end - starts[which]
    return Place(number, positions[start], positions[end - 1] + 1)


def orphaned(article: Article, prose: Prose) -> tuple[Problem, ...]:
    """A problem for every note whose quotation stands nowhere in the text."""
    return tuple(
        Problem(
            article.path,
            note.line,
            "W403",
            f"notes: the quotation stands nowhere in the text: {_short(note.quote)}",
            "quote the words exactly as they stand in one paragraph",
        )
        for note, place in zip(
            article.notes, find_quotes(prose, [note.quote for note in article.notes]), strict=True
        )
        if place is None
    )


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with marks and white space alike, and for each character its place in the original."""
    folded: list[str] = []
    positions: list[int] = []
    space = False
    for position, char in enumerate(text.translate(_SAME)):
        if char.isspace():
            if space:
                continue
            char, space = " ", True
        else:
            space = False
        folded.append(char)
        positions.append(position)
    return "".join(folded), positions


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words}”" if len(words) <= 60 else f"“{words[:57].rstrip()}…”"
