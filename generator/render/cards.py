"""Drawing social cards with Pillow, in the theme's own fonts: the same bytes for the same card."""

from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

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


def draw(card: CardView) -> bytes:
    """A card as PNG, 1200 by 630."""
    mask = Image.new("L", (WIDTH, HEIGHT), 0)
    brush = ImageDraw.Draw(mask)
    size = _fitting(card.masthead, 54)
    _line(brush, (MARGIN, 58), _cut(card.masthead, size), "display", size, 255)
    brush.rectangle((MARGIN, 138, WIDTH - MARGIN, 140), fill=255)
    brush.rectangle((MARGIN, 145, WIDTH - MARGIN, 145), fill=255)
    size, lines = _headline(card.title)
    for number, line in enumerate(lines):
        _line(brush, (MARGIN, TOP + number * _leading(size)), line, "display", size, 255)
    _line(brush, (MARGIN, 548), card.date, "sans", 30, 170)
    picture = mask.point([value * (LEVELS - 1) // 255 for value in range(256)]).convert("P")
    picture.putpalette(_palette(card))
    ImageDraw.Draw(picture).rectangle((0, 0, WIDTH, 20), fill=LEVELS)
    packed = BytesIO()
    picture.save(packed, "PNG", bits=4)
    return packed.getvalue()


def _leading(size: int) -> int:
    return size * 11 // 10


def _headline(title: str) -> tuple[int, list[str]]:
    """The largest size at which a headline fits, and its lines; the smallest cuts it with an ellipsis."""
    for size in SIZES:
        lines = _wrapped(title, size)
        if len(lines) * _leading(size) <= BOTTOM - TOP and len(lines) <= 4:
            return size, lines
    size = SIZES[-1]
    most = (BOTTOM - TOP) // _leading(size)
    lines = _wrapped(title, size)
    kept = lines[:most]
    if len(lines) > most:
        words = kept[-1].split()
        while len(words) > 1 and _width(" ".join(words) + "…", "display", size) > WIDTH - 2 * MARGIN:
            words.pop()
        kept[-1] = " ".join(words).rstrip(" ,;:–—-") + "…"
    return size, kept


def _wrapped(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _width(longer, "display", size) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(line, size) for line in lines]


def _cut(line: str, size: int) -> str:
    """A line that is one word too long for the card, cut."""
    while len(line) > 1 and _width(line, "display", size) > WIDTH - 2 * MARGIN:
        line = line[:-2] + "…"
    return line


def _fitting(text: str, size: int) -> int:
    while size > 24 and _width(text, "display", size) > WIDTH - 2 * MARGIN:
        size -= 4
    return size


def _line(
    brush: ImageDraw.ImageDraw, at: tuple[int, int], text: str, cut: str, size: int, strength: int
) -> None:
    x = float(at[0])
    for script, run in _runs(text):
        font = _font(cut, script, size)
        brush.text((x, at[1] + size), run, font=font, fill=strength, anchor="ls")
        x += font.getlength(run)


def _width(text: str, cut: str, size: int) -> float:
    return sum(_font(cut, script, size).getlength(run) for script, run in _runs(text))


def _runs(text: str) -> list[tuple[str, str]]:
    """A text in runs of one script each, since the fonts are parted by script."""
    return [(script, "".join(run)) for script, run in groupby(text, key=_script)]


def _script(char: str) -> str:
    if char in _LATIN:
        return "latin"
    if "\u0370" <= char < "\u0400":
        return "greek"
    return "cyrillic" if "\u0400" <= char < "\u0530" or char == "\u2116" else "latin-ext"


@lru_cache(maxsize=64)
def _font(cut: str, script: str, size: int) -> ImageFont.FreeTypeFont:
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
