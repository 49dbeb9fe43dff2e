"""Lines of a text into paragraphs, whether each paragraph is one line or broken at a margin."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

MARGIN_LIMIT = 132
"""The widest margin at which lines are broken; a longer line is a paragraph of its own."""

UNFINISHED_SHARE = 0.3
"""Lines are broken at a margin when more than this share of those with one below end inside a sentence."""

HEADLINE_LINES = 3
"""The most lines of a headline that is broken at a margin."""

_MARGIN_LEAST = 30
_SHORT = 0.5
_ROOM = 0.75
_FINAL = ".!?…:;”’\"'»“)]—。！？」"
_BLANKS = re.compile(r"[ \t]+")


class Line(NamedTuple):
    """A line that is not blank: its number from 1, its text without outer space, and whether it was indented.

    `block` numbers the stretches between blank lines.
    """

    number: int
    text: str
    indented: bool
    block: int


class Paragraph(NamedTuple):
    """A paragraph: its text, the lines of the original it was on, and the block of the first of them."""

    text: str
    lines: tuple[int, ...]
    block: int


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank of a text with "\\n" line ends."""
    found: list[Line] = []
    block = 0
    fresh = True
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line:
            fresh = True
            continue
        if fresh:
            block += 1
            fresh = False
        if "\t" in line or "  " in line:
            line = _BLANKS.sub(" ", line)
        found.append(Line(number, line, raw[0] in " \t\u3000", block))
    return found


def paragraphs_in(
    text: str, stands_alone: Callable[[str], bool], begins: Callable[[str], bool]
) -> list[Paragraph]:
    """The paragraphs of a text with "\\n" line ends, in order; the functions are those of `paragraphs_of`."""
    if "\t" not in text and "  " not in text:
        lines = list(map(str.strip, text.split("\n")))
        if len(max(lines, key=len)) > MARGIN_LIMIT:
            return _unbroken(lines)
    return paragraphs_of(lines_of(text), stands_alone, begins)


def _unbroken(lines: Sequence[str]) -> list[Paragraph]:
    """Lines, some of them blank, that are a paragraph each."""
    found: list[Paragraph] = []
    block = 0
    above = ""
    for number, line in enumerate(lines, 1):
        if line:
            block += not above
            found.append(Paragraph(line, (number,), block))
        above = line
    return found


def paragraphs_of(
    lines: Sequence[Line], stands_alone: Callable[[str], bool], begins: Callable[[str], bool]
) -> list[Paragraph]:
    """The paragraphs, in order.

    `stands_alone` tells of a line that it is no part of running text, `begins` that it goes on with none.
    """
    longest = max((len(line.text) for line in lines), default=0)
    is_broken = _MARGIN_LEAST <= longest <= MARGIN_LIMIT
    alone = [stands_alone(line.text) for line in lines] if is_broken else []
    margin = longest if is_broken and _is_unfinished(lines, alone, longest) else 0
    if not margin:
        return [Paragraph(line.text, (line.number,), line.block) for line in lines]
    opened = {line.number for line in lines if line.indented} if _opens_by_indent(lines) else set()
    found: list[Paragraph] = []
    gathered: list[Line] = []
    headline = _lone_headline(lines, alone)
    closed = False
    for i, (line, is_alone) in enumerate(zip(lines, alone, strict=True)):
        goes_on = gathered and not (closed or is_alone or line.number in opened or begins(line.text))
        if goes_on and _continues(gathered[-1], line, margin):
            gathered.append(line)
        else:
            if gathered:
                found.append(_joined(gathered))
            gathered = [line]
        closed = is_alone or i == headline
    if gathered:
        found.append(_joined(gathered))
    return found


def _lone_headline(lines: Sequence[Line], alone: Sequence[bool]) -> int:
    """The position of the first line when the text goes on right below it, without a blank line; else -1.

    A headline of several lines stands in a block of its own, ends without a full stop, and has HEADLINE_LINES
    at most.
    """
    first = next((i for i, is_alone in enumerate(alone) if not is_alone), len(lines))
    end = first + 1
    while end < len(lines) and lines[end].block == lines[first].block and not alone[end]:
        end += 1
    if end == len(lines) or end - first > HEADLINE_LINES or lines[end - 1].text.endswith("."):
        return first
    return -1


def _opens_by_indent(lines: Sequence[Line]) -> bool:
    """Whether each paragraph's first line goes in, and not whole paragraphs or none."""
    pairs = [(a.indented, b.indented) for a, b in pairwise(lines) if a.block == b.block]
    return pairs.count((True, False)) * 4 > pairs.count((True, True))


def _is_unfinished(lines: Sequence[Line], alone: Sequence[bool], longest: int) -> bool:
    """Whether so many lines end inside a sentence that they must be broken at a margin."""
    pairs = unfinished = 0
    for i in range(len(lines) - 1):
        if lines[i].block != lines[i + 1].block or alone[i] or alone[i + 1]:
            continue
        if lines[i + 1].indented and not lines[i].indented:
            continue  # a paragraph begins
        pairs += 1
        unfinished += lines[i].text[-1] not in _FINAL and len(lines[i].text) >= longest * _SHORT
    return unfinished > pairs * UNFINISHED_SHARE


def _continues(above: Line, line: Line, margin: int) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    if above.block != line.block or (line.indented and not above.indented):
        return False
    length = len(above.text)
    if above.text[-1] not in _FINAL:
        return length >= margin * _SHORT
    return length + 1 + len(line.text.split(" ", 1)[0]) > margin * _ROOM


def _joined(lines: Sequence[Line]) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text += ("" if _is_seamless(text, line.text) else " ") + line.text
    return Paragraph(text, tuple(line.number for line in lines), lines[0].block)


def _is_seamless(above: str, below: str) -> bool:
    """Whether two halves meet without a space: Chinese and Japanese, or a word broken at its hyphen."""
    if above[-1] == "-":
        return len(above) > 1 and above[-2].isalpha() and below[0].isalpha()
    return "\u3000" <= above[-1] <= "\u9fff" and "\u3000" <= below[0] <= "\u9fff"
