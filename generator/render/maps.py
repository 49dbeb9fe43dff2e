"""Places drawn on a map: geometry only; the outline of the land is a file of the theme, cut to the map's box.

The projection is equirectangular, true to scale along the map's middle: two linear scales, so that the file
of the outline can be stretched to any map. No two labels meet, and none lies on another place's mark; a place
without room for its label is named by the list beside the map. A small screen shows labels larger in
proportion, so that they can be read, and leaves out those without room.
"""

from collections.abc import Sequence
from math import cos, floor, log10, radians
from typing import NamedTuple

from generator.core.model import Coordinates

LAND_WIDTH, LAND_NORTH, LAND_SOUTH = 360.0, 90.0, -60.0
"""What assets/land.svg covers, in degrees: it begins at 180° west, and is without the Antarctic."""

FINEST = 2.5
"""Degrees of latitude below which the outline is too coarse to be drawn."""

SMALLEST_SPAN = 0.02
PADDING = 0.14
LEAST, MOST_ASPECT = 1.25, 2.2
LETTER, LINE = 0.56, 1.25  # the width of a letter and the height of a line, in font sizes
KILOMETRES = 111.2  # in a degree of latitude
CROWD, CROWDED = 0.05, 3  # more marks than this within such a part of the map's width are drawn again, larger
MOST_TRIED = 20
"""Of how many of the most named places it is asked whether others crowd round them."""


class Spot(NamedTuple):
    """A place to draw. `total` is what the size of its mark tells."""

    href: str
    name: str
    confirmed: bool
    total: int
    at: Coordinates
    here: bool = False  # the page is about it


class Mark(NamedTuple):
    """A place drawn; `label` is "" where there was no room. `finer` is 0 for a label that has room at the
    largest font size, 1 for one that needs the next smaller, and so on."""

    x: str
    y: str
    radius: str
    href: str
    name: str
    confirmed: bool
    here: bool
    label: str
    label_x: str
    label_y: str
    anchor: str  # "start", "middle" or "end"
    finer: int = 0


class Land(NamedTuple):
    """Where the outline of the whole world lies in the map's box."""

    x: str
    y: str
    width: str
    height: str


class Scale(NamedTuple):
    """A bar of a round number of kilometres."""

    length: str
    kilometres: str  # "200", "0.5"


class Drawn(NamedTuple):
    """A map, its marks from the largest to the smallest. `land` is None on a map too near for the outline."""

    width: int
    height: int
    land: Land | None
    scale: Scale
    marks: tuple[Mark, ...]


class _Box(NamedTuple):
    west: float
    north: float
    across: float  # units a degree of longitude
    down: float
    width: int
    height: int

    def place(self, at: Coordinates) -> tuple[float, float]:
        return (at.longitude - self.west) * self.across, (self.north - at.latitude) * self.down


def maps(spots: Sequence[Spot], width: int, letters: Sequence[float]) -> tuple[Drawn, ...]:
    """The places on a map `width` units wide; and where many of them stand too close to be told apart, these
    on a second one. None without places. `letters` are the font sizes of labels, from that of the widest
    screen to that of the smallest."""
    shown = sorted(spots, key=lambda s: (not s.here, -s.total, s.name, s.href))
    if not shown:
        return ()
    box = _box(shown, width)
    crowd = _crowd(shown, box)
    if not crowd or len(crowd) == len(shown):
        return (_drawn(shown, box, letters),)
    return (_drawn(shown, box, letters), _drawn(crowd, _box(crowd, width), letters))


def _box(spots: Sequence[Spot], width: int) -> _Box:
    """The part of the world that holds all places with some room around them."""
    north, south = (f(s.at.latitude for s in spots) for f in (max, min))
    east, west = (f(s.at.longitude for s in spots) for f in (max, min))
    middle = cos(radians(min(70.0, abs(north + south) / 2)))
    high = max(north - south, SMALLEST_SPAN)
    wide = max((east - west) * middle, SMALLEST_SPAN)
    high, wide = high * (1 + 2 * PADDING), wide * (1 + 2 * PADDING)
    high = max(high, wide / MOST_ASPECT)
    wide = max(wide, high * LEAST)
    high = min(high, 180.0)
    wide = min(wide, LAND_WIDTH * middle)
    down = width / wide
    top = min(max((north + south + high) / 2, high - 90.0), 90.0)
    left = min(max((east + west - wide / middle) / 2, -180.0), 180.0 - wide / middle)
    return _Box(left, top, down * middle, down, width, round(high * down))


def _crowd(spots: Sequence[Spot], box: _Box) -> list[Spot]:
    """The places around the first that has many so near; of those at one point no map makes two."""
    near = CROWD * box.width
    for one in spots[:MOST_TRIED]:
        x, y = box.place(one.at)
        around = [s for s in spots if _distance(box.place(s.at), (x, y)) <= near]
        if len({s.at for s in around}) > CROWDED:
            return around
    return []


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _drawn(spots: Sequence[Spot], box: _Box, letters: Sequence[float]) -> Drawn:
    most = max(spot.total for spot in spots) or 1
    circles = [(*box.place(s.at), letters[0] * (0.22 + 0.4 * (s.total / most) ** 0.5)) for s in spots]
    labels = _labels([spot.name for spot in spots], circles, box, letters)
    marks = []
    for number, spot in enumerate(spots):
        x, y, radius = circles[number]
        finer, anchor, left, base = labels.get(number, (0, "", 0.0, 0.0))
        marks.append(
            Mark(
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                radius=f"{radius:.1f}",
                href=spot.href,
                name=spot.name,
                confirmed=spot.confirmed,
                here=spot.here,
                label=spot.name if number in labels else "",
                label_x=f"{left:.1f}",
                label_y=f"{base:.1f}",
                anchor=anchor,
                finer=finer,
            )
        )
    land = None
    if box.height / box.down >= FINEST:
        land = Land(
            f"{(-180 - box.west) * box.across:.1f}",
            f"{(box.north - LAND_NORTH) * box.down:.1f}",
            f"{LAND_WIDTH * box.across:.1f}",
            f"{(LAND_NORTH - LAND_SOUTH) * box.down:.1f}",
        )
    return Drawn(box.width, box.height, land, _scale(box), tuple(marks))


def _labels(
    names: Sequence[str],
    circles: Sequence[tuple[float, float, float]],
    box: _Box,
    letters: Sequence[float],
) -> dict[int, tuple[int, str, float, float]]:
    """The names that have room, by number: at which step of smaller letters, how anchored, and where."""
    taken: list[tuple[float, float, float, float]] = []
    placed: dict[int, tuple[int, str, float, float]] = {}
    for finer, size in enumerate(reversed(letters)):
        for number, name in enumerate(names):
            if number not in placed and (found := _label(name, circles, number, taken, box, size)):
                placed[number] = (finer, *found)
    return placed


def _label(
    name: str,
    circles: Sequence[tuple[float, float, float]],
    own: int,
    taken: list[tuple[float, float, float, float]],
    box: _Box,
    letters: float,
) -> tuple[str, float, float] | None:
    """Where the label of a mark fits: how it is anchored, and its point. Its room is then taken."""
    x, y, radius = circles[own]
    wide, high, gap = LETTER * letters * len(name), LINE * letters, radius + 0.3 * letters
    for anchor, left, top in (
        ("start", x + gap, y - high / 2),
        ("end", x - gap - wide, y - high / 2),
        ("middle", x - wide / 2, y - gap - high),
        ("middle", x - wide / 2, y + gap),
    ):
        room = (left, top, left + wide, top + high)
        if room[0] < 0 or room[1] < 0 or room[2] > box.width or room[3] > box.height:
            continue
        if any(room[0] < t[2] and t[0] < room[2] and room[1] < t[3] and t[1] < room[3] for t in taken):
            continue
        if any(_covers(room, circle) for number, circle in enumerate(circles) if number != own):
            continue
        taken.append(room)
        at = {"start": left, "middle": x, "end": left + wide}[anchor]
        return anchor, at, top + high * 0.76
    return None


def _covers(room: tuple[float, float, float, float], circle: tuple[float, float, float]) -> bool:
    x, y, radius = circle
    across = max(room[0] - x, 0.0, x - room[2])
    down = max(room[1] - y, 0.0, y - room[3])
    return across * across + down * down < radius * radius


def _scale(box: _Box) -> Scale:
    """A round length near a fifth of the map's width."""
    unit = box.down / KILOMETRES  # of the drawing, a kilometre
    wanted = box.width / 5 / unit
    power = 10.0 ** floor(log10(wanted))
    kilometres = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    return Scale(f"{kilometres * unit:.1f}", f"{kilometres:g}")
