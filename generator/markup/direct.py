"""Bodies of plain paragraphs and crossheads, which most of a newspaper's are, converted without a parser.

What Python-Markdown, the sanitiser and `compose` make of such a body is known beforehand: `direct` gives the
same Prose, tests/test_markup_direct.py holds it to that. Whatever is not certain to be plain is left to them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.core.model import Block, BlockKind, Prose, Run
from generator.markup.anchors import claim, heading_slug
from generator.markup.bounds import MAX_COST, MAX_MARKS
from generator.markup.labels import begins_with_label, split_label
from generator.markup.lines import Places, link_lines
from generator.markup.marked_words import MARKS, MOST_MARKS, Words, marked_words

NEVER = "\\`<{"
"""Characters that no body converted here holds."""

_STARTS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz“‘\"'…")
_LOOKED_FOR = ("\n", ":", "(", *(mark for mark in MARKS if mark != "]"))
"""What a paragraph may hold and yet need a closer look; a "]" needs one only behind a "["."""

_OTHER_START = re.compile(r"(?!\d+\.[ ])[^\s#>=+:~-]")
_UNSURE_LINES = re.compile(r"\n[\s#>=+:~-]|  \n|\|")
_LONGEST = 250  # of a crosshead: lines.py tells by the first 300 characters where it is


def direct(body: str, base: str) -> Prose | None:
    """The Prose of a body; None where only the parser can tell. `base` is as in `convert.convert`."""
    if any(mark in body for mark in NEVER) or not is_plain(body):
        return None
    marks = [mark for mark in _LOOKED_FOR if mark in body]
    page = Page(body, base)
    line = 1
    for block in body.split("\n\n"):
        if block[:1] in _STARTS:
            for mark in marks:
                if mark in block:
                    break
            else:
                page.plain(line, block)
                line += 2
                continue
        for place, source in parted(line, block):
            if (found := known(source, base)) is None:
                return None
            page.write(place, found)
        line += block.count("\n") + 2
    return page.prose()


class Known(NamedTuple):
    """A paragraph, or a crosshead of a level from 1 to 6: its words as they are written, and as HTML."""

    level: int
    source: str
    words: Words


def known(source: str, base: str) -> Known | None:
    """A paragraph or a crosshead; None where only the parser can tell what it is."""
    level = _level(source)
    source = source[level:].strip() if level else source
    if level < 0 or ("\n" in source and not _is_one(source)) or source.count("(") > MOST_MARKS:
        return None
    if any(mark in source for mark in NEVER):
        return None
    words = marked_words(source, base, linkable=not level)
    if words is None or (level and not words.text.strip()):
        return None
    if not level and ":" in source and (begins_with_label(source) or split_label(words.text)):
        return None
    return Known(level, source, words)


class Page:
    """A page in the making, block by block; `lower` tells that crossheads go one level down."""

    __slots__ = (
        "anchors",
        "at",
        "base",
        "blocks",
        "body",
        "count",
        "html",
        "links",
        "lower",
        "places",
        "taken",
    )

    def __init__(self, body: str, base: str) -> None:
        self.body = body
        self.base = base
        self.lower = _has_title(body)
        self.places = Places(body)
        self.html: list[str] = []
        self.blocks: list[Block] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.taken: dict[str, int] = {}
        self.at = 0
        self.count = 0

    def plain(self, line: int, text: str) -> None:
        """A paragraph in one line, without any marks."""
        self.count += 1
        anchor = f"p{self.count}"
        opening = f'<p id="{anchor}">'
        at, size = self.at, len(text)
        inner = at + len(opening)
        self.at = end = inner + size + 5
        self.html += (opening, text, "</p>\n")
        self.anchors.append(anchor)
        run = Run(0, inner, size, size, True)
        place = self.places.here(line, text, text)
        self.blocks.append(Block("paragraph", anchor, text, at, end - 1, (run,), "", place))

    def write(self, line: int, block: Known) -> None:
        """A block that is known without the parser."""
        level, source, words = block
        if level:
            anchor, name = claim(heading_slug(words.text), self.taken), f"h{min(level + self.lower, 6)}"
        else:
            self.count += 1
            anchor, name = f"p{self.count}", "p"
        opening, closing = f'<{name} id="{anchor}">', f"</{name}>\n"
        inner = self.at + len(opening)
        end = inner + len(words.html) + len(closing)
        self.html += (opening, words.html, closing)
        self.anchors.append(anchor)
        self.links += words.urls
        place = self.places.here(line, source, words.text)
        kind: BlockKind = "heading" if level else "paragraph"
        self.blocks.append(Block(kind, anchor, words.text, self.at, end - 1, words.placed(inner), "", place))
        self.at = end

    def prose(self) -> Prose:
        """What was made of the body."""
        return Prose(
            html="".join(self.html)[:-1],
            blocks=tuple(self.blocks),
            links=tuple(self.links),
            link_lines=link_lines(self.body, self.links),
            anchors=tuple(self.anchors),
        )


def is_plain(body: str) -> bool:
    """Whether a body is of an ordinary size, and of characters that mean no more than what they show."""
    if len(body) > MAX_MARKS or len(body) * 2 * (body.count("\n") + 1) > MAX_COST:
        return False
    text = body.replace("\n", "")
    return text.isprintable() or text.replace("\xa0", "").isprintable()


def _has_title(body: str) -> bool:
    """Whether any line is a heading of the first level: then all are written one level lower."""
    at = body.find("#")
    while at >= 0:
        if (at == 0 or body[at - 1] == "\n") and body[at + 1 : at + 2] != "#":
            return True
        at = body.find("#", at + 1)
    return False


def parted(line: int, block: str) -> Iterator[tuple[int, str]]:
    """What stands between two blank lines, a crosshead apart from what follows it, each with its line."""
    source = block.lstrip("\n")
    line += len(block) - len(source)
    source = source.rstrip("\n")
    while source[:1] == "#" and "\n" in source:
        head, _, source = source.partition("\n")
        yield line, head
        line += 1
    if source:
        yield line, source


def _level(source: str) -> int:
    """1 to 6 for a crosshead, 0 for a paragraph, -1 for what may be something else."""
    if source[0] != "#":
        return 0 if _OTHER_START.match(source) else -1
    text = source.lstrip("#")
    level = len(source) - len(text)
    return level if level <= 6 and "#" not in text and text.strip() and len(text) <= _LONGEST else -1


def _is_one(source: str) -> bool:
    """Whether some lines are all of one paragraph, with no breaks to be seen."""
    if _UNSURE_LINES.search(source):
        return False
    return ":" not in source or not any(begins_with_label(line) for line in source.split("\n"))
