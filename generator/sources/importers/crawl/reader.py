"""The articles of a crawl: its records surveyed, then each page read with the pictures captured too."""

import gzip
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.sources.importers.agency.moments import moment
from generator.sources.importers.base import ImportContext, Imported, Media
from generator.sources.importers.crawl.index import Index, PageAt
from generator.sources.importers.crawl.records import (
    DAMAGE_LIMIT,
    SPARE,
    SWELL_LIMIT,
    Damage,
    OnePiece,
    Ruined,
    Swollen,
    payload,
    records,
)
from generator.sources.importers.crawl.sniffing import is_zstd
from generator.sources.importers.crawl.volumes import Shelf, TooLarge
from generator.sources.importers.extras import load
from generator.sources.importers.web import Capture, read_capture

PAGE_LIMIT = 64_000_000
"""The most bytes of a page."""

PICTURE_LIMIT = 50 * 1024**2
"""The most bytes of a picture."""

PICTURES_LIMIT = 64 * 1024**2
"""The most bytes of all pictures of one page together; further ones stay links."""

_ZSTD = "generator.sources.importers.crawl.zstd"
_KINDS = frozenset({"response", "resource", "revisit"})
_STATUSES = frozenset({0, 200, 203, *range(300, 309)})
_NAMED = 3
_PLACES_LIMIT = 200
_SUFFIXES = {
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "image/webp": ".webp", "image/avif": ".avif", "image/svg+xml": ".svg", "image/bmp": ".bmp",
    "image/tiff": ".tif",
}  # fmt: skip
_MISSING = "W324"


def stream_file(
    file: Path, where: str, context: ImportContext, *, packed: bool
) -> Iterator[Imported | Problem]:
    """The articles of a WARC or ARC, or with `packed` of a WACZ, and what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="morgue-crawl-") as folder, Shelf(Path(folder)) as shelf:
        if packed:
            yield from shelf.add_wacz(file, where)
        else:
            shelf.add_file(file)
        crawl = _Crawl(shelf, where, context)
        try:
            yield from crawl.survey()
            yield from crawl.articles()
            yield from crawl.account()
        finally:
            crawl.index.close()


@dataclass(slots=True)
class _Crawl:
    """One crawl being read. `passed` counts what is no article by its reason, `named` has some of them."""

    shelf: Shelf
    where: str
    context: ImportContext
    index: Index = field(default_factory=Index)
    passed: Counter[str] = field(default_factory=Counter)
    named: dict[str, list[str]] = field(default_factory=dict)
    damaged: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)
    again: int = 0
    lost: int = 0
    made: int = 0
    lacking: int = 0

    def survey(self) -> Iterator[Problem]:
        """Go through all records once."""
        for number in range(len(self.shelf.volumes)):
            yield from self._survey_volume(number)
        self.again, self.lost = self.index.settle()

    def _survey_volume(self, number: int) -> Iterator[Problem]:
        volume = self.shelf.volumes[number]
        name = f"{volume.name[:120]}: " if volume.name else ""
        try:
            self._take(number)
        except OnePiece:
            try:
                yield from self._unpack(number, name)
                self._take(number)
            except (TooLarge, Swollen, Ruined):
                yield Problem(
                    self.where, 0, "E394", f"{name}too large unpacked", "recompress it record by record"
                )
            except (OSError, EOFError, zlib.error, ValueError) as error:
                yield Problem(self.where, 0, "E394", f"{name}cannot be unpacked: {error}", "get it again")
        except Ruined:
            message = f"{name}damaged in more than {DAMAGE_LIMIT:,} places"
            yield Problem(self.where, 0, "E394", message, "what came before is kept; get it again")
        except Swollen:
            message = f"{name}swells beyond measure when it is unpacked"
            yield Problem(self.where, 0, "E394", message, "what came before is kept")

    def _unpack(self, number: int, name: str) -> Iterator[Problem]:
        """Put a volume on the disk unpacked, as far as it can be."""
        file = self.shelf.volumes[number].file
        size = file.seek(0, 2)
        file.seek(0)
        if not is_zstd(file.read(4)):
            file.seek(0)
            with gzip.open(file, "rb") as packed:
                self.shelf.replace(number, self.shelf.copied(packed))
            return
        door = load(_ZSTD, "crawl", self.where)
        if isinstance(door, Problem):
            self.shelf.replace(number, BytesIO())
            yield door
            return
        stream = door.Unpacked(file)
        self.shelf.replace(number, self.shelf.copied(stream, size * SWELL_LIMIT + SPARE))
        if stream.damage:
            message = f"{name}cannot be unpacked to its end: {stream.damage[:80]}"
            yield Problem(self.where, 0, "E394", message, "what came before is kept; get it again")

    def _take(self, number: int) -> None:
        file = self.shelf.volumes[number].file
        file.seek(0)
        if is_zstd(file.read(4)):
            raise OnePiece
        for record in records(file):
            if isinstance(record, Damage):
                self.damaged += 1
            elif (
                record.kind in _KINDS
                and record.status in _STATUSES
                and record.address.startswith(("http://", "https://"))
            ):
                self.index.add(number, record)

    def articles(self) -> Iterator[Imported | Problem]:
        """Each page that is an article, in the order they were captured."""
        for page in self.index.pages():
            yield from self._page(page)

    def _page(self, page: PageAt) -> Iterator[Imported | Problem]:
        where = f"{self.where}: {page.address[:200]}"
        try:
            if page.place.length > PAGE_LIMIT:
                raise ValueError("too large")
            data = payload(self.shelf.volumes[page.place.volume].file, page.place.offset, PAGE_LIMIT)
        except ValueError as error:
            self.unreadable[str(error)[:80]] += 1
            return
        captured = moment(page.date, "UTC")
        capture = Capture(
            data=data, where=where, address=page.address, captured=captured, charset=page.place.charset
        )
        album = _Album(self)
        read = read_capture(capture, self.context, album.picture)
        if read.article is None:
            if any(problem.code == "E346" for problem in read.problems):
                yield from read.problems
            self._pass(read.reason, page.address)
            return
        self.made += 1
        for problem in read.problems:
            if problem.code == _MISSING:
                self.lacking += 1
            else:
                yield problem
        yield replace(read.article, identity=self._identity(read.article, page))

    def _identity(self, article: Imported, page: PageAt) -> tuple[str, ...]:
        """All addresses at which the article was found: its own, and those that redirected there."""
        names = list(article.identity) or [page.address]
        led = [f"https://{each}" for name in names[:2] for each in self.index.leading_to(name)]
        return tuple(dict.fromkeys((*names, *led)))

    def _pass(self, reason: str, address: str) -> None:
        self.passed[reason] += 1
        kept = self.named.setdefault(reason, [])
        if len(kept) < _NAMED:
            kept.append(address[:120])

    def account(self) -> Iterator[Problem]:
        """What became of the records that gave no article, each kind in one problem."""
        where = self.where
        if self.damaged:
            noun = (
                "stretch of it is damaged and was"
                if self.damaged == 1
                else "stretches of it are damaged and were"
            )
            yield Problem(where, 0, "W395", f"{self.damaged:,} {noun} skipped", "get it again, if you can")
        for reason, count in sorted(self.unreadable.items()):
            noun = "page" if count == 1 else "pages"
            yield Problem(
                where, 0, "W396", f"{count:,} {noun} could not be read: {reason}", "the rest is read"
            )
        for reason, count in sorted(self.passed.items()):
            noun = "page is no article" if count == 1 else "pages are no articles"
            named = ", ".join(self.named[reason]) + (", …" if count > _NAMED else "")
            yield Problem(where, 0, "W355", f"{count:,} {noun}: {reason}: {named}", "passed over")
        if self.lost:
            noun = "capture refers" if self.lost == 1 else "captures refer"
            message = f"{self.lost:,} {noun} to a page that is not in this file"
            yield Problem(where, 0, "W397", message, "import the crawl that has it")
        if self.lacking:
            noun = "article shows" if self.lacking == 1 else "articles show"
            message = f"{self.lacking:,} {noun} pictures that were not captured"
            yield Problem(where, 0, _MISSING, message, "they stay links")
        if self.shelf.volumes and not (
            self.made or self.passed or self.damaged or self.unreadable or self.lost
        ):
            yield Problem(where, 0, "W355", "no page was captured in it", "passed over")


class _Album:
    """The pictures of one page, as far as they were captured, and no more of them than memory should hold."""

    def __init__(self, crawl: _Crawl) -> None:
        self.crawl = crawl
        self.left = PICTURES_LIMIT
        self.found: dict[str, Media | None] = {}

    def picture(self, address: str) -> Media | None:
        """A picture's bytes from the crawl."""
        if address not in self.found:
            if len(self.found) >= _PLACES_LIMIT:
                return None
            self.found[address] = self._read(address)
        return self.found[address]

    def _read(self, address: str) -> Media | None:
        place = self.crawl.index.picture(address)
        most = min(PICTURE_LIMIT, self.left)
        if place is None or place.length > most:
            return None
        try:
            data = payload(self.crawl.shelf.volumes[place.volume].file, place.offset, most)
        except ValueError as error:
            self.crawl.unreadable[f"a picture: {str(error)[:60]}"] += 1
            return None
        if not data:
            return None
        self.left -= len(data)
        return Media(address, _target(address, place.mime), data)


def _target(address: str, mime: str) -> str:
    """Where a captured picture goes: under its host and its own path, with the ending of what it is."""
    parts = urlsplit(address)
    path = PurePosixPath(unquote(parts.path))
    suffix = _SUFFIXES.get(mime) or path.suffix.lower()[:6] or ".jpg"
    folders = [slugify(part)[:60] for part in path.parts[1:-1][-3:]]
    host = slugify(parts.netloc.lower().removeprefix("www."))[:60]
    return "/".join(filter(None, ["media", host, *folders, f"{slugify(path.stem)[:100]}{suffix}"]))
