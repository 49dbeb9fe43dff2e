"""Sentences as the encoder reads them: pieces in windows, each piece with the shape and the hints of its
token."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.annotate.tagging.features import Read
from morgue_accurate.wordpiece import pieces

WINDOW = 128
"""The most pieces of a window, its two marks among them."""

MOST_PIECES = 12  # of one token; what is beyond tells nothing more
MARK_SHAPE = 3  # the marks at the ends of a window are written like punctuation


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces of a sentence or a window in order; `tokens` are, for each, its token's number or -1.

    A token is the pair of its sentence's number and its own; only its first piece is told, as the label
    is that one's.
    """

    pieces: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    hints: list[int] = field(default_factory=list)
    tokens: list[tuple[int, int]] = field(default_factory=list)

    def add(self, other: "Row", start: int = 0, end: int | None = None) -> None:
        """Add a stretch of another row at the end."""
        self.pieces.extend(other.pieces[start:end])
        self.shapes.extend(other.shapes[start:end])
        self.hints.extend(other.hints[start:end])
        self.tokens.extend(other.tokens[start:end])


NOWHERE = (-1, -1)


class Cutter:
    """Cuts sentences into pieces and windows, with a vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._begin = Row([vocabulary["[CLS]"]], [MARK_SHAPE], [0], [NOWHERE])
        self._end = Row([vocabulary["[SEP]"]], [MARK_SHAPE], [0], [NOWHERE])
        self._pieces = lru_cache(maxsize=1 << 15)(lambda word: pieces(word, vocabulary)[:MOST_PIECES])

    def row(self, number: int, read: Read) -> Row:
        """Sentence number `number` as pieces."""
        row = Row()
        for at, (token, shape, hints) in enumerate(zip(read.tokens, read.shapes, read.hints, strict=True)):
            parts = self._pieces(token.text)
            row.pieces.extend(parts)
            row.shapes.extend([shape] * len(parts))
            row.hints.extend([hints] * len(parts))
            row.tokens.append((number, at))
            row.tokens.extend([NOWHERE] * (len(parts) - 1))
        return row

    def windows(self, rows: Sequence[Row], most: int = WINDOW) -> Iterator[Row]:
        """Whole sentences in a row as windows of at most so many pieces; longer sentences are cut."""
        current = Row()
        for row in rows:
            for start in range(0, len(row.pieces), most - 2):
                length = min(len(row.pieces) - start, most - 2)
                if current.pieces and len(current.pieces) + length > most - 1:
                    current.add(self._end)
                    yield current
                    current = Row()
                if not current.pieces:
                    current.add(self._begin)
                current.add(row, start, start + length)
        if current.pieces:
            current.add(self._end)
            yield current
