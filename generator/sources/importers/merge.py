"""A changed original meets an article that people have edited since: a merge of three versions.

What the importer made of the earlier original is the base. Where a person left it alone, the new import
replaces it; where a person changed it, his version stays and is told of.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.paths import slugify
from generator.sources.frontmatter import edit, parse, split, values
from generator.sources.importers.base import Imported

BLOCKS_LIMIT = 4_000
"""The most blocks of a body that are merged one by one; a longer body is one block."""

PAIRS_LIMIT = 2_500
"""The most pairs of rewritten blocks that are compared by their words."""

MEASURED = frozenset({"width", "height", "sizes"})
"""Keys of `image` that an import measures, and no source gives."""

_GAP = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*")
_SHOWN_WORDS = 8


class _Block(NamedTuple):
    """A paragraph of a file's body, compared by `key`; `gap` is what stands between it and the next."""

    text: str
    gap: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The new text of an article's file; what was brought up to date, and what people's edits kept."""

    text: str
    updated: tuple[str, ...]
    kept: tuple[str, ...]


def merge(
    mine: str,
    base: Imported | None,
    theirs: Imported,
    source: Mapping[str, Value],
    compared: Callable[[str], str] = str,
) -> Merged:
    """Bring an article's file up to a changed original.

    `compared` gives the form in which texts are compared, in which links that lead to one article are
    written alike.

    `mine` is the file as it is, `base` the import of the earlier original (None when that is lost: then
    everything in the file counts as a person's), `theirs` that of the new one. `source` holds the file,
    sha256 and imported of the new original. Keys that the importer never wrote are not touched.

    Raises frontmatter.Uneditable when the front matter cannot be rewritten.
    """
    yaml_text, body, _ = split(mine)
    document, _ = parse(yaml_text, "", 2)
    front = values(document)
    changes, updated, kept = _merge_front(front, base.front if base else None, theirs.front)
    origin = front.get("source")
    changes["source"] = {**(origin if isinstance(origin, dict) else {}), **_published(theirs), **source}
    if "title" in changes and "slug" not in front:
        # An address, once published, stays.
        changes["slug"] = slugify(str(front.get("title", "")))
    new_body, body_updated, body_kept = _merge_body(body, base.body if base else None, theirs.body, compared)
    head = mine[: len(mine) - len(body)]
    return Merged(
        text=edit(head + new_body, changes),
        updated=(*updated, *(["text"] if body_updated else [])),
        kept=(*kept, *body_kept),
    )


def _published(theirs: Imported) -> dict[str, Value]:
    origin = theirs.front.get("source")
    return dict(origin) if isinstance(origin, dict) else {}


def _merge_front(
    mine: Mapping[str, Value], base: Mapping[str, Value] | None, theirs: Mapping[str, Value]
) -> tuple[dict[str, Value], list[str], list[str]]:
    changes: dict[str, Value] = {}
    updated: list[str] = []
    kept: list[str] = []
    known = base if base is not None else {}
    typed = unannotated(mine)
    for key in [*theirs, *(key for key in known if key not in theirs)]:
        if key == "source":
            continue
        here, before, now = (plain(key, front.get(key)) for front in (typed, known, theirs))
        if here == now:
            continue
        if here == before and (base is not None or key not in mine):
            changes[key] = _with_found(theirs.get(key), mine, key)
            updated.append(key)
        else:
            kept.append(key)
    return changes, updated, kept


def _with_found(theirs: Value, mine: Mapping[str, Value], key: str) -> Value:
    """A new list, with the names behind it that a machine put into the file's, without those struck out."""
    listed, noted = mine.get(key), mine.get("found")
    found = noted.get(key) if isinstance(noted, dict) else None
    if not isinstance(listed, list) or not isinstance(found, list):
        return theirs
    given = theirs if isinstance(theirs, list) else [theirs] if theirs else []
    new = [name for name in given if name in listed or name not in found]
    return [*new, *(name for name in listed if name in found and name not in new)] or None


def unannotated(front: Mapping[str, Value]) -> Mapping[str, Value]:
    """An article's keys without the names that a machine listed and no editor made their own (`found`)."""
    found = front.get("found")
    if not isinstance(found, dict):
        return front
    typed: dict[str, Value] = {key: value for key, value in front.items() if key != "found"}
    for key, names in found.items():
        listed = typed.get(key)
        if isinstance(listed, list) and listed and isinstance(names, list):
            typed[key] = [name for name in listed if name not in names] or None
    return typed


def plain(key: str, value: Value) -> Value:
    """A value without what the archive itself worked out about it, such as the sizes of a picture."""
    if key == "image" and isinstance(value, dict):
        return {name: each for name, each in value.items() if name not in MEASURED}
    return value


def _merge_body(
    mine: str, base: str | None, theirs: str, compared: Callable[[str], str]
) -> tuple[str, bool, list[str]]:
    """The new body, whether it is another, and the first words of the paragraphs that people's edits kept."""
    ours, new = _blocks(mine, compared), _blocks(theirs, compared)
    if base is None:
        same = [block.key for block in ours] == [block.key for block in new]
        return mine, False, [] if same else ["the text"]
    old = _blocks(base, compared)
    eol = "\r\n" if "\r\n" in mine else "\n"
    if max(len(ours), len(old), len(new)) > BLOCKS_LIMIT:
        whole = _whole([b.key for b in ours], [b.key for b in old], [b.key for b in new])
        if whole is None:
            return mine, False, ["the text"]
        return (mine, False, []) if not whole else (_written(mine, new, eol), True, [])
    result: list[_Block] = []
    kept: list[str] = []
    for before, here, now in _slots(old, ours, new):
        chosen = _chosen(before, here, now)
        result += chosen
        if _keys(here) != _keys(before) and _keys(here) != _keys(now) and (here or chosen != list(now)):
            kept.append(_words(here, before))
    if _keys(result) == _keys(ours):
        return mine, False, kept
    return _written(mine, result, eol), True, kept


def _keys(blocks: Sequence[_Block]) -> list[str]:
    return [block.key for block in blocks]


def _chosen(before: Sequence[_Block], here: Sequence[_Block], now: Sequence[_Block]) -> list[_Block]:
    """What stands where `before` stood: a person's version if there is one, else the new import's."""
    if _keys(here) == _keys(before):
        return list(here) if _keys(now) == _keys(before) else list(now)
    if not before and _keys(here) != _keys(now):
        return [*here, *now]  # both put something in between
    return list(here)


def _whole(mine: list[str], base: list[str], theirs: list[str]) -> bool | None:
    """Whether a body as a whole gives way to the new one; None when a person's stays against it."""
    if mine == theirs or theirs == base:
        return False
    return True if mine == base else None


def _blocks(body: str, compared: Callable[[str], str]) -> list[_Block]:
    stripped = body.strip("\r\n")
    blocks: list[_Block] = []
    start = 0
    for gap in _GAP.finditer(stripped):
        text = stripped[start : gap.start()]
        blocks.append(_Block(text, gap[0], " ".join(compared(text).split())))
        start = gap.end()
    if stripped[start:].strip():
        blocks.append(_Block(stripped[start:], "", " ".join(compared(stripped[start:]).split())))
    return blocks


def _written(mine: str, blocks: Sequence[_Block], eol: str) -> str:
    lead = mine[: len(mine) - len(mine.lstrip("\r\n"))] or eol
    tail = mine[len(mine.rstrip("\r\n")) :] or eol
    text = ""
    for i, block in enumerate(blocks):
        gap = "" if i == len(blocks) - 1 else block.gap or eol * 2
        text += "".join((eol.join(block.text.splitlines()), gap))
    return lead + text + tail


def _slots(
    old: Sequence[_Block], mine: Sequence[_Block], new: Sequence[_Block]
) -> list[tuple[Sequence[_Block], Sequence[_Block], Sequence[_Block]]]:
    """For each block of the base, and each gap before one and at the end: base, person's and new version."""
    ours, theirs = _aligned(old, mine), _aligned(old, new)
    slots: list[tuple[Sequence[_Block], Sequence[_Block], Sequence[_Block]]] = []
    for i in range(len(old) + 1):
        slots.append(((), ours.gaps[i], theirs.gaps[i]))
        if i < len(old):
            slots.append((old[i : i + 1], ours.blocks[i], theirs.blocks[i]))
    return slots


class _Aligned(NamedTuple):
    """What became of each block of the base, nothing or one block, and what stands in each gap before one."""

    blocks: list[Sequence[_Block]]
    gaps: list[Sequence[_Block]]


def _aligned(old: Sequence[_Block], other: Sequence[_Block]) -> _Aligned:
    matcher = SequenceMatcher(None, _keys(old), _keys(other), autojunk=False)
    blocks: list[Sequence[_Block]] = [()] * len(old)
    gaps: list[Sequence[_Block]] = [()] * (len(old) + 1)
    for tag, start, end, first, last in matcher.get_opcodes():
        pairs = (
            [(start + n, first + n) for n in range(end - start)]
            if tag == "equal"
            else _pairs(old, other, range(start, end), range(first, last))
        )
        place = first
        for at, found in [*pairs, (end, last)]:
            if found > place:
                gaps[at] = (*gaps[at], *other[place:found])
            if found < last:
                blocks[at] = other[found : found + 1]
            place = found + 1
    return _Aligned(blocks, gaps)


def _pairs(
    old: Sequence[_Block], other: Sequence[_Block], before: range, after: range
) -> list[tuple[int, int]]:
    """Which rewritten block is which, in order: the likeliest one after another, or as many as there are."""
    if len(before) == len(after) or len(before) * len(after) > PAIRS_LIMIT:
        return list(zip(before, after, strict=False))
    pairs: list[tuple[int, int]] = []
    left = after
    for at in before:
        words = set(old[at].key.lower().split())
        likeness = [(len(words & set(other[n].key.lower().split())), -n) for n in left]
        shared, place = max(likeness, default=(0, 0))
        if shared * 2 >= len(words) and shared:
            pairs.append((at, -place))
            left = range(-place + 1, after.stop)
    return pairs


def _words(here: Sequence[_Block], before: Sequence[_Block]) -> str:
    """What of the text was kept, by its first words; what a person took out is told of too."""
    shown = here or before
    words = shown[0].key.split()
    start = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
    return f"text: {start}" if here else f"text taken out: {start}"
