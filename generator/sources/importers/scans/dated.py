"""When a scanned page appeared: by its folders and name, by its masthead, by the pages that came with it."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.core.dates import MONTHS, WEEKDAYS

_IN_PATH = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MASTHEAD = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)})[^\w\n]{{0,3}}(?:(?:morning|evening|afternoon)[^\w\n]{{0,3}})?)?"
    r"\b(?P<month>[a-z]{3,9})[^\w\n]{0,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?[^\w\n]{1,3}(?P<year>1[4-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)
_LINES = 150
_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): number for number, name in enumerate(MONTHS, 1)
}
_DAYS = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_AGREED = 0.6
_LEAST = 3


class Masthead(NamedTuple):
    """The day that a page prints at its head; `certain` when the weekday beside it is right."""

    day: date
    certain: bool


def day_in_path(name: str) -> date | None:
    """The day that a file's folders and name give: "1916/05/26/x.txt", "x_19160526.xml"; None for none."""
    for match in reversed(list(_IN_PATH.finditer(name))):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


def day_in_masthead(text: str) -> Masthead | None:
    """The day in the first lines of a page; one beside its right weekday before all others."""
    best: Masthead | None = None
    for line in text.split("\n", _LINES)[:_LINES]:
        for match in _MASTHEAD.finditer(line[:500]):
            month = _MONTHS.get(match["month"].lower())
            weekday = _DAYS.get((match["weekday"] or "").lower())
            if month is None:
                continue
            try:
                day = date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue
            if weekday == day.weekday():
                return Masthead(day, True)
            if best is None:
                best = Masthead(day, False)
    return best


def agreed(days: Iterable[date]) -> date | None:
    """The day on which most pages that came together agree; None where they do not, or are few."""
    counts = Counter(days)
    if not counts:
        return None
    day, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return day if count >= _LEAST and count >= counts.total() * _AGREED else None


def misread(day: date, other: date) -> bool:
    """Whether two days differ by no more than two figures, as one that was misread does."""
    return sum(a != b for a, b in zip(day.isoformat(), other.isoformat(), strict=True)) <= 2
