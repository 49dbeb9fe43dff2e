"""Points in time as front matter gives them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from generator.core.dates import Moment

EXPECTED = "expected e.g. 2021-04-13T11:34"
"""What a problem says of a date that cannot be read."""

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]{1,3})([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"[ \t]{0,3}(?:([Zz]|UTC|GMT)|([-+])([0-9]{2}):?([0-9]{2})?)?)?"
)
_PARTIAL = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_YEARS = range(1000, 9999)


def read_moment(text: str, zone: ZoneInfo) -> Moment:
    """The moment that "2021-04-13", "2021-04-13 11:34" or "2021-04-13T11:34:00+08:00" means.

    Offsets may be written Z, +08:00, +0800 or +08, after a space too. A time without one is in `zone`, by its
    rules for that day: an hour that the clocks repeat is the first of the two. A day alone is its midnight
    there, without a time. Fractions of seconds are dropped. Raises ValueError for anything else and for
    years before 1000 or after 9998, which no reader of feeds takes.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None or int(match[1]) not in _YEARS:
        raise ValueError(f"not a date: {text!r}")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    naive = datetime(year, month, day, hour, minute, second)
    if match[7]:
        return Moment(naive.replace(tzinfo=UTC))
    if match[8]:
        minutes = int(match[10] or 0)
        if minutes > 59 or int(match[9]) > 23:
            raise ValueError(f"not an offset: {text!r}")
        offset = timedelta(hours=int(match[9]), minutes=minutes)
        return Moment(naive.replace(tzinfo=_fixed(-offset if match[8] == "-" else offset)))
    local = naive.replace(tzinfo=zone).utcoffset() or timedelta()
    return Moment(naive.replace(tzinfo=_fixed(local)), has_time=match[4] is not None)


def is_partial_date(text: str) -> bool:
    """Whether a text is a year, a month or a day: "2021", "2021-04", "2021-04-12"."""
    return bool(_PARTIAL.fullmatch(text))


def _fixed(offset: timedelta) -> timezone:
    # Before standard time zones had offsets of odd seconds (London −0:01:15), which RFC 3339 cannot say.
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60)))
