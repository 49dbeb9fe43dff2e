"""Dates of exports and feeds in the form of front matter."""

import re
from datetime import UTC, datetime, timedelta

from generator.sources.importers.markdown_dates import contract_date

_LONGEST = timedelta(hours=14)
_ZONE_WORD = re.compile(r"(?<=\d)\s+\(?[A-Za-z]{1,5}\)?\Z")
_FRACTION = re.compile(r"(:\d{2}[.,]\d{1,9})\d*(?=Z|[-+]|\Z)")
_YEARS = range(1000, 9999)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(text: str) -> str:
    """A date as front matter has it: "Tue, 22 Nov 2022 08:01:46 GMT" gives "2022-11-22T08:01:46Z".

    ISO 8601, RFC 822 and their usual misspellings are read; a time without a zone, or with one whose name is
    not known, is given without. Raises ValueError for what is no date between the years 1000 and 9998.
    """
    text = _FRACTION.sub(r"\1", " ".join(text.split())[:80])
    try:
        written = contract_date(text)
    except ValueError:
        bare = _ZONE_WORD.sub("", text)
        if bare == text:
            raise
        written = contract_date(bare)
    if int(written[:4]) not in _YEARS:
        raise ValueError(f"not a date: {text!r}")
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written


def of_epoch(seconds: float) -> str:
    """Seconds since 1970, as UTC; raises ValueError for a year before 1000 or after 9998."""
    try:
        at = _EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"not a time: {seconds!r}") from error
    return moment(at.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"))


def local_moment(local: str, utc: str) -> str:
    """The moment of a local time and the same in UTC, both without a zone: the zone is their difference.

    "2022-05-09 05:53:00" and "2022-05-09 09:53:00" give "2022-05-09T05:53:00-04:00". Where one is missing the
    other is taken; where no zone lies between the two, the local time stays without one, since readers saw
    that. Raises ValueError where neither is a date.
    """
    here, there = _naive(local), _naive(utc)
    if there is None:
        if here is None:
            raise ValueError(f"not a date: {local!r}")
        return here.isoformat()
    if here is None or here == there:
        return f"{there.isoformat()}Z"
    offset = here - there
    minutes, seconds = divmod(int(offset.total_seconds()), 60)
    if abs(offset) > _LONGEST or seconds or minutes % 15:
        return here.isoformat()
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{here.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"


def is_later(one: str, other: str) -> bool:
    """Whether a date of front matter is after another; where one has no zone, the clocks are compared."""
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    if first.tzinfo is None or second.tzinfo is None:
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return first > second


def _naive(text: str) -> datetime | None:
    """A time without a zone; None for none, and for the zeros that stand for one not known."""
    try:
        at = datetime.fromisoformat(text.strip()[:19])
    except ValueError:
        return None
    return at.replace(tzinfo=None) if at.year in _YEARS else None
