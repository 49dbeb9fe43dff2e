"""Pages of plain text as recognition gives them: the short lines of newspaper columns, one below another."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from statistics import median

from generator.core.language import ENGLISH
from generator.core.model import Value
from generator.core.paths import ending_of
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.newstext_stamps import begins_with_stamp
from generator.sources.importers.scans.dated import agreed, day_in_masthead, day_in_path, misread
from generator.sources.importers.scans.lines import Line, markdown, paragraphs
from generator.sources.importers.text import decode

SURVEYED = 200
"""The most pages of a folder that are asked for their day."""

_NAME = re.compile(
    r"(?P<paper>[a-z]{0,3}\d{8,10})(?:[-_/]+\d{4}-\d\d-\d\d)?[-_/]+ed-(?P<edition>\d{1,2})[-_/]+seq-(?P<page>\d{1,4})"
)
_PAGE = re.compile(r"(?:page|seq|p)[-_ ]?0*(\d{1,4})(?!\d)", re.IGNORECASE)
_SUFFIXES = frozenset(("", ".txt", ".text", ".ocr"))
_LEAST_LINES = 30
_NARROW = 60
_BLANK = 0.03
_SNIFFED = 64 * 1024


def is_page(original: Original) -> bool:
    """Whether a text file is a page of narrow columns: many short lines, hardly a blank one, no stamp."""
    if ending_of(original.name) not in _SUFFIXES:
        return False  # a program's own lines are as short
    begun = original.data[:_SNIFFED].strip()
    if begun.count(b"\n\n") > (begun.count(b"\n") + 1) * _BLANK:
        return False  # without a closer look: so many of its lines are blank
    if b"\0" in original.data[:_SNIFFED] or original.data.lstrip().startswith((b"<", b"%PDF-", b"{\\rtf")):
        return False
    head = original.data[:_SNIFFED].decode("utf-8", "replace").replace("\r\n", "\n").strip("\ufeff\n\f ")
    lines = head.split("\n")
    if len(lines) < _LEAST_LINES:
        return False
    filled = [line for line in lines if line.strip("\f \t")]
    if len(filled) < len(lines) * (1 - _BLANK) or median(map(len, filled)) > _NARROW:
        return False
    return not any(begins_with_stamp(line.strip()) for line in filled[:5])


def read_plain(
    original: Original, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    """The page as an article; none where nothing says when it appeared."""
    text, problems = decode(original)
    if text is None:
        return (), problems
    day, told = _day(original, text, context)
    if day is None:
        return (), (*problems, *told)
    named = _NAME.search(original.name)
    stem = PurePosixPath(original.name).stem
    found = _PAGE.search(stem)
    number = named["page"] if named else found[1] if found else ""
    paper = named["paper"] if named else ""
    called = [paper or ("" if number else stem), ENGLISH.day(day), f"page {int(number)}" if number else ""]
    front: dict[str, Value] = {
        "title": ", ".join(each for each in called if each),
        "published": day.isoformat(),
    }
    if paper:
        front["newspaper"] = paper
    if number:
        front["page"] = int(number)
    edition = named["edition"] if named else ""
    if edition not in {"", "1"}:
        front["edition"] = int(edition)
        front["title"] = f"{front['title']}, edition {int(edition)}"
    made = Imported(
        front=front,
        body=markdown(paragraphs([Line(" ".join(line.split())) for line in text.split("\n")])),
        identity=(f"{paper} ed-{edition} seq-{number} of {day.isoformat()}",) if paper else (),
    )
    return (made,), (*problems, *told)


def _day(original: Original, text: str, context: ImportContext) -> tuple[date | None, tuple[Problem, ...]]:
    """When the page appeared, and what is doubtful about that."""
    where = original.where
    in_path = day_in_path(original.name)
    if in_path is not None:
        return in_path, ()
    own = day_in_masthead(text)
    common = _common(original.name, context)
    if own is not None and (own.day == common or (own.certain and not (common and misread(own.day, common)))):
        return own.day, ()
    if own is not None and common is None:
        message = f"published: {own.day.isoformat()} as the page seems to print it"
        return own.day, (Problem(where, 0, "W370", message, "compare with the scan"),)
    if common is not None:
        as_read = f"reads {own.day.isoformat()}" if own is not None else "cannot be read"
        message = (
            f"published: the page's own date {as_read}: {common.isoformat()}, that of the others, was taken"
        )
        return common, (Problem(where, 0, "W370", message, "compare with the scan"),)
    hint = "put the page in a folder that says it, as 1916-05-26/ or 1916/05/26/"
    return None, (Problem(where, 0, "E370", "published: nothing legible says when the page appeared", hint),)


def _common(name: str, context: ImportContext) -> date | None:
    """The day that most pages of the same folder print."""
    folder = name.rpartition("/")[0]
    key = f"ocr:{folder}"
    if key not in context.shared:
        names = sorted(
            each for each in context.files if each.rpartition("/")[0] == folder and each.endswith(".txt")
        )
        step = max(1, len(names) // SURVEYED)
        context.shared[key] = agreed(_days(names[::step][:SURVEYED], context))
    kept = context.shared[key]
    return kept if isinstance(kept, date) else None


def _days(names: Sequence[str], context: ImportContext) -> list[date]:
    found: list[date] = []
    for each in names:
        data = context.fetch(each)
        if data is None or not is_page(Original(name=each, data=data, where=each)):
            continue
        read = day_in_masthead(data[:_SNIFFED].decode("utf-8", "replace"))
        if read is not None:
            found.append(read.day)
    return found
