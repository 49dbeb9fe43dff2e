"""What words for stretches of time mean: last week, two years ago, the third quarter, the day before."""

import re
from datetime import date, timedelta

from generator.annotate import periods
from generator.annotate.calendar_words import ORDINAL_OF, number
from generator.annotate.date_scene import (
    GUESSED,
    LIKELY,
    STEPS,
    SURE,
    VAGUE,
    WHICH,
    Hit,
    Scene,
    around,
    year_behind,
)
from generator.annotate.periods import SEASONS, Period
from generator.annotate.tense import is_future

UNITS = (
    "day",
    "week",
    "fortnight",
    "month",
    "year",
    "decade",
    "century",
    "hour",
    "minute",
    "weekend",
    "quarter",
    "half",
)
"""The words of this kind beside seasons and parts of the day."""

_NUMBER = r"(?:\d{1,4}|[a-z]+ty-[a-z]+|a couple of|a dozen|[a-z]+)"
_IN_SEASON = re.compile(
    r"\b(?:in|since|by|until|during|over|of|early|late|mid|before|after|for)[ -](?:the )?\Z"
)
_OTHER_SENSE = re.compile(
    r" (?:of|in|into|from|to|back|apart|off|out|water|board|onions?|rolls?|sale|season)\b"
)
_AGO = re.compile(
    r" (?:ago|earlier|previously|later|from now|(?:before|after)(?! (?:the|a|he|she|they|it)\b))\b(?! than\b)"
)
_COUNTED = re.compile(
    rf"(?:\b(?:about|around|almost|nearly|some|over|more than|just|only|exactly|at least|up to|"
    rf"roughly) )?\b({_NUMBER}) \Z",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(
    r"\b((?:the )?)(?:(\d{1,2})(?:st|nd|rd|th)|(" + "|".join((*ORDINAL_OF, "last")) + r"))[ -]\Z",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r" of ((?:1\d|20)\d\d|last year|this year|next year)\b| ((?:1\d|20)\d\d)\b")
_BUSINESS = re.compile(
    r"\b(?:profits?|sales|revenues?|earnings|results|orders?|growth|GDP|output|quarter|economy|prices|year|"
    r"costs?)\b"
)
_THE_DAY_BEFORE = re.compile(
    r" (before|after)(?=[.,;:!?)”\"]|\Z| (?:in|at|and|but|by|with|when|for|had|was|were|that)\b)"
)


def unit(scene: Scene, start: int, end: int) -> Hit | None:
    """Words for stretches of time: last week, this month, the past year, two years ago, three days later, the
    weekend, the third quarter, the 19th century, the day before."""
    text = scene.text
    word = text[start:end].lower()
    if word.endswith("s"):
        word, end = word[:-1], end - 1
    if found := _recent(scene, start, end, word):
        return found
    if found := _counted(scene, start, end, word):
        return found
    if found := _numbered(scene, start, end, word):
        return found
    if found := _from_the_last(scene, start, end, word):
        return found
    if text[end : end + 1] == "s" or (text[start - 1 : start] == "-"):
        return None
    match = WHICH.search(around(scene, start))
    which = match[1].lower().split() if match else []
    if not which:
        return _the(scene, start, end, word)
    step = STEPS.get(which[-1])
    if step is None or (
        which[0] == "the"
        and which[-1] in {"last", "past", "next"}
        and word not in {"weekend", "century", "quarter"}
    ):
        return None  # "over the last year" is a stretch of time up to today
    begin = start - len(which[-1]) - 1
    period = _stepped(scene, word, step, begin, end)
    return Hit(begin, end, period, LIKELY) if period is not None else None


def _recent(scene: Scene, start: int, end: int, word: str) -> Hit | None:
    """Recent weeks."""
    days = {"day": 1, "week": 7, "month": 30, "year": 365}.get(word)
    if days is None or scene.text[end : end + 1] != "s" or not scene.text[:start].endswith("recent "):
        return None
    return Hit(start - len("recent "), end + 1, periods.recent(scene.today, days), VAGUE)


def _stepped(scene: Scene, word: str, step: int, start: int, end: int) -> Period | None:
    """The week, month, … that lies a step before or after the present one."""
    today = scene.today
    if word in SEASONS:
        return _season(scene, word, step)
    if word == "weekend":
        saturday = _last_weekend(today) if step < 0 else today
        return periods.weekend(saturday + timedelta(7 * (step > 0 and today.weekday() > 4)))
    if word in periods.PARTS:
        return periods.day(today + timedelta(step)) if step <= 0 or word == "night" else None
    if word == "week":
        return periods.week(today + timedelta(7 * step))
    if word == "month":
        return periods.month_from(today, step)
    if word == "year":
        return periods.year(today.year + step)
    if word == "quarter":
        at = today.year * 4 + (today.month - 1) // 3 + step
        return periods.quarter(at // 4, at % 4 + 1)
    if word == "decade":
        return periods.decade((today.year // 10 + step) * 10)
    if word == "century":
        return periods.century((today.year // 100) + 1 + step)
    return None


def _last_weekend(today: date) -> date:
    """A day of the last weekend that has begun."""
    return today - timedelta((today.weekday() - 5) % 7)


def _season(scene: Scene, name: str, step: int) -> Period:
    """The season that newspapers mean: the one that has begun last, the one before it, or the next."""
    today = scene.today
    begun = [y for y in range(today.year - 2, today.year + 2) if periods.season(y, name).first <= today]
    current = begun[-1]
    running = periods.season(current, name).last >= today
    if step == 0:
        same = periods.season(today.year, name)
        return periods.season(current, name) if running else same
    if step < 0:
        return periods.season(current - (1 if running else 0), name)
    return periods.season(current + 1, name)


def _the(scene: Scene, start: int, end: int, word: str) -> Hit | None:
    """The weekend, at weekend; the spring, spring 2014."""
    text, before = scene.text, around(scene, start).lower()
    if word == "weekend" and text[end : end + 1] != "s":
        the = before.endswith("the ")
        if not the and not before.endswith(("at ", "over ")):
            return None
        ahead = is_future(text, start - 4 * the, end)
        saturday = scene.today if ahead else _last_weekend(scene.today)
        return Hit(start - 4 * the, end, periods.weekend(saturday), LIKELY)
    if word not in SEASONS:
        return None
    year, stop = year_behind(scene, end)
    if year:
        return Hit(start, stop, periods.season(year, word), SURE)
    if (
        not _IN_SEASON.search(before)
        or text[end : end + 1] in {"'", "’", "-"}
        or _OTHER_SENSE.match(text, end)
    ):
        return None
    the = before.endswith("the ")
    step = 1 if is_future(text, start, end) else 0
    period = _season(scene, word, step)
    if step == 0 and period.first > scene.today:
        period = _season(scene, word, -1)
    return Hit(start - 4 * the, end, period, GUESSED)


def _counted(scene: Scene, start: int, end: int, word: str) -> Hit | None:
    """Two years ago, ten days later, in three weeks."""
    text = scene.text
    if text[end : end + 1] == "s":
        end += 1
    match = _AGO.match(text, end)
    if match is None or word in periods.PARTS or word in SEASONS or word in {"weekend", "quarter", "half"}:
        return None
    before = around(scene, start)
    found = _COUNTED.search(before)
    count = number(found[1]) if found else None
    if found is None or count is None or count > 999:
        return None
    begin = start - len(before) + found.start(1)
    phrase = match[0].strip()
    back = phrase not in {"later", "after", "from now"}
    if phrase in {"ago", "from now"}:
        anchor, certainty = scene.today, LIKELY
    elif scene.last is not None and scene.last.grain in _COUNTED_FROM.get(word, ()):
        anchor, certainty = scene.last.first, GUESSED
    else:
        return None
    period = _moved(anchor, word, -count if back else count)
    return Hit(begin, match.end(), period, certainty) if period is not None else None


_COUNTED_FROM = {
    "day": {"day"},
    "week": {"day", "week"},
    "fortnight": {"day"},
    "month": {"day", "month"},
    "year": {"month", "year"},
}
"""What "three weeks later" can be counted from: nothing coarser, nor years from a day."""


def _moved(anchor: date, word: str, count: int) -> Period | None:
    """The period that lies some days, weeks, … after a day, or before it; None for hours."""
    if word in _DAYS:
        when = anchor + timedelta(_DAYS[word] * count)
        return periods.week(when) if word == "week" else periods.day(when)
    if word == "month":
        return periods.month_from(anchor, count)
    if word in _YEARS:
        return periods.year(anchor.year + _YEARS[word] * count)
    return periods.day(anchor) if word in {"hour", "minute"} and -12 < count <= 0 else None


_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_YEARS = {"year": 1, "decade": 10, "century": 100}


def _numbered(scene: Scene, start: int, end: int, word: str) -> Hit | None:
    """The third quarter of last year, the second half, the 19th century."""
    if word not in {"quarter", "half", "century"} or scene.text[end : end + 1] == "s":
        return None
    before = around(scene, start)
    match = _ORDINAL_BEFORE.search(before)
    if match is None:
        return None
    count = int(match[2]) if match[2] else ORDINAL_OF.get(match[3].lower(), 0)
    begin = start - len(before) + match.start()
    if word == "century":
        return Hit(begin, end, periods.century(count), SURE) if 1 < count < 23 else None
    make, most = (periods.quarter, 4) if word == "quarter" else (periods.half, 2)
    behind = _OF_YEAR.match(scene.text, end)
    if behind and match[3] and match[3].lower() == "last":
        count = most
    if not 1 <= count <= most:
        return None
    year = scene.today.year
    if behind:
        said = behind[1] or behind[2]
        year = int(said) if said.isdecimal() else year + STEPS[said.split()[0]]
        return Hit(begin, behind.end(), make(year, count), SURE)
    if not _BUSINESS.search(scene.text):
        return None
    if make(year, count).first > scene.today and not is_future(scene.text, begin, end):
        year -= 1
    return Hit(begin, end, make(year, count), GUESSED)


def _from_the_last(scene: Scene, start: int, end: int, word: str) -> Hit | None:
    """The day before, the same day, the following year: counted from the date before."""
    last, before = scene.last, around(scene, start)
    kind = "day" if word in periods.PARTS else word
    if (
        last is None
        or kind not in {"day", "week", "month", "year"}
        or (kind == "day" and last.grain != "day")
    ):
        return None
    if match := _THAT.search(before):
        begin, stop = start - len(before) + match.start(), end
        step = {"following": 1, "next": 1, "previous": -1}.get(match[1].lower().split()[-1], 0)
    elif before.lower().endswith("the ") and (match := _THE_DAY_BEFORE.match(scene.text, end)):
        begin, stop = start - 4, match.end()
        step = -1 if match[1] == "before" else 1
    else:
        return None
    period = last if kind == "day" and not step else _moved(last.first, kind, step)
    return Hit(begin, stop, period, GUESSED) if period is not None else None


_THAT = re.compile(r"\b(the same|that(?: same)?|the (?:following|next|previous)) \Z", re.IGNORECASE)
