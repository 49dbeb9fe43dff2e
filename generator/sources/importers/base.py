"""The seam between the formats articles come in and the engine that files them.

An importer turns the bytes of one original into articles. It reads no clock and writes nothing: the
engine (generator/importing.py) decides where each article goes, keeps the original, merges what people
edited since, and reports. A new format is one more file in this folder, listed in `IMPORTERS`, or a
package of its own under the entry point group "morgue.importers".
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from generator.core.model import Value
from generator.core.problems import Problem
from generator.core.site import Site

Kind = Literal["article", "page", "record"]

LEFT_OUT = "left out"
"""The fate of a line that is in no article: its reason must say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One file to import, as it was found.

    `name` is its path below the folder or archive given on the command line, or its file name when it
    was given itself: "2021/000.txt"; forward slashes, never absolute, no ".." in it; "-" is standard
    input. `where` is how problems name it.
    """

    name: str
    data: bytes
    where: str


class LineFate(NamedTuple):
    """What became of one line of an original: `line` counts from 1.

    `fate` is "body", "headline", "date", "byline", … or LEFT_OUT; `reason` says why, and is never empty
    for a line left out.
    """

    line: int
    fate: str
    reason: str = ""


class Media(NamedTuple):
    """A file that an article shows: `name` among the source's files, `target` below content/ ("media/x.jpg").

    The engine may change `target` where another file has it; `front` and `body` are then written with
    the new path.
    """

    name: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One article, page or authority record made from an original.

    `front` holds the contract's keys in the forms it names (an article's `title` and `published` always
    present); `source` may give publisher and url: the engine adds file, sha256 and imported. `body` is
    Markdown with "\\n" line ends, without blank lines at either end. `place` is its path below the
    kind's folder without ".md" ("2021/04/some-slug"); "" lets the engine take the date and the headline.
    `slug` is the original's own slug, "" when it has none. `lines` tells the fate of every line of the
    original that is not blank, in order (of the lines that concern this article, where one original
    holds several).
    """

    front: Mapping[str, Value]
    body: str
    kind: Kind = "article"
    place: str = ""
    slug: str = ""
    lines: tuple[LineFate, ...] = ()
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """All that an importer may know beside the original itself.

    `now` is aware. `files` are the names, in the form of Original.name, of the files that came with the
    original; `fetch` gives the bytes of one of them, None when there is no such file or it is too large.
    `shared` is empty at first: an importer keeps there, under its own name, what it worked out about the
    source as a whole, so that a folder is surveyed once and not with each of its files.
    """

    site: Site
    now: datetime
    files: Collection[str] = frozenset()
    fetch: Callable[[str], bytes | None] = lambda name: None
    shared: dict[str, object] = field(default_factory=dict, compare=False)


class Importer(Protocol):
    """A format. `name` is what --format takes."""

    @property
    def name(self) -> str:
        """The format's name: "newstext"."""

    def recognises(self, original: Original) -> bool:
        """Whether this importer reads the file: from its name and the first of its bytes; cheap."""

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The articles in the original and what is wrong with it; an empty tuple when it is refused.

        Never raises for what the bytes hold: a mistake is a Problem with the original's `where` and line.
        """
