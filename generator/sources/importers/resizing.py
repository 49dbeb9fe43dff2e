"""The door to Pillow: how large a picture is, and smaller sizes of it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

SIZES = (480, 960, 1600)
"""The widths of smaller sizes in pixels; only those below the picture's own are made."""

PIXELS_LIMIT = 120_000_000
"""The most pixels of a picture that is decoded; a small file can claim any number."""

QUALITY = 80
"""Of WebP, from 0 to 100."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})
_BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError,
    EOFError, MemoryError, ArithmeticError, Image.DecompressionBombError,
)  # fmt: skip


class Measured(NamedTuple):
    """A picture's pixels as it is shown, turned upright, and the widths of the smaller sizes to make."""

    width: int
    height: int
    sizes: tuple[int, ...]


def measure(data: bytes) -> Measured | str:
    """How large a picture is, from its head alone; or why that cannot be told."""
    try:
        with _opened(data) as picture:
            width, height = picture.size
            if width * height > PIXELS_LIMIT:
                return f"has {width:,} × {height:,} pixels, which is too many"
            if _orientation(picture) in _SIDEWAYS:
                width, height = height, width
            moving = getattr(picture, "is_animated", False)
    except _BROKEN:
        return "cannot be read as a picture"
    return Measured(width, height, () if moving else tuple(size for size in SIZES if size < width))


def smaller(data: bytes) -> tuple[tuple[int, bytes], ...] | str:
    """Smaller sizes of a picture as WebP, each with its width, the largest first; or why there are none."""
    measured = measure(data)
    if isinstance(measured, str):
        return measured
    try:
        with _opened(data) as picture:
            if measured.sizes:
                picture.draft("RGB", (max(measured.sizes) * 2, max(measured.sizes) * 2))
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get("icc_profile", b"") if picture.mode in {"RGB", "RGBA", "P"} else b""
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            upright = upright.convert("RGBA" if has_alpha else "RGB")
            made: list[tuple[int, bytes]] = []
            for width in sorted(measured.sizes, reverse=True):
                height = max(1, round(measured.height * width / measured.width))
                upright = upright.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
                out = BytesIO()
                upright.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=profile)
                made.append((width, out.getvalue()))
    except _BROKEN:
        return "cannot be decoded"
    return tuple(made)


def _orientation(picture: Image.Image) -> int:
    """How a camera was held, by EXIF; 1 where nothing, or nonsense, says so."""
    found = picture.getexif().get(_ORIENTATION, 1)
    return found if isinstance(found, int) else 1


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # Pillow warns of many pixels and of odd EXIF; both are dealt with here.
        warnings.simplefilter("ignore")
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            yield picture
