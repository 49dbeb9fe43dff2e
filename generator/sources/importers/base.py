"""The seam between the formats articles come in and the engine that files them.

An importer turns the bytes of one original into articles. It reads no clock and writes nothing: the
engine (generator/importing.py) decides where each article goes, keeps the original, merges what people
edited since, and reports. A new format is one more file in this folder, listed in `IMPORTERS`, or a
package of its own under the entry point group "morgue.importers".
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeGuard

from generator.core.frozen import dataclass
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


class Dropped(NamedTuple):
    """Something of an original that is not in its article: "share bar", why, and how often."""

    what: str
    reason: str
    count: int = 1  # type: ignore[assignment]  # hides tuple.count, which nobody calls


class Media(NamedTuple):
    """A file that an article shows: `name` among the source's files, `target` below content/ ("media/x.jpg").

    The engine may change `target` where another file has it; `front` and `body` are then written with
    the new path. `data` are its bytes where it lies within the original itself (a picture in a crawl, an
    archive or a document), so that `fetch` cannot reach it; None for a file beside it.
    """

    name: str
    target: str
    data: bytes | None = None


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

    `identity` are the names by which the source itself knows the article, the surest first: its canonical
    address ("https://…"), its id or guid; any one of them in common tells that two imports are of the same
    article, whatever else changed. `dropped` is what was left out of it, and `recall` the share (0 to 1) of
    the original's visible words that the body holds, where the importer can tell.

    `dated_by_version` tells that `published` is only when this version was made: an article that is known
    keeps its own date, and was updated then. `partial` tells that it only changes an article known by its
    `identity` (a kill, a recall): `front` holds what is new, and an empty `body` leaves the text alone.
    """

    front: Mapping[str, Value]
    body: str
    kind: Kind = "article"
    place: str = ""
    slug: str = ""
    lines: tuple[LineFate, ...] = ()
    media: tuple[Media, ...] = ()
    identity: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    recall: float | None = None
    dated_by_version: bool = False
    partial: bool = False


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


class StreamImporter(Protocol):
    """A format whose files hold many articles and may be larger than memory: a crawl, a full export."""

    @property
    def name(self) -> str:
        """The format's name: "warc"."""

    def recognises(self, original: Original) -> bool:
        """Whether this importer reads the file: `original.data` is only its first 64 kB."""

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The articles of a file, one after another, and what is wrong with it, in bounded memory.

        `original.data` is empty here; the bytes lie in `file`. Every Imported has an `identity`. Never
        raises for what the bytes hold.
        """


class PartedImporter(Importer, Protocol):
    """A format whose articles are made of other files as much as of the original: an issue and its pages."""

    def parts(self, original: Original, context: ImportContext) -> tuple[str, ...]:
        """The names of those files, among the context's; cheap, since every import asks."""


Format = Importer | StreamImporter
"""A format of either kind. One that is both is streamed only where a file is too large to be read."""


def reads(each: Format) -> TypeGuard[Importer]:
    """Whether a format reads a file as a whole."""
    return hasattr(each, "read")


def has_parts(each: Format) -> TypeGuard[PartedImporter]:
    """Whether a format makes articles of more files than the original."""
    return hasattr(each, "parts")


def streams(each: Format) -> TypeGuard[StreamImporter]:
    """Whether a format reads a file of any size, one article after another."""
    return hasattr(each, "stream")
