"""Pictures and other files beside articles: copied below content/media once, whatever they are called."""

import hashlib
import re
from pathlib import PurePosixPath

from generator.core.problems import Problem
from generator.depositing import SIZES, Depot
from generator.filenames import safe_part
from generator.sources.files import list_files
from generator.sources.importers.base import Media

_ACTIVE_SVG = re.compile(rb"<script|javascript:|\son[a-z]{3,20}\s?=|<foreignobject", re.IGNORECASE)


class MediaShelf:
    """The files below content/media, known by their size until their content has to be compared."""

    def __init__(self, depot: Depot) -> None:
        self.depot = depot
        self.by_size: dict[int, list[str]] | None = None

    def add(self, media: Media, data: bytes | None, where: str) -> tuple[str, list[Problem]]:
        """Copy a picture; where it lies below content/, and why it could not be copied.

        The same bytes are copied once, whatever they are called.
        """
        if data is None:
            message = f"image: cannot be read, or is too large: {media.name!r}"
            return media.target, [Problem(where, 0, "W337", message, "put it below content/media")]
        if media.target.endswith(".svg") and _ACTIVE_SVG.search(data):
            message = f"image: holds a program, and was not copied: {media.name!r}"
            return media.target, [
                Problem(where, 0, "W337", message, "clean it, and put it below content/media")
            ]
        sha256 = hashlib.sha256(data).hexdigest()
        parts = [part for part in PurePosixPath(media.target).parts[1:] if part != ".."]
        path = PurePosixPath("media", *map(safe_part, parts))
        if self.depot.holds(f"content/{path}") == sha256:
            return str(path), []
        held = self._same(len(data), sha256, path.suffix)
        if held:
            return held, []
        number = 1
        target = path
        while self.depot.holds(f"content/{target}") not in {"", sha256}:
            number += 1
            target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not self.depot.is_free(f"content/{target}"):
            return str(target), []
        problems = self.depot.write(f"content/{target}", data)
        if not problems and self.by_size is not None:
            self.by_size.setdefault(len(data), []).append(str(target))
        return str(target), problems

    def has(self, name: str, size: int) -> bool:
        """Whether a file of a source was copied, by its name (which may have got a number) and size."""
        stem, dot, suffix = safe_part(PurePosixPath(name).name).rpartition(".")
        return any(
            found.startswith(stem) and found.endswith(dot + suffix)
            for found in (PurePosixPath(path).name for path in self._sizes().get(size, ()))
        )

    def _sizes(self) -> dict[int, list[str]]:
        if self.by_size is None:
            self.by_size = {}
            for name, stamp in list_files(self.depot.root / "content" / "media").items():
                if not name.startswith(f"{SIZES}/"):
                    self.by_size.setdefault(stamp.size, []).append(f"media/{name}")
        return self.by_size

    def _same(self, size: int, sha256: str, suffix: str) -> str:
        """A file below content/media of the same bytes and ending, as "media/x.jpg", or ""."""
        for path in self._sizes().get(size, ()):
            if PurePosixPath(path).suffix == suffix and self.depot.holds(f"content/{path}") == sha256:
                return path
        return ""
