"""The gaps of an article's text filled: where its names and related lines lead, and its cards' rings."""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from generator.core.archive import Filed, Leaf, Neighbours, Told
from generator.core.language import ENGLISH, Language, message
from generator.core.model import Prose
from generator.render.basis import Basis

NOT_FOUND = message("Named by the paper; not found in the archive.")

FOUND_KEY = "key_found"
"""The id of the foot's words that say what a dotted name is: read out with a name nobody has confirmed."""


class Kept(NamedTuple):
    """How texts are read that were kept: that of a page's prose key, the leaf under a key, and of a leaf what
    other pages quote of it."""

    prose: Callable[[str], Prose]
    leaf: Callable[[str], Leaf]
    told: Callable[[str], Told]


class NameLink(NamedTuple):
    """Where a name in a text leads. `card` is the id of the card that its ring opens, or ""."""

    href: str
    confirmed: bool
    name: str
    card: str = ""


class InPlaceSpan(NamedTuple):
    """What became of a related line: where it leads, or what to say instead."""

    href: str
    note: str = ""


def in_place_spans(basis: Basis, filed: Filed, around: Neighbours) -> tuple[InPlaceSpan, ...]:
    """Each related line of the text, resolved or not."""
    if not filed.in_place:
        return ()
    outside = {link.title: link.url for link in around.named if link.url and link.article is None}
    spans = []
    for line in filed.in_place:
        found = around.in_place.get(line.headline)
        if found is not None and found in basis.items:
            spans.append(InPlaceSpan(basis.items[found].href))
        elif line.headline in outside and (url := outside[line.headline]):
            spans.append(InPlaceSpan(url))
        else:
            spans.append(InPlaceSpan("", basis.site.words.gettext(NOT_FOUND)))
    return tuple(spans)


def filled(
    leaf: Leaf, links: Sequence[NameLink], lines: Sequence[InPlaceSpan], language: Language = ENGLISH
) -> str:
    """A text with its gaps filled; `links` are by number of the naming, `lines` by the related line's."""
    parts = [leaf.pieces[0]]
    again: dict[int, str] = {}  # how a name's links begin after its first
    for slot, piece in zip(leaf.slots, leaf.pieces[1:], strict=True):
        if slot.kind == "name":
            if slot.first:
                parts.append(_opening(links[slot.number], slot.first))
            else:
                if slot.number not in again:
                    again[slot.number] = _opening(links[slot.number], 0)
                parts.append(again[slot.number])
        elif slot.kind == "ring":
            link = links[slot.number]
            if link.card:
                label = escape(language.gettext("About {name}", name=link.name))
                parts.append(
                    f'<button class="about" popovertarget="{link.card}" aria-label="{label}"></button></span>'
                )
        else:
            parts.append(_line(slot.kind == "line", lines[slot.number], is_end=slot.first == 1))
        parts.append(piece)
    return "".join(parts)


def _opening(link: NameLink, first: int) -> str:
    marks = 'class="who"' if link.confirmed else f'class="who found" aria-describedby="{FOUND_KEY}"'
    ring = '<span class="ringed">' if first and link.card else ""
    return f'{ring}<a {marks} href="{escape(link.href)}">'


def _line(is_begin: bool, line: InPlaceSpan, *, is_end: bool) -> str:
    if line.href:
        return f'<a class="to" href="{escape(line.href)}">' if is_begin else "</a>"
    said = line.note and is_end and not is_begin
    return f' <small class="lost">{escape(line.note)}</small>' if said else ""
