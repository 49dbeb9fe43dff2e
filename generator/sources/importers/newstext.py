"""Articles as plain text, the way newspapers' sites and clippings give them."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.core.model import Value
from generator.core.paths import ending_of, slugify
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Importer, Media, Original
from generator.sources.importers.newstext_body import compose
from generator.sources.importers.newstext_dates import customs
from generator.sources.importers.newstext_head import begins, read_head, stands_alone
from generator.sources.importers.newstext_lines import paragraphs_in
from generator.sources.importers.newstext_moments import Moments, settle
from generator.sources.importers.newstext_pictures import EXTENSIONS, taken_on
from generator.sources.importers.newstext_reader import Picture, Reader
from generator.sources.importers.newstext_stamps import begins_with_stamp
from generator.sources.importers.text import decode

SUFFIXES = (".txt", ".text")
"""Endings of the names of plain text files, in small letters."""

LINES_LIMIT = 50_000
"""The most lines of one article's text."""

_NEVER = frozenset({"robots.txt", "humans.txt", "ads.txt", "security.txt", "llms.txt", "requirements.txt"})
_SNIFFED = 2_000
_ANY = "newstext: whether there are pictures among the files"


class NewsText:
    """Plain news text: a headline, the day of publication, the paragraphs."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "newstext"

    def recognises(self, original: Original) -> bool:
        """Whether the name is that of a plain text file; a file without an ending must begin like news."""
        ending = ending_of(original.name)
        if ending:
            return ending in SUFFIXES and original.name.rpartition("/")[2].lower() not in _NEVER
        if original.name == "-":
            return True
        first_lines = original.data[:_SNIFFED].decode("utf-8", "replace").split("\n")[:5]
        return any(begins_with_stamp(line.strip("\ufeff \r")) for line in first_lines)

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The one article of the text; an empty tuple when it has no headline, no date or no words."""
        text, problems = decode(original)
        if text is None:
            return (), problems
        if text.count("\n") > LINES_LIMIT:
            message, hint = "too many lines for one article", f"at most {LINES_LIMIT:,}"
            return (), (*problems, Problem(original.where, 0, "E304", message, hint))
        by = customs(context.site, context.now)
        paragraphs = paragraphs_in(text, stands_alone, begins)
        reader = read_head(paragraphs, by, original.where)
        moments = settle(reader.stamps, context.now, original.where)
        problems += (*reader.problems, *moments.problems)
        if not reader.title or not moments.published:
            return (), problems
        album = _Album(original, context)
        picture = reader.picture or Picture()
        src = album.place(picture.name) if picture.name else album.beside()
        pieces = [p._replace(src=album.place(p.src)) if p.src else p for p in reader.pieces]
        body = compose(pieces, original.where)
        imported = Imported(
            front=_front(reader, moments, picture, src),
            body=body.markdown,
            lines=tuple(sorted((*reader.fates, *body.fates))),
            media=tuple(album.media),
        )
        return (imported,), problems + body.problems + tuple(album.problems)


NEWSTEXT: Importer = NewsText()
"""The importer of plain news text."""


def _front(reader: Reader, moments: Moments, picture: Picture, src: str) -> dict[str, Value]:
    """The front matter: only the keys that the text gives."""
    image = {
        "src": src.removeprefix("/"),
        "caption": picture.caption,
        "credit": picture.credit,
        "taken": taken_on(picture.caption, moments.day),
    }
    authors: list[Value] = list(reader.authors)
    tags: list[Value] = list(reader.tags)
    related: list[Value] = [
        _filled({"label": line.label, "title": line.headline, "url": line.url}) for line in reader.related
    ]
    return _filled(
        {
            "title": reader.title,
            "published": moments.published,
            "updated": moments.updated,
            "authors": authors,
            "dateline": _dateline(reader, moments),
            "summary": reader.summary,
            "image": _filled(image) if src or picture.caption else None,
            "tags": tags,
            "related": related,
            "source": _filled({"publisher": reader.publisher, "url": reader.url}),
        }
    )


def _filled(pairs: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in pairs.items() if value}


def _dateline(reader: Reader, moments: Moments) -> str:
    """The place; the day beside it stays only when it is not that of publication."""
    same = reader.place_day in {None, (0, 0), (moments.day.month, moments.day.day)}
    return reader.place if same or not reader.place_written else f"{reader.place}, {reader.place_written}"


class _Album:
    """The pictures that one text shows, and what could not be found."""

    def __init__(self, original: Original, context: ImportContext) -> None:
        self.original = original
        self.files = context.files
        self.any = context.shared.get(_ANY)
        if self.any is None:
            self.any = context.shared[_ANY] = any(ending_of(name)[1:] in EXTENSIONS for name in self.files)
        self.media: list[Media] = []
        self.problems: list[Problem] = []

    def beside(self) -> str:
        """Where the picture goes that has the text's name but for its ending; "" when there is none."""
        if not self.any:
            return ""
        stem = PurePosixPath(self.original.name).with_suffix("")
        for extension in EXTENSIONS:
            for name in (f"{stem}.{extension}", f"{stem}.{extension.upper()}"):
                if name in self.files:
                    return self._keep(name)
        return ""

    def place(self, written: str) -> str:
        """Where a picture goes that the text names; a URL stays one, "" when the file is missing."""
        if written.startswith(("https://", "http://")):
            return written
        name = str(PurePosixPath(self.original.name).parent / written.removeprefix("./"))
        if name in self.files:
            return self._keep(name)
        message = f"image: the picture is not beside the text: {written[:80]!r}"
        self.problems.append(
            Problem(self.original.where, 0, "W324", message, "put it there and import again")
        )
        return ""

    def _keep(self, name: str) -> str:
        path = PurePosixPath(name)
        target = f"media/{slugify(path.stem)}{path.suffix.lower()}"
        if Media(name, target) not in self.media:
            self.media.append(Media(name, target))
        return f"/{target}"
