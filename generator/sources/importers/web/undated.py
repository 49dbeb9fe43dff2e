"""The date of a page that gives none where dates stand: a line below the text, a corner, its title."""

import re
from collections import deque
from collections.abc import Iterator

from generator.core.elements import BLOCKS
from generator.sources.importers.html.clutter import UNSHOWN
from generator.sources.importers.html.tree import text_of, walk
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.around import Head, Stamp
from generator.sources.importers.web.lines import read_line
from generator.sources.importers.web.locate import holders
from generator.sources.importers.web.page import Page
from generator.sources.importers.web.stamps import DATEISH, stamps_in
from generator.sources.importers.web.survey import Stat, Survey

_POSTED = re.compile(
    r"\b(?:posted|published|submitted|filed|entry\s+was|created|originally\s+(?:ran|appeared|published)|web\s+posted|"
    r"geschrieben|verfasst|erschienen|mis\s+en\s+ligne|rédigé|közzétéve|megjelent|zveřejněno|objavljeno|opublikowano|dodano|julkaistu|"
    r"publié|publicad[oa]|pubblicato|veröffentlicht|geplaatst|publicerad)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+([^\W\d_][^|•·\d]{3,60}?)(?=\s+(?:on|at|in)\b|\s*[,|•·(]|$)", re.IGNORECASE)
_LINE = 300
_SOON = 12
_NEAR = 600
_BEFORE = 4
_BESIDE = 60
_ALONE = 24
_FIRST = re.compile(r"\W{0,3}\0\s*[/|•·]")
_TITLE_DAY = re.compile(r"(?<!\d)[0-3]?\d[./-][0-3]?\d[./-](?:[12]\d)?\d\d(?!\d)")


def look_further(page: Page, measured: Survey, heading: Stat | None, head: Head, by: Customs) -> None:
    """Note in `head` the surest date that stands anywhere outside comments and boxes, and a byline beside it.

    For pages of which nothing else gives a date: first a line beside the `heading` that is a date and little
    more, then one anywhere that says "posted", then one that is a date and hardly more, then the title.
    """
    if heading is not None and _beside(measured, heading, head, by):
        return
    alone: list[str] = []
    for line in _lines(measured):
        if not DATEISH.search(line):
            continue
        if posted := _POSTED.search(line):
            if _noted(head, line[posted.start() :], by) or _noted(head, line, by):
                if not head.bylines and (signed := _BY.search(line)):
                    head.loose_bylines.append(signed[0])
                return
        elif len(DATEISH.sub("", line)) <= _ALONE or _FIRST.match(DATEISH.sub("\0", line, count=1)):
            alone.append(line)
    if not any(_noted(head, line, by) for line in alone[:20]) and (day := _TITLE_DAY.search(page.title)):
        _noted(head, day[0], by)


def _beside(measured: Survey, heading: Stat, head: Head, by: Customs) -> bool:
    """Note the date of a line close to the heading: those below it come first, then the nearest above."""
    for line in _close_lines(measured, heading):
        match = DATEISH.search(line[:_LINE])
        if match is None or (
            match.start() > _BEFORE and len(DATEISH.sub("", line)) > _BESIDE and not _POSTED.search(line)
        ):
            continue
        if _noted(head, line[:_LINE] if len(line) <= _LINE else match[0], by):
            byline, _ = read_line(line[:_LINE], by)
            if byline and not head.bylines:
                head.loose_bylines.append(byline)
            return True
    return False


def _close_lines(measured: Survey, heading: Stat) -> list[str]:
    """The lines that readers see after a heading, and the nearest before it, whatever they are marked as."""
    above: deque[str] = deque(maxlen=_BEFORE)
    below: list[str] = []
    words: list[str] = []
    past = False
    walker = walk(measured.top.element)

    def flush() -> None:
        if line := " ".join("".join(words).split()):
            (below if past else above).append(line)
        words.clear()

    for event, element in walker:
        tag = str(element.tag)
        if event == "start":
            stat = measured.stats.get(element)
            if element is heading.element:
                flush()
                past = True
                walker.skip()
                continue
            if tag in UNSHOWN or (stat is not None and stat.clutter == "comments"):
                walker.skip()
                continue
            if tag in BLOCKS or tag == "br":
                flush()
            words.append(element.text or "")
        else:
            if tag in BLOCKS:
                flush()
            words.append(element.tail or "")
        if len(below) >= _SOON or sum(map(len, below)) > _NEAR:
            break
    flush()
    return [*below, *reversed(above)]


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
