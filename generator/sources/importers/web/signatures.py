"""Bylines that stand at the foot of a text, in brackets or alone."""

from collections.abc import Iterator
from itertools import islice

from generator.sources.importers.html.tree import text_of
from generator.sources.importers.web.locate import holders
from generator.sources.importers.web.names import begins_with_by
from generator.sources.importers.web.survey import Stat, Survey

_FOOT = 4
_BELOW = 2
_LONGEST = 60


def signatures(page: Survey, holder: Stat) -> list[str]:
    """The short lines at the foot of the text in `holder`, or right below it, that are a byline and no more:
    "(记者 沈白鹭)", "By Ada Quill"."""
    bare = (text_of(stat.element).strip(" ()（）[]【】—–-") for stat in _foot(page, holder))
    return [line for line in bare if begins_with_by(line)]


def _foot(page: Survey, holder: Stat) -> Iterator[Stat]:
    inside = [s for e in holder.element.iterdescendants() if (s := page.stats.get(e)) is not None and s.chars]
    for stat in inside[-_FOOT:]:
        if stat.chars <= _LONGEST:
            yield stat
    last = inside[-1].order if inside else holder.order
    below = (s for s in page.stats.values() if s.order > last and s.chars)
    for stat in islice(below, _BELOW):
        if stat.chars <= _LONGEST and not stat.clutter and not any(h.clutter for h in holders(stat)):
            yield stat
