"""On which line of the body each block began: the converter forgets, the words remember."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from generator.core.model import Block, Prose

_STARTS = (24, 12, 8, 5, 3, 1)
_WHOLE = " "
_SURE = 7
_ENOUGH = 80
_NEAR = 10
_AHEAD = 3
_NEAR_LINK = 10_000
_LOOKED_FOR = 200
_BREAK = re.compile(r"\n")
_SEPARATORS = re.compile(r"[\W_]+")
_ASCII_SEPARATORS = bytes(code for code in range(128) if not chr(code).isalnum())
_LINKED = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)([^\[\]|]{1,200})\]\]")
_MARKUP = re.compile(
    r"\s*(?:\[\^[^\]\s]{1,60}\]:|[>*+:#|-]|[0-9]{1,9}[.)]\s|<[a-z][^>]{0,200}>|\s)+", re.IGNORECASE
)


def locate(body: str, texts: Sequence[str]) -> list[int]:
    """For each text, in order, the line of the body it begins on, as `Places.find` tells."""
    places = Places(body)
    return [places.find(text) for text in texts]


class Places:
    """Where texts stand that are asked for in their order; `cursor` is the first line still free, from 1."""

    def __init__(self, body: str) -> None:
        self.cursor = 1
        self._below = 1
        self._body = body
        self._split: list[str] = []
        self._by_start: dict[str, list[int]] = {}

    def find(self, text: str) -> int:
        """The line of the body that a text begins on, counted from 1; 0 when not found.

        Compared are the first letters and digits, without list and quotation marks: as many as the line and
        the text have in common, fewer than eight only near the text before. A text is never found before
        the one it follows, nor on the same line.
        """
        first = text.lstrip().partition("\n")[0]
        letters = _letters(first)
        if not letters:
            return 0
        found = self._ahead(first, letters) or _first(self._index, letters, self.cursor)
        if found:
            self.cursor = found + 1
        return found

    def here(self, line: int, source: str, text: str) -> int:
        """`find` for a text of which is known that its words are written from a line on, as `source`.

        Nearly always it is found there, because nothing but blank lines stand between; this asks no more.
        """
        breaks = source.count("\n") if "\n" in source else 0
        below, self._below = self._below, line + breaks + 1
        if (
            below <= self.cursor <= line <= self.cursor + _NEAR
            and (text[:1].isalpha() or text[1:2].isalpha())
            and (text is source or text == source)
        ):
            self.cursor = line + 1
            return line
        return self.find(text)

    def passed(self, line: int) -> None:
        """Tell that blocks ended before a line, and only blank lines follow them up to it."""
        self._below = line

    def _ahead(self, first: str, letters: str) -> int:
        """One of the next lines, where it has all the letters: nothing could be found before it."""
        looked = 0
        for number, line in enumerate(self._lines[self.cursor - 1 : self.cursor + _NEAR], self.cursor):
            if line:
                if line == first or _letters(line) == letters:
                    return number
                looked += 1
                if looked == _AHEAD:
                    break
        return 0

    @property
    def _lines(self) -> list[str]:
        if not self._split:
            self._split = self._body.split("\n")
        return self._split

    @property
    def _index(self) -> dict[str, list[int]]:
        """The lines by their first letters, in several lengths."""
        if not self._by_start:
            for number, line in enumerate(self._lines, 1):
                letters = _letters(line)
                self._by_start.setdefault(letters + _WHOLE, []).append(number)
                for size in _STARTS:
                    if len(letters) >= size:
                        self._by_start.setdefault(letters[:size], []).append(number)
        return self._by_start


def _first(by_start: dict[str, list[int]], letters: str, cursor: int) -> int:
    starts = [letters + _WHOLE, *(letters[:size] for size in _STARTS if len(letters) >= size)]
    for start in starts:
        candidates = by_start.get(start, [])
        at = bisect_left(candidates, cursor)
        if at < len(candidates) and (len(start) > _SURE or candidates[at] - cursor <= _NEAR):
            return candidates[at]
    return 0


def _letters(line: str) -> str:
    head = line[:300]
    if "[[" in head:
        head = _LINKED.sub(r"\1", head)
    if not head[:1].isalpha() and (match := _MARKUP.match(head)):
        head = head[match.end() :]
    size = _STARTS[0]
    if head.isascii():
        return head.encode().translate(None, _ASCII_SEPARATORS)[:size].decode().lower()
    letters = _SEPARATORS.sub("", head[:_ENOUGH])
    if len(letters) <= size or "Σ" in letters:  # whose small form depends on what follows
        letters = _SEPARATORS.sub("", head)
    return letters.lower()[:size]


def sought(block: Block) -> str:
    """The words by which a block is found: a related line's begin with its label, which its text has not."""
    return f"{block.label} {block.text}" if block.kind == "also" else block.text


def place(prose: Prose, body: str) -> Prose:
    """The same text, each block and each link knowing its line of the body."""
    lines = locate(body, [sought(block) for block in prose.blocks])
    return replace(
        prose,
        blocks=tuple(b._replace(line=n) for b, n in zip(prose.blocks, lines, strict=True)),
        link_lines=link_lines(body, prose.links),
    )


def link_lines(body: str, links: Sequence[str]) -> tuple[int, ...]:
    """Where each link is written: after the one before it, or else at its first place; 0 when nowhere."""
    ends = [match.start() for match in _BREAK.finditer(body)] if links else []
    first: dict[str, int] = {}
    found: list[int] = []
    cursor = 0
    for link in links:
        written = link.removeprefix("#").removeprefix("/")
        at = body.find(written, cursor, cursor + _NEAR_LINK) if written else -1
        if at >= 0:
            cursor = at + 1
        elif written:
            if written not in first and len(first) < _LOOKED_FOR:
                first[written] = body.find(written)
            at = first.get(written, -1)
        found.append(bisect_left(ends, at) + 1 if at >= 0 else 0)
    return tuple(found)
