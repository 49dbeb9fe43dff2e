"""What is told of a link that leads out: nothing at first but a note, and more the longer it fails."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from generator.checking.external.memory import Known
from generator.checking.external.outward import Place
from generator.core.problems import Problem

DEAD_DAYS = 3
"""Days on which a link must have failed before it counts as dead…"""

DEAD_SPAN = 7
"""…and days between the first of them and the last."""

NOTES = frozenset({"W521", "W524"})
"""What is told and is no reason to fail."""

ARCHIVE = "https://web.archive.org/web"
"""A web archive that gives each copy an address of its moment and its URL, as Memento (RFC 7089) has it."""


def aged(known: Mapping[str, Known], places: Mapping[str, Sequence[Place]]) -> Iterator[Problem]:
    """What is to be told of links that fail or have moved, at every place where they are written."""
    for url, each in sorted(known.items()):
        for place in places.get(url, ()):
            told = _told(url, each, place)
            if told is not None:
                yield told


def archived(url: str, published: datetime | None) -> str:
    """The address at which a web archive has the copy of a page nearest to a moment, if it has any."""
    moment = published.astimezone(UTC).strftime("%Y%m%d%H%M%S") if published else "0"
    return f"{ARCHIVE}/{moment}/{url}"


def _told(url: str, known: Known, place: Place) -> Problem | None:
    if known.outcome == "moved":
        return Problem(place.path, place.line, "W524", f"link has moved: {url}", f"to {known.location}")
    if not known.days:
        return None
    hint = f"an archived copy may be at {archived(url, place.published)}"
    if known.days == 1:
        message = f"link failed when it was last asked after: {url}: {known.detail}"
        return Problem(place.path, place.line, "W521", message, hint)
    since = f"on {known.days} days since {known.failing_since}"
    if known.days >= DEAD_DAYS and _span(known) >= DEAD_SPAN:
        return Problem(place.path, place.line, "E523", f"link is dead: {url}: {known.detail}, {since}", hint)
    return Problem(
        place.path, place.line, "W522", f"link keeps failing: {url}: {known.detail}, {since}", hint
    )


def _span(known: Known) -> int:
    try:
        return (date.fromisoformat(known.last_failed) - date.fromisoformat(known.failing_since)).days
    except ValueError:
        return 0
