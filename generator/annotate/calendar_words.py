"""The English words of the calendar, and numbers in words."""

import re

from generator.core.dates import MONTHS, WEEKDAYS

MONTH_OF = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10,
    "Nov": 11, "Dec": 12,
}  # fmt: skip
WEEKDAY_OF = {name: number for number, name in enumerate(WEEKDAYS)}
ABBREVIATED = frozenset(name for name in MONTH_OF if len(name) < 5 and name not in {"June", "July", "May"})
"""Forms that mean a month only beside a figure."""

DOUBTFUL = frozenset({"May", "March"}) | ABBREVIATED
"""Words that are a month only where something else says so."""

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
NUMBER_OF = {word: number for number, word in enumerate(_UNITS.split(), 1)} | {
    "a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "couple": 2, "dozen": 12,
}  # fmt: skip
ORDINAL_OF = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
"""Numbers of centuries, quarters and halves."""

DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip

_COUNT = re.compile(r"(?P<tens>[a-z]+ty)-(?P<ones>[a-z]+)\Z")


def number(words: str) -> int | None:
    """A number as it stands before "years ago": "3", "three", "twenty-five", "a couple of"; None for none."""
    plain = words.lower().replace(",", "").removesuffix(" of").removeprefix("a ").strip() or "a"
    if plain.isascii() and plain.isdecimal():
        return int(plain) if len(plain) < 5 else None
    if plain in NUMBER_OF:
        return NUMBER_OF[plain]
    match = _COUNT.match(plain)
    if match and match["tens"] in NUMBER_OF and match["ones"] in NUMBER_OF:
        return NUMBER_OF[match["tens"]] + NUMBER_OF[match["ones"]]
    return None
