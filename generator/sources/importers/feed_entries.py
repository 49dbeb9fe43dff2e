"""The entries of a feed as posts: the only module that knows feedparser."""

import re
import time
from calendar import timegm
from collections.abc import Mapping
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any
from xml.sax import SAXParseException

import feedparser

from generator.core.problems import Problem
from generator.sources.importers.base import Original
from generator.sources.importers.html import Picture
from generator.sources.importers.posts.moments import moment, of_epoch
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.words import plain
from generator.sources.importers.xmlitems.mending import mended
from generator.sources.importers.xmlitems.pieces import Damage, texts

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_ELLIPSES = ("[…]", "[...]", "…", "...", "[…]")

_WITH_MAIL = re.compile(
    r"(?:\S{1,200}@\S{1,200}\s*\(([^()]{1,200})\)|([^<>(@]{1,200})[<(]\S{1,200}@\S{1,200}[>)])"
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_FRAMES = tuple(
    (
        re.compile(rf"<({name})\b[^<>]{{0,4000}}>", re.IGNORECASE),
        re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE),
    )
    for name in ("iframe", "object")
)
_STUMBLES = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip

Entry = Mapping[str, Any]


def posts_of(
    original: Original, headers: Mapping[str, str] | None = None
) -> tuple[list[Post], tuple[Problem, ...]]:
    """The entries of a feed, and what is wrong with it; nothing is fetched.

    `headers` are those that a server sent with it, by name in small letters.
    """
    found, problems = _read(original, headers or {})
    if found is None:
        return [], problems
    channel: Entry = found.feed
    posts = [post_of(entry, channel) for entry in found.entries]
    if not posts:
        problems = (
            *problems,
            Problem(original.where, 0, "W378", "a feed without entries", "nothing to import"),
        )
    return posts, problems


def _read(original: Original, headers: Mapping[str, str]) -> tuple[Any, tuple[Problem, ...]]:
    """What feedparser makes of a feed: one that is not well-formed is mended first, where it can be."""
    where, hint = original.where, "compare the articles with the original"
    try:
        found = _parsed(original.data, headers)
        error = found.get("bozo_exception") if found.bozo else None
        if isinstance(error, SAXParseException):
            line, reason = error.getLineNumber() or 0, " ".join(str(error.getMessage()).split())[:120]
            problem = Problem(where, line, "W375", f"not a well-formed feed: {reason}", hint)
            better = _parsed(_mended(original.data), headers)
            if len(better.entries) >= len(found.entries) and not better.bozo:
                found = better
            return found, (problem,)
        if isinstance(error, feedparser.CharacterEncodingOverride):
            message = f"its encoding is not the one it states: read as {found.get('encoding') or 'UTF-8'}"
            return found, (Problem(where, 0, "W322", message, "compare the letters with the original"),)
        return found, ()
    except _STUMBLES as error:
        # feedparser promises to raise nothing; what it stumbles over is the feed's fault, not the user's.
        message = f"a feed that cannot be read: {type(error).__name__}"
        return None, (Problem(where, 0, "E379", message, "look at it in an XML editor, and save it anew"),)


def _parsed(data: bytes, headers: Mapping[str, str]) -> Any:
    # An object to read from: a text that looks like an address or a path would be opened.
    return feedparser.parse(
        BytesIO(data), response_headers=dict(headers), sanitize_html=False, resolve_relative_uris=True
    )


def _mended(data: bytes) -> bytes:
    """A feed in UTF-8 with its ampersands, entities and CDATA as they were meant."""
    text = "".join(texts(BytesIO(data), Damage()))
    return mended(_DECLARATION.sub("", text)).encode()


def post_of(entry: Entry, channel: Entry) -> Post:
    """One entry as a post; `channel` is what the feed says of itself."""
    html, summary = _texts(entry)
    html = _closed(html)
    url = _text(entry, "feedburner_origlink") or _text(entry, "link")
    number = _text(entry, "id")
    published = _date(entry, "published") or _date(entry, "created") or _date(entry, "updated")
    updated = _date(entry, "updated")
    image = _image(entry)
    origin = dict.get(entry, "source") or {}  # type: ignore[call-overload]
    return Post(
        html=html + _enclosures(entry, html),
        title=_html(dict.get(entry, "title_detail"), _text(entry, "title")),  # type: ignore[call-overload]
        published=published,
        updated=updated,
        authors=_authors(entry, channel),
        summary=summary or _text(entry, "subtitle"),
        tags=tuple(_text(tag, "label") or _text(tag, "term") for tag in _list(entry, "tags")),
        image=image if image is not None and image.src not in html else None,
        url=url if url.startswith(("http://", "https://")) else "",
        ids=(number,) if number else (),
        language=_language(entry, channel),
        publisher=_text(origin, "title") or _text(channel, "title"),
    )


def _text(entry: Any, name: str) -> str:
    """A text as it was found: feedparser's own look-up would warn, and take one date for another."""
    value = dict.get(entry, name) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _list(entry: Any, name: str) -> list[Any]:
    value = dict.get(entry, name) if isinstance(entry, dict) else None
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _html(detail: Any, value: str) -> str:
    """A text construct as HTML: plain text is escaped, its paragraphs are marked."""
    if _text(detail, "type") != "text/plain":
        return value
    return escape(value, quote=False)


def _body(detail: Any) -> str:
    value = _text(detail, "value")
    if _text(detail, "type") != "text/plain":
        return value
    paragraphs = value.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in paragraphs if each.strip())


def _texts(entry: Entry) -> tuple[str, str]:
    """The text of an entry, and its summary where that is another."""
    contents = [each for each in _list(entry, "content") if _text(each, "value")]
    readable = [
        each for each in contents if "html" in _text(each, "type") or _text(each, "type") == "text/plain"
    ]
    chosen = (readable or contents or [None])[0]
    html = _body(chosen)
    detail = dict.get(entry, "summary_detail")  # type: ignore[call-overload]
    if chosen is None:
        return _body(detail) or _text(entry, "summary"), ""
    summary = plain(_html(detail, _text(entry, "summary")))
    bare = summary
    for ellipsis in _ELLIPSES:
        bare = bare.removesuffix(ellipsis).rstrip()
    return html, "" if plain(html).startswith(bare[:2_000]) else summary


def _closed(html: str) -> str:
    """HTML in which no frame swallows the words within it, or behind it where it was never closed."""
    for opening, closing in _FRAMES:
        if opening.search(html) is not None:
            html = opening.sub(lambda match: f"{match[0]}</{match[1]}>", closing.sub("", html))
    return html


def _date(entry: Entry, name: str) -> str:
    """A date with the zone it was written in, in UTC where only feedparser can read it; "" for none."""
    parsed = dict.get(entry, f"{name}_parsed")  # type: ignore[call-overload]
    if not isinstance(parsed, time.struct_time):
        return ""
    try:
        universal = of_epoch(_seconds(parsed))
    except ValueError:
        return ""
    try:
        written = moment(_text(entry, name))
        if "T" not in written:
            return written if written == universal[:10] else universal
        has_zone = written.endswith("Z") or written[-6] in "+-"
        return written if has_zone and _same_instant(written, universal) else universal
    except ValueError:
        return universal


def _seconds(parsed: time.struct_time) -> float:
    try:
        return timegm(parsed)
    except (OverflowError, ValueError) as error:
        raise ValueError("not a date") from error


def _same_instant(written: str, universal: str) -> bool:
    return datetime.fromisoformat(written) == datetime.fromisoformat(universal)


def _authors(entry: Entry, channel: Entry) -> tuple[str, ...]:
    """The names of who wrote an entry, else of who writes the feed; addresses of mail are nobody's names."""
    found = _named(entry) or _named(channel)
    found += [_bare(_text(each, "name")) for each in _list(entry, "contributors")]
    return tuple(dict.fromkeys(filter(None, found)))


def _named(holder: Any) -> list[str]:
    whole = _text(holder, "author")
    # feedparser knows only addresses that end in one of the old domains.
    names = [whole] if "@" in whole else [_text(each, "name") for each in _list(holder, "authors")] or [whole]
    return [name for name in map(_bare, names) if name]


def _bare(name: str) -> str:
    """A name without the address of mail beside it; "" for an address alone."""
    if "@" not in name:
        return name
    found = _WITH_MAIL.fullmatch(name.strip()[:500])
    return (found[1] or found[2] or "").strip(" \"'") if found else ""


def _image(entry: Entry) -> Picture | None:
    media = [each for each in _list(entry, "media_content") if _is_picture(each, "url")]
    media += [each for each in _list(entry, "media_thumbnail") if _text(each, "url")]
    media += [
        {"url": _text(each, "href")}
        for each in _list(entry, "links")
        if _text(each, "rel") == "enclosure" and _text(each, "type").startswith("image/")
    ]
    own = dict.get(entry, "image")  # type: ignore[call-overload]
    media += [{"url": _text(own, "href")}] if _text(own, "href") else []
    if not media:
        return None
    credit = next((_text(each, "content") for each in _list(entry, "media_credit")), "")
    return Picture(src=_text(media[0], "url"), credit=credit)


def _is_picture(each: Any, name: str) -> bool:
    kind = _text(each, "type") or _text(each, "medium")
    return kind.startswith("image") or (not kind and _text(each, name).lower().endswith(_PICTURES))


def _enclosures(entry: Entry, html: str) -> str:
    """Links to the sounds and films that came with an entry, and to its text where that lies elsewhere."""
    found: list[str] = []
    for each in _list(entry, "links"):
        url, kind = _text(each, "href"), _text(each, "type")
        if _text(each, "rel") != "enclosure" or not url or url in html or kind.startswith("image/"):
            continue
        name = _text(each, "title") or {"audio": "Audio", "video": "Video"}.get(kind.partition("/")[0], "")
        found.append(f'<p><a href="{escape(url)}">{escape(name or url, quote=False)}</a></p>')
    for each in _list(entry, "content"):
        if not _text(each, "value") and (src := _text(each, "src")) and src not in html:
            found.append(f'<p><a href="{escape(src)}">{escape(src, quote=False)}</a></p>')
    return "".join(found)


def _language(entry: Entry, channel: Entry) -> str:
    details = [dict.get(entry, "title_detail"), *_list(entry, "content")]  # type: ignore[call-overload]
    stated = next((name for each in details if (name := _text(each, "language"))), "")
    return (_text(entry, "language") or stated or _text(channel, "language")).replace("_", "-")
