"""A site's accent on both papers: contrast after WCAG 2.2, section 1.4.3."""

LIGHT_PAPER, DARK_PAPER = "#ffffff", "#121315"
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written "#rgb" or "#rrggbb", from 1 to 21."""
    lighter, darker = sorted((_luminance(_channels(one)), _luminance(_channels(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightened(colour: str) -> str:
    """A colour mixed with as little white as small text on dark paper needs: "#rrggbb"."""
    channels = _channels(colour)
    for share in range(0, 101, 5):
        mixed = tuple(round(c + (255 - c) * share / 100) for c in channels)
        written = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(written, DARK_PAPER) >= ENOUGH + 1:
            break
    return written


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return red, green, blue


def _luminance(channels: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in channels]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
