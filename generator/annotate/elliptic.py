"""Bodies that every country has, named in short: whose Foreign Ministry it is."""

import re

from generator.annotate.gazetteer import gazetteer

_GENITIVE = re.compile(r"([^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?)['’]s? \Z")
_ADJECTIVE = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)?) \Z")
_SEAT = re.compile(r" (?:in|of) (?:the )?([A-Z][\w.-]*(?: [A-Z][\w-]*)*)")
_NEAR = 60  # characters before it


def elliptic_name(text: str, start: int, end: int, name: str) -> str:
    """A body's name with its country, from the genitive or adjective before it or the place behind it.

    "Ukraine's Foreign Ministry", "the Ukrainian Foreign Ministry" and "the Foreign Ministry in Kyiv" are all
    the Foreign Ministry of Ukraine; "" when the words do not say which country's is meant.
    """
    places = gazetteer()
    seats = {capital: country for country, capital in places.capitals.items()}
    before = text[max(0, start - _NEAR) : start]
    country = ""
    if genitive := _GENITIVE.search(before):
        country = _known(genitive[1])
    elif adjective := _ADJECTIVE.search(before):
        words = adjective[1]
        country = places.demonyms.get(words) or places.demonyms.get(words.split()[-1], "") or _known(words)
    if not country and (seat := _SEAT.match(text[end : end + _NEAR])):
        place = places.places.get(seat[1], "")
        country = seats.get(place, place if place in places.capitals else "")
    if not country:
        return ""
    article = "the " if country in _WITH_ARTICLE else ""
    return f"{name} of {article}{country}"


def _known(words: str) -> str:
    places = gazetteer().places
    return places.get(words) or places.get(words.split()[-1], "")


_WITH_ARTICLE = frozenset(
    ("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates")
)
