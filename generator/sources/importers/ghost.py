"""Ghost: its JSON export of any version, and answers of its Content API."""

import re
from collections.abc import Iterator
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.base import Dropped
from generator.sources.importers.ghost_cards import lexical_html, mobiledoc_html
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.formats import JsonFormat
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import (
    Record,
    day_of,
    locked,
    part,
    records,
    text,
    unread,
)

_KEYS = re.compile(
    rb"\"(?:mobiledoc|lexical|codeinjection_head|comment_id|feature_image|published_at)\"\s{0,9}:"
)
_POSTS = re.compile(rb"\"posts\"\s{0,9}:\s{0,99}\[")


def _data(found: Any) -> Record:
    """The tables of an export, wherever its version keeps them."""
    if isinstance(found, list):
        found = found[0] if found else {}
    for inner in (part(found, "db"), part(found, "result"), part(found, "data")):
        if isinstance(inner, list):
            inner = inner[0] if inner else {}
        if isinstance(inner, dict):
            return _data(inner) if "data" in inner and "posts" not in inner else inner
    return found if isinstance(found, dict) else {}


class _Export:
    """The tables of one export."""

    def __init__(self, data: Record, where: str) -> None:
        self.where = where
        self.rows = records(data.get("posts"))
        self.users = {text(row, "id"): text(row, "name") for row in map(_flat, records(data.get("users")))}
        self.tags = {text(row, "id"): text(row, "name") for row in map(_flat, records(data.get("tags")))}
        self.meta = {text(row, "post_id"): row for row in records(data.get("posts_meta"))}
        self.authors_of = _joined(data.get("posts_authors"), "author_id")
        self.tags_of = _joined(data.get("posts_tags"), "tag_id")
        settings = {text(row, "key"): text(row, "value") for row in records(data.get("settings"))}
        self.publisher = settings.get("title", "")
        self.language = (
            settings.get("locale", "") or settings.get("lang", "") or settings.get("default_locale", "")
        )

    def posts(self) -> Iterator[Post | Problem]:
        """Every post and page, and what is odd about them."""
        if not self.rows:
            yield Problem(
                self.where, 0, "E379", "a Ghost export without any post", "export all content again"
            )
        closed = 0
        for row in map(_flat, self.rows):
            post = self._post(row)
            closed += _is_closed(row)
            if not post.published:
                yield from unread(self.where, post.title, text(row, "published_at"))
            yield post
        yield from locked(self.where, closed)

    def _post(self, row: Record) -> Post:
        number, slug = text(row, "id"), text(row, "slug")
        meta = {
            **self.meta.get(number, {}),
            **{key: value for key, value in row.items() if value is not None},
        }
        word = text(row, "status")
        is_page = text(row, "type") == "page" or row.get("page") == 1
        is_page = is_page and word == "published"
        published = day_of(text(row, "published_at"), text(row, "created_at"))
        updated = day_of(text(row, "updated_at"))
        canonical = text(row, "canonical_url") or text(row, "url")
        has_host = canonical.startswith(("http://", "https://"))
        url = canonical if has_host and "/404" not in canonical else ""
        is_draft = word in {"draft", "sent"} or _is_closed(row)
        src = _own(text(row, "feature_image", "image"))
        image = Picture(
            src=src, alt=text(meta, "feature_image_alt"), caption=_own(text(meta, "feature_image_caption"))
        )
        injected = sum(bool(text(row, key)) for key in ("codeinjection_head", "codeinjection_foot"))
        return Post(
            html=_own(_html(row)),
            title=text(row, "title").removeprefix("(Untitled)"),
            published=published,
            updated=updated,
            kind="page" if is_page else "article",
            place=slug if is_page else "",
            slug="" if slug.startswith("untitled") else slug,
            authors=self._authors(row),
            summary=text(row, "custom_excerpt") or text(meta, "meta_description"),
            tags=self._tags(row),
            image=image if src else None,
            url=url,
            old=(f"/{slug}/",) if slug else (),
            ids=tuple(f"ghost {each}" for each in (text(row, "uuid"), number) if each)[:1],
            language=(text(row, "locale") or self.language).replace("_", "-"),
            publisher=self.publisher,
            status="embargoed" if word == "scheduled" and published else "draft" if is_draft else "",
            embargo=published if word == "scheduled" else "",
            dropped=(Dropped("injected code", "scripts are no part of an article", injected),)
            if injected
            else (),
        )

    def _authors(self, row: Record) -> tuple[str, ...]:
        named = [text(each, "name") for each in map(_flat, records(row.get("authors")))]
        joined = [self.users.get(each, "") for each in self.authors_of.get(text(row, "id"), ())]
        one = text(_flat(part(row, "author")), "name") or self.users.get(text(row, "author_id", "author"), "")
        return tuple(named or joined or ([one] if one else []))

    def _tags(self, row: Record) -> tuple[str, ...]:
        named = [text(each, "name") for each in map(_flat, records(row.get("tags")))]
        joined = [self.tags.get(each, "") for each in self.tags_of.get(text(row, "id"), ())]
        return tuple(each for each in named or joined if each and not each.startswith("#"))


def _flat(row: Any) -> Record:
    """A row as it is, or as Ghost's migration tools wrap it: {"url": …, "data": {…}}."""
    inner = part(row, "data")
    if isinstance(inner, dict):
        return {**inner, "url": text(row, "url")}
    return row if isinstance(row, dict) else {}


def _joined(table: object, column: str) -> dict[str, list[str]]:
    """The ids that a table joins to each post, in their order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(records(table)):
        order = row.get("sort_order")
        place = order if isinstance(order, int) and not isinstance(order, bool) else number
        found.setdefault(text(row, "post_id"), []).append((place, text(row, column)))
    return {post: [each for _, each in sorted(rows)] for post, rows in found.items()}


def _is_closed(row: Record) -> bool:
    """Whether a published post was for members, or only ever sent by mail."""
    if text(row, "status") not in {"published", "sent", "scheduled"}:
        return False
    return text(row, "visibility") not in {"", "public"} or text(row, "status") == "sent"


def _html(row: Record) -> str:
    return (
        text(row, "html")
        or lexical_html(text(row, "lexical"))
        or mobiledoc_html(text(row, "mobiledoc"))
        or text(row, "plaintext")
    )


def _own(html: str) -> str:
    """Addresses within the site without the mark that Ghost writes for its own."""
    return html.replace("__GHOST_URL__", "")


def _all(found: Any, where: str) -> Iterator[Post | Problem]:
    return _Export(_data(found), where).posts()


GHOST = JsonFormat(name="ghost", signs=(_POSTS, _KEYS), posts=_all, lists=("posts",))
"""The importer of Ghost's exports."""
