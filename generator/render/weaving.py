"""What is woven into an article's text, and the last touches to it: dateline, rings, paragraph marks."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple, Protocol

from generator.core.archive import Filed, Neighbours
from generator.core.dates import day_words
from generator.core.model import Article, EntityKey, Prose
from generator.render.basis import Basis
from generator.render.views import Ref

NOT_FOUND = "Named by the paper; not found in the archive."


class LinkSpan(NamedTuple):
    """A name that becomes a link: offsets into the text of a block. `id` is "" or unique in the page."""

    block: int
    start: int
    end: int
    href: str
    classes: str = ""
    id: str = ""


class NoteSpan(NamedTuple):
    """An editor's note, anchored to the first place where `quote` stands."""

    number: int
    quote: str
    note: str
    by: str = ""
    date: str = ""  # "4 June 2023"
    iso: str = ""


class InPlaceSpan(NamedTuple):
    """What became of a related line in block number `block`: where it leads, or what to say instead."""

    block: int
    href: str
    note: str = ""


class Weave(Protocol):
    """annotate's function that puts links, notes and related lines into a text."""

    def __call__(
        self,
        prose: Prose,
        links: Sequence[LinkSpan],
        notes: Sequence[NoteSpan],
        in_place: Mapping[int, InPlaceSpan],
    ) -> str:
        """The HTML with everything woven in."""


def link_spans(filed: Filed, refs: Mapping[EntityKey, Ref]) -> tuple[tuple[EntityKey, LinkSpan], ...]:
    """Each name to link with its entity, in reading order; the first of each entity carries an id."""
    spans: list[tuple[EntityKey, LinkSpan]] = []
    seen: set[EntityKey] = set()
    for mention in sorted(filed.mentions, key=lambda m: (m.block, m.start)):
        ref = refs.get(mention.entity)
        if not mention.linked or ref is None:
            continue
        first = mention.entity not in seen
        seen.add(mention.entity)
        spans.append(
            (
                mention.entity,
                LinkSpan(
                    mention.block,
                    mention.start,
                    mention.end,
                    ref.href,
                    "" if ref.confirmed else "found",
                    f"m_{len(seen)}" if first else "",
                ),
            )
        )
    return tuple(spans)


def note_spans(article: Article) -> tuple[NoteSpan, ...]:
    """An article's notes in the order given."""
    return tuple(
        NoteSpan(
            number,
            note.quote,
            note.note,
            note.by,
            day_words(note.date.day) if note.date else "",
            note.date.iso if note.date else "",
        )
        for number, note in enumerate(article.notes, 1)
    )


def in_place_spans(basis: Basis, filed: Filed, around: Neighbours) -> tuple[InPlaceSpan, ...]:
    """Each related line of the text, resolved or not."""
    outside = {link.title: link.url for link in around.named if link.url and link.article is None}
    spans = []
    for line in filed.in_place:
        found = around.in_place.get(line.headline)
        if found is not None and found in basis.items:
            spans.append(InPlaceSpan(line.block, basis.items[found].href))
        elif line.headline in outside and (url := outside[line.headline]):
            spans.append(InPlaceSpan(line.block, url))
        else:
            spans.append(InPlaceSpan(line.block, "", NOT_FOUND))
    return tuple(spans)


def finish(html: str, dateline: str, cards: Sequence[tuple[str, str, str]]) -> str:
    """The woven text with its dateline, a mark at the end of each paragraph, and the rings of names.

    `cards` gives for the id of a link the id of its card and the name: the link gets a ring that opens it.
    """
    for link, card, name in cards:
        html = _ring(html, link, card, name)
    return _paragraphs(html, dateline)


def _ring(html: str, link: str, card: str, name: str) -> str:
    at = html.find(f' id="{link}">')  # a text may say id="m_1" too, but ">" stands nowhere but around tags
    begin = html.rfind("<a", 0, at) if at >= 0 else -1
    end = html.find("</a>", at)
    if begin < 0 or end < 0:
        return html
    end += len("</a>")
    label = escape(f"About {name}")
    ring = f'<button class="about" type="button" popovertarget="{card}" aria-label="{label}"></button>'
    return f'{html[:begin]}<span class="ringed">{html[begin:end]}{ring}</span>{html[end:]}'


def _paragraphs(html: str, dateline: str) -> str:
    parts: list[str] = []
    done, number, opening = 0, 0, '<p id="p'
    while (start := html.find(opening, done)) >= 0:
        number_end = html.find('"', start + len(opening))
        name = html[start + len(opening) : number_end]
        inside = html.find(">", number_end) + 1
        end = html.find("</p>", inside)
        if not name.isdecimal() or number_end < 0 or not inside or end < 0:
            parts.append(html[done : start + len(opening)])
            done = start + len(opening)
            continue
        number += 1
        parts.append(html[done:inside])
        if number == 1 and dateline:
            parts.append(f'<span class="place">{escape(dateline)}</span> — ')
        parts.append(html[inside:end])
        parts.append(f'<a class="para" href="#p{name}" aria-label="Paragraph {name}"></a>')
        done = end
    parts.append(html[done:])
    return "".join(parts)


ProseOf = Callable[[str], Prose]
"""The text kept under a page's prose key."""
