"""HTML, whole or in fragments, as Markdown: what every importer whose source holds HTML calls.

The parser (lxml, extra "web") is loaded with the first call, so that importing this package costs nothing.
"""

import importlib
from collections.abc import Callable

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import Dropped
from generator.sources.importers.extras import load

_CONVERTER = "generator.sources.importers.html.convert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as an article shows it; `src` is absolute where the article's address is known."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """HTML as Markdown.

    `markdown` has "\\n" line ends and no blank lines at either end. `pictures` are all that it shows, in
    order. `dropped` tells what was left out and why. `recall` is the share (0 to 1) of the words a browser
    would show, those of what is listed in `dropped` apart, that the Markdown holds; 1 where there are none.
    """

    markdown: str
    pictures: tuple[Picture, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    recall: float = 1.0


def missing(where: str) -> Problem | None:
    """The problem to report when the parser is not installed; None when html_to_markdown can be called."""
    door = load(_CONVERTER, "web", where)
    return door if isinstance(door, Problem) else None


def html_to_markdown(
    html: str, *, address: str = "", title: str = "", place: Callable[[str], str] = str
) -> Converted:
    """HTML as Markdown that shows a reader the same text: a fragment, or all of a page's article.

    `address` makes relative links absolute; a first heading that says `title` again is left out; `place`
    tells for a picture's address where it lies in the archive ("/media/quay.jpg"), or gives it back. Time
    grows with the length of the HTML alone; nothing in it raises. Raises ModuleNotFoundError without the
    extra "web": ask `missing` first.
    """
    converted = importlib.import_module(_CONVERTER).convert(html, address=address, title=title, place=place)
    assert isinstance(converted, Converted)
    return converted
