"""Substack: posts.csv, and the text of each post in posts/NUMBER.SLUG.html."""

import re
from html import escape
from pathlib import PurePosixPath

from generator.core.problems import Problem
from generator.sources.importers.base import Dropped, ImportContext, Imported, Original
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.records import day_of, locked, made_from, rows_of, unread

_NAME = re.compile(r"(?:^|/)(\d{3,15})\.([\w%-]{1,250})\.html\Z")
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?[\"']?post_id[\"']?,[^\n]{0,200}\bis_published\b")
_PAGE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_ATTRIBUTES = r"(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+"
_BUTTON = re.compile(
    rf"<(?:p|div)\s[^<>\"']{{0,99}}class=\"button-wrapper[^\"]{{0,99}}\"{_ATTRIBUTES}>.{{0,2000}}?</(?:p|div)>",
    re.DOTALL,
)
_OFFER = re.compile(r"/subscribe\b|/comments?\b|action=share|/survey/|/refer\b|/account\b|%%")
_WIDGET = re.compile(
    rf"<div\s[^<>\"']{{0,99}}class=\"(?:subscription-widget-wrap|paywall-jump)[^\"]{{0,99}}\"{_ATTRIBUTES}>"
)
_POSTS = "posts.csv"
_KEY = "substack"


class Substack:
    """Posts of a Substack export; what posts.csv says of each is taken from there."""

    name = "substack"

    def recognises(self, original: Original) -> bool:
        """Whether it is the table of posts, or a fragment of HTML that is named as Substack names a text."""
        if _HEADER.match(original.data[:2_000]):
            return True
        return _NAME.search(original.name) is not None and _PAGE.search(original.data[:1_000]) is None

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The post of a text; what is wrong with the table."""
        if _HEADER.match(original.data[:2_000]):
            return (), _without_text(original, context)
        named = _NAME.search(original.name)
        number, slug = (named[1], named[2]) if named else ("", PurePosixPath(original.name).stem)
        row = _table(original, context).get(f"{number}.{slug}") or _table(original, context).get(number) or {}
        title = row.get("title", "") or slug.replace("-", " ").capitalize()
        written = row.get("post_date", "") or row.get("email_sent_at", "")
        published = day_of(written)
        html = original.data.decode("utf-8", "replace")
        kept, count = _BUTTON.subn(lambda match: "" if _OFFER.search(match[0]) else match[0], html)
        offers = count - len(_BUTTON.findall(kept)) + len(_WIDGET.findall(kept))
        kept = _WIDGET.sub('<div hidden="">', kept)
        podcast = row.get("podcast_url", "").strip()
        if podcast.startswith("http") and podcast not in kept:
            kept += f'\n<p><a href="{escape(podcast)}">Audio</a></p>'
        is_live = row.get("is_published", "").strip().lower() == "true"
        is_closed = is_live and row.get("audience", "everyone").strip().lower() not in {"", "everyone"}
        is_page = row.get("type", "").strip().lower() == "page" and is_live and not is_closed
        post = Post(
            html=kept,
            title=title,
            published=published,
            kind="page" if is_page else "article",
            place=slug if is_page else "",
            slug=slug,
            summary=row.get("subtitle", ""),
            old=(f"/{slug}/" if is_page else f"/p/{slug}/",),
            ids=(f"substack {number}",) if number else (),
            status="" if is_live and not is_closed else "draft",
            dropped=(Dropped("button", "offers to subscribe, comment or share", offers),) if offers else (),
        )
        made, told = made_from([post], original, context)
        odd = () if published else unread(original.where, title, written)
        return made, (*odd, *locked(original.where, int(is_closed)), *told)


SUBSTACK = Substack()
"""The importer of Substack's exports."""


def _table(original: Original, context: ImportContext) -> dict[str, dict[str, str]]:
    """The rows of posts.csv by post_id, and by the number it begins with; read once for each folder."""
    folder = str(PurePosixPath(original.name).parent.parent)
    name = _POSTS if folder == "." else f"{folder}/{_POSTS}"
    tables = context.shared.setdefault(_KEY, {})
    assert isinstance(tables, dict)
    if name not in tables:
        data = context.fetch(name) if name in context.files else None
        rows = rows_of(Original(name=name, data=data or b"", where=name))
        found = {} if isinstance(rows, Problem) else {row.get("post_id", ""): row for row in rows}
        tables[name] = {key.partition(".")[0]: row for key, row in found.items()} | found
    table: dict[str, dict[str, str]] = tables[name]
    return table


def _without_text(original: Original, context: ImportContext) -> tuple[Problem, ...]:
    """The posts of the table of which the export holds no text."""
    rows = rows_of(original)
    if isinstance(rows, Problem):
        return (rows,)
    folder = str(PurePosixPath(original.name).parent)
    base = "posts" if folder == "." else f"{folder}/posts"
    lost = [
        row.get("post_id", "") for row in rows if f"{base}/{row.get('post_id', '')}.html" not in context.files
    ]
    if not lost or (len(lost) == len(rows) and len(context.files) <= 1):
        return ()
    listed = ", ".join(lost[:5]) + (", …" if len(lost) > 5 else "")
    noun = "posts are" if len(lost) > 1 else "post is"
    message = f"{len(lost):,} {noun} listed whose text is not in the export: {listed}"
    return (Problem(original.where, 0, "W377", message, "export it again"),)
