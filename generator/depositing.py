"""Files of an import into a site: safely named, written whole, never outside content/, never over others."""

import hashlib
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers.base import Imported, Media

NAME_LIMIT = 200
"""The most bytes of one part of a kept original's path."""

EARLIER_DIGITS = 12
"""So many digits of its SHA-256 stand in the name of an original that a newer version replaced."""

_UNSAFE = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f]")
_EARLIER = re.compile(rf"\.([0-9a-f]{{{EARLIER_DIGITS}}})\Z")
_ACTIVE_SVG = re.compile(rb"<script|javascript:|\son[a-z]{3,20}\s?=|<foreignobject", re.IGNORECASE)


class Depot:
    """The site's folder as an import sees it; in a dry run it remembers what it would have written."""

    def __init__(self, root: Path, *, dry_run: bool) -> None:
        self.root = root
        self.dry_run = dry_run
        self.planned: dict[str, str] = {}

    def is_free(self, path: str) -> bool:
        """Whether nothing stands at a path relative to the site, nor will."""
        return path not in self.planned and not os.path.lexists(self.root / path)

    def holds(self, path: str) -> str:
        """The SHA-256 of the file at a path, "" when it is free; "?" when it cannot be read."""
        if path in self.planned:
            return self.planned[path]
        if self.is_free(path):
            return ""
        try:
            return hashlib.sha256((self.root / path).read_bytes()).hexdigest()
        except OSError:
            return "?"

    def text(self, path: str) -> str:
        """The text of a file of the site; raises OSError and UnicodeDecodeError."""
        return (self.root / path).read_bytes().decode()

    def body(self, path: str) -> str:
        """The Markdown of an article's file, "" when it cannot be read."""
        try:
            return split(self.text(path))[1]
        except (OSError, UnicodeDecodeError):
            return ""

    def says(self, path: str, one: Imported) -> bool:
        """Whether an article's file has the headline, the publication and the text of an import."""
        try:
            text = self.text(path)
        except (OSError, UnicodeDecodeError):
            return False
        yaml_text, body, _ = split(text)
        document, _ = parse(yaml_text, path, 2)
        front = values(document)
        same = all(front.get(key) == one.front.get(key) for key in ("title", "published"))
        return same and body.split() == one.body.split()

    def own_path(self, file: Path | None) -> str:
        """Where a file lies below content/, when it is in content/sources; "" for all others."""
        if file is None:
            return ""
        sources = (self.root / "content" / "sources").resolve()
        found = file.parent.resolve() / file.name
        return f"sources/{found.relative_to(sources).as_posix()}" if found.is_relative_to(sources) else ""

    def is_source(self, file: str) -> bool:
        """Whether a front matter's `source.file` is a path that an import could have given."""
        parts = PurePosixPath(file).parts
        return len(parts) > 1 and parts[0] == "sources" and ".." not in parts

    def source_name(self, name: str, title: str) -> tuple[str, str]:
        """How an original is named below content/sources: its path without the ending, and the ending."""
        if name == "-":
            return slugify(title), ".txt"
        parts = [_safe_part(part) for part in name.split("/") if part not in {"", ".", ".."}]
        path = PurePosixPath(*parts) if parts else PurePosixPath("original")
        return str(path.with_suffix("")), path.suffix

    def is_earlier(self, path: str, sha256: str) -> bool:
        """Whether a kept original is the earlier version of another, by its name and checksum."""
        stamp = _EARLIER.search(PurePosixPath(path).stem)
        return stamp is not None and sha256.startswith(stamp[1])

    def earlier(self, file: str, sha256: str) -> bytes | None:
        """The bytes of an original as it was imported, kept or remembered; None when they are lost."""
        for path in (
            self.root / "content" / file,
            self.root / "content" / _earlier_name(file, sha256),
            self._remembered(sha256),
        ):
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
        return None

    def keep_earlier(self, file: str, data: bytes) -> list[Problem]:
        """Keep the version of an original that a newer one replaces, its checksum in its name."""
        path = f"content/{_earlier_name(file, hashlib.sha256(data).hexdigest())}"
        return self.write(path, data) if self.is_free(path) else []

    def remember(self, sha256: str, data: bytes) -> None:
        """Keep a copy of an original that lies in the site, where people may change it, among the caches."""
        path = self._remembered(sha256)
        if self.dry_run or path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)

    def _remembered(self, sha256: str) -> Path:
        return self.root / ".morgue" / "originals" / sha256

    def add_media(self, media: Media, data: bytes | None, where: str) -> tuple[str, list[Problem]]:
        """Copy a picture; where it went below content/, and why it could not be copied."""
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
        path = PurePosixPath("media", *map(_safe_part, parts))
        number = 1
        target = path
        while self.holds(f"content/{target}") not in {"", sha256}:
            number += 1
            target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        return str(target), self.write(f"content/{target}", data) if self.is_free(f"content/{target}") else []

    def write(self, path: str, data: bytes) -> list[Problem]:
        """Write a file below content/ at once and whole; what stands in the way is a problem."""
        sha256 = hashlib.sha256(data).hexdigest()
        refusal = self._refusal(path)
        if refusal:
            return [
                Problem(path, 0, "E333", f"not written: {refusal}", "only real folders below content/ are")
            ]
        self.planned[path] = sha256
        if self.dry_run:
            return []
        try:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            _replace(self.root / path, data)
        except OSError as error:
            return [Problem(path, 0, "E333", f"not written: {error.strerror}", "check the folder")]
        return []

    def _refusal(self, path: str) -> str:
        parts = PurePosixPath(path).parts
        if parts[0] != "content" or ".." in parts or PurePosixPath(path).is_absolute():
            return "it would lie outside content/"
        place = self.root
        for part in parts[:-1]:
            place = place / part
            if place.is_symlink() and part != "content":
                return f"{place.relative_to(self.root).as_posix()} is a link"
            if place.exists() and not place.is_dir():
                return f"{place.relative_to(self.root).as_posix()} is no folder"
        target = place / parts[-1]
        return (
            "a link stands there"
            if target.is_symlink()
            else "a folder stands there"
            if target.is_dir()
            else ""
        )


def _safe_part(part: str) -> str:
    """One part of a path that every file system takes: no reserved signs, not hidden, not too long."""
    part = unicodedata.normalize("NFC", _UNSAFE.sub("_", part)).strip().rstrip(".") or "_"
    part = f"_{part[1:]}" if part.startswith(".") else part
    stem, dot, suffix = part.rpartition(".")
    if not stem:
        stem, dot, suffix = part, "", ""
    while len(part.encode("utf-8", "replace")) > NAME_LIMIT:
        stem = stem[:-1]
        part = stem + dot + suffix[:20]
    return part


def _earlier_name(file: str, sha256: str) -> str:
    path = PurePosixPath(file)
    return str(path.with_name(f"{path.stem}.{sha256[:EARLIER_DIGITS]}{path.suffix}"))


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name[:60]}.morgue-new")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
