"""Countries, their forms and adjectives, and the world's larger cities, as packaged with the program.

Cities and their names come from GeoNames (geonames.org, CC BY 4.0); the countries' forms are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator.annotate.lexicon import lexicon, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places by the forms newspapers write.

    `places` maps a form to the name a place is filed under ("US" → "United States"), `forms` that name to all
    its forms, itself first. `doubtful` forms are common words or given names too, and need a context.
    `demonyms` maps "Ukrainian" to "Ukraine", `capitals` a country to its capital.
    """

    places: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    doubtful: frozenset[str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]
    longest: int  # words in the longest form


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer."""
    places: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in lines("countries.txt"):
        name, others, adjectives, capital = (part.strip() for part in line.split("|"))
        all_forms = (name, *(form.strip() for form in others.split(";") if form.strip()))
        forms[name] = all_forms
        for form in all_forms:
            places.setdefault(form.removeprefix("the "), name)
        for word in _demonyms(adjectives):
            demonyms.setdefault(word, name)
        if capital:
            capitals[name] = capital
    sure = frozenset(places)
    for city in (*capitals.values(), *lines("cities.txt")):
        if city not in places:
            places[city] = city
            forms[city] = (city,)
    known = lexicon()
    doubtful = {
        form
        for form in places
        if form not in sure and (form in known.given or known.is_common(form) or form in known.titles)
    }
    return Gazetteer(
        places=places,
        forms=forms,
        doubtful=frozenset(doubtful | (sure & _DOUBTFUL)),
        demonyms=demonyms,
        capitals=capitals,
        longest=max(len(form.split()) for form in places),
    )


_DOUBTFUL = frozenset(
    {"Chad", "Jordan", "Georgia", "Guinea", "Kent", "Devon", "Queens", "Virginia", "Maine", "LA", "Java"}
)


def _demonyms(text: str) -> list[str]:
    # "South Korean South Koreans" is two demonyms of two words each.
    words = text.split()
    if not words or words[0] not in _FIRST_OF_TWO:
        return words
    return [" ".join(words[i : i + 2]) for i in range(len(words) - 1) if words[i] == words[0]]


_FIRST_OF_TWO = frozenset(
    (
        *("North", "South", "East", "West", "Central", "Northern", "Southeast", "Eastern", "Western"),
        *("Latin", "Middle", "New", "Sri", "Cape", "Sierra", "Costa", "Puerto"),
    )
)
