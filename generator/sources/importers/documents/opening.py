"""The opening of a document: its headline, byline, dates and dateline, as news text has them."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext
from generator.sources.importers.letters import tidy
from generator.sources.importers.newstext_body import Piece
from generator.sources.importers.newstext_dates import Customs, customs
from generator.sources.importers.newstext_head import HEADLINE_LIMIT, read_head
from generator.sources.importers.newstext_lines import Paragraph
from generator.sources.importers.newstext_moments import settle
from generator.sources.importers.tables.cells import authors, moment

DEPTH = 12
"""The paragraphs at the beginning of a document in which its headline, dates and byline are looked for."""

_MARKS = re.compile(r"\*\*|__|(?<!\\)[*_]|\\(?=[\\`*_{}\[\]<>#+.!|-])")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_HEADING = re.compile(r"#{1,6}\s+")
_JUNK = re.compile(
    r"microsoft word|untitled|\.(?:docx?|indd|qxd|pdf|pages|rtf)\Z|^document\s?\d*\Z|^\W*\Z", re.IGNORECASE
)
_NOBODY = re.compile(
    r"user|admin|administrator|owner|unknown|author|python-docx|microsoft office user", re.IGNORECASE
)


class Opening(NamedTuple):
    """What a document says of itself. `front` lacks a title or a date where `problems` say so in an error.

    `blocks` are those of its text that are left.
    """

    front: dict[str, Value]
    blocks: tuple[str, ...]
    problems: tuple[Problem, ...]


class About(NamedTuple):
    """The properties of a document: what programs wrote beside the text."""

    title: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    keywords: str = ""


def read_opening(blocks: Sequence[str], about: About, where: str, context: ImportContext) -> Opening:
    """What the first blocks of a text in Markdown say, and where they do not, what its properties say."""
    by = customs(context.site, context.now)
    texts = [_plain(block) for block in blocks[:DEPTH]]
    told = [Paragraph(text, (number,), number) for number, text in enumerate(texts) if text]
    reader = read_head(told, by, where)
    moments = settle(reader.stamps, context.now, where)
    told_here = {"E305", "E307", "W323"}
    problems = [each for each in (*reader.problems, *moments.problems) if each.code not in told_here]
    title = reader.title or _title(about.title)
    if not title:
        hint = f"expected a heading, or a first line of at most {HEADLINE_LIMIT} characters"
        problems.append(Problem(where, 0, "E307", "title: the text has no headline", hint))
    published = moments.published
    if not published and not any(each.is_error for each in moments.problems if each.code != "E305"):
        published = _day(about, by, where, problems)
    front: dict[str, Value] = {"title": title, "published": published}
    names = reader.authors or ([] if _NOBODY.fullmatch(about.author.strip()) else authors(about.author))
    tags = reader.tags or [each.strip() for each in re.split(r"[,;]", about.keywords) if each.strip()]
    image: dict[str, Value] = {}
    if reader.picture is not None:
        image = {"caption": reader.picture.caption, "credit": reader.picture.credit}
    source: dict[str, Value] = {"publisher": reader.publisher, "url": reader.url}
    related: list[Value] = [
        _filled({"label": each.label, "title": each.headline, "url": each.url}) for each in reader.related
    ]
    front |= _filled(
        {
            "updated": moments.updated,
            "authors": [*names],
            "dateline": reader.place,
            "summary": reader.summary,
            "image": _filled(image),
            "tags": [*tags],
            "related": related,
            "source": _filled(source),
        }
    )
    return Opening(front, _rest(blocks, texts, reader.pieces), tuple(problems))


def _rest(blocks: Sequence[str], texts: Sequence[str], pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The blocks that the opening has not taken, the first of them without its dateline."""
    kept = {number: piece.text for piece in pieces for number in piece.lines}
    found: list[str] = []
    for number, block in enumerate(blocks):
        if number < len(texts) and texts[number] and number not in kept:
            continue
        if number in kept and kept[number] != texts[number] and texts[number].endswith(kept[number]):
            before = texts[number].removesuffix(kept[number])
            block = block.removeprefix(before)
        found.append(block)
    return tuple(found)


def _day(about: About, by: Customs, where: str, problems: list[Problem]) -> str:
    """The date of the properties, where the text has none."""
    for written in (about.created, about.modified):
        try:
            found, _ = moment(written, by)
        except ValueError:
            continue
        message = f"published: the text gives no date: {found}, when the document was made, was taken"
        problems.append(Problem(where, 0, "W380", message, "write `Published: …` below its headline"))
        return found
    message = "published: neither the text nor the document's properties give a date"
    problems.append(Problem(where, 0, "E305", message, "write `Published: 13 April 2021` below its headline"))
    return ""


def _title(written: str) -> str:
    title = " ".join(written.split())
    return "" if _JUNK.search(title) else title[:HEADLINE_LIMIT]


def _plain(block: str) -> str:
    """A block of Markdown as a reader sees it; "" for one that is no paragraph or heading."""
    if block.startswith(("```", "|", "<", "- ", "> ", "![")) or re.match(r"\d+\. ", block):
        return ""
    text = _LINK.sub(r"\1", _HEADING.sub("", block, count=1))
    return tidy(" ".join(_MARKS.sub("", text).split()))


def _filled(pairs: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in pairs.items() if value}
