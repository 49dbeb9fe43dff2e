"""Printed lines into paragraphs: words broken at a line's end are joined, and lines that belong together."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from generator.sources.importers.letters import tidy
from generator.sources.importers.newstext_markdown import escape, heading

HEADING_LIMIT = 120
"""The most characters of a crosshead."""

PARAGRAPH_LIMIT = 20_000
"""The most characters of a paragraph; a longer one is parted where a line ends."""

_HYPHENS = "-\xad¬⸗‐"
_END = re.compile(r"[.!?:;”\"'’»)\]—*]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_FULL = 0.8  # of the column's width: a line that ends a sentence further left ends a paragraph
_LEAST_LETTERS = 6
_CLEAR = 0.8
_LEAST_HALF = 2
_LEAST_HALF = 2


class Line(NamedTuple):
    """A printed line. `opens` tells that it goes in, as the first of a paragraph does.

    `joined` is the whole word, where its last word goes on in the next line and the source says how.
    """

    text: str
    opens: bool = False
    joined: str = ""


class Paragraph(NamedTuple):
    """A paragraph of running text, or a line or two set in capitals as a heading."""

    text: str
    is_heading: bool = False


def paragraphs(lines: Sequence[Line], width: int = 0) -> list[Paragraph]:
    """The paragraphs of the lines of a column, in order; a blank line parts two.

    `width` is that of the column in characters, where it is known from more than these lines.

    A word with a hyphen at its line's end is joined without it, unless the same text has it with one
    elsewhere, or it goes on with a capital. One that was broken without a hyphen, or has lost it, is joined
    where the same text has it whole within a line, and nowhere its first half.
    """
    known = {word.lower() for line in lines for word in _WORD.findall(line.text)}
    whole = {word.lower() for line in lines for word in _WORD.findall(line.text)[:-1]}
    widths = sorted(len(line.text) for line in lines if line.text)
    width = width or (widths[len(widths) * 3 // 4] if widths else 0)
    found: list[Paragraph] = []
    text, above = "", Line("")
    for line in (*lines, Line("")):
        ends = not line.text or line.opens or (text and _ends(above.text, width))
        if text and (ends or len(text) > PARAGRAPH_LIMIT or is_heading(line.text) != is_heading(above.text)):
            found.append(_made(text))
            text = ""
        text = _joined(text, above, line, known, whole) if text else line.text
        above = line
    return found


def flowing(blocks: Iterable[Sequence[Line]]) -> list[Line]:
    """The lines of blocks one below another: a paragraph goes on in the next where its last line is open."""
    found: list[Line] = []
    for block in blocks:
        if found and block and not _goes_on(found[-1], block[0]):
            found.append(Line(""))
        found += block
    return found


def markdown(found: Sequence[Paragraph]) -> str:
    """Paragraphs as Markdown that means them literally."""
    return "\n\n".join(heading(each.text) if each.is_heading else escape(each.text) for each in found)


def is_heading(line: str) -> bool:
    """Whether a line is set in capitals, and can be read."""
    letters = [char for char in line if char.isalpha()]
    if len(letters) < _LEAST_LETTERS or sum(map(str.isupper, letters)) < len(letters):
        return False
    words = line.split()
    clear = sum(1 for word in words if len(word) > 1 and word.strip(".,:;!?-—'’\"()").isalpha())
    return clear >= len(words) * _CLEAR


def _goes_on(above: Line, below: Line) -> bool:
    if not above.text or not below.text or is_heading(above.text):
        return False
    hyphened = above.text[-1] in _HYPHENS and len(above.text) > 1 and above.text[-2].isalpha()
    return bool(above.joined) or hyphened or (below.text[0].islower() and not _END.search(above.text))


def _ends(line: str, width: int) -> bool:
    return len(line) < width * _FULL and _END.search(line) is not None


def _made(text: str) -> Paragraph:
    text = tidy(text).strip()
    return Paragraph(text, is_heading(text) and len(text) <= HEADING_LIMIT)


def _joined(text: str, above: Line, line: Line, known: Collection[str], whole: Collection[str]) -> str:
    """A paragraph with one line more."""
    if above.joined:
        rest = line.text.split(" ", 1)
        return f"{text.rpartition(' ')[0]} {above.joined} {rest[1] if len(rest) > 1 else ''}".strip()
    if _is_broken(above.text, line.text, whole):
        return text + line.text
    if text[-1] not in _HYPHENS or len(text) < 2 or not text[-2].isalpha() or not line.text[0].isalpha():
        return f"{text} {line.text}"
    first = _WORD.findall(above.text[:-1])[-1:] or [""]
    second = _WORD.match(line.text)
    pair = (first[0] + "-" + second[0]).lower() if second else ""
    keeps = text[-1] != "\xad" and (line.text[0].isupper() or pair in known)
    return (text[:-1] + "-" if keeps else text[:-1]) + line.text


def _is_broken(above: str, below: str, whole: Collection[str]) -> bool:
    """Whether a word goes on in the next line though no hyphen says so; `whole` are words within lines."""
    first, second = above.rpartition(" ")[2].lower(), _WORD.match(below)
    if second is None or len(first) < _LEAST_HALF or not first.isalpha() or not below[0].islower():
        return False
    return first not in whole and first + second[0] in whole
