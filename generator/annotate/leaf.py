"""An article's finished text: woven, marked by paragraph, cut where only the archive knows what stands."""

from collections.abc import Callable, Sequence
from html import escape

from generator.annotate.locate import passages
from generator.annotate.weave import WovenLink, WovenNote, WovenRelated, weave
from generator.core.archive import Dating, InPlace, Leaf, Quotation, Slot, Words
from generator.core.frozen import replace
from generator.core.language import ENGLISH, Language
from generator.core.model import Annotated, Article, Prose

_MARK = "\x02"
"""Stands round the number of a slot while a text is woven. No text needs the character; one that has it gets
the sign for what cannot be shown in its place."""

_OPENING, _CLOSING = '<a class="', "</a>"


def leaf(
    annotated: Annotated,
    in_place: Sequence[InPlace],
    *,
    quoted: bool = True,
    searched: bool = True,
    spoken: bool = True,
    dated: bool = True,
    language: Language = ENGLISH,
) -> tuple[Leaf, tuple[int, ...]]:
    """The leaf of an article, and the numbers of the namings that its text links, in the order of their first
    links.

    `in_place` are its related lines. Passages are for a site whose other pages show sentences of its articles
    (`quoted`), words for one that has a search (`searched`), quotations and dates for one that shows these
    (`spoken`, `dated`); `language` is that of the interface.
    """
    prose = annotated.prose
    if _MARK in prose.html:
        prose = replace(prose, html=prose.html.replace(_MARK, "\ufffd"))
    links, firsts = _links(annotated)
    lines = {line.block: WovenRelated(f"{_MARK}r{n}{_MARK}") for n, line in enumerate(in_place)}
    html = weave(prose, links, _notes(annotated.article, language), lines, language)
    pieces, slots = _cut(paragraphs(html, annotated.article.dateline, language))
    kept = Leaf(
        pieces=pieces,
        slots=slots,
        words=words(prose) if searched else (),
        passages=passages(annotated) if quoted else (),
        anchors=prose.anchors,
        quotations=reader_of_quotations()(annotated) if spoken else (),
        dates=reader_of_dates()(annotated) if dated else (),
    )
    return kept, firsts


def reader_of_quotations() -> Callable[[Annotated], tuple[Quotation, ...]]:
    """What reads an article's quotations.

    That, and what reads dates, is a fifth of what an edit loads: a site without them does without.
    """
    from generator.annotate.quotations import quotations  # noqa: PLC0415

    return quotations


def reader_of_dates() -> Callable[[Annotated], tuple[Dating, ...]]:
    """What reads the days that an article tells of."""
    from generator.annotate.datings import datings  # noqa: PLC0415 - as above

    return datings


def words(prose: Prose) -> tuple[Words, ...]:
    """What search reads of a text: every block with words but related lines."""
    return tuple(Words(b.anchor, b.text) for b in prose.blocks if b.text.strip() and b.kind != "also")


def _links(annotated: Annotated) -> tuple[list[WovenLink], tuple[int, ...]]:
    """The names to link, in reading order, each with the number of its naming for an address."""
    number_of = {naming.entity: number for number, naming in enumerate(annotated.namings)}
    links: list[WovenLink] = []
    seen: dict[int, None] = {}
    for mention in annotated.mentions:
        number = number_of.get(mention.entity)
        if not mention.linked or number is None:
            continue
        identity = "" if number in seen else f"m_{len(seen) + 1}"
        seen[number] = None
        href = f"{_MARK}n{number}{_MARK}"
        links.append(WovenLink(mention.block, mention.start, mention.end, href, "", identity))
    return links, tuple(seen)


def _notes(article: Article, language: Language) -> list[WovenNote]:
    return [
        WovenNote(
            number,
            note.quote,
            note.note,
            note.by,
            language.day(note.date.day) if note.date else "",
            note.date.iso if note.date else "",
        )
        for number, note in enumerate(article.notes, 1)
    ]


def _cut(html: str) -> tuple[tuple[str, ...], tuple[Slot, ...]]:
    """A text cut at its marked links: the pieces between the slots, and the slots."""
    pieces: list[str] = []
    slots: list[Slot] = []
    done = 0
    at = html.find(_MARK)
    while at >= 0:
        start = html.rfind(_OPENING, done, at)
        stop = html.index(_MARK, at + 1)
        end = html.index(">", stop)
        close = html.index(_CLOSING, end)
        kind, number = html[at + 1], int(html[at + 2 : stop])
        identity = html[stop + 1 : end].partition('id="m_')[2].rstrip('"')
        pieces.append(html[done:start])
        if kind == "r":
            pieces.append(html[end + 1 : close])
            slots += [Slot("line", number), Slot("after", number)]
            done = close + len(_CLOSING)
        else:
            slots.append(Slot("name", number, int(identity or 0)))
            done = end + 1
            if identity:
                done = close + len(_CLOSING)
                pieces.append(html[end + 1 : done])
                slots.append(Slot("ring", number, int(identity)))
        at = html.find(_MARK, stop + 1)
    pieces.append(html[done:])
    return tuple(pieces), _ended(slots)


def _ended(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots, the last of each related line marked as its end."""
    last = {slot.number: place for place, slot in enumerate(slots) if slot.kind == "after"}
    ends = set(last.values())
    return tuple(slot._replace(first=1) if place in ends else slot for place, slot in enumerate(slots))


def paragraphs(html: str, dateline: str, language: Language = ENGLISH) -> str:
    """A text with its dateline, and a mark at the end of each paragraph that has an anchor."""
    parts: list[str] = []
    label = escape(language.gettext("Paragraph {number}"))
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
        parts.append(f'<a class="para" href="#p{name}" aria-label="{label.replace("{number}", name)}"></a>')
        done = end
    parts.append(html[done:])
    return "".join(parts)
