"""A feed too large to be read at once, in feeds of a few entries each, under all that stands before them."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.sources.importers.xmlitems.pieces import Damage, pieces

ENTRIES = 200
"""The most entries of one piece."""

LETTERS = 4_000_000
"""The characters of entries from which a piece is full."""

_ROOT = re.compile(r"<(?:([A-Za-z][\w.-]{0,40}):)?(rss|feed|RDF|channel)\b", re.IGNORECASE)
_CHANNEL = re.compile(r"<(/?)((?:[A-Za-z][\w.-]{0,40}:)?channel)\b[^<>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s{0,999}<\?xml[^>]{0,300}\?>")
_HEAD = 65_536


def parts_of(file: Path | bytes, head: bytes, damage: Damage) -> Iterator[tuple[bytes, int]]:
    """Feeds in UTF-8, each with the number of entries in it; raises OSError.

    `head` is how the file begins. An entry that is too large is passed over, and counts as 0 of a part b"".
    """
    root = _ROOT.search(head[:_HEAD].replace(b"\0", b"").decode("utf-8", "replace"))
    prefix = f"{root[1]}:" if root and root[1] and root[2].lower() == "feed" else ""
    tag = f"{prefix}{'entry' if root and root[2].lower() == 'feed' else 'item'}"
    before, after = "", ""
    held: list[str] = []
    is_begun = False
    for piece in pieces(file, tag, damage):
        if piece.is_head:
            before = _DECLARATION.sub("", piece.text)
            after = _closing(before, root)
            continue
        if not piece.text:
            yield b"", 0
            is_begun = True
            continue
        held.append(piece.text)
        if len(held) >= ENTRIES or sum(map(len, held)) >= LETTERS:
            yield _whole(before, held, after), len(held)
            held, is_begun = [], True
    if held or not is_begun:
        yield _whole(before, held, after if held else ""), len(held)


def _whole(before: str, entries: list[str], after: str) -> bytes:
    return "".join([before, *entries, after]).encode("utf-8", "replace")


def _closing(before: str, root: re.Match[str] | None) -> str:
    """The end tags of what the entries lie in."""
    if root is None:
        return ""
    name = f"{root[1]}:{root[2]}" if root[1] else root[2]
    channels = [match for match in _CHANNEL.finditer(before) if match[2] != name]
    is_open = channels and not channels[-1][1] and not channels[-1][0].endswith("/>")
    return (f"</{channels[-1][2]}>" if is_open else "") + f"</{name}>"
