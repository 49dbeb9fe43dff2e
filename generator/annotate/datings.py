"""The stretches of time that an article speaks of, each in its sentence: what its timeline is made of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from generator.annotate.calendar_words import MONTH_OF
from generator.annotate.dates import Expression, expressions
from generator.annotate.repeats import SILENT, repeats
from generator.annotate.sentences import sentences
from generator.core.archive import Dating
from generator.core.model import Annotated, Article, EntityKey

LONGEST = 20_000
"""Characters of a block past which it is no paragraph of news."""


LONGEST_SENTENCE = 400
"""Characters of a sentence kept round an expression: more of it is cut at a word."""

_MONTHS = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_DATELINE = re.compile(
    rf"[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]{{2,60}}, (?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}})"
    r"(?: \([^)]{1,40}\))? ?[-–—]"
)
_IN_DATELINE = re.compile(
    rf"\b(?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}})\b|\b(?P<first>\d{{1,2}}) (?P<of>{_MONTHS})\b"
)


def datings(annotated: Annotated) -> tuple[Dating, ...]:
    """The expressions of time of an English article in reading order, the caption's last.

    They are resolved against the day in the dateline, else that of publication: never that of an update.
    Headings, related lines, code and pull quotes that repeat the text are passed over.
    """
    article, blocks = annotated.article, annotated.prose.blocks
    if not article.language.lower().startswith("en"):
        return ()
    texts = [
        ""
        if block.kind in SILENT | {"heading"}
        or len(block.text) > LONGEST
        or (block.kind == "pull" and repeats(blocks, number))
        else block.text
        for number, block in enumerate(blocks)
    ]
    texts.append(article.image.caption[:LONGEST] if article.image else "")
    anchors = [*(block.anchor for block in blocks), ""]
    first = next((text for text in texts if text), "")
    found: list[Dating] = []
    bounds: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())
    for number, one in expressions(texts, day_of_writing(article, first)):
        if bounds[0] != number:
            bounds = (number, sentences(texts[number]))
        left, right = _sentence(bounds[1], one, len(texts[number]))
        named = _named(annotated, number, left, right)
        found.append(_dating(anchors[number], texts[number], one, left, right, named))
    return tuple(found)


def day_of_writing(article: Article, opening: str) -> date:
    """The day that an article was written on: the dateline's where it tells one within a week before
    publication ("KYIV, April 12 (AP) -"), else that of publication."""
    published = article.published.day
    match = _DATELINE.match(opening) or _IN_DATELINE.search(article.dateline)
    if match is None:
        return published
    groups = match.groupdict()
    month, day = groups["month"] or groups["of"], groups["day"] or groups["first"]
    try:
        told = date(published.year, MONTH_OF[month], int(day))
    except ValueError:
        return published
    return told if 0 <= (published - told).days <= 7 else published


def _sentence(bounds: Sequence[tuple[int, int]], one: Expression, length: int) -> tuple[int, int]:
    place = bisect_right(bounds, (one.start, length)) - 1
    if place < 0:
        return one.start, one.end
    left, right = bounds[place]
    return min(left, one.start), max(right, one.end)


def _named(annotated: Annotated, number: int, left: int, right: int) -> tuple[EntityKey, ...]:
    """The entities that a sentence of a block names, tags aside."""
    found: dict[EntityKey, None] = {}
    mentions = annotated.mentions
    for at in range(bisect_right(mentions, number - 1, key=lambda m: m.block), len(mentions)):
        entity, block, start, end, _ = mentions[at]
        if block > number:
            break
        if left <= start and end <= right:
            found[entity] = None
    return tuple(found)


def _dating(
    anchor: str, text: str, one: Expression, left: int, right: int, named: tuple[EntityKey, ...]
) -> Dating:
    before, after = text[left : one.start], text[one.end : right]
    room = max(0, LONGEST_SENTENCE - (one.end - one.start))
    if len(before) > room // 2:
        before = "…" + before[-(room // 2) :].partition(" ")[2]
    if len(after) > room // 2:
        after = after[: room // 2].rpartition(" ")[0].rstrip(" ,;:") + "…"
    return Dating(
        anchor=anchor,
        before=" ".join(before.split()) + (" " if before[-1:].isspace() else ""),
        text=" ".join(text[one.start : one.end].split()),
        after=(" " if after[:1].isspace() else "") + " ".join(after.split()),
        value=one.value,
        grain=one.grain,
        first=one.first.isoformat(),
        last=one.last.isoformat(),
        certainty=one.certainty,
        named=named,
    )
