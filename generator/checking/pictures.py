"""Pictures in a text that nobody who cannot see them is told of."""

import re
from collections.abc import Iterator
from html import unescape

from generator.checking.texts import Text
from generator.core.problems import Problem

# The converter writes its own HTML: attributes in double quotes, in any order.
_PICTURE = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r'\ssrc="([^"]*)"')
_ALT = re.compile(r'\salt="[^"]*[^"\s][^"]*"')


def without_words(text: Text, base: str) -> Iterator[Problem]:
    """The pictures of a text without an alternative text, at their lines."""
    used: dict[str, int] = {}
    for tag in _PICTURE.findall(text.prose.html):
        src = _SRC.search(tag)
        url = unescape(src[1]) if src else ""
        plain = url.removeprefix(base) if base and url.startswith(f"{base}/") else url
        number = _number(text.prose.links, plain, used.get(plain, -1))
        used[plain] = number
        if _ALT.search(tag) is None:
            line = text.line_of(number) if number >= 0 else text.line
            message = f"picture without alternative text: {plain or 'no file'}"
            yield Problem(text.path, line, "W505", message, "say what it shows: ![words](file)")


def _number(links: tuple[str, ...], url: str, after: int) -> int:
    try:
        return links.index(url, after + 1)
    except ValueError:
        return after
