"""Pictures and captions as they come up in a news text."""

from generator.sources.importers.base import LineFate
from generator.sources.importers.newstext_body import Piece
from generator.sources.importers.newstext_lines import Paragraph
from generator.sources.importers.newstext_pictures import Caption, picture_named, read_caption
from generator.sources.importers.newstext_reader import Picture, Reader

BARE_CAPTION_LIMIT = 200
"""The most characters of a caption that has no credit, below the line that names its picture."""


def take_picture(reader: Reader, paragraph: Paragraph) -> bool:
    """Take a line that names a picture, a caption or a credit; whether the paragraph was one.

    The first becomes the article's picture, a later one a figure in the text.
    """
    name = picture_named(paragraph.text)
    if name is None or len(paragraph.lines) > 1:
        return _caption(reader, paragraph)
    reader.bare_picture = paragraph.block
    if reader.picture is None:
        reader.picture = Picture(name=name)
        return reader.fate(paragraph, "picture")
    reader.pieces.append(Piece(kind="figure", text="", src=name, lines=paragraph.lines))
    return True


def _caption(reader: Reader, paragraph: Paragraph) -> bool:
    caption = read_caption(paragraph.text)
    below_picture = reader.bare_picture
    reader.bare_picture = 0
    if caption is None:
        if below_picture != paragraph.block or not reader.title or len(paragraph.text) > BARE_CAPTION_LIMIT:
            return False
        caption = Caption(paragraph.text, "")
    if not caption.text:
        return _credit_alone(reader, paragraph, caption.credit)
    last = reader.pieces[-1] if reader.pieces else None
    if last is not None and last.kind == "figure" and not last.text and below_picture:
        reader.pieces[-1] = _with(last, caption, paragraph)
        return True
    if reader.picture is None or (reader.picture.caption == "" and below_picture):
        name = reader.picture.name if reader.picture else ""
        reader.picture = Picture(name=name, caption=caption.text, credit=caption.credit)
        return reader.fate(paragraph, "caption")
    reader.pieces.append(
        Piece(kind="figure", text=caption.text, credit=caption.credit, lines=paragraph.lines)
    )
    return True


def _with(piece: Piece, caption: Caption, paragraph: Paragraph) -> Piece:
    return Piece(
        kind="figure",
        text=caption.text,
        credit=caption.credit,
        src=piece.src,
        lines=piece.lines + paragraph.lines,
    )


def _credit_alone(reader: Reader, paragraph: Paragraph, credit: str) -> bool:
    """A line that is only a credit belongs to the caption right above it."""
    if reader.last_block != paragraph.block:
        return False
    above = reader.pieces[-1] if reader.pieces else None
    if above is not None and above.lines[-1] == paragraph.lines[0] - 1 and above.kind == "paragraph":
        del reader.pieces[-1]
        reader.running -= 1
        lines = above.lines + paragraph.lines
        if reader.picture is None or not reader.picture.caption:
            name = reader.picture.name if reader.picture else ""
            reader.picture = Picture(name=name, caption=above.text, credit=credit)
            reader.fates += [LineFate(line, "caption") for line in lines]
        else:
            reader.pieces.append(Piece(kind="figure", text=above.text, credit=credit, lines=lines))
        return True
    if reader.picture is not None and not reader.picture.credit:
        reader.picture = Picture(name=reader.picture.name, caption=reader.picture.caption, credit=credit)
        return reader.fate(paragraph, "caption")
    return False
