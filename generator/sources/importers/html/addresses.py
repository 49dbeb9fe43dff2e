"""The address of a picture, wherever a page keeps it: plainly, for several sizes, or for a script to load."""

import re
from urllib.parse import urljoin

from generator.sources.importers.html.tree import Element

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-orig-file", "data-hi-res-src", "data-full-src",
    "data-large-file", "data-image", "data-url", "data-actualsrc", "data-echo",
)  # fmt: skip
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER = re.compile(
    r"^data:|(?:^|[/_-])(?:blank|spacer|pixel|transparent|placeholder|clear|grey|gray|lazy|loading|1x1|shim|trans)"
    r"[\w-]{0,40}\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([wx])$")


def picture_address(image: Element, address: str) -> str:
    """A picture's address, absolute where the page's is known; "" when it has none that can be kept."""
    written = (image.get("src") or "").strip()
    if not written or _PLACEHOLDER.search(written[:300]):
        written = _lazy(image) or ("" if written.startswith("data:") else written)
    return absolute(written, address)


def absolute(written: str, address: str) -> str:
    """A picture's or frame's address made absolute; "" when it is none."""
    written = written.strip()
    if not written or written.startswith(("data:", "javascript:", "about:", "blob:", "#")):
        return ""
    try:
        return urljoin(address, written) if address else written
    except ValueError:
        return ""


def _lazy(image: Element) -> str:
    for name in _LAZY:
        value = (image.get(name) or "").strip()
        if value and not value.startswith(("data:", "{", "[")):
            return value
    for name in _SETS:
        if best := largest(image.get(name) or ""):
            return best
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        for source in parent.iterchildren("source"):
            for name in _SETS:
                if best := largest(source.get(name) or ""):
                    return best
    return ""


def largest(srcset: str) -> str:
    """The address of the largest picture of a srcset."""
    best, size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset[:20_000].strip()):
        words = candidate.split()
        if not words or words[0].startswith("data:"):
            continue
        match = _WIDTH.fullmatch(words[-1]) if len(words) > 1 else None
        number = float(match[1]) if match else 1.0
        if number > size:
            best, size = words[0].rstrip(","), number
    return best


def is_tracker(image: Element) -> bool:
    """Whether a picture is a dot that only counts readers."""
    width, height = (image.get("width") or "").strip(), (image.get("height") or "").strip()
    style = (image.get("style") or "")[:500].replace(" ", "")
    return (
        (width in {"0", "1", "0px", "1px"} and height in {"", "0", "1", "0px", "1px"})
        or (height in {"0", "1", "0px", "1px"} and not width)
        or "width:1px" in style.split(";")
    )
