"""The date of a page that gives none where dates stand: a line below the text, a corner, its title."""

import re
from collections.abc import Iterator

from generator.sources.importers.html.tree import text_of
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.head import Head, Stamp
from generator.sources.importers.web.locate import holders
from generator.sources.importers.web.page import Page
from generator.sources.importers.web.stamps import DATEISH, stamps_in
from generator.sources.importers.web.survey import Stat, Survey

_POSTED = re.compile(
    r"\b(?:posted|published|submitted|filed|entry\s+was|created|originally\s+(?:ran|appeared|published)|web\s+posted|"
    r"publié|publicad[oa]|pubblicato|veröffentlicht|geplaatst|publicerad)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+([^\W\d_][^|•·\d]{3,60}?)(?=\s+(?:on|at|in)\b|\s*[,|•·(]|$)", re.IGNORECASE)
_LINE = 300
_ALONE = 24
_TITLE_DAY = re.compile(r"(?<!\d)[0-3]?\d[./-][0-3]?\d[./-](?:[12]\d)?\d\d(?!\d)")


def look_further(page: Page, measured: Survey, head: Head, by: Customs) -> None:
    """Note in `head` the surest date that stands anywhere outside comments and boxes, and a byline beside it.

    For pages of which nothing else gives a date: first a line that says "posted", then one that is a date and
    hardly more, then the page's title.
    """
    alone: list[str] = []
    for line in _lines(measured):
        if not DATEISH.search(line):
            continue
        if posted := _POSTED.search(line):
            if _noted(head, line[posted.start() :], by):
                if not head.bylines and (signed := _BY.search(line)):
                    head.loose_bylines.append(signed[0])
                return
        elif len(DATEISH.sub("", line)) <= _ALONE:
            alone.append(line)
    if not any(_noted(head, line, by) for line in alone[:20]) and (day := _TITLE_DAY.search(page.title)):
        _noted(head, day[0], by)


def _noted(head: Head, line: str, by: Customs) -> bool:
    found = stamps_in(line, by)[:1]
    head.stamps += [Stamp(when=when, updated=late, before_text=False) for when, late in found]
    return bool(found)


def _lines(measured: Survey) -> Iterator[str]:
    """The short lines of the page in order, each once, those of comments and the like left out."""
    for stat in list(measured.stats.values()):
        if 0 < stat.chars <= _LINE and not _is_clutter(stat) and not _holds_blocks(stat, measured):
            yield text_of(stat.element)


def _holds_blocks(stat: Stat, measured: Survey) -> bool:
    return any(
        (inner := measured.stats.get(child)) is not None and inner.chars == stat.chars
        for child in stat.element.iterchildren()
    )


def _is_clutter(stat: Stat) -> bool:
    return bool(stat.clutter) or any(holder.clutter for holder in holders(stat))
