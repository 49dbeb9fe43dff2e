"""One issue of a newspaper as its container tells of it, and its articles as they are made of that."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from posixpath import basename, dirname, normpath

from generator.core.frozen import dataclass
from generator.core.language import ENGLISH
from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.importers.base import Dropped, ImportContext, Imported, Original
from generator.sources.importers.letters import tidy
from generator.sources.importers.newstext_dates import customs
from generator.sources.importers.scans.alto import Block, Page, read_page
from generator.sources.importers.scans.lines import Line, Paragraph, flowing, markdown, paragraphs
from generator.sources.importers.tables.cells import moment
from generator.sources.importers.xmltree import Malformed

TITLE_LIMIT = 200
"""The most characters of a headline that is taken from the text."""

_KEY = re.compile(r"[\W_]+")
_WORDS_OF_TITLE = 12
_LEGIBLE = 0.7
_MARKS = ".,:;!?-—'’\"()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a page: a block of it, or all of it where `block` is "". `role` is "body" or "heading"."""

    file: str
    block: str = ""
    role: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An article as the container parts the issue; `form` is what kind of text it is, "" for an article."""

    id: str
    title: str
    areas: tuple[Area, ...]
    form: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue: what its container tells of it. `pages` are files and their numbers, in order."""

    paper: str
    published: str
    id: str = ""
    number: str = ""
    language: str = ""
    place: str = ""
    publisher: str = ""
    address: str = ""
    parts: tuple[Part, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    confidence: dict[str, float] = field(default_factory=dict)


Read = tuple[tuple[Imported, ...], tuple[Problem, ...]]


def articles_of(issue: Issue, original: Original, context: ImportContext) -> Read:
    """The articles of an issue; each page is one where nothing parts them."""
    where = original.where
    if not issue.published:
        hint = "expected a date of issue in its metadata"
        return (), (Problem(where, 0, "E370", "published: the issue is not dated", hint),)
    try:
        published, _ = moment(issue.published, customs(context.site, context.now))
    except ValueError as error:
        message = f"published: {error}: {issue.published[:60]!r}"
        return (), (Problem(where, 0, "E370", message, "expected e.g. 1916-05-26"),)
    shelf = Shelf(original.name, where, context)
    numbers = dict(issue.pages)
    parts = issue.parts or _pages_as_parts(issue, published)
    made: list[Imported] = []
    for part in parts:
        one = _article(part, issue, published, numbers, shelf)
        if one is not None:
            made.append(one)
    if not parts:
        shelf.problems.append(Problem(where, 0, "E371", "the issue names no page of text", "is it complete?"))
    left = shelf.left_over() if issue.parts else 0
    if left:
        message = f"{left:,} blocks of text belong to no article, mastheads among them, and were left out"
        shelf.problems.append(Problem(where, 0, "W371", message, "look at them in the scans"))
    if made and left:
        made[0] = replace(made[0], dropped=(Dropped("block of text", "belongs to no article", left),))
    return tuple(made), tuple(shelf.problems)


class Shelf:
    """The pages of an issue, each read once; what is wrong with them, told once."""

    def __init__(self, name: str, where: str, context: ImportContext) -> None:
        self.folder = dirname(name)
        self.where = where
        self.context = context
        self.pages: dict[str, Page | None] = {}
        self.used: dict[str, set[str]] = {}
        self.problems: list[Problem] = []

    def page(self, file: str) -> Page | None:
        """A page by the name its container gives it; None where there is none that can be read."""
        if file not in self.pages:
            self.pages[file] = self._read(file)
        return self.pages[file]

    def blocks(self, area: Area) -> list[Block]:
        """The blocks of an area, which count as used."""
        page = self.page(area.file)
        if page is None:
            return []
        names = [area.block] if area.block else list(page.blocks)
        self.used.setdefault(area.file, set()).update(names)
        return [page.blocks[name] for name in names if name in page.blocks]

    def left_over(self) -> int:
        """How many blocks with text no area has named, on the pages that were read."""
        return sum(
            any(line.text for line in block.lines)
            for file, page in self.pages.items()
            if page is not None
            for name, block in page.blocks.items()
            if name not in self.used.get(file, ())
        )

    def _read(self, file: str) -> Page | None:
        name = found(file, self.folder, self.context)
        data = self.context.fetch(name) if name else None
        if data is None:
            message = f"the page {file[:120]!r} is not with the issue"
            self.problems.append(
                Problem(self.where, 0, "E371", message, "give the folder that holds all of it")
            )
            return None
        try:
            return read_page(data)
        except Malformed as error:
            message = f"the page {name[:120]!r} cannot be read: {error}"
            self.problems.append(Problem(self.where, 0, "E371", message, "look for a whole copy"))
            return None


def found(file: str, folder: str, context: ImportContext) -> str:
    """The file of the source that a container means: by its path from there, else its name; "" for none."""
    path = file.removeprefix("file://").replace("\\", "/").split("?")[0]
    direct = normpath(f"{folder}/{path.lstrip('/')}").lstrip("/") if "://" not in path else ""
    if direct in context.files:
        return direct
    name = basename(path)
    same = sorted(each for each in context.files if name and each.endswith(name) and basename(each) == name)
    return min(same, key=lambda each: (not each.startswith(f"{folder}/"), len(each), each), default="")


def page_title(paper: str, published: str, number: str) -> str:
    """What a page is called that is an article of its own: "The Ledger, 26 May 1916, page 1"."""
    day = ENGLISH.day(date.fromisoformat(published[:10]))
    return ", ".join(each for each in (paper, day, f"page {number}" if number else "") if each)


def _article(
    part: Part, issue: Issue, published: str, numbers: dict[str, str], shelf: Shelf
) -> Imported | None:
    running: list[Sequence[Line]] = []
    titles: list[str] = []
    sure = words = 0.0
    pages: dict[str, None] = {}
    whole: list[float] = []
    for area in part.areas:
        blocks = shelf.blocks(area)
        if area.role == "heading":
            titles += [each.text for block in blocks for each in paragraphs(block.lines)]
        else:
            running += [block.lines for block in blocks]
        sure += sum(block.confidence for block in blocks)
        words += sum(block.words for block in blocks)
        page = shelf.page(area.file)
        if page is not None:
            pages[numbers.get(area.file, "") or page.number] = None
            whole.append(issue.confidence.get(area.file, 0.0) or page.confidence)
    if not pages:
        return None
    text = paragraphs(flowing(running))
    title = _title(part.title, titles, text, part.form)
    if text and _same(text[0].text, title):
        text = text[1:]
    confidence = sure / words if words else sum(whole) / len(whole) if any(whole) else 0.0
    front: dict[str, Value] = {"title": title, "published": published}
    named = [int(each) if each.isdecimal() and len(each) < 9 else each for each in pages if each]
    source: dict[str, Value] = {"publisher": issue.paper or issue.publisher, "url": part.address}
    more: dict[str, Value] = {
        "authors": [*part.authors],
        "language": part.language or issue.language,
        "source": {key: value for key, value in source.items() if value},
        "form": part.form,
        "page": named[0] if len(named) == 1 else [*named],
        "issue": issue.number,
        "confidence": round(confidence, 3),
    }
    front |= {key: value for key, value in more.items() if value}
    identity = tuple(filter(None, (part.address, part.id)))
    return Imported(front=front, body=markdown(text), identity=identity or (f"{title} of {published}",))


def _title(given: str, headings: Sequence[str], text: Sequence[Paragraph], form: str) -> str:
    """The headline: as the container gives it, else as printed, else the text's first words, if they are.

    One that the container cut within a word is completed from the text.
    """
    title = tidy(" ".join(given.split()))
    if title.endswith(("-", "\xad")) and text:
        stem = _plain(title[:-1])
        words = text[0].text.split()
        for count in range(1, min(len(words), 40) + 1):
            if _plain("".join(words[:count])).startswith(stem):
                title = " ".join(words[:count])
                break
        if title.endswith("-"):
            title = title[:-1] + "…"
    if title:
        return title[:TITLE_LIMIT]
    if headings:
        return " ".join(headings)[:TITLE_LIMIT]
    first = text[0].text.split() if text else []
    cut = " ".join(first[:_WORDS_OF_TITLE])[:TITLE_LIMIT]
    legible = sum(word.strip(_MARKS).isalpha() for word in first[:_WORDS_OF_TITLE])
    if not cut or legible < _LEGIBLE * min(len(first), _WORDS_OF_TITLE):
        return form.capitalize() or "Untitled"
    return cut + "…" if len(first) > _WORDS_OF_TITLE else cut


def _pages_as_parts(issue: Issue, published: str) -> tuple[Part, ...]:
    return tuple(
        Part(
            id=f"{issue.id or issue.paper} of {published}, page {number or file}",
            title=page_title(issue.paper, published, number),
            areas=(Area(file=file),),
        )
        for file, number in issue.pages
    )


def _same(one: str, other: str) -> bool:
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _KEY.sub("", text).casefold()
