"""What the names of months, weekdays and feasts mean, and words like yesterday."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from generator.annotate import periods
from generator.annotate.calendar_words import ABBREVIATED, DOUBTFUL, MONTH_OF, ORDINAL_OF, WEEKDAY_OF
from generator.annotate.date_scene import (
    LIKELY,
    SURE,
    WHICH,
    Hit,
    Scene,
    around,
    day_of,
    year_behind,
)
from generator.annotate.tense import is_future

RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0}
"""How many days after the present one each of these lies."""

_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_BEFORE = re.compile(rf"(?<![\d.,:/$£€-])(?:the )?(\d{{1,2}}){_ORDINAL}(?: of)? \Z")
_ORDINAL_BEFORE = re.compile(rf"\b(?:the )?({'|'.join(ORDINAL_OF)}|last)(?: day)? of \Z", re.IGNORECASE)
_DAYS_BEFORE = re.compile(
    rf"(?<![\d.,:/$£€-])(?:(?:between|from) )?(\d{{1,2}}){_ORDINAL}(?: ?[-–—] ?| to | and |"
    rf" until )(\d{{1,2}}){_ORDINAL}(?: of)? \Z"
)
_WEEKDAY_BEFORE = re.compile(
    r"\b(?:on )?((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:, the|,| the)? (?=(?:the )?\d|\Z)\Z"
)
_DAY_BEHIND = re.compile(
    rf" (\d{{1,2}}){_ORDINAL}(?![\d:%]|[.,]\d|\.?(?:am|pm)\b| (?:percent|per cent|million|people)\b)"
    rf"(?:(?: ?[-–—] ?| to | and )(\d{{1,2}}){_ORDINAL}(?![\d:]))?"
)
_MONTH_UNTIL = re.compile(
    r"(?: ?[-–—] ?| to | until | and )(January|February|March|April|May|June|July|August|September|October|"
    r"November|"
    r"December)\b(?: (\d{1,2})(?![\d:]))?"
)
_IN_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Tt]o|[Oo]f|[Dd]uring|[Bb]efore|[Aa]fter|[Ee]arly|"
    r"[Ll]ate|[Mm]id|[Ee]very|"
    r"[Bb]etween|through|[Tt]his|[Ll]ast|[Nn]ext|and|or|end of|on)[ -]|\()\Z"
)
_YEAR_UNTIL = re.compile(r"(?: ?[-–—] ?| to | until )(?:early |mid-|late )?((?:1\d|20)\d\d)(?!\d)")
_YEAR_WRITTEN = re.compile(r"\d{4}")
_SOON = 40  # days within which a day without a year may lie ahead though no word says so
_MONTH_FOLLOWS = re.compile(
    r"(?:, the|,| the)? (?:(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|"
    r"Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d|\b)"
)
_EVERY = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|Black|Good|Easter|Ash|Palm|Bloody|Super|Shrove|Cyber|Whit)(?: other)? \Z|['’]s \Z"
)
_EVENT = re.compile(
    r" (?!in\b|when\b|that\b|like\b|or\b|and\b|as\b|of\b)[a-z]{3,}"
)  # a Wednesday press conference
_FEASTS: Mapping[str, Callable[[int], date]] = {
    "Christmas Eve": lambda y: date(y, 12, 24),
    "Christmas Day": lambda y: date(y, 12, 25),
    "Boxing Day": lambda y: date(y, 12, 26),
    "New Year’s Eve": lambda y: date(y, 12, 31),
    "New Year's Eve": lambda y: date(y, 12, 31),
    "New Year’s Day": lambda y: date(y, 1, 1),
    "New Year's Day": lambda y: date(y, 1, 1),
    "Good Friday": lambda y: periods.easter(y) - timedelta(2),
    "Easter Sunday": periods.easter,
    "Easter Monday": lambda y: periods.easter(y) + timedelta(1),
}
_YEAR_OF_FEAST = re.compile(r",? (?:of |in )?((?:1\d|20)\d\d)\b| (last|this|next) year\b")


def month_name(scene: Scene, start: int, end: int) -> Hit | None:
    """April, 13 April, April 13, Tuesday, 13 April 2021, last April, April 12 to 14, 12-14 April."""
    text = scene.text
    name = text[start:end]
    if text[end : end + 1] == "." and name in ABBREVIATED:
        end += 1
    which, before = MONTH_OF[name], around(scene, start)
    until = 0
    first = 0
    if match := _DAYS_BEFORE.search(before):
        first, until, start = int(match[1]), int(match[2]), start - len(before) + match.start(1)
        if text[max(0, start - 8) : start] == "between ":
            start -= 0
    elif match := _DAY_BEFORE.search(before):
        first, start = int(match[1]), start - len(before) + match.start(1)
    elif match := _ORDINAL_BEFORE.search(before):
        return _in_words(scene, start - len(before) + match.start(), end, which, match[1].lower())
    elif match := _DAY_BEHIND.match(text, end):
        first, until, end = int(match[1]), int(match[2] or 0), match.end()
    before = around(scene, start)
    weekday = -1
    if match := _WEEKDAY_BEFORE.search(before):
        weekday, start = WEEKDAY_OF[match[1]], start - len(before) + match.start(1)
    year, end = year_behind(scene, end)
    if first:
        return _days(scene, start, end, which, first, until, year, weekday)
    if name in DOUBTFUL and not year and not (_IN_BEFORE.search(before) and name not in ABBREVIATED):
        return None
    return _month(scene, start, end, which, year)


def _in_words(scene: Scene, start: int, end: int, month: int, word: str) -> Hit | None:
    """The ninth of November, the first day of June, the last day of June."""
    year, end = year_behind(scene, end)
    certainty = SURE
    first = 1 if word == "last" else ORDINAL_OF[word]
    if not year:
        year, certainty = _year_of(scene, start, end, month, first, -1), LIKELY
    when = periods.month(year, month).last if word == "last" else day_of(year, month, first)
    return Hit(start, end, periods.day(when), certainty) if when is not None else None


def _days(
    scene: Scene, start: int, end: int, month: int, first: int, until: int, year: int, weekday: int
) -> Hit | None:
    """One day of a month, or some."""
    certainty = SURE
    if not year:
        year, certainty = _year_of(scene, start, end, month, first, weekday), LIKELY
    when = day_of(year, month, first)
    if when is None:
        return None
    if until > first and (last := day_of(year, month, until)):
        return Hit(start, end, periods.day(when), certainty, periods.day(last))
    match = _MONTH_UNTIL.match(scene.text, end)
    if (
        match
        and match[2]
        and (last := day_of(year + (MONTH_OF[match[1]] < month), MONTH_OF[match[1]], int(match[2])))
    ):
        return Hit(start, match.end(), periods.day(when), certainty, periods.day(last))
    return Hit(start, end, periods.day(when), certainty)


def _year_of(scene: Scene, start: int, end: int, month: int, first: int, weekday: int) -> int:
    """The year of a day whose year is not written: the nearest, or the one that has it on the weekday named.

    What the words speak of as to come is looked for there.
    """
    today = scene.today
    years = [y for y in (today.year, today.year - 1, today.year + 1) if day_of(y, month, first)]
    fitting = [y for y in years if weekday < 0 or date(y, month, first).weekday() == weekday]
    if not years:
        return today.year
    future = is_future(scene.text, start, end)

    def far(year: int) -> tuple[bool, int]:
        days = (date(year, month, first) - today).days
        wrong = days < 0 if future else days > _SOON
        return wrong, abs(days)

    return min(fitting or years, key=far)


def _month(scene: Scene, start: int, end: int, which: int, year: int) -> Hit | None:
    if year:
        return _range_of_months(scene, Hit(start, end, periods.month(year, which), SURE))
    today, certainty = scene.today, LIKELY
    match = WHICH.search(around(scene, start))
    word = match[1].lower().split()[-1] if match else ""
    if match and word in {"last", "next", "this", "past", "previous", "coming"}:
        words = match[1].split()
        start = start - len(" ".join(words[-1:])) - 1
    if word in {"last", "past", "previous"}:
        year = today.year - (which >= today.month)
    elif word in {"next", "coming"}:
        year = today.year + (which <= today.month)
    elif word == "this":
        year = today.year
    elif is_future(scene.text, start, end):
        year = today.year + (which < today.month)
    else:
        year = today.year - (which > today.month)
    return _range_of_months(scene, Hit(start, end, periods.month(year, which), certainty))


def _range_of_months(scene: Scene, hit: Hit) -> Hit:
    """A month, or a range of months where another follows: March to May, May 2011 and January 2015."""
    match = _MONTH_UNTIL.match(scene.text, hit.end)
    if match is None and (years := _YEAR_UNTIL.match(scene.text, hit.end)):
        return hit._replace(end=years.end(), until=periods.year(int(years[1])))
    if match is None or match[2]:
        return hit
    joined = match[0].strip().startswith("and")
    between = scene.text[max(0, hit.start - 8) : hit.start].lower() == "between "
    if joined and not between:
        return hit
    year, end = year_behind(scene, match.end())
    which = MONTH_OF[match[1]]
    first = hit.period.first
    if year and len(hit.period.value) == 7 and not _YEAR_WRITTEN.search(scene.text, hit.start, hit.end):
        hit = hit._replace(period=periods.month(year - (first.month > which), first.month))
    last = periods.month(year or hit.period.first.year + (which < first.month), which)
    return hit._replace(end=end, until=last)


def weekday(scene: Scene, start: int, end: int) -> Hit | None:
    """Tuesday, last Tuesday, next Tuesday; none where a day of a month follows, which says it better."""
    text, today = scene.text, scene.today
    if text[end : end + 1] == "s" or _MONTH_FOLLOWS.match(text, end):
        return None
    number_of = WEEKDAY_OF[text[start:end]]
    back = (today.weekday() - number_of) % 7
    before = around(scene, start)
    if _EVERY.search(before) or (before.endswith(" a ") and not _EVENT.match(text, end)):
        return None
    match = WHICH.search(before)
    word = match[1].lower().split()[-1] if match else ""
    if match and word in {"last", "next", "this", "past", "previous", "coming", "following"}:
        start -= len(word) + 1
    if text[end : end + 10] == " last week":
        return Hit(
            start,
            end + 10,
            periods.day(periods.week(today - timedelta(7)).first + timedelta(number_of)),
            LIKELY,
        )
    if text[end : end + 10] == " next week":
        return Hit(
            start,
            end + 10,
            periods.day(periods.week(today + timedelta(7)).first + timedelta(number_of)),
            LIKELY,
        )
    if word in {"last", "past", "previous"}:
        when = today - timedelta(back or 7)
    elif word in {"next", "coming", "following"}:
        when = today + timedelta((number_of - today.weekday()) % 7 or 7)
    elif is_future(text, start, end):
        when = today + timedelta((number_of - today.weekday()) % 7)
    else:
        when = today - timedelta(back)
    return Hit(start, end, periods.day(when), LIKELY)


def near_day(scene: Scene, start: int, end: int) -> Hit | None:
    """Today, tonight, yesterday, tomorrow; the day before yesterday."""
    word = scene.text[start:end].lower()
    days = RELATIVE[word]
    if scene.text[end : end + 2] in {"'s", "’s"} and word == "today":
        return None  # "today's world"
    before = around(scene, start)
    for phrase, more in (("the day before ", -1), ("the day after ", 1)):
        if before.lower().endswith(phrase):
            return Hit(start - len(phrase), end, periods.day(scene.today + timedelta(days + more)), SURE)
    certainty = LIKELY if word == "today" else SURE
    return Hit(start, end, periods.day(scene.today + timedelta(days)), certainty)


def feast(scene: Scene, start: int, end: int) -> Hit | None:
    """Christmas Eve 1944, Boxing Day last year: a feast whose year stands with it."""
    for name, when in _FEASTS.items():
        if scene.text.startswith(name, start) and (
            match := _YEAR_OF_FEAST.match(scene.text, start + len(name))
        ):
            year = (
                int(match[1]) if match[1] else scene.today.year + {"last": -1, "this": 0, "next": 1}[match[2]]
            )
            return Hit(start, match.end(), periods.day(when(year)), SURE)
    return None
