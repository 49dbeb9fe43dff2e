"""When an article was published and last changed, from all the dates that its text gives."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.newstext_dates import Reading
from generator.sources.importers.newstext_stamps import Role, Stamp

ZONELESS_SLACK = timedelta(hours=14)
"""How far ahead of now a time without zone may seem: the line of days runs that far ahead of UTC."""

EXPECTED = "expected e.g. Published: 11:34, April 13, 2021"


class StampAt(NamedTuple):
    """A date and the line of the original it stood on."""

    line: int
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """`published` and `updated` as the front matter has them, "" for none; `day` is that of publication."""

    published: str
    updated: str
    day: date
    problems: tuple[Problem, ...]


def settle(stamps: Sequence[StampAt], now: datetime, where: str) -> Moments:
    """Which date is which. `published` is "" when there is none that can be used: a problem says why."""
    problems: list[Problem] = []
    first = _chosen(stamps, "first", problems, where)
    published = _chosen(stamps, "published", problems, where)
    updated = _chosen(stamps, "updated", problems, where)
    if first is not None and published is not None:
        # "First published" tells that the plain date beside it is that of a later version.
        updated = updated or published
    published = first or published
    if published is None:
        refused = any(problem.is_error for problem in problems)
        if updated is not None and not refused:
            published, updated = updated, None
            message = "published: only the day of the last change is given, and was taken"
            problems.append(Problem(where, published.line, "W315", message, "correct it by hand"))
        elif not refused:
            problems.append(Problem(where, 0, "E305", "published: the text gives no date", EXPECTED))
    if published is None:
        return Moments(published="", updated="", day=date.min, problems=tuple(problems))
    if _is_ahead(published.reading, now):
        message = f"published: lies in the future: {published.reading.written}"
        problems.append(Problem(where, published.line, "E308", message, "correct the date"))
    if updated is not None:
        _check_update(published, updated, now, problems, where)
    assert published.reading.moment is not None
    return Moments(
        published="" if any(problem.is_error for problem in problems) else published.reading.written,
        updated=updated.reading.written if updated else "",
        day=published.reading.moment.day,
        problems=tuple(problems),
    )


class _Chosen(NamedTuple):
    line: int
    reading: Reading


def _chosen(stamps: Sequence[StampAt], role: Role, problems: list[Problem], where: str) -> _Chosen | None:
    """The first date of its kind that can be read; one that cannot is a problem, unless another can."""
    key = "updated" if role == "updated" else "published"
    unread: list[Problem] = []
    chosen: _Chosen | None = None
    for line, stamp in stamps:
        if stamp.role != role:
            continue
        reading = stamp.reading
        if reading is None or reading.moment is None:
            code = "W314" if key == "updated" else "E306"
            wrong = reading.error if reading is not None else "not a date"
            hint = "left out" if key == "updated" else EXPECTED
            unread.append(Problem(where, line, code, f"{key}: {wrong}: {_shown(stamp.text)}", hint))
        elif chosen is None:
            chosen = _Chosen(line, reading)
            for doubt in reading.doubts:
                problems.append(Problem(where, line, doubt.code, f"{key}: {doubt.message}", doubt.hint))
        elif reading.written != chosen.reading.written:
            message = f"{key}: a second date: {_shown(stamp.text)}"
            problems.append(Problem(where, line, "W316", message, f"that of line {chosen.line} was taken"))
    problems += unread if chosen is None or key == "updated" else []
    return chosen


def _shown(text: str) -> str:
    return '"' + (text if len(text) <= 60 else text[:59] + "…") + '"'


def _is_ahead(reading: Reading, now: datetime) -> bool:
    assert reading.moment is not None
    return reading.moment.at > now + (timedelta() if reading.zoned else ZONELESS_SLACK)


def _check_update(
    published: _Chosen, updated: _Chosen, now: datetime, problems: list[Problem], where: str
) -> None:
    before, after = published.reading.moment, updated.reading.moment
    assert before is not None and after is not None
    exact = before.has_time and after.has_time
    if after.at < before.at if exact else after.day < before.day:
        message = f"updated: {updated.reading.written} is before published: {published.reading.written}"
        problems.append(Problem(where, updated.line, "W312", message, "check which is which"))
    if _is_ahead(updated.reading, now):
        message = f"updated: lies in the future: {updated.reading.written}"
        problems.append(Problem(where, updated.line, "W312", message, "check the date"))
