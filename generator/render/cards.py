"""Drawing social cards with Pillow, in the theme's fonts or the site's: the same bytes for the same card."""

import re
import unicodedata
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from generator.core.problems import Problem, SiteError
from generator.render.card_views import HEIGHT, WIDTH, CardView
from generator.render.theme import theme_folder

MARGIN, TOP, BOTTOM = 80, 196, 524
SIZES = (92, 80, 68, 58, 50)
"""Of the headline, the largest first: the first that fits is taken."""

LEVELS = 15
"""Steps from paper to ink; one colour more is the accent."""

_LATIN = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2027), 0x20AC, 0x2122, 0x2212))
)

_UNITS = re.compile(
    r"\s*(?:[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][、。，．：；！？）」』》〉】…]*"
    r"|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)"
)
"""What a line is not broken within: a word, or a Chinese or Japanese character with the stops after it."""


def draw(card: CardView, font: Path | None = None) -> bytes:
    """A card as PNG, 1200 by 630; all in `font` where one is given.

    Without a headline the newspaper's name stands in its place. Raises SiteError where `font` is no font.
    """
    mask = Image.new("L", (WIDTH, HEIGHT), 0)
    brush = ImageDraw.Draw(mask)
    if card.title:
        size = _fitting(card.masthead, 54, font)
        _line(brush, 58, _cut(card.masthead, size, font), "display", size, 255, font)
    brush.rectangle((MARGIN, 138, WIDTH - MARGIN, 140), fill=255)
    brush.rectangle((MARGIN, 145, WIDTH - MARGIN, 145), fill=255)
    size, lines = _headline(card.title or card.masthead, font)
    for number, line in enumerate(lines):
        _line(brush, TOP + number * _leading(size), line, "display", size, 255, font)
    _line(brush, 548, card.date, "sans", 30, 170, font)
    picture = mask.point([value * (LEVELS - 1) // 255 for value in range(256)]).convert("P")
    picture.putpalette(_palette(card))
    ImageDraw.Draw(picture).rectangle((0, 0, WIDTH, 20), fill=LEVELS)
    packed = BytesIO()
    picture.save(packed, "PNG", bits=4)
    return packed.getvalue()


def _leading(size: int) -> int:
    return size * 11 // 10


def _headline(title: str, own: Path | None = None) -> tuple[int, list[str]]:
    """The largest size at which a headline fits, and its lines; the smallest cuts it with an ellipsis."""
    for size in SIZES:
        lines = _wrapped(title, size, own)
        if len(lines) * _leading(size) <= BOTTOM - TOP and len(lines) <= 4:
            return size, lines
    size = SIZES[-1]
    most = (BOTTOM - TOP) // _leading(size)
    lines = _wrapped(title, size, own)
    kept = lines[:most]
    if len(lines) > most:
        units = _UNITS.findall(kept[-1])
        while len(units) > 1 and _width("".join(units) + "…", "display", size, own) > WIDTH - 2 * MARGIN:
            units.pop()
        kept[-1] = "".join(units).rstrip(" ,;:–—-") + "…"
    return size, kept


def _wrapped(text: str, size: int, own: Path | None) -> list[str]:
    lines = [""]
    for unit in _UNITS.findall(text):
        longer = f"{lines[-1]}{unit}".strip()
        if not lines[-1] or _width(longer, "display", size, own) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(unit.strip())
    return [_cut(line, size, own) for line in lines]


def _cut(line: str, size: int, own: Path | None) -> str:
    """A line that is one word too long for the card, cut."""
    while len(line) > 1 and _width(line, "display", size, own) > WIDTH - 2 * MARGIN:
        line = line[:-2] + "…"
    return line


def _fitting(text: str, size: int, own: Path | None) -> int:
    while size > 24 and _width(text, "display", size, own) > WIDTH - 2 * MARGIN:
        size -= 4
    return size


def _line(
    brush: ImageDraw.ImageDraw, top: int, text: str, cut: str, size: int, strength: int, own: Path | None
) -> None:
    """A line between the margins, from the side on which its script begins."""
    x = WIDTH - MARGIN - _width(text, cut, size, own) if own and _is_from_right(text) else float(MARGIN)
    for script, run in _runs(text, own):
        font = _font(cut, script, size, own)
        brush.text((x, top + size), run, font=font, fill=strength, anchor="ls")
        x += font.getlength(run)


def _width(text: str, cut: str, size: int, own: Path | None) -> float:
    return sum(_font(cut, script, size, own).getlength(run) for script, run in _runs(text, own))


def _is_from_right(text: str) -> bool:
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def _runs(text: str, own: Path | None) -> list[tuple[str, str]]:
    """A text in runs of one script each, since the theme's fonts are parted by script."""
    if own:
        return [("", text)]
    return [(script, "".join(run)) for script, run in groupby(text, key=_script)]


def _script(char: str) -> str:
    if char in _LATIN:
        return "latin"
    if "\u0370" <= char < "\u0400":
        return "greek"
    return "cyrillic" if "\u0400" <= char < "\u0530" or char == "\u2116" else "latin-ext"


@lru_cache(maxsize=64)
def _font(cut: str, script: str, size: int, own: Path | None) -> ImageFont.FreeTypeFont:
    if own:  # a script of its own may need shaping, and the order of its letters turned
        layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
        try:
            return ImageFont.truetype(str(own), size, layout_engine=layout)
        except OSError as error:
            message = f"theme.card_font: {own.name} is no font: {error}"
            problem = Problem("site.yaml", 0, "E105", message, "name a TTF, OTF or WOFF2 file")
            raise SiteError(problem) from error
    folder: Path = theme_folder() / "assets" / "fonts"
    file = folder / f"{cut}-{script}.woff2"
    if not file.is_file():  # the sans has no Greek
        file = folder / f"serif-{script}.woff2"
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def _palette(card: CardView) -> list[int]:
    paper, ink, accent = map(_rgb, (card.paper, card.ink, card.accent))
    steps = [
        [round(p + (i - p) * step / (LEVELS - 1)) for p, i in zip(paper, ink, strict=True)]
        for step in range(LEVELS)
    ]
    return [part for colour in (*steps, accent) for part in colour]


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
