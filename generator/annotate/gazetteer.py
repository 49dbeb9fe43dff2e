"""Countries, their forms and adjectives, and the world's larger cities, as packaged with the program.

Cities and their names come from GeoNames (geonames.org, CC BY 4.0); the countries' forms are our own.
"""

from collections.abc import Mapping
from functools import cache

from generator.annotate.lexicon import lexicon, lines, phrases, sections
from generator.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places by the forms newspapers write.

    `places` maps a form to the name a place is filed under ("US" → "United States"), `forms` that name to all
    its forms, itself first; `countries` are the forms of countries. `demonyms` maps "Ukrainian" to "Ukraine",
    `capitals` a country to its capital.
    """

    places: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    countries: frozenset[str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]

    @property
    def doubtful(self) -> frozenset[str]:
        """Forms that are common words or given names too, and need a context."""
        return _doubtful()


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
    countries = frozenset(places)
    rest = dict.fromkeys((*capitals.values(), *lines("cities.txt"), *_more()))
    alone = {place: (place,) for place in rest if place not in places}
    forms |= alone
    places |= dict(zip(alone, alone, strict=True))
    return Gazetteer(
        places=places,
        forms=forms,
        countries=countries,
        demonyms=demonyms,
        capitals=capitals,
    )


def _more() -> list[str]:
    """Smaller towns, regions, mountains, waters, stadiums."""
    world = sections("newswire.txt")
    return [*phrases(world["places"]), *phrases(world["doubtful places"]), *lines("towns.txt")]


@cache
def _doubtful() -> frozenset[str]:
    # Forms are looked up among the common words: only those who look for names in a text need to know. What
    # the lists of smaller places hold was looked up when they were written.
    known, listed = lexicon(), gazetteer()
    found = {
        form
        for form in listed.places.keys() - listed.countries - frozenset(_more())
        if form in known.given or form in known.titles or known.is_common(form)
    }
    found.update(phrases(sections("newswire.txt")["doubtful places"]))
    return frozenset(found | (listed.countries & _DOUBTFUL))


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
