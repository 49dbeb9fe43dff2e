"""Putting links, notes and related lines into an article's HTML, and taking them out again."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple, Protocol

from generator.annotate.anchoring import find_quotes
from generator.annotate.links import Link, in_order, opening, plain_links
from generator.annotate.links import WovenLink as WovenLink
from generator.annotate.pieces import (
    Piece,
    Span,
    block_end,
    cut,
    element_at,
    links_in,
    pieces,
    top_level_ends,
)
from generator.core.language import ENGLISH, Language
from generator.core.model import Prose


class NoteText(Protocol):
    """What `weave` reads of an editor's note; `WovenNote` is one."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def quote(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> str: ...  # noqa: D102
    @property
    def iso(self) -> str: ...  # noqa: D102


class RelatedLine(Protocol):
    """What `weave` reads of a related line that stands in the text; `WovenRelated` is one."""

    @property
    def href(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


class WovenNote(NamedTuple):
    """An editor's note on the first place where `quote` stands. `date` is in words, `iso` for programs."""

    number: int
    quote: str
    note: str
    by: str = ""
    date: str = ""
    iso: str = ""


class WovenRelated(NamedTuple):
    """What becomes of a related line: the address it leads to, or what to say where it leads nowhere."""

    href: str
    note: str = ""


class _Insertion(NamedTuple):
    """HTML to put in at `at`. At one place, what ends stands before what begins: of ends the inner first, of
    beginnings the outer; `reach` is the other end of the element, negated, and a link is outside its like."""

    at: int
    phase: int
    reach: int
    order: int
    html: str


_END, _REFERENCE, _ASIDE, _BEGIN = range(4)
_INNER, _OUTER = 0, 1


def weave(
    prose: Prose,
    links: Sequence[Link],
    notes: Sequence[NoteText],
    in_place: Mapping[int, RelatedLine],
    language: Language = ENGLISH,
) -> str:
    """The HTML of a text with its links, notes and related lines; what is said beside them in `language`.

    Whatever is given, the result is well formed: links never nest and never cross another element, a note's
    quoted words are cut where they would. What cannot be placed is left out, but for notes: one whose
    quotation stands nowhere comes after the text. `prose.html` must not hold the classes who, to, ref, mark,
    note and lost, as `unweave` takes them for what was woven.
    """
    if not notes and not in_place and (plain := plain_links(prose, links)) is not None:
        return plain
    insertions: list[_Insertion] = []
    linked = _place_links(prose, [one for one in links if one.block not in in_place], insertions)
    _place_related(prose, in_place, insertions)
    rest = _place_notes(prose, notes, linked, insertions, language)
    parts: list[str] = []
    done = 0
    for insertion in sorted(insertions):
        parts.append(prose.html[done : insertion.at])
        parts.append(insertion.html)
        done = insertion.at
    parts.append(prose.html[done:])
    return "".join(parts) + rest


def _place_links(prose: Prose, links: Sequence[Link], insertions: list[_Insertion]) -> list[Piece]:
    placed: list[Piece] = []
    taken: dict[int, int] = {}  # block → where its last link ends
    for link in sorted(links, key=in_order):
        if not 0 <= link.block < len(prose.blocks) or link.start < taken.get(link.block, 0):
            continue
        found = pieces(prose.blocks[link.block], Span(link.start, link.end), linkable=True)
        if not found:
            continue
        taken[link.block] = link.end
        for number, piece in enumerate(found):
            tag = opening(link, with_id=not number)
            insertions += _wrap(piece, _OUTER, tag, "</a>")
            placed.append(piece)
    return placed


def _place_related(prose: Prose, in_place: Mapping[int, RelatedLine], insertions: list[_Insertion]) -> None:
    for number, line in sorted(in_place.items()):
        if not 0 <= number < len(prose.blocks):
            continue
        block = prose.blocks[number]
        found = pieces(block, Span(0, len(block.text)), linkable=True)
        if line.href:
            for piece in found:
                insertions += _wrap(piece, _OUTER, f'<a class="to" href="{escape(line.href)}">', "</a>")
        elif line.note and found:
            said = f' <small class="lost">{escape(line.note)}</small>'
            insertions.append(_Insertion(found[-1].end, _REFERENCE, 0, 0, said))


def _place_notes(
    prose: Prose,
    notes: Sequence[NoteText],
    linked: Sequence[Piece],
    insertions: list[_Insertion],
    language: Language,
) -> str:
    """Place the notes that belong somewhere; returns the HTML of the others."""
    asides: dict[int, list[str]] = {}
    lost: list[str] = []
    marked: list[Piece] = []
    anchors, ends = (links_in(prose.html), top_level_ends(prose.html)) if notes else ((), ())
    places = find_quotes(prose, [note.quote for note in notes])
    for order, (note, place) in enumerate(zip(notes, places, strict=True)):
        span = [] if place is None else pieces(prose.blocks[place.block], Span(place.start, place.end))
        if not span or place is None:
            lost.append(_aside(f"n{note.number}", _note(note, language, placed=False)))
            continue
        for piece in cut(span, linked, marked):
            insertions += _wrap(piece, _INNER, '<mark class="ref">', "</mark>")
            marked.append(piece)
        label = escape(language.gettext("Note {number}", number=note.number))
        number = (
            f'<a class="mark" id="r{note.number}" href="#n{note.number}" aria-label="{label}">'
            f"{note.number}</a>"
        )
        after = element_at(span[-1].end, linked, anchors)
        insertions.append(_Insertion(after, _REFERENCE, 0, order, number))
        end = block_end(ends, prose.blocks[place.block].end)
        asides.setdefault(end, []).append(f"n{note.number}")
        asides[end].append(_note(note, language, placed=True))
    for end, parts in asides.items():
        first, *others = zip(parts[::2], parts[1::2], strict=True)
        inner = first[1] + "".join(html.replace("<p>", f'<p id="{name}">', 1) for name, html in others)
        insertions.append(_Insertion(end, _ASIDE, 0, 0, _aside(first[0], inner)))
    return "".join(lost)


def _wrap(piece: Piece, side: int, opening: str, closing: str) -> list[_Insertion]:
    return [
        _Insertion(piece.start, _BEGIN, -piece.end, -side, opening),
        _Insertion(piece.end, _END, -piece.start, side, closing),
    ]


def _aside(identity: str, inner: str) -> str:
    return f'<aside class="note" role="note" id="{identity}">{inner}</aside>'


def _note(note: NoteText, language: Language, *, placed: bool) -> str:
    quoted = "" if placed else f"<q>{escape(' '.join(note.quote.split()))}</q> "
    word = escape(language.gettext("Note"))
    label = f'<b class="label">{note.number} {word}</b>'
    head = f"<p>{label} {quoted}{escape(note.note)}</p>"
    date = (
        f'<time datetime="{escape(note.iso)}">{escape(note.date)}</time>'
        if note.iso and note.date
        else escape(note.date)
    )
    signed = ", ".join(part for part in (escape(note.by), date) if part)
    said = escape(language.gettext("Back to the text"))
    back = f'<a href="#r{note.number}">{said}</a>' if placed else ""
    foot = " · ".join(part for part in (signed, back) if part)
    return head + (f'<p class="agate">{foot}</p>' if foot else "")


_ASIDES = re.compile(r'<aside class="note" role="note" id="n-?\d+">')
_LOST = re.compile(r' <small class="lost">')
_NUMBERS = re.compile(r'<a class="mark" id="r-?\d+"[^<>]*>')
_MARKS = re.compile(r'<mark class="ref">')
_LINKS = re.compile(r'<a class="(?:who|to)[ "][^<>]*>')


def unweave(html: str) -> str:
    """The HTML that `weave` was given, from what it gave back."""
    html = _without(html, _ASIDES, "</aside>")
    html = _without(html, _LOST, "</small>")
    html = _without(html, _NUMBERS, "</a>")
    html = _unwrapped(html, _MARKS, "</mark>")
    return _unwrapped(html, _LINKS, "</a>")


def _without(html: str, opening: re.Pattern[str], closing: str) -> str:
    """The HTML without these elements and what is in them."""
    parts: list[str] = []
    done = 0
    while match := opening.search(html, done):
        end = html.find(closing, match.end())
        if end < 0:
            break
        parts.append(html[done : match.start()])
        done = end + len(closing)
    parts.append(html[done:])
    return "".join(parts)


def _unwrapped(html: str, opening: re.Pattern[str], closing: str) -> str:
    """The HTML without the tags of these elements."""
    parts: list[str] = []
    done = 0
    while match := opening.search(html, done):
        end = html.find(closing, match.end())
        if end < 0:
            break
        parts.append(html[done : match.start()])
        parts.append(html[match.end() : end])
        done = end + len(closing)
    parts.append(html[done:])
    return "".join(parts)
