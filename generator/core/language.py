"""What the interface says, in one language: its messages, dates and figures; no I/O.

The English text of a message is its key, so English needs no catalogue. `{names}` in it are filled in. The
functions are called as gettext's are, so that every tool for translators finds the messages in the source.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from functools import lru_cache
from gettext import c2py
from typing import NamedTuple

from generator.core.dates import Moment
from generator.core.frozen import dataclass

CONTEXT = "\x04"
"""Stands between a message's context and its text, as in gettext's own files."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def message(text: str) -> str:
    """Mark a text to be translated where it is used: catalogues then have it."""
    return text


def direction(language: str) -> str:
    """The direction of a language's script: "rtl" or "ltr"; a script that is named decides ("az-Arab")."""
    code, *subtags = language.lower().split("-")
    script = next((tag for tag in subtags if len(tag) == 4 and tag.isalpha()), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


class Forms(NamedTuple):
    """How a language writes dates and figures, from its catalogue; names of months begin with January, of
    days with Monday."""

    months: tuple[str, ...]  # inside a date
    months_alone: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    first_weekday: int  # 0 is Monday
    day: str
    day_short: str
    short: str
    anniversary: str
    month: str
    weekday: str
    moment: str
    span: str
    small: tuple[str, ...]  # figures in words, from 0
    separator: str  # of thousands
    ungrouped: int  # figures below it are written without separator
    digits: dict[int, int]  # of ASCII's digits to the language's; empty where they are the same
    alphabet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of the interface. Without texts it is English.

    `texts` maps English messages (a context and CONTEXT before those that have one) to translations;
    `plurals` the English singular to as many forms as `rule`, gettext's C expression, has.
    `code` is that of the catalogue; `digest` changes with anything above.
    """

    code: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: str = "n != 1"
    digest: str = ""
    forms: Forms = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "forms", _forms(self))

    def gettext(self, text: str, /, **values: object) -> str:
        """A message."""
        found = self.texts.get(text, text)
        return found.format_map(values) if values else found

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """A message whose English is the same as another's: `context` tells them apart."""
        found = self.texts.get(f"{context}{CONTEXT}{text}", text)
        return found.format_map(values) if values else found

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message with a figure, which `{number}` stands for: "1 article", "4,126 articles"."""
        return self.form_of(one, many, number).format(number=self.figure(number), **values)

    def spelled(self, one: str, many: str, number: int, /) -> str:
        """The same, small figures in words where the language has them so: "five articles"."""
        small = self.forms.small
        figure = small[number] if 0 <= number < len(small) else self.figure(number)
        return self.form_of(one, many, number).format(number=figure)

    def form_of(self, one: str, many: str, number: int) -> str:
        """The form of a message that goes with a number, nothing filled in."""
        forms = self.plurals.get(one)
        if forms is None:
            return one if number == 1 else many
        return forms[_rule(self.rule)(abs(number))]

    def forms_by_number(self, one: str, many: str) -> tuple[tuple[str, ...], str]:
        """The forms of a message, and which of them goes with each number below 200: a digit each.

        A larger number takes the form of its last two digits over 100, as the rules of all languages have it.
        """
        forms = self.plurals.get(one, (one, many))
        rule = _rule(self.rule) if one in self.plurals else _rule("n != 1")
        return tuple(forms), "".join(str(int(rule(number))) for number in range(200))

    def figure(self, number: int) -> str:
        """A figure as readers take it: "4,126"."""
        forms = self.forms
        text = f"{number:,}" if abs(number) >= forms.ungrouped else str(number)
        if forms.separator != ",":
            text = text.replace(",", forms.separator)
        return text.translate(forms.digits) if forms.digits else text

    def decimal(self, number: float, places: int) -> str:
        """A figure with so many decimals: "54.9000"."""
        text = f"{number:.{places}f}".replace(".", self.pgettext("decimal sign", "."))
        return self._digits(text)

    def day(self, day: date) -> str:
        """A day in full: "13 April 2021"."""
        forms = self.forms
        return self._digits(forms.day.format(day=day.day, month=forms.months[day.month - 1], year=day.year))

    def short_day(self, day: date) -> str:
        """A day as lists show it: "13 Apr 2021"."""
        forms = self.forms
        month = forms.months_short[day.month - 1]
        return self._digits(forms.day_short.format(day=day.day, month=month, year=day.year))

    def shortest_day(self, day: date) -> str:
        """A day under its year: "13 Apr"."""
        forms = self.forms
        return self._digits(forms.short.format(day=day.day, month=forms.months_short[day.month - 1]))

    def anniversary(self, day: date) -> str:
        """A day of any year: "13 April"."""
        forms = self.forms
        return self._digits(forms.anniversary.format(day=day.day, month=forms.months[day.month - 1]))

    def weekday(self, day: date, *, year: bool = True) -> str:
        """A day with its weekday: "Tuesday, 13 April 2021", or "Tuesday, 13 April" under its year."""
        forms = self.forms
        words = self.day(day) if year else self.anniversary(day)
        return forms.weekday.format(weekday=forms.weekdays[day.weekday()], date=words)

    def month(self, year: int, month: int) -> str:
        """A month of a year: "April 2021"."""
        forms = self.forms
        return self._digits(forms.month.format(month=forms.months_alone[month - 1], year=year))

    def month_alone(self, month: int) -> str:
        """A month of the year at hand: "April"."""
        return self.forms.months_alone[month - 1]

    def moment(self, moment: Moment) -> str:
        """A moment in full, without its zone: "11:34, 13 April 2021", or "13 April 2021"."""
        day = self.day(moment.day)
        if not moment.has_time:
            return day
        return self.forms.moment.format(time=self._digits(moment.clock), date=day)

    def span(self, first: str, last: str) -> str:
        """From one point to another, or the one: "2014 to 2024"."""
        return first if first == last else self.forms.span.format(first=first, last=last)

    def joined(self, names: tuple[str, ...]) -> str:
        """Names in a sentence: "Nell Farrow, Ivo Kovač and Edda Brandt"."""
        if len(names) < 2:
            return "".join(names)
        first = self.listed(names[:-1])
        return self.pgettext("a list", "{first} and {last}", first=first, last=names[-1])

    def listed(self, names: tuple[str, ...]) -> str:
        """Names in a row: "Nell Farrow, Ivo Kovač"."""
        return self.pgettext("between the names of a list", ", ").join(names)

    def week(self) -> tuple[tuple[str, str], ...]:
        """The days of the week in the order of calendars, each short and in full."""
        forms = self.forms
        days = tuple(zip(forms.weekdays_short, forms.weekdays, strict=True))
        return days[forms.first_weekday :] + days[: forms.first_weekday]

    def _digits(self, text: str) -> str:
        return text.translate(self.forms.digits) if self.forms.digits else text


@lru_cache(maxsize=8)
def _rule(text: str) -> Callable[[int], int]:
    """Which form goes with a number, by a rule of plurals."""
    return c2py(text)


def _forms(language: Language) -> Forms:
    pgettext = language.pgettext
    grouped = pgettext("figures of four and of five digits", "1,234|12,345").split("|")
    digits = pgettext("digits", "0123456789")
    return Forms(
        months=_names(
            pgettext(
                "months inside a date",
                "January|February|March|April|May|June|July|August|September|October|November|December",
            )
        ),
        months_alone=_names(
            pgettext(
                "months alone",
                "January|February|March|April|May|June|July|August|September|October|November|December",
            )
        ),
        months_short=_names(
            pgettext("months, short", "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
        ),
        weekdays=_names(
            pgettext("days of the week", "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")
        ),
        weekdays_short=_names(pgettext("days of the week, short", "Mo|Tu|We|Th|Fr|Sa|Su")),
        first_weekday=int(pgettext("the first day of a week in calendars; 1 is Monday, 7 Sunday", "1")) - 1,
        day=pgettext("a day", "{day} {month} {year}"),
        day_short=pgettext("a day, short", "{day} {month} {year}"),
        short=pgettext("a day, short, without its year", "{day} {month}"),
        anniversary=pgettext("a day without its year", "{day} {month}"),
        month=pgettext("a month", "{month} {year}"),
        weekday=pgettext("a day with its weekday", "{weekday}, {date}"),
        moment=pgettext("a moment", "{time}, {date}"),
        span=pgettext("from one year or day to another", "{first} to {last}"),
        small=_names(
            pgettext(
                "figures from 0 to 10 before a noun", "no|one|two|three|four|five|six|seven|eight|nine|ten"
            )
        ),
        separator="".join(c for c in grouped[1] if not c.isdecimal()),
        ungrouped=1000 if len(grouped[0]) > 4 else 10_000,
        digits={} if digits == "0123456789" else str.maketrans("0123456789", digits),
        alphabet=tuple(pgettext("the letters of an index", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


ENGLISH = Language()
