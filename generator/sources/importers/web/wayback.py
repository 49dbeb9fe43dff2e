"""Captures of the Wayback Machine: the page as it was, without what the machine put into it."""

import re
from typing import NamedTuple

_PREFIX = re.compile(
    r"(?:(?:https?:)?//web\.archive\.org)?/web/[0-9]{4,14}(?:[a-z]{2}_)?/(?=https?:(?://|%3A)|mailto:)",
    re.IGNORECASE,
)
_TOOLBAR = re.compile(r"<!--\s?BEGIN WAYBACK TOOLBAR INSERT\s?-->")
_TOOLBAR_END = re.compile(r"<!--\s?END WAYBACK TOOLBAR INSERT\s?-->")
_PLAYED = re.compile(r"__wm\.wombat\(\s?\"([^\"\s]{8,2000})\"\s?,\s?\"([0-9]{14})\"")
_ADDRESS = re.compile(r"https?://web\.archive\.org/web/([0-9]{4,14})(?:[a-z]{2}_)?/(https?://.{4,2000})")
_MARK = "web.archive.org"


class Unwrapped(NamedTuple):
    """A page as it was; where and when ("2009-03-11T08:26:14Z") it was captured, "" where nobody says."""

    text: str
    address: str = ""
    captured: str = ""


def unwrapped(text: str) -> Unwrapped:
    """A page without the machine's toolbar, its links leading where they led; any other page as it is.

    The forms are those of the captures that web.archive.org serves. Time grows with the page's length alone.
    """
    if _MARK not in text:
        return Unwrapped(text)
    played = _PLAYED.search(text[:100_000])
    begins = _TOOLBAR.search(text)
    if begins is not None and (ends := _TOOLBAR_END.search(text, begins.end())):
        text = text[: begins.start()] + text[ends.end() :]
    text = _PREFIX.sub("", text)
    return Unwrapped(text, played[1], moment(played[2])) if played else Unwrapped(text)


def original_address(address: str) -> str:
    """The address that a capture was made of; any other address as it is."""
    match = _ADDRESS.match(address)
    return match[2] if match else address


def moment(stamp: str) -> str:
    """The machine's fourteen figures as RFC 3339: "20090311082614" → "2009-03-11T08:26:14Z"."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"
