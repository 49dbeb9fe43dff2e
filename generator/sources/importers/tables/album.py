"""The pictures that a row shows: those of the web stay there, those beside the table come along."""

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from generator.core.paths import slugify
from generator.sources.fields import is_url
from generator.sources.importers.base import Media


class Album:
    """Finds the files of a table's folder that its rows show; `name` is the table's own."""

    def __init__(self, name: str, files: Collection[str]) -> None:
        self.folder = str(PurePosixPath(name).parent)
        self.files = files
        self.kept: dict[str, Media] = {}

    def place(self, written: str) -> str:
        """Where a picture is: its URL, "/media/…" for a file beside the table, "" where there is none."""
        if is_url(written):
            return written
        for path in (written, unquote(written)):
            name = normpath(f"{self.folder}/{path.lstrip('/')}")
            if len(path) < 500 and name in self.files and not name.startswith(("../", "/")):
                media = Media(name, f"media/{_target(name)}")
                self.kept[name] = media
                return f"/{media.target}"
        return ""

    def taken(self) -> tuple[Media, ...]:
        """The files found since this was last asked."""
        found = tuple(self.kept.values())
        self.kept.clear()
        return found

    def in_text(self, markdown: str, sources: Sequence[str]) -> tuple[str, tuple[Media, ...]]:
        """A text that shows pictures by their names in the table, with where they go, and their files."""
        for src in dict.fromkeys(sources):
            place = "" if not src or is_url(src) else self.place(src)
            if place:
                for opening, closing in ('""', "()", "<>"):
                    markdown = markdown.replace(f"{opening}{src}{closing}", f"{opening}{place}{closing}")
        return markdown, self.taken()


def _target(name: str) -> str:
    path = PurePosixPath(name)
    return "/".join(slugify(part) for part in path.with_suffix("").parts) + path.suffix.lower()
