"""Moments as authors give them; no clock and no locale."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The names in English, as importers read them; `language.py` has those that readers see."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as precise as its author was.

    `at` is aware and keeps the offset written (or the site's zone); when `has_time` is false only the
    day was given, and `at` is its midnight in the site's zone.
    """

    at: datetime
    has_time: bool = True

    @property
    def day(self) -> date:
        """The calendar day where it was written."""
        return self.at.date()

    @property
    def iso(self) -> str:
        """ISO 8601 with offset, or the day alone: "2021-04-13T11:34:00+08:00", "2021-04-13"."""
        return self.at.isoformat(timespec="seconds") if self.has_time else self.at.date().isoformat()

    @property
    def instant(self) -> str:
        """RFC 3339 with offset, always with a time, as Atom and JSON Feed ask."""
        return self.at.isoformat(timespec="seconds")

    @property
    def zone(self) -> str:
        """The offset as readers write it: "UTC", "UTC+8", "UTC−3:30"; "" when only the day is known."""
        if not self.has_time:
            return ""
        offset = self.at.utcoffset() or timedelta()
        minutes = int(offset.total_seconds()) // 60
        if not minutes:
            return "UTC"
        hours, rest = divmod(abs(minutes), 60)
        sign = "+" if minutes > 0 else "−"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")

    @property
    def clock(self) -> str:
        """The time of day as "11:34", or "" when only the day is known."""
        return f"{self.at.hour:02}:{self.at.minute:02}" if self.has_time else ""
