"""PDF with a layer of text (ISO 32000): lines and their places through PDFium, paragraphs from those."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from generator.core.problems import Problem
from generator.sources.documents.apart import Unreadable, read_apart
from generator.sources.importers.base import Dropped, ImportContext, Imported, Original
from generator.sources.importers.documents.opening import About, read_opening
from generator.sources.importers.extras import load
from generator.sources.importers.newstext_head import stands_alone
from generator.sources.importers.newstext_markdown import escape, heading
from generator.sources.importers.scans.lines import Line, paragraphs

_WORKER = "generator.sources.documents.pdf_worker"
_HEAD = 1024
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([-+]\d\d)'?(\d\d)?'?)?")
_FIGURES = re.compile(r"\d+")
_LARGE = 1.2  # of the usual height of letters: from there on it is a headline or a crosshead
_GAP = 1.4  # of the usual step from line to line: from there on a paragraph begins
_INDENT = 0.8  # of the usual height
_REPEATED = 3
_EDGE = 2
_HEADLINE_LINES = 6


class _Row(NamedTuple):
    """A line of print: its left edge, its base, the height of its letters, its text."""

    left: float
    base: float
    height: float
    text: str


class Pdf:
    """Reads a PDF as one article."""

    name = "pdf"

    def recognises(self, original: Original) -> bool:
        """Whether the file says that it is PDF within its first bytes, as readers allow."""
        return b"%PDF-" in original.data[:_HEAD]

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The article; none when it cannot be read, has no text, no headline or no date."""
        where = original.where
        door = load(_WORKER, "documents", where)
        if isinstance(door, Problem):
            return (), (door,)
        try:
            found = read_apart(_WORKER, original.data)
        except Unreadable as error:
            reason = str(error)
            hint = "save it without a password" if "password" in reason.lower() else "look for a whole copy"
            return (), (Problem(where, 0, "E380", f"document: cannot be read: {reason}", hint),)
        pages = [_rows(page["lines"]) for page in found["pages"]]
        if not any(pages):
            hint = "run it through text recognition first, with OCRmyPDF for example"
            return (), (Problem(where, 0, "E381", "document: it has no layer of text", hint),)
        return _article(pages, found, original, context)


def _article(
    pages: list[list[_Row]], found: dict[str, Any], original: Original, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    pages, left = _without_running_heads(pages)
    told = found["about"]
    about = About(
        title=told.get("Title", ""),
        author=told.get("Author", ""),
        created=_date(told.get("CreationDate", "")),
        modified=_date(told.get("ModDate", "")),
        keywords=told.get("Keywords", ""),
    )
    opening = read_opening(_blocks(pages), about, original.where, context)
    if any(problem.is_error for problem in opening.problems):
        return (), opening.problems
    problems = opening.problems
    if len(found["pages"]) < found["count"]:
        message = f"document: only {len(found['pages']):,} of its {found['count']:,} pages were read"
        problems += (Problem(original.where, 0, "W381", message, "split it"),)
    dropped = (Dropped("running head", "stands on many pages", left),) if left else ()
    front = opening.front | ({"pages": found["count"]} if found["count"] > 1 else {})
    return (Imported(front=front, body="\n\n".join(opening.blocks), dropped=dropped),), problems


def _rows(lines: Sequence[Sequence[Any]]) -> list[_Row]:
    """The printed lines of a page, from the pieces that stand beside each other."""
    rows: list[_Row] = []
    edge = 0.0
    for left, bottom, right, top, written in lines:
        text = " ".join(str(written).split())
        if not text:
            continue
        height = max(1.0, top - bottom)
        above = rows[-1] if rows else None
        if (
            above is not None
            and abs(above.base - bottom) < min(above.height, height) * 0.6
            and -1 < left - edge < 4 * height
        ):
            joint = "" if left - edge < 0.12 * height else " "
            rows[-1] = _Row(above.left, above.base, max(above.height, height), above.text + joint + text)
        else:
            rows.append(_Row(left, bottom, height, text))
        edge = right
    return rows


def _without_running_heads(pages: list[list[_Row]]) -> tuple[list[list[_Row]], int]:
    """The pages without what stands at the edges of many, figures apart: heads, feet and page numbers."""

    def form(row: _Row) -> str:
        return _FIGURES.sub("0", row.text)

    counts: Counter[str] = Counter()
    for rows in pages:
        counts.update({form(row) for row in (*rows[:_EDGE], *rows[-_EDGE:])})
    often = {text for text, count in counts.items() if count >= max(_REPEATED, len(pages) * 0.5)}
    kept: list[list[_Row]] = []
    for rows in pages:
        edges = {*range(_EDGE), *range(len(rows) - _EDGE, len(rows))}
        kept.append([row for place, row in enumerate(rows) if place not in edges or form(row) not in often])
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _blocks(pages: Sequence[Sequence[_Row]]) -> list[str]:
    """The text as blocks of Markdown: large lines are headings, the rest is paragraphs."""
    rows = [row for page in pages for row in page]
    usual = _usual(rows)
    steps = [above.base - below.base for page in pages for above, below in pairwise(page)]
    usable = sorted(each for each in steps if 0 < each < usual * 4)
    # The lower quarter: short documents have as many gaps as lines.
    step = usable[len(usable) // 4] if usable else usual * 1.2
    found: list[str] = []
    running: list[Line] = []
    large: list[str] = []
    lefts = Counter(round(row.left) for row in rows)
    lengths = sorted(len(row.text) for row in rows if row.height <= usual * _LARGE)
    width = lengths[len(lengths) * 3 // 4] if lengths else 0
    edges = sorted(left for left, count in lefts.items() if count > 1)

    def finish() -> None:
        if large:
            text = " ".join(large)
            found.append(heading(text) if found else escape(text))
            large.clear()
        made = paragraphs(running, width)
        found.extend(heading(each.text) if each.is_heading else escape(each.text) for each in made)
        running.clear()

    for page in pages:
        above: _Row | None = None
        for row in page:
            if row.height > usual * _LARGE and len(large) < _HEADLINE_LINES:
                if running or (large and above is not None and above.base - row.base > row.height * 2):
                    finish()
                large.append(row.text)
            else:
                if large:
                    finish()
                is_new = above is not None and above.base - row.base >= step * _GAP
                alone = stands_alone(row.text)
                if is_new or alone:
                    running.append(Line(""))
                edge = bisect_left(edges, row.left - usual * 4)
                base = edges[edge] if edge < len(edges) else row.left
                running.append(Line(row.text, row.left - base > usual * _INDENT))
                if alone:
                    running.append(Line(""))
            above = row
    finish()
    return found


def _usual(rows: Sequence[_Row]) -> float:
    """The height of most letters."""
    heights: Counter[float] = Counter()
    for row in rows:
        heights[round(row.height * 2) / 2] += len(row.text)
    return max(heights.items(), key=lambda pair: (pair[1], -pair[0]))[0] if heights else 10.0


def _date(written: str) -> str:
    """A date as PDF has it, "D:20210413113400+08'00'", in ISO 8601; "" for none."""
    match = _DATE.match(written.strip())
    if match is None:
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] is None:
        return day
    zone = "Z" if match[7] else f"{match[8]}:{match[9] or '00'}" if match[8] else ""
    return f"{day}T{match[4]}:{match[5] or '00'}:{match[6] or '00'}{zone}"


PDF = Pdf()
