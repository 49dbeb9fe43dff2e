"""Reads a PDF on standard input, prints its lines as JSON: the only module that knows PDFium."""

import sys
from typing import Any

import pypdfium2 as pdfium

from generator.sources.documents.apart import answer, limit

PAGES_LIMIT = 1_000
"""The most pages of a document that are read."""

CHARACTERS_LIMIT = 2_000_000
"""The most characters of a document that are read."""

_HYPHENS = ("\ufffe", "\x02")


def main() -> None:
    """Read a document, and say what is printed on each page, line by line with its place and size."""
    data = sys.stdin.buffer.read()
    limit()
    document = pdfium.PdfDocument(data)
    about = {name: document.get_metadata_value(name)[:2000] for name in pdfium.PdfDocument.METADATA_KEYS}
    pages: list[dict[str, Any]] = []
    left = CHARACTERS_LIMIT
    count = len(document)
    for number in range(min(count, PAGES_LIMIT)):
        page = document[number]
        words = page.get_textpage()
        lines: list[list[Any]] = []
        for place in range(words.count_rects()):
            x, y, right, top = words.get_rect(place)
            text = words.get_text_bounded(x, y, right, top, errors="replace")
            for hyphen in _HYPHENS:
                text = text.replace(hyphen, "-")
            left -= len(text)
            if left < 0:
                break
            # The box of the font, not of the letters: a line without a "p" stands no higher than others.
            at = words.get_index(x + 1, (y + top) / 2, 3, (top - y) / 2 + 1)
            box = words.get_charbox(at, loose=True) if at is not None else (x, y, right, top)
            lines.append([round(x, 1), round(box[1], 1), round(right, 1), round(box[3], 1), text])
        pages.append({"height": round(page.get_height(), 1), "lines": lines})
        words.close()
        page.close()
        if left < 0:
            break
    answer({"about": about, "pages": pages, "count": count})


if __name__ == "__main__":
    main()
