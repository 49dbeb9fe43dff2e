"""Countries, larger cities and international organisations under the numbers that authority files give them.

Places come from GeoNames (geonames.org, CC BY 4.0) and Natural Earth (public domain), written into the
package by `benchmarks/quality/make_places.py`; the organisations' Wikidata numbers are our own list.
"""

from collections.abc import Mapping
from functools import cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lines
from generator.core.model import Body, Coordinates

ORGANISATIONS = "organisations"
PLACES = "places"


def body(taxonomy: str, name: str) -> Body | None:
    """What the packaged lists know of a name filed under a taxonomy; None for a name they do not have.

    A place of which two are about as large ("Cambridge") is not in them, as nobody could tell which is meant.
    """
    if taxonomy == PLACES:
        places = _places()
        bare = name.removeprefix("the ")
        line = places.get(bare) or places.get(gazetteer().places.get(bare, ""))
        return _place(line) if line else None
    if taxonomy == ORGANISATIONS:
        organisation = organisations().get(name.removeprefix("the ").removeprefix("The "))
        return Body(organisation, (("wikidata", _numbers()[organisation]),)) if organisation else None
    return None


@cache
def organisations() -> Mapping[str, str]:
    """The form that a text may use of an international organisation → the name it is best known by."""
    forms: dict[str, str] = {}
    for line in lines("bodies.txt"):
        name, _, others = line.split("|")
        for form in (name, *others.split(";")):
            if form:
                forms[form] = name
    return forms


@cache
def _numbers() -> Mapping[str, str]:
    return dict(line.split("|")[:2] for line in lines("bodies.txt"))


@cache
def _places() -> Mapping[str, str]:
    """The line of each place by its name: thousands, of which an archive names a few."""
    return {line.partition("|")[0]: line for line in lines("places.txt")}


def _place(line: str) -> Body:
    name, iso, number, latitude, longitude = line.split("|")
    identifiers = (("geonames", number), ("iso3166", iso))
    return Body(
        name=name,
        identifiers=tuple(one for one in identifiers if one[1]),
        coordinates=Coordinates(float(latitude), float(longitude)) if latitude else None,
    )
