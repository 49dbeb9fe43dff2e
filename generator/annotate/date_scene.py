"""What rules of time are given, and what they give: an expression with its period."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from generator.annotate.periods import Period

SURE, LIKELY, GUESSED, VAGUE = 95, 85, 60, 40
"""How certain a value is: written in full; by a rule nearly always right, or often right; of vague words."""


class Scene(NamedTuple):
    """A text and the day it was written on; `bound` is where an expression may begin, `last` the period of
    the one before, which "the day before" is counted from."""

    text: str
    today: date
    bound: int
    last: Period | None


class Hit(NamedTuple):
    """An expression of time: offsets, what it means and how certain that is; `until` ends a range."""

    start: int
    end: int
    period: Period
    certainty: int
    until: Period | None = None


Rule = Callable[[Scene, int, int], Hit | None]
"""A rule takes the scene and where its word stands; it gives the expression, None where that is no date."""

_ABOUT = 40  # characters looked at before a word
WHICH = re.compile(
    r"\b((?:(?:the )?(?:last|next|this|past|previous|coming|following)|"
    r"(?:early|mid|late|earlier|later) (?:last|next|this)|the same|that)) \Z",
    re.IGNORECASE,
)
"""What tells which week, month or Tuesday is meant."""

STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1}
"""Which one each of these means."""

_YEAR_BEHIND = re.compile(
    r"(?:,| of)? ((?:1\d|20)\d\d)(?!\d|[.,]\d|-?(?:km|m|strong)\b)|,? (last|this|next|the following) year\b"
)


def around(scene: Scene, start: int) -> str:
    """What stands before a word and does not belong to the expression before."""
    return scene.text[max(scene.bound, start - _ABOUT) : start]


def year_behind(scene: Scene, end: int) -> tuple[int, int]:
    """The year that stands behind a month or a season, 0 for none, and where the expression then ends."""
    match = _YEAR_BEHIND.match(scene.text, end)
    if match is None:
        return 0, end
    if match[1]:
        return int(match[1]), match.end()
    return scene.today.year + {"last": -1, "this": 0}.get(match[2], 1), match.end()


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
