"""Dates as Hugo, Jekyll, Zola, Eleventy and Pelican archives write them, in the contract's form."""

import re
from datetime import date, time

from generator.core.dates import MONTHS

_LIMIT = 64
_NUMERIC = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:\s*[Tt]\s*|\s+)(.+))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?:,?\s+(.+))?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(.+))?")
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?\s*([A-Za-z]{1,5}|[-+]\d{1,2}:?\d{0,2})?"
)
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    "bst": "+01:00", "cet": "+01:00", "cest": "+02:00",
}  # fmt: skip
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

NAMED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](?=.)")
"""The date that a post's file name begins with: "2014-03-12-coming-soon"."""


def contract_date(text: str) -> str:
    """A date as front matter has it, in ISO 8601: the day alone, a zone only where one was written.

    "2015-06-05 11:10:22 -0400" gives "2015-06-05T11:10:22-04:00", "2016-03-03 15:00:00 -5" gives
    "2016-03-03T15:00:00-05:00". Fractions of a second are dropped. Raises ValueError for what is no date.
    """
    text = text.strip()
    if len(text) > _LIMIT:
        raise ValueError(text[:_LIMIT])
    weekday = _WEEKDAY.match(text)
    bare = text[weekday.end() :] if weekday else text
    if found := _NUMERIC.fullmatch(bare):
        year, month, day, clock = int(found[1]), int(found[3]), int(found[4]), found[5]
    elif found := _DAY_FIRST.fullmatch(bare):
        year, month, day, clock = int(found[3]), _month(found[2]), int(found[1]), found[4]
    elif found := _MONTH_FIRST.fullmatch(bare):
        year, month, day, clock = int(found[3]), _month(found[1]), int(found[2]), found[4]
    else:
        raise ValueError(text)
    written = date(year, month, day).isoformat()
    return f"{written}T{_clock(clock)}" if clock else written


def named_date(name: str) -> str:
    """The day that a file name (without folders) begins with, "" when it begins with none."""
    found = NAMED.match(name)
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def _month(word: str) -> int:
    number = _MONTH_NUMBERS.get(word[:3].lower(), 0)
    if not number or (not MONTHS[number - 1].lower().startswith(word.lower()) and word.lower() != "sept"):
        raise ValueError(word)
    return number


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half := found[4]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    return time(hour, minute, second).isoformat() + _zone(found[5] or "")


def _zone(text: str) -> str:
    if not text:
        return ""
    if text[0] not in "+-":
        if text.lower() not in _ZONES:
            raise ValueError(text)
        return _ZONES[text.lower()]
    hours, _, minutes = text[1:].partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    whole, part = int(hours), int(minutes or 0)
    if whole > 14 or part > 59:
        raise ValueError(text)
    return f"{text[0]}{whole:02}:{part:02}"
