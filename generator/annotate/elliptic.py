"""Bodies that every country has, named in short: whose Foreign Ministry it is."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon

_GENITIVE = re.compile(r"([^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?)['’]s? \Z")
_ADJECTIVE = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)?) \Z")
_SEAT = re.compile(r" (?:in|of) (?:the )?([A-Z][\w.-]*(?: [A-Z][\w-]*)*)")
_SCENE = re.compile(r"\b[Ii]n ([A-Z][\w.-]*(?: [A-Z][\w-]*)*)")
_SENTENCE = re.compile(r"[.!?][”’\"')]* +(?=[“‘\"'(]*[A-Z])")
_NEAR = 60  # characters before it
_REMEMBERED = 4  # texts for which the country of a body said once counts for the next

Place = tuple[int, int, int]
"""Number of a text, and offsets into it."""


def elliptic_names(
    texts: Sequence[str], places: Sequence[Place], dateline: str = ""
) -> Mapping[tuple[int, int], str]:
    """The bodies named in short among some places of a document, with their countries, by (text, start).

    The country is told by the words around ("Ukraine's", "Ukrainian", "in Kyiv"), else by where the sentence
    is set ("In Oslo, the Foreign Ministry said"), else it is that of the same body a few texts before, else
    that of the dateline. One that none of these tells is left out.
    """
    found: dict[tuple[int, int], str] = {}
    last: dict[str, tuple[int, str]] = {}
    home = _seated(dateline.title() if dateline.isupper() else dateline)
    for text, start, end in sorted(places):
        name = texts[text][start:end]
        if name not in lexicon().elliptic:
            continue
        country = country_of(texts[text], start, end) or _scene(texts[text], start)
        if not country and name in last and text - last[name][0] <= _REMEMBERED:
            country = last[name][1]
        country = country or home
        if country:
            last[name] = (text, country)
            found[text, start] = with_country(name, country)
    return found


def country_of(text: str, start: int, end: int) -> str:
    """The country of a body by the genitive or adjective before it or the place behind it, or "".

    "Ukraine's Foreign Ministry", "the Ukrainian Foreign Ministry" and "the Foreign Ministry in Kyiv" are all
    the Foreign Ministry of Ukraine.
    """
    places = gazetteer()
    before = text[max(0, start - _NEAR) : start]
    country = ""
    if genitive := _GENITIVE.search(before):
        country = _known(genitive[1])
    elif adjective := _ADJECTIVE.search(before):
        words = adjective[1]
        country = places.demonyms.get(words) or places.demonyms.get(words.split()[-1], "") or _known(words)
    if not country and (seat := _SEAT.match(text[end : end + _NEAR])):
        country = _seated(seat[1])
    return country


def with_country(name: str, country: str) -> str:
    """A body's name with its country: "Foreign Ministry of the Netherlands"."""
    article = "the " if country in _WITH_ARTICLE else ""
    return f"{name} of {article}{country}"


def _scene(text: str, start: int) -> str:
    """The country in whose capital, or in which, the sentence is set before a place in it."""
    begins = [match.end() for match in _SENTENCE.finditer(text, 0, start)]
    scenes = [_seated(match[1]) for match in _SCENE.finditer(text, begins[-1] if begins else 0, start)]
    return next((country for country in reversed(scenes) if country), "")


def _seated(words: str) -> str:
    """The country that is a place, or whose capital it is; "" for any other place."""
    places = gazetteer()
    place = places.places.get(words, "")
    return _seats().get(place, place if place in places.capitals else "")


@cache
def _seats() -> Mapping[str, str]:
    """The country of each capital."""
    return {capital: country for country, capital in gazetteer().capitals.items()}


def _known(words: str) -> str:
    """The country meant by a place before a body: Moscow's ministry is Russia's."""
    places = gazetteer().places
    place = places.get(words) or places.get(words.split()[-1], "")
    return _seated(place) or place


_WITH_ARTICLE = frozenset(
    ("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates")
)
