"""One row of a table as an article."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from generator.core.model import Value
from generator.core.paths import address
from generator.core.problems import Problem
from generator.sources.fields import is_url
from generator.sources.frontmatter.dumping import ARTICLE_KEYS
from generator.sources.importers.base import Dropped, ImportContext, Imported
from generator.sources.importers.markdown_words import plain
from generator.sources.importers.newstext_dates import Customs, customs
from generator.sources.importers.tables import cells
from generator.sources.importers.tables.album import Album
from generator.sources.importers.tables.columns import Columns, columns_of, listed, nearest
from generator.sources.importers.tables.texts import Body, body_of

EXTRA_LIMIT = 10_000
"""The most characters of a column that is kept under its own name."""

EXTRAS_LIMIT = 100_000
"""The most characters of all such columns of one row."""

_LONG_ID = 12
_DRAFT = frozenset(
    ("draft", "pending", "auto-draft", "private", "unpublished", "in_progress", "review", "hidden")
)
_WITHDRAWN = frozenset(
    ("withdrawn", "retracted", "deleted", "trash", "spiked", "killed", "canceled", "cancelled")
)
_LIVE = frozenset(
    (
        "published", "publish", "live", "public", "active", "online", "final", "usable", "visible",
        "corrected", "true", "yes",
    )
)  # fmt: skip
_SCHEDULED = frozenset(("scheduled", "future", "embargoed", "withheld"))


class Row(NamedTuple):
    """One row: the line of its file it begins on, 0 where it has none; else its number, from 1; its cells."""

    line: int
    number: int
    cells: Mapping[str, object]


@dataclass(slots=True, kw_only=True)
class Account:
    """What is known of one table while its rows come in, and what is told when all have come."""

    where: str
    context: ImportContext
    by: Customs
    album: Album
    shapes: dict[tuple[str, ...], Columns] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    seen: dict[bytes, int] = field(default_factory=dict)
    unfit: int = 0
    first_unfit: str = ""

    @classmethod
    def begun(cls, name: str, where: str, context: ImportContext) -> "Account":
        """The account of a table that has not been read yet; `name` is that of its file."""
        by = customs(context.site, context.now)
        return cls(where=where, context=context, by=by, album=Album(name, context.files))

    def columns(self, header: tuple[str, ...]) -> Columns:
        """What the columns of a row are; rows of JSON may have other columns than those before them."""
        found = self.shapes.get(header)
        if found is None:
            found = columns_of(header, self.context.site)
            if len(self.shapes) >= 1_000:
                self.shapes.clear()
            self.shapes[header] = found
            self.missing |= {each: nearest(each, header) for each in found.missing}
            if len(self.others) < 1_000:
                self.others |= dict.fromkeys(found.others)
        return found

    def lacking(self, header: tuple[str, ...]) -> Problem | None:
        """What is told of a table whose rows can be no articles: it has no column for what they need."""
        by_key = self.columns(header).by_key
        nouns = {"title": "a headline", "published": "a date"}
        lacks = [noun for key, noun in nouns.items() if key not in by_key]
        if not lacks:
            return None
        message = f"table: no column gives {' or '.join(lacks)}"
        return Problem(self.where, 0, "E360", message, _mapping(header))

    def ending(self) -> Iterator[Problem]:
        """What there is to tell of the table as a whole."""
        found = {key for each in self.shapes.values() for key in each.by_key}
        for each, hint in self.missing.items():
            if each.partition(":")[0] not in found or len(self.shapes) == 1:
                message = f"import.columns.{each}: the table has no such column"
                yield Problem(self.where, 0, "W361", message, hint)
        if self.others:
            message = f"columns of no known meaning were kept under their own names: {listed(self.others)}"
            hint = "say what they are in import.columns of site.yaml, or leave them out with import.ignore"
            yield Problem(self.where, 0, "W360", message, hint)
        if self.unfit:
            message = f"control characters were left out in {self.unfit:,} rows, the first {self.first_unfit}"
            yield Problem(self.where, 0, "W321", message, "compare with the original")


def articles(row: Row, account: Account) -> Iterator[Imported | Problem]:
    """The article in a row, after what is wrong with it; nothing but problems where it cannot be one."""
    work = _Work(row, account)
    title, published = work.title(), work.published()
    if not title or not published:
        yield from work.problems
        return
    body = work.body(title)
    if isinstance(body, Problem):
        yield body
        return
    work.facts()
    yield from work.problems
    yield work.article(body)


def _mapping(header: Collection[str]) -> str:
    return f"its columns are {listed(header)}: name one in import.columns of site.yaml"


class _Work:
    """One row being read."""

    def __init__(self, row: Row, account: Account) -> None:
        self.row, self.account = row, account
        self.columns = account.columns(tuple(row.cells))
        self.site = account.context.site
        self.front: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self.dropped: list[Dropped] = []
        if any(map(cells.is_unfit, row.cells.values())):
            account.unfit += 1
            account.first_unfit = account.first_unfit or self.place()

    def place(self) -> str:
        """Where the row is, in words."""
        return f"in line {self.row.line:,}" if self.row.line else f"in row {self.row.number:,}"

    def tell(self, code: str, message: str, hint: str = "") -> None:
        message = message if self.row.line else f"row {self.row.number:,}: {message}"
        self.problems.append(Problem(self.account.where, self.row.line, code, message, hint))

    def filled(self, key: str) -> list[tuple[str, object]]:
        """The columns of a key that say something in this row, with their cells."""
        pairs = ((name, self.row.cells.get(name)) for name in self.columns.by_key.get(key, ()))
        return [(name, cell) for name, cell in pairs if not cells.is_blank(cell)]

    def first(self, key: str) -> object:
        return next((cell for _, cell in self.filled(key)), None)

    def line(self, key: str) -> str:
        return plain(cells.line_text(self.first(key)))

    def title(self) -> str:
        title = self.line("title")
        if not title:
            self.lacks("title", "a headline")
        self.front["title"] = title
        return title

    def published(self) -> str:
        if not self.filled("published"):
            self.lacks("published", "a date")
            return ""
        written = self.date("published", "E362")
        if written and written[:10] > self.account.context.now.date().isoformat():
            if cells.line_text(self.first("status")).lower() in _SCHEDULED:
                self.front |= {"status": "embargoed", "embargo": written}
            else:
                self.tell("W351", f"published: {written[:10]} is in the future", "check the date")
        self.front["published"] = written
        return written

    def lacks(self, key: str, noun: str) -> None:
        """Tell of a key without which there is no article."""
        named = self.columns.by_key.get(key)
        if named:
            self.tell("E362", f"{key}: empty (column {listed(named)})", f"give it {noun}")
        else:
            self.tell("E362", f"{key}: no column gives {noun}", _mapping(self.row.cells))

    def date(self, key: str, code: str) -> str:
        """The date of a key, the first that can be read; else "" and a problem."""
        reasons: list[str] = []
        for name, cell in self.filled(key):
            try:
                written, doubts = cells.moment(cell, self.account.by)
            except (ValueError, OverflowError) as error:
                shown = cells.line_text(cell)[:60]
                reasons.append(f'{key}: {error}: "{shown}" (column {name})')
                continue
            for doubt in doubts:
                self.tell(doubt.code, f"{key}: {doubt.message}", doubt.hint)
            return written
        if reasons:
            self.tell(code, reasons[0], "expected e.g. 2021-04-13T11:34 or 13 April 2021")
        return ""

    def body(self, title: str) -> Body | Problem:
        held = self.filled("body")
        url = cells.line_text(self.first("url"))
        made = body_of(held, self.site.imports.text, title, url if is_url(url) else "", self.account.where)
        if isinstance(made, Problem):
            return made
        if len(made.markdown) > 2_000_000:
            message = f"text: too large for one article: {len(made.markdown):,} characters"
            self.tell("E362", message, "split it")
            return self.problems[-1]
        if not made.markdown:
            self.tell("W323", "text: nothing stands below the headline", "is this all of it?")
        return made

    def facts(self) -> None:
        """Everything but headline, date and text."""
        self.names()
        self.source()
        self.status()
        updated = self.date("updated", "W362")
        if updated:
            self.front["updated"] = updated
        summary = plain(cells.line_text(self.first("summary")))
        if summary:
            self.front["summary"] = summary
        language = self.line("language").replace("_", "-")
        if language and len(language) <= 35 and language.replace("-", "").isalnum() and language.isascii():
            self.front["language"] = language
        for key in ("dateline", "section"):
            if text := ", ".join(cells.names(self.first(key))) if key == "section" else self.line(key):
                self.front[key] = text
        self.image()
        self.extras()

    def names(self) -> None:
        for key in ("authors", "tags", *(each.key for each in self.site.taxonomies)):
            of = cells.authors if key == "authors" else cells.names
            listed_names = dict.fromkeys(plain(name) for _, cell in self.filled(key) for name in of(cell))
            if listed_names:
                self.front[key] = [*listed_names]

    def source(self) -> None:
        source: dict[str, Value] = {}
        publisher, url = self.line("publisher"), cells.line_text(self.first("url"))
        if publisher:
            source["publisher"] = publisher
        if is_url(url):
            source["url"] = url
        elif url and not url.startswith("/"):
            self.tell("W362", f'url: not a URL: "{url[:60]}"', "left out")
        if source:
            self.front["source"] = source
        aliases: list[Value] = []
        old_addresses = [each for _, cell in self.filled("aliases") for each in cells.names(cell)]
        for old in dict.fromkeys([url, *old_addresses] if url.startswith("/") else old_addresses):
            try:
                aliases.append(str(address(old)))
            except ValueError:
                self.tell("W362", f'aliases: not an address: "{old[:60]}"', "left out")
        if aliases:
            self.front["aliases"] = aliases

    def status(self) -> None:
        cell = self.first("status")
        word = ("published" if cell else "draft") if isinstance(cell, bool) else cells.line_text(cell).lower()
        if word in _DRAFT:
            self.front["status"] = "draft"
        elif word in _WITHDRAWN:
            self.front["status"] = "withdrawn"
        elif word and word not in _LIVE and word not in _SCHEDULED:
            self.tell("W362", f'status: unknown: "{word[:60]}"', "kept as original_status")
            self.front["original_status"] = word

    def image(self) -> None:
        image: dict[str, Value] = {}
        written = self.line("image")
        src = self.account.album.place(written) if written else ""
        if written and not src:
            message = f'image: neither a URL nor a file beside the table: "{written[:80]}"'
            self.tell("W324", message, "put it there and import again")
        image |= {"src": src.removeprefix("/")} if src else {}
        for name in ("alt", "caption", "credit"):
            if text := self.line(f"image.{name}"):
                image[name] = text
        if image.keys() - {"alt"}:
            self.front["image"] = image

    def extras(self) -> None:
        """The columns that are nothing known here, under their own names."""
        taken = {*ARTICLE_KEYS, *(each.key for each in self.site.taxonomies), "section"}
        room = EXTRAS_LIMIT
        for name in self.columns.others:
            cell = self.row.cells.get(name)
            if cells.is_blank(cell):
                continue
            value = cells.kept(cell)
            size = len(value) if isinstance(value, str) else len(str(value))
            if size > EXTRA_LIMIT or size > room:
                self.dropped.append(Dropped(f"column {name[:60]}", "too long for the front matter"))
                continue
            room -= size
            self.front[f"original_{name}" if name in taken else name[:200]] = value
        for name in self.columns.spare:
            if not cells.is_blank(self.row.cells.get(name)):
                self.dropped.append(Dropped(f"column {name[:60]}", "another form of the text"))
        for name in self.columns.ignored:
            if not cells.is_blank(self.row.cells.get(name)):
                self.dropped.append(Dropped(f"column {name[:60]}", "import.ignore"))

    def article(self, body: Body) -> Imported:
        text, media = self.account.album.in_text(body.markdown, body.pictures)
        return Imported(
            front=self.front,
            body=text,
            slug=self.line("slug"),
            media=(*self.account.album.taken(), *media),
            identity=self.identity(),
            dropped=(*body.dropped, *self.dropped),
            recall=body.recall,
        )

    def identity(self) -> tuple[str, ...]:
        """The names by which the table knows the article.

        A short id is unique within its table only, and stands with its day. A row with neither id nor address
        is known by its headline and its date; others of the same are numbered.
        """
        day = str(self.front["published"])[:10]
        url, written = cells.line_text(self.first("url")), cells.line_text(self.first("id"))
        found = [url] if is_url(url) else []
        if written:
            is_long = len(written) >= _LONG_ID or ":" in written
            found.append(written if is_long else f"{written} of {day}")
        if found:
            return tuple(found)
        named = f"{self.front['title']} of {self.front['published']}"
        digest = blake2b(named.encode("utf-8", "replace"), digest_size=8).digest()
        before = self.account.seen.get(digest, 0)
        self.account.seen[digest] = before + 1
        short = f"{str(self.front['title'])[:200]} {digest.hex()}" if len(named) > 400 else named
        return (f"{short} #{before + 1}" if before else short,)
