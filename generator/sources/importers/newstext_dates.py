"""Dates as newspapers print them: one expression into one moment.

An expression is read only when every word of it is understood, so that a sentence is never taken for one.
"""

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from generator.core.dates import WEEKDAYS, Moment
from generator.core.frozen import dataclass
from generator.core.language import ENGLISH
from generator.core.site import Site
from generator.sources.importers.newstext_date_words import Words, words_of
from generator.sources.importers.newstext_zones import AMBIGUOUS, OFFSETS, REGIONS

_FIGURE = re.compile(r"\d")
MONTH_FIRST = ("en-US", "en-PH", "en-BZ", "es-US", "fil")
"""Languages, as their country writes them, in which 03/04 is 4 March."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """What a date is read by where it does not say itself. `month_first`: 03/04 is 4 March."""

    zone: ZoneInfo
    month_first: bool
    this_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something about a date that an editor should look at; `code` is a problem's."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A date expression understood. `moment` is None when there is no such moment: `error` says why.

    `written` is the value for the front matter: ISO 8601, with an offset only where the source gave a
    zone, which `zoned` tells.
    """

    moment: Moment | None
    written: str = ""
    error: str = ""
    zoned: bool = False
    doubts: tuple[Doubt, ...] = ()


def customs(site: Site, now: datetime) -> Customs:
    """How a site's newspaper writes its dates: by its language, or its zone where that leaves it open."""
    month_first = site.language in MONTH_FIRST or (
        site.language == "en" and site.timezone.startswith(("America/", "US/"))
    )
    return Customs(zone=ZoneInfo(site.timezone), month_first=month_first, this_year=now.year)


def read_date(text: str, by: Customs) -> Reading | None:
    """A whole expression ("11:34, April 13, 2021", "13 Apr 2021 9.05am BST"); None when it is no date."""
    if _FIGURE.search(text) is None:
        return None  # no year
    words = words_of(text)
    if words is None or words.year is None or words.month is None or words.day is None:
        return None
    doubts: list[Doubt] = []
    if words.numeric is not None:
        _order(words, text, by, doubts)
    day = _day(words)
    if day is None:
        return Reading(moment=None, error="there is no such day")
    if words.weekday is not None and words.weekday != day.weekday():
        message = f"{WEEKDAYS[words.weekday]} is not the weekday of {ENGLISH.day(day)}"
        doubts.append(Doubt(code="W313", message=message, hint=f"it was a {WEEKDAYS[day.weekday()]}"))
    if words.hour is None:
        moment = Moment(datetime(day.year, day.month, day.day, tzinfo=by.zone), has_time=False)
        return Reading(moment=moment, written=day.isoformat(), doubts=tuple(doubts))
    if words.hour > 23 or words.minute > 59 or words.second > 59:
        return Reading(moment=None, error="there is no such time")
    naive = datetime(day.year, day.month, day.day, words.hour, words.minute, words.second)
    zone = _zone(words, naive, by, doubts)
    at = naive.replace(tzinfo=zone or by.zone)
    written = (at if zone else naive).isoformat(timespec="seconds")
    return Reading(moment=Moment(at), written=written, zoned=zone is not None, doubts=tuple(doubts))


def is_date(text: str) -> bool:
    """Whether a text is a whole date and nothing else; cheap for a text without figures."""
    if _FIGURE.search(text) is None:
        return False
    words = words_of(text)
    return words is not None and words.year is not None and words.month is not None and words.day is not None


def day_named(text: str) -> date | None:
    """The day that an expression names ("April 12, 2021"), its month in words; None for anything else."""
    words = words_of(text)
    return _day(words) if words is not None and words.numeric is None else None


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of "April 13", "13 April" or "Jan. 8", as datelines have them; None for anything else."""
    words = words_of(text)
    if words is None or words.month is None or words.day is None or words.hour is not None:
        return None
    return words.month, words.day


def _day(words: Words) -> date | None:
    if words.year is None or words.month is None or words.day is None:
        return None
    try:
        return date(words.year, words.month, words.day)
    except ValueError:
        return None


def _order(words: Words, text: str, by: Customs, doubts: list[Doubt]) -> None:
    """Tell day and month apart in a date of figures; a year of two digits is the last that has been."""
    assert words.numeric is not None and words.year is not None
    first, second, separator = words.numeric
    if words.two_digit_year:
        words.year += by.this_year // 100 * 100
        if words.year > by.this_year:
            words.year -= 100
    open_to_doubt = first <= 12 and second <= 12 and first != second and separator != "."
    month_first = by.month_first if open_to_doubt else second > 12
    words.day, words.month = (second, first) if month_first else (first, second)
    if open_to_doubt:
        taken = _day(words)
        message = f"{text.strip()!r} could be two days"
        shown = ENGLISH.day(taken) if taken else "none"
        doubts.append(Doubt(code="W310", message=message, hint=f"taken as {shown}"))


def _zone(words: Words, naive: datetime, by: Customs, doubts: list[Doubt]) -> timezone | None:
    """The offset the expression gives; None when it gives none, or one that could be several."""
    if words.offset is not None:
        return timezone(timedelta(minutes=words.offset))
    name = words.zone
    if not name:
        return None
    if by.zone.tzname(naive) == name:
        return _fixed(by.zone, naive)
    if name in OFFSETS:
        return timezone(timedelta(minutes=OFFSETS[name]))
    region = REGIONS.get(name, name if "/" in name else "")
    if region:
        try:
            return _fixed(ZoneInfo(region), naive)
        except (KeyError, ValueError, OSError):
            region = ""
    meaning = AMBIGUOUS.get(name, "")
    message = f"the zone {name} could be several" if meaning else f"the zone {name} is not known"
    hint = f"{meaning}; the site's zone was taken" if meaning else "the site's zone was taken"
    doubts.append(Doubt(code="W311", message=message, hint=hint))
    return None


def _fixed(zone: ZoneInfo, naive: datetime) -> timezone:
    return timezone(zone.utcoffset(naive) or timedelta())
