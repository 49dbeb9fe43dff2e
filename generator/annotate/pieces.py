"""Stretches of HTML: where a span of a block's text stands in it, unbroken by any tag."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.core.elements import VOID
from generator.core.model import Block


class Span(NamedTuple):
    """Offsets in code points into a block's text."""

    start: int
    end: int


class Piece(NamedTuple):
    """Offsets in code points into the HTML; between them stands text only."""

    start: int
    end: int


def pieces(block: Block, span: Span, *, linkable: bool = False) -> list[Piece]:
    """Where a span stands in the HTML, in order; with `linkable` only where a link may.

    White space alone, as it stands between two elements, is no piece.
    """
    found: list[Piece] = []
    for run in block.runs:
        start, end = max(run.text, span.start), min(run.text + run.length, span.end)
        if start >= end or (linkable and not run.linkable):
            continue
        if not block.text[start:end].strip() and not (found and found[-1].end == run.html):
            continue
        if run.html_length == run.length:
            piece = Piece(run.html + start - run.text, run.html + end - run.text)
        else:
            piece = Piece(run.html, run.html + run.html_length)
        if found and found[-1].end == piece.start:
            found[-1] = Piece(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def cut(span: Sequence[Piece], linked: Sequence[Piece], marked: Sequence[Piece]) -> list[Piece]:
    """The parts of a note's quotation that can be marked: without what another note has marked already, and
    cut where they would cross the end of a link."""
    free = [
        part for piece in span for part in _parts(piece, marked) if not any(_overlap(part, m) for m in marked)
    ]
    return [
        part for piece in free for part in _parts(piece, [one for one in linked if not _within(one, piece)])
    ]


def _overlap(one: Piece, other: Piece) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Piece, outer: Piece) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _parts(piece: Piece, others: Sequence[Piece]) -> list[Piece]:
    """A piece cut at every edge of the others that lies inside it."""
    inside = {edge for other in others for edge in other if piece.start < edge < piece.end}
    ordered = [piece.start, *sorted(inside), piece.end]
    return [Piece(start, end) for start, end in pairwise(ordered)]


def element_at(at: int, linked: Sequence[Piece], anchors: Sequence[Piece]) -> int:
    """Where another link can stand at or after a place: behind the link that the place is in, if any."""
    for piece in linked:
        if piece.start < at < piece.end:
            return piece.end
    for anchor in anchors:
        if anchor.start < at < anchor.end:
            return anchor.end
    return at


_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:"[^"]*"|'[^']*'|[^"'<>])*>""")


def links_in(html: str) -> tuple[Piece, ...]:
    """The `a` elements that stand in an HTML already, tags included."""
    found: list[Piece] = []
    opened = -1
    for tag in _TAG.finditer(html):
        if tag[2].lower() != "a":
            continue
        if not tag[1]:
            opened = tag.start()
        elif opened >= 0:
            found.append(Piece(opened, tag.end()))
            opened = -1
    return tuple(found)


def block_end(ends: Sequence[int], at: int) -> int:
    """The first of the ends that does not lie before a place, where a block may follow; else `at`."""
    place = bisect_left(ends, at)
    return ends[place] if place < len(ends) else at


def top_level_ends(html: str) -> tuple[int, ...]:
    """Where the outermost elements of an HTML end, in order."""
    ends: list[int] = []
    depth = 0
    for tag in _TAG.finditer(html):
        void = tag[2].lower() in VOID
        if not void:
            depth = max(0, depth + (-1 if tag[1] else 1))
        if not depth:
            ends.append(tag.end())
    return tuple(ends)
