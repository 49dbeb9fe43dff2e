"""On which line of the body each block began: the converter forgets, the words remember."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from generator.core.model import Prose

_STARTS = (24, 12, 8, 5, 3, 1)
_WHOLE = " "
_SURE = 7
_NEAR = 10
_NEAR_LINK = 10_000
_LOOKED_FOR = 200
_SEPARATORS = re.compile(r"[\W_]+")
_LINKED = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)([^\[\]|]{1,200})\]\]")
_MARKUP = re.compile(
    r"\s*(?:\[\^[^\]\s]{1,60}\]:|[>*+:#|-]|[0-9]{1,9}[.)]\s|<[a-z][^>]{0,200}>|\s)+", re.IGNORECASE
)


def locate(body: str, texts: Sequence[str]) -> list[int]:
    """For each text, in order, the line of the body it begins on, counted from 1; 0 when not found.

    Compared are the first letters and digits, without list and quotation marks: as many as the line and
    the text have in common, fewer than eight only near the text before. A text is never found before the
    one it follows, nor on the same line.
    """
    by_start: dict[str, list[int]] = {}
    for number, line in enumerate(body.split("\n"), 1):
        letters = _letters(line)
        by_start.setdefault(letters + _WHOLE, []).append(number)
        for size in _STARTS:
            if len(letters) >= size:
                by_start.setdefault(letters[:size], []).append(number)
    found: list[int] = []
    cursor = 1
    for text in texts:
        at = _first(by_start, _letters(text.lstrip().partition("\n")[0]), cursor)
        found.append(at)
        cursor = at + 1 if at else cursor
    return found


def _first(by_start: dict[str, list[int]], letters: str, cursor: int) -> int:
    starts = [letters + _WHOLE, *(letters[:size] for size in _STARTS if len(letters) >= size)]
    for start in starts if letters else ():
        candidates = by_start.get(start, [])
        at = bisect_left(candidates, cursor)
        if at < len(candidates) and (len(start) > _SURE or candidates[at] - cursor <= _NEAR):
            return candidates[at]
    return 0


def _letters(line: str) -> str:
    head = _LINKED.sub(r"\1", line[:300])
    head = head[match.end() :] if (match := _MARKUP.match(head)) else head
    return _SEPARATORS.sub("", head).lower()[: _STARTS[0]]


def place(prose: Prose, body: str) -> Prose:
    """The same text, each block and each link knowing its line of the body."""
    # A related line's own words begin with its label, which its text has not.
    texts = [f"{b.label} {b.text}" if b.kind == "also" else b.text for b in prose.blocks]
    lines = locate(body, texts)
    return replace(
        prose,
        blocks=tuple(replace(b, line=n) for b, n in zip(prose.blocks, lines, strict=True)),
        link_lines=tuple(_link_lines(body, prose.links)),
    )


def _link_lines(body: str, links: Sequence[str]) -> list[int]:
    """Where each link is written: after the one before it, or else at its first place."""
    ends = [at for at, character in enumerate(body) if character == "\n"] if links else []
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
    return found
