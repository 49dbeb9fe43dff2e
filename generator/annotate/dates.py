"""Which days, months and years an article speaks of: expressions of time, resolved against its day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.annotate.calendar_words import DECADES, MONTH_OF, WEEKDAY_OF
from generator.annotate.date_scene import Hit, Rule, Scene
from generator.annotate.day_rules import RELATIVE, feast, month_name, near_day, weekday
from generator.annotate.periods import PARTS, SEASONS, Period
from generator.annotate.span_rules import UNITS, unit
from generator.annotate.year_rules import decade_word, figures

_WORDS = re.compile(r"[A-Za-z]+")
_FIGURES = re.compile(r"\d(?<!\w.)\d{0,3}(?!\d)")


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = dict.fromkeys(MONTH_OF, month_name)
    found |= dict.fromkeys(WEEKDAY_OF, weekday)
    for words, rule in ((RELATIVE, near_day), (DECADES, decade_word)):
        for word in words:
            found[word] = found[word.capitalize()] = rule
    for word in (*UNITS, *SEASONS, *PARTS):
        found[word] = found[word + "s"] = unit
    return found | dict.fromkeys(("Christmas", "Boxing", "New", "Good", "Easter"), feast)


RULES: Mapping[str, Rule] = _rules()
"""The rule of each word that an expression of time turns on."""


class Expression(NamedTuple):
    """An expression of time in a text: offsets, value, what it spans, and how certain that is, in hundredths.

    `value` is that of its period, or two with a stroke between for a range: "2021-04-12/2021-04-14".
    """

    start: int
    end: int
    value: str
    grain: str
    first: date
    last: date
    certainty: int


def expressions(texts: Sequence[str], today: date) -> Iterator[tuple[int, Expression]]:
    """The expressions of time of some English texts, each with its text's number.

    `today` is the day on which they were written.
    """
    last: Period | None = None
    for number, text in enumerate(texts):
        for hit in _hits(text, today, last):
            last = hit.period
            yield number, _expression(hit)


def _hits(text: str, today: date, last: Period | None) -> Iterator[Hit]:
    bound = 0
    for start, end, rule in _triggers(text):
        if start < bound:
            continue
        try:
            hit = rule(Scene(text, today, bound, last), start, end)
        except (ValueError, OverflowError):
            continue  # before the year 1 or after 9999, where Python's calendar ends
        if hit is not None and hit.start >= bound:
            bound, last = hit.end, hit.until or hit.period
            yield hit


def _triggers(text: str) -> list[tuple[int, int, Rule]]:
    """Every word and figure that an expression can turn on, in order, with its rule."""
    found: list[tuple[int, int, Rule]] = []
    for word in RULES.keys() & _WORDS.findall(text):
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (text[at - 1 : at].isalpha() and at) and not text[end : end + 1].isalpha():
                found.append((at, end, RULES[word]))
            at = text.find(word, end)
    for match in _FIGURES.finditer(text):
        size = match.end() - match.start()
        if size == 2 and text[match.end() : match.end() + 1] == "s":
            found.append((match.start(), match.end(), decade_word))
        elif size == 4 or text[match.end() : match.end() + 1] in {"/", "."}:
            found.append((match.start(), match.end(), figures))
    found.sort(key=lambda one: one[:2])
    return found


def _expression(hit: Hit) -> Expression:
    period, until = hit.period, hit.until
    value = f"{period.value}/{until.value}" if until else period.value
    return Expression(
        hit.start, hit.end, value, period.grain, period.first, (until or period).last, hit.certainty
    )
