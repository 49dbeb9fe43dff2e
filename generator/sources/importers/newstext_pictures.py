"""Pictures in a text: the line that names a file, the caption, the credit, the day it was taken."""

import re
from datetime import date
from typing import NamedTuple

from generator.sources.importers.newstext_bylines import is_agency
from generator.sources.importers.newstext_dates import day_named

CAPTION_LIMIT = 700
"""The most characters of a caption with its credit."""

EXTENSIONS = ("jpg", "jpeg", "png", "webp", "gif", "svg", "avif")
"""Endings of the names of pictures."""

_KIND = (
    "(?:file |handout |staff |archive )?"
    "(?:photographs?|photos?|pictures?|pics?|images?|drawings?|illustrations?|graphics?|cartoons?|maps?"
    "|paintings?|engravings?|sketch(?:es)?|handouts?|screengrabs?|foto|bild)"
)
_KIND_FIRST = re.compile(
    rf"{_KIND}\s?(?:(?:credit|courtesy)\s?(?:[:/|]|of\s|by\s|\s)|[:/|–—-]|by[\s:])\s?(?P<credit>\S.*)",
    re.IGNORECASE,
)
_KIND_LATER = re.compile(rf"\S.{{0,40}}?\s{_KIND}(?:\s?/\s?\S.*)?", re.IGNORECASE)
_CREDIT = re.compile(r"(?:credits?|courtesy)\s?(?::|of\s|/)\s?(?P<credit>\S.*)", re.IGNORECASE)
_OPEN_CREDIT = re.compile(
    r"(?:^|(?<=[\s.!?”’\"')]))(?:(?:photographs?|photos?|pictures?|images?|illustrations?|credit|foto|bild)"
    r"(?:\s(?:by|credit))?\s?:\s?|©\s?)(?P<credit>[^\s:][^:]{1,80})\Z",
    re.IGNORECASE,
)
_AGENCY_CREDIT = re.compile(
    r"(?:^|(?<=[\s.!?]))(?P<credit>(?:REUTERS|AFP|AP|EPA)\s?/\s?[A-Z][^./]{1,60})\.?\Z"
)
_NAMED = re.compile(
    rf"\[?(?:(?:image|photo|picture|img|file|foto|bild)\s?:\s?)?(?P<name>[^\s\[\]<>\"|]{{1,300}}\.(?:{'|'.join(EXTENSIONS)})"
    r"(?:\?[^\s\[\]<>\"]{0,200})?)\]?\Z",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"!\[[^\[\]]{0,200}\]\((?P<name>[^\s()<>\"]{1,300})\)\Z")
_DAY = re.compile(
    r"(?<!\w)([^\W\d_]{3,10}\.?\s\d{1,2},\s?\d{4}|\d{1,2}\.?\s[^\W\d_]{3,10}\.?\s\d{4})(?=[.)\s]{0,3}(?:\s[A-Z(]|\Z)|\.)"
)


_CREDIT_SIGN = re.compile(r"[:©/]")
_TAIL = 130
_NAME_LIMIT = 600


class Caption(NamedTuple):
    """A picture's caption without its credit; `text` is "" for a line that is only a credit."""

    text: str
    credit: str


def may_be_picture(text: str) -> bool:
    """Whether a paragraph is worth the looks of `picture_named` and `read_caption`."""
    if len(text) > CAPTION_LIMIT:
        return False
    if text[0] not in "[!" and not any(map(text.__contains__, ":/©)]")):
        return " " not in text[:_TAIL]  # most paragraphs hold no sign of one
    head, tail = text[:_TAIL], text[-_TAIL:]
    named = head[0] in "[!" or ":" in head or " " not in head
    return named or _CREDIT_SIGN.search(tail) is not None or tail.rstrip(". ").endswith((")", "]"))


def read_caption(text: str) -> Caption | None:
    """The caption that a paragraph is, told by its credit; None for any other paragraph."""
    if len(text) > CAPTION_LIMIT:
        return None
    bracketed = _bracketed(text)
    if bracketed is not None:
        return bracketed
    tail = max(0, len(text) - _TAIL)
    found = None
    if ":" in text[tail:] or "©" in text[tail:]:
        found = _OPEN_CREDIT.search(text, tail)
    if found is None and "/" in text[tail:]:
        found = _AGENCY_CREDIT.search(text, tail)
    if found is None or (found["credit"].rstrip().endswith((".", "?", "!")) and " " in found["credit"][30:]):
        return None
    return Caption(text[: found.start()].rstrip(" |–—-("), found["credit"].strip(" ."))


def _bracketed(text: str) -> Caption | None:
    bare = text.rstrip(". ")
    if not bare.endswith((")", "]")):
        return None
    start = bare.rfind("(" if bare[-1] == ")" else "[")
    inner = bare[start + 1 : -1].strip()
    if start < 0 or not 2 <= len(inner) <= 120:
        return None
    credit = _credit(inner)
    return Caption(text[:start].rstrip(), credit) if credit else None


def _credit(inner: str) -> str:
    """The credit in what stands between brackets: "PHOTO / AP" → "AP", "AP Photo/Jane Doe" as it is."""
    for pattern in (_KIND_FIRST, _CREDIT):
        found = pattern.fullmatch(inner)
        if found:
            return found["credit"].strip()
    if _KIND_LATER.fullmatch(inner):
        first = inner.split()[0]
        return inner if is_agency(first) or "/" in inner else ""
    parts = inner.split("/")
    return inner if len(parts) > 1 and any(is_agency(part) for part in parts) else ""


def picture_named(text: str) -> str | None:
    """The file or URL of a line that only names a picture (`[Image: mole.jpg]`, a URL); else None."""
    if len(text) > _NAME_LIMIT or (text[-1] not in ")]" and "?" not in text and text[-5:].find(".") < 0):
        return None
    found = _NAMED.match(text) or _MARKDOWN.match(text)
    return found["name"] if found else None


def taken_on(caption: str, published: date) -> str:
    """The day a caption ends a sentence with: "2021-04-12"; "" for none, several, or a later one."""
    days = {day for written in _DAY.findall(caption) if (day := day_named(written)) is not None}
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day is not None and day <= published else ""
