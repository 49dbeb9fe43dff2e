"""Figures and names in the words of a page."""

from generator.core.dates import MONTHS
from generator.core.model import Taxonomy

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def thousands(number: int) -> str:
    """A figure as readers take it: "4,126"."""
    return f"{number:,}"


def count(number: int, one: str, many: str) -> str:
    """A figure with its noun: "1 article", "4,126 articles"."""
    return f"{thousands(number)} {one if number == 1 else many}"


def spelled(number: int, one: str, many: str) -> str:
    """The same, small figures in words: "five articles"."""
    figure = _SMALL[number] if number < len(_SMALL) else thousands(number)
    return f"{figure} {one if number == 1 else many}"


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def month_words(year: int, month: int) -> str:
    """A month: "April 2021"."""
    return f"{MONTHS[month - 1]} {year}"


def direction(language: str) -> str:
    """The direction of a language's script: "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def span(first: str, last: str) -> str:
    """From one point to another, or the one: "2014 to 2024"."""
    return first if first == last else f"{first} to {last}"


def lower_plural(taxonomy: Taxonomy) -> str:
    """A taxonomy inside a sentence: "people"."""
    return taxonomy.plural[:1].lower() + taxonomy.plural[1:]
