"""What must be known of a whole WordPress export before its first post: its authors and its files."""

import re
import sqlite3
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from generator.sources.importers.html.credits import split_credit
from generator.sources.importers.posts.words import plain
from generator.sources.importers.wordpress.items import Item

_AUTHOR = re.compile(r"<wp:author>(.{0,20000}?)</wp:author>", re.DOTALL)
_VALUE = r"<{0}(?:\s[^<>]{{0,200}})?>\s{{0,99}}(?:<!\[CDATA\[)?(.{{0,2000}}?)(?:\]\]>)?\s{{0,99}}</{0}>"
_MACHINE_NAME = re.compile(r"(?:img|exc)-[0-9a-f]{20,}")
_CREDITS = (
    "_media_credit", "media_credit", "_navis_media_credit", "_credit", "credit", "photo_credit",
    "image_credit",
    "isc_image_source", "_wp_attachment_source_name", "photographer", "attachment_credit",
)  # fmt: skip
_GUEST = ("cap-user_login", "cap-display_name")
_BATCH = 500


class Attachment(NamedTuple):
    """A file of the media library: its address and what is written under it."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(slots=True)
class Channel:
    """What the head of an export says of the site; `authors` maps logins, in small letters, to names."""

    title: str = ""
    link: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)


def channel_of(head: str) -> Channel:
    """The head of an export read as far as it goes, whatever is wrong with it."""
    found = Channel(title=plain(_first(head, "title")), language=_first(head, "language"))
    for name in ("wp:base_blog_url", "link", "wp:base_site_url"):
        link = _first(head, name)
        if link.startswith(("http://", "https://")):
            found.link = link.rstrip("/") + "/"
            break
    for match in _AUTHOR.finditer(head):
        login = _first(match[1], "wp:author_login")
        first, last = (_first(match[1], f"wp:author_{part}_name") for part in ("first", "last"))
        name = plain(_first(match[1], "wp:author_display_name")) or plain(f"{first} {last}")
        if login and name:
            found.authors[login.lower()] = name
    return found


def _first(text: str, name: str) -> str:
    match = re.search(_VALUE.format(name), text, re.DOTALL)
    if match is None:
        return ""
    return match[1].strip() if "<![CDATA[" in match[0] else unescape(match[1].strip())


class Library:
    """The media library, reusable blocks and guest authors of an export, in a file that goes with it.

    Nothing of them lies in memory, however many there are.
    """

    def __init__(self) -> None:
        self.base = sqlite3.connect("", isolation_level=None)
        self.base.executescript(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -8000;"
            "create table file (id text primary key, parent text, place integer, url text, alt text,"
            " caption text, credit text) without rowid;"
            "create table block (id text primary key, html text) without rowid;"
            "create table guid (guid text primary key, times integer) without rowid;"
            "create table wanted (id text primary key) without rowid; begin;"
        )
        self.guests: dict[str, str] = {}
        self.waiting: list[tuple[str]] = []
        self.has_parents = False

    def close(self) -> None:
        """Let go of the file."""
        self.base.close()

    def note(self, item: Item) -> None:
        """Keep what other items may need of one."""
        if item.kind == "attachment":
            found = attachment_of(item)
            place = item.get("menu_order")
            row = (
                item.get("post_id"),
                item.get("post_parent"),
                int(place) if place.isdecimal() and len(place) < 9 else 0,
            )
            self.base.execute("insert or ignore into file values (?, ?, ?, ?, ?, ?, ?)", (*row, *found))
        elif item.kind == "wp_block":
            html = item.fields.get("content:encoded", "")
            self.base.execute("insert or ignore into block values (?, ?)", (item.get("post_id"), html))
        elif item.kind == "guest-author":
            login, name = (item.meta.get(key, "").strip() for key in _GUEST)
            if login and name:
                self.guests[login.lower()] = name

    def note_wanted(self, number: str) -> None:
        """Keep in mind that a post shows a file."""
        self.base.execute("insert or ignore into wanted values (?)", (number,))

    def is_incomplete(self) -> bool:
        """Whether a post shows a file that was not noted."""
        query = "select 1 from wanted where id not in (select id from file) limit 1"
        return self.base.execute(query).fetchone() is not None

    def note_guid(self, guid: str) -> None:
        """Count an id of a post, so that one which several have names none of them."""
        self.waiting.append((guid,))
        if len(self.waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self.base.executemany(
            "insert into guid values (?, 1) on conflict (guid) do update set times = times + 1",
            self.waiting,
        )
        self.waiting.clear()

    def is_unique(self, guid: str) -> bool:
        """Whether only one post has an id."""
        if self.waiting:
            self._flush()
        row = self.base.execute("select times from guid where guid = ?", (guid,)).fetchone()
        return row is not None and row[0] == 1

    def file(self, number: str) -> Attachment | None:
        """The file of an id."""
        row = self.base.execute(
            "select url, alt, caption, credit from file where id = ?", (number,)
        ).fetchone()
        return Attachment(*row) if row else None

    def of_post(self, number: str) -> list[tuple[str, Attachment]]:
        """The files that were uploaded to a post, with their ids, in the order they are shown in."""
        if not self.has_parents:
            self.base.execute("create index parents on file (parent)")
            self.has_parents = True
        rows = self.base.execute(
            "select id, url, alt, caption, credit from file where parent = ?"
            " order by place, cast(id as integer) limit 500",
            (number,),
        )
        return [(row[0], Attachment(*row[1:])) for row in rows]

    def block(self, number: str) -> str:
        """The HTML of a reusable block, "" when it is not in the export."""
        row = self.base.execute("select html from block where id = ?", (number,)).fetchone()
        return str(row[0]) if row else ""


def attachment_of(item: Item) -> Attachment:
    """What an attachment's item says of its file: the caption is its excerpt, else its description."""
    texts = (item.get("excerpt:encoded"), item.get("content:encoded"))
    caption = next((text for text in map(plain, texts) if text and not _MACHINE_NAME.fullmatch(text)), "")
    credit = next((plain(item.meta[key]) for key in _CREDITS if item.meta.get(key, "").strip()), "")
    caption, credit = split_credit(caption, credit)
    url = item.get("attachment_url") or item.get("guid")
    return Attachment(url, plain(item.meta.get("_wp_attachment_image_alt", "")), caption, credit)
