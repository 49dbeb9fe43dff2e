"""The entries of a Blogger backup, one after another: posts and pages among comments and settings."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported
from generator.sources.importers.posts.files import files_of
from generator.sources.importers.posts.making import made_of, old_path, remote_problem
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import day_of, unread
from generator.sources.importers.posts.words import plain
from generator.sources.importers.xmlitems.elements import Element, Reader, name_of, text_of
from generator.sources.importers.xmlitems.pieces import Damage, pieces

_KIND = "http://schemas.google.com/g/2005#kind"
_TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>([^<>]{0,2000})</title>")
_LEFT = {
    "comment": "comments of readers", "settings": "settings", "template": "templates",
    "trashed": "posts in the trash",
}  # fmt: skip


class _Entry:
    """The elements of one entry."""

    def __init__(self, element: Element) -> None:
        self.texts: dict[str, str] = {}
        self.kind = self.url = ""
        self.labels: list[str] = []
        self.author = ""
        self.is_draft = False
        for child in element:
            name = name_of(child)
            if name == "category":
                term = child.get("term") or ""
                if child.get("scheme") == _KIND:
                    self.kind = term.rpartition("#")[2]
                elif term:
                    self.labels.append(term)
            elif name == "link":
                if child.get("rel") == "alternate":
                    self.url = child.get("href") or ""
            elif name == "author":
                self.author = next((text_of(each) for each in child if name_of(each) == "name"), "")
            elif name.endswith(":control"):
                self.is_draft = any(
                    name_of(each).endswith(":draft") and text_of(each) == "yes" for each in child
                )
            else:
                self.texts.setdefault(name, text_of(child))

    def what(self) -> str:
        """ "post", "page", or what else it is."""
        kind = self.kind or self.texts.get("blogger:type", "").strip().lower() or "post"
        return "trashed" if self.texts.get("blogger:status", "").strip() == "SOFT_TRASHED" else kind


def stream(file: Path, where: str, context: ImportContext) -> Iterator[Imported | Problem]:
    """The posts and pages of a backup, and at its end what was mended and left out. Never raises."""
    damage, left, remote, entries = Damage(), Counter[str](), 0, 0
    reader, publisher, mended = Reader("", "entry"), "", 0
    try:
        for piece in pieces(file, "entry", damage):
            if piece.is_head:
                reader = Reader(piece.text, "entry")
                title = _TITLE.search(piece.text)
                publisher = plain(title[1]) if title else ""
                continue
            found, was_mended = reader.read(piece.text) if piece.text else ([], True)
            if not found:
                yield Problem(
                    where, piece.line, "E375", "an entry that cannot be read", "the rest is imported"
                )
            mended += was_mended and bool(found)
            for element in found:
                entries += 1
                entry = _Entry(element)
                if entry.what() not in {"post", "page"}:
                    left[_LEFT.get(entry.what(), "settings")] += 1
                    continue
                post = _post(entry, publisher)
                if not post.published:
                    yield from unread(where, plain(post.title), entry.texts.get("published", ""))
                made = made_of(post, context, where, piece.line)
                remote += made.remote
                yield from made.problems
                yield made.imported
    except OSError as error:
        yield Problem(where, 0, "E330", f"cannot be read: {error.strerror}", "check the file")
    if not entries:
        yield Problem(where, 0, "E379", "a Blogger backup without any entry", "export all content again")
    if damage.unfit or damage.stray:
        yield Problem(
            where, 0, "W321", f"characters were left out or mended: {damage.unfit + damage.stray:,}"
        )
    if mended:
        message = f"entries that are not well-formed XML and had to be mended: {mended:,}"
        yield Problem(where, 0, "W375", message, "compare the articles with the original")
    if left:
        yield Problem(
            where, 0, "W345", "left out: " + ", ".join(f"{what} ({n:,})" for what, n in left.most_common())
        )
    yield from remote_problem(where, remote, bool(files_of(context).by_end))


def _post(entry: _Entry, publisher: str) -> Post:
    texts = {name: value.strip() for name, value in entry.texts.items()}
    published = day_of(texts.get("published", ""), texts.get("blogger:created", ""))
    updated = day_of(texts.get("updated", ""))
    old = entry.url or texts.get("blogger:filename", "")
    slug = old_path(old).rstrip("/").rpartition("/")[2].removesuffix(".html")
    is_draft = entry.is_draft or texts.get("blogger:status", "LIVE") != "LIVE"
    is_page = entry.what() == "page" and not is_draft
    return Post(
        html=texts.get("content", "") or texts.get("summary", ""),
        title=texts.get("title", ""),
        published=published,
        updated=updated,
        kind="page" if is_page else "article",
        place=slug or texts.get("title", "") if is_page else "",
        slug=slug,
        authors=(entry.author,) if entry.author and entry.author != "Unknown" else (),
        summary=texts.get("blogger:metaDescription", ""),
        tags=tuple(entry.labels),
        url=entry.url,
        old=(old,) if old else (),
        ids=(texts["id"],) if texts.get("id") else (),
        publisher=publisher,
        status="draft" if is_draft else "",
    )
