"""Reading a news text from its top: what each paragraph is, and what it gives to the front matter."""

import re
from collections.abc import Sequence

from generator.core.problems import Problem
from generator.sources.importers.newstext_body import Piece
from generator.sources.importers.newstext_bylines import Byline, read_byline, read_dateline
from generator.sources.importers.newstext_dates import Customs, is_date
from generator.sources.importers.newstext_figures import take_picture
from generator.sources.importers.newstext_labels import (
    RelatedLine,
    may_be_related,
    read_field,
    read_item,
    read_related,
)
from generator.sources.importers.newstext_lines import Paragraph
from generator.sources.importers.newstext_moments import StampAt
from generator.sources.importers.newstext_pictures import (
    Caption,
    may_be_picture,
    picture_named,
    read_caption,
)
from generator.sources.importers.newstext_reader import Picture, Reader
from generator.sources.importers.newstext_stamps import LINE_LIMIT, begins_with_stamp, read_stamps

HEADLINE_LIMIT = 200
"""The most characters of a headline."""

SENTENCE_LIMIT = 120
"""The most characters of one that ends with a full stop."""

BARE_DATE_LIMIT = 60
"""The most characters of a line that is a date without a label."""

BYLINE_DEPTH = 3
"""A byline stands above this many paragraphs of the text at the latest, or below all of them."""

DATELINE_DEPTH = 3
"""A dateline begins one of this many first paragraphs, or none."""

_FIGURE = re.compile(r"\d")


def stands_alone(text: str) -> bool:
    """Whether a line is no part of running text, whatever stands above and below it."""
    return (
        begins_with_stamp(text)
        or picture_named(text) is not None
        or read_byline(text) is not None
        or (len(text) <= BARE_DATE_LIMIT and text[-1].isalnum() and is_date(text))
    )


def begins(text: str) -> bool:
    """Whether a line begins a paragraph even without a blank line above it."""
    return read_related(text) is not None or read_item(text) is not None or read_field(text) is not None


def read_head(paragraphs: Sequence[Paragraph], by: Customs, where: str) -> Reader:
    """All that a text says of itself, and its body as pieces; a text without a headline is a problem."""
    reader = Reader(by=by, where=where)
    last = len(paragraphs) - 1
    for i, paragraph in enumerate(paragraphs):
        in_head = reader.running < BYLINE_DEPTH
        reader.above_date = in_head and i < last and _is_dated(paragraphs[i + 1])
        if (not in_head and _is_running(reader, paragraph.text)) or not _place(reader, paragraph):
            if i == last and not reader.authors and reader.running and _byline(reader, paragraph):
                continue
            reader.running += 1
            reader.pieces.append(Piece("paragraph", paragraph.text, paragraph.lines))
        reader.last_block = paragraph.block
    _take_dateline(reader)
    if not reader.title and not any(problem.code == "E307" for problem in reader.problems):
        reader.problems.append(_no_headline(where, 0))
    elif reader.title and not reader.pieces:
        if reader.title.endswith("."):
            reader.problems.append(_no_headline(where, reader.title_line))
            reader.title = ""
        else:
            message = "nothing stands below the headline"
            reader.problems.append(Problem(where, reader.title_line, "W323", message, "is this all of it?"))
    return reader


def _place(reader: Reader, paragraph: Paragraph) -> bool:
    """Whether a paragraph has found its place as something else than running text."""
    return (
        _stamps(reader, paragraph)
        or _related(reader, paragraph)
        or _field(reader, paragraph)
        or take_picture(reader, paragraph)
        or _early_byline(reader, paragraph)
        or _headline(reader, paragraph)
    )


def _is_running(reader: Reader, text: str) -> bool:
    """Whether a paragraph below the head can be nothing but running text; cheap, and no where in doubt."""
    return (
        not (reader.awaited or reader.bare_picture)
        and not may_be_related(text)
        and not may_be_picture(text)
        and not begins_with_stamp(text)
    )


def _no_headline(where: str, line: int) -> Problem:
    hint = f"expected a line of at most {HEADLINE_LIMIT} characters above the text"
    return Problem(where, line, "E307", "title: the text has no headline", hint)


def _is_dated(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return begins_with_stamp(text) or (len(text) <= BARE_DATE_LIMIT and is_date(text))


def _stamps(reader: Reader, paragraph: Paragraph) -> bool:
    text, line = paragraph.text, paragraph.lines[0]
    labelled = begins_with_stamp(text)
    bare = reader.running < BYLINE_DEPTH and len(text) <= BARE_DATE_LIMIT and is_date(text)
    bare = bare or (not reader.running and len(text) <= LINE_LIMIT and _FIGURE.search(text) is not None)
    if len(paragraph.lines) > 1 or not (labelled or bare):
        return _unreadable_stamp(reader, paragraph)
    read = read_stamps(text, reader.by)
    if read is None:
        return False
    if reader.running and (not read.is_read or read.rest or _is_known(reader, read.roles)):
        return False
    dropped: list[str] = []
    for rest in read.rest:
        byline = read_byline(rest) or read_byline(rest, labelled=False)
        if byline is None or reader.authors:
            dropped.append(rest)
        else:
            _take_byline(reader, byline)
    reader.stamps += [StampAt(line, stamp) for stamp in read.stamps]
    return reader.fate(paragraph, "date", f"without {', '.join(map(repr, dropped))}" if dropped else "")


def _unreadable_stamp(reader: Reader, paragraph: Paragraph) -> bool:
    """A line such as `Published: yesterday` above the text: a date without a figure is none."""
    if reader.running or len(paragraph.lines) > 1 or len(paragraph.text) > BARE_DATE_LIMIT:
        return False
    read = read_stamps(paragraph.text, reader.by)
    if read is None or not read.stamps:
        return False
    reader.stamps += [StampAt(paragraph.lines[0], stamp) for stamp in read.stamps]
    return reader.fate(paragraph, "date")


def _is_known(reader: Reader, roles: tuple[str, ...]) -> bool:
    known = {stamp.role for _, stamp in reader.stamps}
    return any(role in known for role in roles)


def _related(reader: Reader, paragraph: Paragraph) -> bool:
    line = read_related(paragraph.text)
    if line is None:
        return _awaited(reader, paragraph)
    if not line.headline and not line.url:
        reader.awaited, reader.awaited_block = line.label, paragraph.block
        return reader.fate(
            paragraph, "related", f"the label {line.label!r} stands before each headline below it"
        )
    reader.awaited = ""
    return _add_related(reader, paragraph, line)


def _awaited(reader: Reader, paragraph: Paragraph) -> bool:
    """A headline below a label that stood on a line of its own."""
    if not reader.awaited:
        return False
    item = read_item(paragraph.text)
    if item is None and paragraph.block != reader.awaited_block:
        reader.awaited = ""
        return False
    text = item.text if item else paragraph.text
    line = read_related(f"{reader.awaited}: {text}")
    return line is not None and _add_related(reader, paragraph, line)


def _add_related(reader: Reader, paragraph: Paragraph, line: RelatedLine) -> bool:
    if all((line.headline, line.url) != (other.headline, other.url) for other in reader.related):
        reader.related.append(line)
    shown = line.headline or line.url
    reader.pieces.append(Piece(kind="also", text=shown, label=line.label, lines=paragraph.lines))
    return True


def _field(reader: Reader, paragraph: Paragraph) -> bool:
    if reader.running:
        return False
    found = read_field(paragraph.text)
    if found is None:
        return False
    key, value = found
    if key == "title" and not reader.title:
        reader.title, reader.title_line = value, paragraph.lines[0]
        return reader.fate(paragraph, "headline")
    if key == "author" and not reader.authors:
        byline = read_byline(f"By {value}") or Byline(authors=(value,))
        _take_byline(reader, byline)
        return reader.fate(paragraph, "byline", _dropped(byline))
    if key == "caption" and (reader.picture is None or not reader.picture.caption):
        caption = read_caption(value) or Caption(value, "")
        name = reader.picture.name if reader.picture else ""
        reader.picture = Picture(name=name, caption=caption.text, credit=caption.credit)
        return reader.fate(paragraph, "caption")
    if key == "tags" and not reader.tags:
        reader.tags = list(dict.fromkeys(tag for part in value.split(",") if (tag := part.strip(" #."))))
        return reader.fate(paragraph, "tags")
    return _plain_field(reader, paragraph, key, value)


def _plain_field(reader: Reader, paragraph: Paragraph, key: str, value: str) -> bool:
    if key == "publisher" and not reader.publisher:
        reader.publisher = value
    elif key == "url" and not reader.url and value.startswith(("http://", "https://")) and " " not in value:
        reader.url = value
    elif key == "summary" and not reader.summary:
        reader.summary = value
    elif key == "dateline" and not reader.place:
        reader.place = value
    else:
        return False
    return reader.fate(paragraph, key)


def _byline(reader: Reader, paragraph: Paragraph) -> bool:
    if reader.authors:
        return False
    byline = read_byline(paragraph.text)
    if byline is None and reader.title and (reader.above_date or not reader.pieces):
        byline = read_byline(paragraph.text, labelled=False)
    if byline is None and reader.title and reader.above_date:
        byline = read_byline(f"By {paragraph.text}")
    if byline is None:
        return False
    _take_byline(reader, byline)
    return reader.fate(paragraph, "byline", _dropped(byline))


def _early_byline(reader: Reader, paragraph: Paragraph) -> bool:
    return reader.running < BYLINE_DEPTH and _byline(reader, paragraph)


def _dropped(byline: Byline) -> str:
    return f"without {byline.dropped!r}" if byline.dropped else ""


def _take_byline(reader: Reader, byline: Byline) -> None:
    reader.authors = list(byline.authors)
    reader.publisher = reader.publisher or byline.publisher
    reader.place = reader.place or byline.place


def _headline(reader: Reader, paragraph: Paragraph) -> bool:
    if reader.title or reader.pieces:
        return False
    text = paragraph.text
    too_long = len(text) > HEADLINE_LIMIT or (len(text) > SENTENCE_LIMIT and text.endswith("."))
    if too_long or read_dateline(text) is not None:
        reader.problems.append(_no_headline(reader.where, paragraph.lines[0]))
        return False
    reader.title, reader.title_line = text, paragraph.lines[0]
    return reader.fate(paragraph, "headline")


def _take_dateline(reader: Reader) -> None:
    """Set the dateline of the text's beginning apart."""
    places = [i for i, piece in enumerate(reader.pieces) if piece.kind == "paragraph"][:DATELINE_DEPTH]
    for i in places:
        piece = reader.pieces[i]
        dateline = read_dateline(piece.text)
        if dateline is None:
            continue
        if dateline.place:
            reader.place, reader.place_day = dateline.place, dateline.day
            reader.place_written = dateline.written_day
        if dateline.agency and not reader.authors:
            reader.authors = [dateline.agency]
        elif dateline.agency and not reader.publisher:
            reader.publisher = dateline.agency
        reader.pieces[i] = Piece(
            kind="paragraph",
            text=dateline.rest,
            lines=piece.lines,
            reason=f"without the dateline {piece.text[: len(piece.text) - len(dateline.rest)].strip()!r}",
        )
        return
