"""The days of other years that an article tells of."""

from collections.abc import Sequence
from datetime import date

from generator.annotate.date_scene import LIKELY
from generator.core.archive import Dating

LONG = 60
"""Days from publication past which a day that an article tells of is worth an anniversary of its own."""


def remembered(dates: Sequence[Dating], published: date) -> tuple[int, ...]:
    """The days, as ordinals and each once, that are told with certainty and lie long before or after an
    article: what a calendar of anniversaries is made of."""
    found: set[int] = set()
    for one in dates:
        if one.grain == "day" and one.first == one.last and one.certainty >= LIKELY:
            when = date.fromisoformat(one.first)
            if abs((when - published).days) >= LONG:
                found.add(when.toordinal())
    return tuple(sorted(found))
