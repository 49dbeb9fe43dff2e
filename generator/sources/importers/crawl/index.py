"""What lies where in a crawl: pages, pictures, redirects and captures of the same again.

Kept in a database of its own on the disk, so that a crawl of any size is read in the same memory.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from generator.core.frozen import dataclass
from generator.core.web import normal_address
from generator.sources.importers.crawl.records import Record

HOPS = 5
"""How many redirects are followed, one after another."""

LED_LIMIT = 20
"""The most addresses of one page that are kept because they redirected to it."""

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MOVED = frozenset({301, 302, 303, 307, 308})
_PLACE = "volume integer, offset integer, mime text, charset text, length integer"
_COLUMNS = "volume, offset, mime, charset, length"
_TABLES = f"""
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16000; pragma temp_store = file;
create table pages ({_PLACE}, address text, date text, digest text);
create table pictures ({_PLACE}, address text primary key) without rowid;
create table digests ({_PLACE}, digest text primary key) without rowid;
create table moved (address text, target text, primary key (target, address)) without rowid;
create table again (address text, date text, digest text, refers text, mime text);
create index moved_from on moved (address);
begin;
"""
_EARLIER = "q.address = p.address and q.digest = p.digest and q.rowid < p.rowid"
_SEEN = f"exists (select 1 from pages as q where {_EARLIER})"


class Place(NamedTuple):
    """Where a record lies, what it holds, and how many bytes."""

    volume: int
    offset: int
    mime: str
    charset: str
    length: int


@dataclass(frozen=True, slots=True)
class PageAt:
    """A page that was captured: where it lies, its address and when it was captured, as written."""

    place: Place
    address: str
    date: str


class Index:
    """The index of one crawl: `add` all records, then `settle` it, then ask; `close` it."""

    def __init__(self) -> None:
        self.base = sqlite3.connect("", isolation_level=None)
        self.base.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the database, which is then gone."""
        self.base.close()

    def add(self, volume: int, record: Record) -> None:
        """Take in a record."""
        place = Place(volume, record.offset, record.mime, record.charset, record.length)
        if record.kind == "revisit":
            values = (record.address, record.date, record.digest, record.refers_address, record.mime)
            self.base.execute("insert into again values (?, ?, ?, ?, ?)", values)
        elif record.status in _MOVED and record.location:
            target = _absolute(record.address, record.location)
            one, other = normal_address(record.address), normal_address(target)
            if one and other and one != other:
                self.base.execute("insert or ignore into moved values (?, ?)", (one, other))
        elif record.mime in _PAGES:
            self._page(place, record.address, record.date, record.digest)
            self._digest(place, record.digest)
        elif record.mime.startswith("image/"):
            self._picture(place, record.address)
            self._digest(place, record.digest)

    def settle(self) -> tuple[int, int]:
        """Resolve the captures that only refer to another, when all records are there.

        Those at an address of their own become pages or pictures. Counts the captures that showed nothing
        new, and those of a page that is not in the crawl.
        """
        self.base.execute("create index page_address on pages (address, digest)")
        unchanged, lost = 0, 0
        row = self.base.execute(f"select count(*) from pages as p where digest != '' and {_SEEN}").fetchone()
        unchanged += row[0]
        for address, date, digest, refers, mime in self.base.execute("select * from again order by rowid"):
            place = self._by_digest(digest) or self._page_of(refers) or self.picture(refers)
            if place is None:
                lost += mime in _PAGES
            elif place.mime not in _PAGES:
                self._picture(place, address)
            elif self._page_of(address) is not None:
                unchanged += 1
            else:
                self._page(place, address, date, digest)
        return unchanged, lost

    def pages(self) -> Iterator[PageAt]:
        """Every page in the order it was captured, one that was captured again without a change once."""
        new = f"digest = '' or not {_SEEN}"
        asked = f"select {_COLUMNS}, address, date from pages as p where {new} order by rowid"
        for *place, address, date in self.base.execute(asked):
            yield PageAt(Place(*place), address, date)

    def picture(self, address: str) -> Place | None:
        """Where a picture lies, redirects followed."""
        name = normal_address(address) if address else ""
        for _ in range(HOPS):
            place = self._one("pictures", "address", name)
            if place is not None:
                return place
            onward = self.base.execute("select target from moved where address = ?", (name,)).fetchone()
            if onward is None:
                return None
            name = onward[0]
        return None

    def leading_to(self, address: str) -> list[str]:
        """The addresses that redirect to a page, in their normal form."""
        found: dict[str, None] = {}
        waiting = [normal_address(address)]
        asked = "select address from moved where target = ? limit ?"
        for _ in range(HOPS):
            rows = [row for name in waiting for row in self.base.execute(asked, (name, LED_LIMIT))]
            waiting = [name for (name,) in rows if name not in found]
            found.update(dict.fromkeys(waiting))
            if len(found) >= LED_LIMIT:
                break
        return list(found)[:LED_LIMIT]

    def _page(self, place: Place, address: str, date: str, digest: str) -> None:
        self.base.execute(
            "insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)", (*place, address, date, digest)
        )

    def _picture(self, place: Place, address: str) -> None:
        values = (*place, normal_address(address))
        self.base.execute("insert or ignore into pictures values (?, ?, ?, ?, ?, ?)", values)

    def _digest(self, place: Place, digest: str) -> None:
        if digest:
            self.base.execute("insert or ignore into digests values (?, ?, ?, ?, ?, ?)", (*place, digest))

    def _by_digest(self, digest: str) -> Place | None:
        return self._one("digests", "digest", digest) if digest else None

    def _page_of(self, address: str) -> Place | None:
        return self._one("pages", "address", address) if address else None

    def _one(self, table: str, column: str, value: str) -> Place | None:
        asked = f"select {_COLUMNS} from {table} where {column} = ? limit 1"
        row = self.base.execute(asked, (value,)).fetchone()
        return Place(*row) if row is not None else None


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
