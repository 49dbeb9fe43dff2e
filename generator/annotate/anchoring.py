"""Where an editor's note belongs: the quotation found in the text, and the notes that found no place."""

from dataclasses import dataclass

from generator.core.model import Article, Prose
from generator.core.problems import Problem

_SAME = str.maketrans("’‘‛′“”„‟″«»–—−‑\u00a0\u2009\u202f", '\'\'\'\'"""""""----   ')


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets in code points into the text of block number `block`."""

    block: int
    start: int
    end: int


def find_quote(prose: Prose, quote: str) -> Place | None:
    """The first place where a quotation stands within one block; None when it stands nowhere.

    Straight and typographic quotation marks and dashes are the same, and so is any white space; a quotation's
    own quotation marks at its ends may be left away. Related lines and code do not count as text.
    """
    folded = _fold(quote)[0].strip()
    for wanted in (folded, folded.strip("\"' ")):
        if not wanted:
            continue
        for number, block in enumerate(prose.blocks):
            if block.kind in {"also", "code"} or len(block.text) < len(wanted):
                continue
            text, positions = _fold(block.text)
            at = text.find(wanted)
            if at >= 0:
                return Place(number, positions[at], positions[at + len(wanted) - 1] + 1)
    return None


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
        for note in article.notes
        if find_quote(prose, note.quote) is None
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
