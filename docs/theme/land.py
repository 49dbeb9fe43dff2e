"""Makes the outline of the land, templates/assets/land.svg, from Natural Earth's at 1:50 million.

    cd .cache
    npm install world-atlas@2.0.2
    cd ..
    pip install shapely
    python docs/theme/land.py .cache/node_modules/world-atlas/land-50m.json

Natural Earth is in the public domain. One unit is a twentieth of a degree, from 180° west and 90° north; what
lies south of 60° south is left out. Shapes smaller than a place's mark are dropped, and corners that nobody
could see. The grey is half transparent, so that it stands on light and on dark paper.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from shapely import Polygon, box, make_valid
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

LAND = Path(__file__).parents[2] / "templates" / "assets" / "land.svg"
UNITS = 20  # in a degree
SOUTH = -60
CORNER = 0.08  # degrees that the outline may be off
SMALLEST = 0.05  # square degrees


def shapes(topology: dict) -> Iterator[BaseGeometry]:
    """Every piece of land of a TopoJSON topology, in degrees, cut at 180°."""
    (east, north), (right, up) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = (map(accumulate, zip(*arc, strict=True)) for arc in topology["arcs"])
    arcs = [[(x * east + right, y * north + up) for x, y in zip(*each, strict=True)] for each in steps]

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return unwrapped(points)

    for geometry in topology["objects"]["land"]["geometries"]:
        found = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for outer, *holes in found:
            whole = make_valid(Polygon(ring(outer), [ring(hole) for hole in holes]))
            for turn in (-360, 0, 360):  # what goes on beyond 180° is seen again on the other side
                yield translate(whole, turn).intersection(box(-180, SOUTH, 180, 90))


def unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring that crosses 180° without the jump to the other side."""
    turn, before, found = 0, points[0][0], []
    for x, y in points:
        turn += 360 * ((before - x > 180) - (x - before > 180))
        before = x
        found.append((x + turn, y))
    return found


def path(shape: BaseGeometry) -> Iterator[str]:
    """The outlines of a shape as SVG's relative steps in whole units."""
    for polygon in getattr(shape, "geoms", [shape]):
        if polygon.geom_type != "Polygon":
            continue
        for outline in (polygon.exterior, *polygon.interiors):
            points = [(round((x + 180) * UNITS), round((90 - y) * UNITS)) for x, y in outline.coords[:-1]]
            points = [p for n, p in enumerate(points) if p != points[n - 1]]
            if len(points) > 2:
                steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
                yield f"M{points[0][0]} {points[0][1]}l{steps.replace(' -', '-')}z"


def main() -> None:
    """Write the outline, and tell how large it became."""
    parser = argparse.ArgumentParser(description="Makes the outline of the land.")
    parser.add_argument("topology", type=Path, help="land-50m.json of world-atlas")
    kept = [
        simple
        for shape in shapes(json.loads(parser.parse_args().topology.read_text(encoding="utf-8")))
        if (simple := shape.simplify(CORNER)).area > SMALLEST
    ]
    kept.sort(key=lambda shape: -shape.area)
    size = f"{360 * UNITS} {(90 - SOUTH) * UNITS}"
    outline = "".join(drawn for shape in kept for drawn in path(shape))
    LAND.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" preserveAspectRatio="none">'
        f'<path fill="#808080" fill-opacity=".28" d="{outline}"/></svg>\n',
        encoding="utf-8",
    )
    sys.stdout.write(f"{LAND.name}: {LAND.stat().st_size:,} bytes, {len(kept)} shapes\n")


if __name__ == "__main__":
    main()
