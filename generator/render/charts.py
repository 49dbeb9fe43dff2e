"""Small drawings from figures: geometry only; the templates draw it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.core.language import ENGLISH, Language

MOST_BARS = 40
MOST_FIGURES = 12
"""Bars that each have room for a figure; of more, only the years by five or ten are written under them."""
FEWEST_BARS = 8
FEWEST_GROUPS = 6
SPARK_YEARS = 11


class Bar(NamedTuple):
    """One bar of a chart: the years it stands for, its figure and its outline in a box 10 wide, 40 high."""

    first: int
    last: int
    label: str  # "’21", or "’10–14"
    words: str  # "2021", "2010 to 2014"
    total: int
    path: str  # "" for a bar without height
    most: bool
    tick: bool  # whether there is room for its label
    link: str = ""


class Chart(NamedTuple):
    """A bar chart by year. `width` is that of its box; `words` says all its figures."""

    bars: tuple[Bar, ...]
    width: int
    words: str
    figures: bool  # whether there is room for the figure of every bar


class Spark(NamedTuple):
    """A line through the latest years, in a box 60 by 16, and where it ends."""

    path: str
    x: str
    y: str


class Shade(NamedTuple):
    """A strip of months: all the months of one strength, in a box 119 by 16."""

    opacity: str
    path: str


def chart(
    years: Mapping[int, int], within: tuple[int, int], title: str, words: Language = ENGLISH
) -> Chart | None:
    """Bars by year, by five years or by ten: the finest of these that fits; None for a single year.

    `within` is the archive's first and last year: a short life is shown with the empty years around it.
    """
    if not years or within[0] == within[1]:
        return None
    first, last = _padded(min(years), max(years), within, FEWEST_BARS)
    step = next((s for s in (1, 5, 10) if last // s - first // s < MOST_BARS), 25)
    if step > 1:
        first, last = _padded(first, last, within, FEWEST_GROUPS * step)
    begins = range(first // step * step, last + 1, step)
    totals = [sum(years.get(y, 0) for y in range(begin, begin + step)) for begin in begins]
    peak = max(totals)
    figures = len(begins) <= MOST_FIGURES
    highest = totals.index(peak)
    near = 0 if figures else 2 + len(begins) // 16  # so many bars are narrower than the highest one's label
    bars = tuple(
        _bar(
            (index, max(begin, within[0]), min(begin + step - 1, within[1])),
            total,
            peak,
            words,
            most=index == highest,
            tick=figures or (begin % (5 * step) == 0 and abs(index - highest) > near),
        )
        for index, (begin, total) in enumerate(zip(begins, totals, strict=True))
    )
    told = tuple(
        words.pgettext("a bar of a chart", "{years}: {total}", years=bar.words, total=words.figure(bar.total))
        for bar in bars
        if bar.total
    )
    said = words.pgettext("a chart", "{title} {bars}.", title=title, bars=words.listed(told))
    return Chart(bars, 10 * len(bars), said, figures)


def _padded(first: int, last: int, within: tuple[int, int], fewest: int) -> tuple[int, int]:
    missing = fewest - (last - first + 1)
    if missing > 0:
        after = min(within[1] - last, (missing + 1) // 2)
        before = min(first - within[0], missing - after)
        after = min(within[1] - last, missing - before)
        return first - before, last + after
    return first, last


def _bar(
    place: tuple[int, int, int], total: int, peak: int, words: Language, *, most: bool, tick: bool
) -> Bar:
    index, first, last = place
    top = 40 - 38 * total / peak if total else 40
    same = first == last
    return Bar(
        first=first,
        last=last,
        label=f"’{first % 100:02}" + ("" if same else f"–{last % 100:02}"),
        words=words.span(str(first), str(last)),
        total=total,
        path=f"M{10 * index + 1} {top:.4g}h8V40h-8z" if total else "",
        most=most,
        tick=tick,
    )


def spark(years: Mapping[int, int], last: int, first: int) -> Spark | None:
    """A line through the archive's latest years, at most eleven; None where fewer than three are there."""
    first = max(first, last - SPARK_YEARS + 1)
    if last - first < 2:
        return None
    values = [years.get(year, 0) for year in range(first, last + 1)]
    peak = max(*values, 1)
    step = 56 / (len(values) - 1)
    points = [(round(2 + i * step), round(14 - 12 * value / peak)) for i, value in enumerate(values)]
    (x, y), (end_x, end_y) = points[0], points[-1]
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
    return Spark(f"M{x} {y}l{steps}", str(end_x), str(end_y))


def strip(months: Sequence[int], peak: int) -> tuple[Shade, ...]:
    """Twelve marks, one a month, in five strengths against the fullest month of the archive."""
    strengths = ("0.08", "0.25", "0.45", "0.7", "1")
    paths: dict[str, str] = {}
    for month, total in enumerate(months):
        rank = 0 if not total else min(4, 1 + 4 * (total - 1) // max(peak, 1))
        paths[strengths[rank]] = paths.get(strengths[rank], "") + f"M{10 * month} 0h9v16h-9z"
    return tuple(Shade(opacity, paths[opacity]) for opacity in strengths if opacity in paths)
