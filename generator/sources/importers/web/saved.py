"""Pages saved to files: by a browser with their pictures beside them, or mirrored with a site's folders."""

import re
from posixpath import normpath, relpath
from urllib.parse import unquote, urlsplit

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Media, Original
from generator.sources.importers.web import Capture, PageRead
from generator.sources.importers.web.article import read_article

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24}(?:_\d{2,5}|:\d{2,5})?", re.IGNORECASE)


def read_saved(
    original: Original, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    """The article of a saved page, and what is wrong with it; a page that is none is told as W355."""
    address = mirrored_address(original.name)
    capture = Capture(data=original.data, where=original.where, address=address)
    album = Album(original.name, context)
    found: PageRead = read_article(capture, context, album.picture, rebase=album.rebase)
    if found.article is not None:
        return (found.article,), found.problems
    if found.problems:
        return (), found.problems
    return (), (Problem(original.where, 0, "W355", f"no article: {found.reason}", "nothing was imported"),)


def mirrored_address(name: str) -> str:
    """The address of a page in the folders of a mirror: "ledger.example/2021/wall.html"; "" for others."""
    parts = name.split("/")
    for number, part in enumerate(parts[:-1]):
        if _HOST.fullmatch(part) and "." in part and not part.lower().endswith((".html", ".htm", ".zip")):
            rest = "/".join(parts[number + 1 :])
            return f"https://{part.replace('_', ':')}/{rest.removesuffix('index.html')}"
    return ""


class Album:
    """The pictures that came with a saved page."""

    def __init__(self, name: str, context: ImportContext) -> None:
        self.folder = name.rpartition("/")[0]
        self.files = context.files
        self.base = ""

    def rebase(self, base: str) -> None:
        """Take the address from which the page's relative links start."""
        self.base = base

    def picture(self, address: str) -> Media | None:
        """The file beside the page that an address in it means."""
        return next(
            (Media(name, f"media/{_target(name)}") for name in self._names(address) if name in self.files),
            None,
        )

    def _names(self, address: str) -> list[str]:
        try:
            parts, base = urlsplit(address), urlsplit(self.base)
        except ValueError:
            return []
        if parts.scheme not in {"", "http", "https", "file"}:
            return []
        path = unquote(parts.path)
        found: list[str] = []
        if not parts.netloc and not path.startswith("/"):
            found.append(self._beside(path))
        elif parts.netloc == base.netloc and base.path:
            found.append(self._beside(relpath(path, unquote(base.path).rpartition("/")[0] or "/")))
        if parts.netloc:
            whole = f"{parts.netloc}{path}"
            roots = ["", *(f"{self.folder[: match.start()]}" for match in _HOST.finditer(self.folder))]
            for root in roots:
                found += [f"{root}{whole}", f"{root}{whole}?{parts.query}"]
        last = path.rpartition("/")[2]
        return [name for name in found if name and not name.startswith(("../", "/"))] if last else []

    def _beside(self, path: str) -> str:
        return normpath(f"{self.folder}/{path}" if self.folder else path)


def _target(name: str) -> str:
    parts = name.partition("?")[0].split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."})
