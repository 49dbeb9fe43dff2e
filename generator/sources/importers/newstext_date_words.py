"""The words and figures of a date expression, before anything is made of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.core.paths import fold
from generator.sources.importers.newstext_zones import (
    AMBIGUOUS,
    FILLERS,
    MIDNIGHT,
    MONTHS,
    NOON,
    OFFSETS,
    REGIONS,
    WEEKDAYS,
)

EXPRESSION_LIMIT = 100
"""The most characters of a date expression."""


@dataclass(slots=True, kw_only=True)
class Words:
    """What an expression says; None and "" where it says nothing.

    `numeric` holds the first two figures of a date such as 03/04/2021 and their separator, `years` every
    figure that may be a year. `half` is "a" or "p". `offset` is minutes east of Greenwich.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    numeric: tuple[int, int, str] | None = None
    two_digit_year: bool = False
    hour: int | None = None
    minute: int = 0
    second: int = 0
    half: str = ""
    zone: str = ""
    offset: int | None = None
    fours: list[str] = field(default_factory=list)  # four digits: a year, or a time such as 1134
    clock: str = ""  # the one of them that a zone or "hrs" follows


_TOKEN = re.compile(
    r"""
    (?P<skip>[\s,;()]+|[–—-](?=\s|$)|T(?=\d\d:))
  | (?P<iso>\d{4}(?P<a>[-/.])\d{1,2}(?P=a)\d{1,2}(?!\d))
  | (?P<cjk>\d{4}年\d{1,2}月\d{1,2}日)
  | (?P<numeric>\d{1,2}(?P<b>[/.-])\d{1,2}(?P=b)(?:\d{4}|\d{2})(?!\d))
  | (?P<dashed>\d{1,2}-[^\W\d_]{3,10}\.?-\d{4}(?!\d))
  | (?P<clock>\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?!\d))
  | (?P<offset>(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?\d{2})?(?![\d:/]))
  | (?P<hour>\d{1,2}(?=\s?[ap]\.?\s?m\b|\s(?:noon|midday|midnight)\b))
  | (?P<half>[ap]\.?\s?m\b\.?)
  | (?P<four>\d{4}(?!\d)\.?)
  | (?P<day>\d{1,2}(?:st|nd|rd|th|er|º|ª)?\.?(?!\w))
  | (?P<region>[A-Z][a-z]+(?:/[A-Z][a-z_]+)+)
  | (?P<local>local\ time)
  | (?P<named>(?:beijing|hong\ kong|london|uk|moscow|eastern|central|mountain|pacific)\ time)
  | (?P<word>[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
# What most are like, "11:34, April 13, 2021" with the time or without: read at one go.
_PLAIN = re.compile(r"(?:([0-9]{1,2}):([0-9]{2}), )?([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})")


def words_of(text: str) -> Words | None:
    """What every word of an expression says together; None when one of them belongs to no date."""
    if len(text) > EXPRESSION_LIMIT:
        return None
    plain = _PLAIN.fullmatch(text)
    if plain is not None and (month := MONTHS.get(plain[3].lower())) is not None:
        words = Words(year=int(plain[5]), month=month, day=int(plain[4]), fours=[plain[5]])
        if plain[1]:
            words.hour, words.minute = int(plain[1]), int(plain[2])
        return words
    words = Words()
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        position = match.end()
        kind = match.lastgroup or "skip"
        if kind != "skip" and not _STEPS[kind](words, match[0]):
            return None
    return words if _settle(words) else None


def _settle(words: Words) -> bool:
    """Decide which four digits are the year and which the time, and which half of the day is meant."""
    fours = list(words.fours)
    if words.clock and words.hour is None and (len(fours) == 2 or words.year is not None):
        fours.remove(words.clock)
        words.hour, words.minute = int(words.clock[:2]), int(words.clock[2:])
    if len(fours) > 1 or (fours and words.year is not None):
        return False
    if fours:
        words.year = int(fours[0])
    if words.half and words.hour is not None and 1 <= words.hour <= 12:
        words.hour = words.hour % 12 + (12 if words.half == "p" else 0)
    return True


def _figures(text: str) -> list[int]:
    return [int(figure) for figure in _DIGITS.findall(text)]


def _iso(words: Words, text: str) -> bool:
    if not (words.year is words.month is words.day is None):
        return False
    words.year, words.month, words.day = _figures(text)
    return True


def _numeric(words: Words, text: str) -> bool:
    if not (words.year is words.month is words.day is None):
        return False
    first, second, words.year = _figures(text)
    separator = next(char for char in text if not char.isdigit())
    words.day, words.month, words.numeric = first, second, (first, second, separator)
    words.two_digit_year = len(_DIGITS.findall(text)[2]) == 2
    return True


def _dashed(words: Words, text: str) -> bool:
    day, name, year = text.split("-")
    return _day(words, day) and _word(words, name) and words.month is not None and _four(words, year)


def _clock(words: Words, text: str) -> bool:
    if words.hour is not None:
        return False
    words.hour, words.minute, words.second, *_ = [*_figures(text), 0]
    return True


def _offset(words: Words, text: str) -> bool:
    if words.offset is not None or not _is_timed(words):
        return False
    hours, minutes, *_ = [*_offset_figures(text), 0]
    if hours > 14 or minutes > 59:
        return False
    words.offset = (hours * 60 + minutes) * (1 if "+" in text else -1)
    _mark_clock(words)
    return True


def _offset_figures(text: str) -> list[int]:
    figures = _DIGITS.findall(text)
    if len(figures) == 1 and len(figures[0]) > 2:
        return [int(figures[0][:-2]), int(figures[0][-2:])]
    return [int(figure) for figure in figures]


def _hour(words: Words, text: str) -> bool:
    if words.hour is not None:
        return False
    words.hour = int(text)
    return True


def _half(words: Words, text: str) -> bool:
    if words.half:
        return False
    if words.hour is not None:
        words.half = text[0].lower()
        return True
    return text == "am"  # German: "am 13. April"


def _four(words: Words, text: str) -> bool:
    words.fours.append(text[:4])
    return True


def _day(words: Words, text: str) -> bool:
    if words.day is not None:
        return False
    words.day = _figures(text)[0]
    return True


def _region(words: Words, text: str) -> bool:
    return _zone(words, text)


def _local(words: Words, text: str) -> bool:
    return _is_timed(words)


def _named(words: Words, text: str) -> bool:
    return _zone(words, text.upper())


def _zone(words: Words, name: str) -> bool:
    if words.zone or not _is_timed(words):
        return False
    words.zone = name
    _mark_clock(words)
    return True


def _is_timed(words: Words) -> bool:
    return words.hour is not None or bool(words.fours)


def _mark_clock(words: Words) -> None:
    if words.hour is None:
        words.clock = words.fours[-1]


def _word(words: Words, text: str) -> bool:
    written = text.rstrip(".")
    name, upper = fold(written), written.upper()
    if name in MONTHS and words.month is None:
        words.month = MONTHS[name]
    elif name in WEEKDAYS and words.weekday is None:
        words.weekday = WEEKDAYS[name]
    elif name in {"hrs", "hours"} and words.hour is None and words.fours:
        _mark_clock(words)
    elif upper in OFFSETS or upper in AMBIGUOUS or upper in REGIONS:
        return _zone(words, upper)
    elif name in NOON:
        return _at_twelve(words, 12)
    elif name in MIDNIGHT:
        return _at_twelve(words, 0)
    elif name not in FILLERS:
        return (
            written.isupper() and 2 <= len(written) <= 5 and words.hour is not None and _zone(words, written)
        )
    return True


def _at_twelve(words: Words, hour: int) -> bool:
    if words.hour not in {None, 12} or words.minute:
        return False
    words.hour = hour
    return True


_STEPS: dict[str, Callable[[Words, str], bool]] = {
    "iso": _iso, "cjk": _iso, "numeric": _numeric, "dashed": _dashed, "clock": _clock, "offset": _offset,
    "hour": _hour, "half": _half, "four": _four, "day": _day, "region": _region, "local": _local,
    "named": _named, "word": _word,
}  # fmt: skip
