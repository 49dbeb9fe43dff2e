"""The pictures of an agency's items: beside the item's file, or elsewhere on the web."""

from collections.abc import Sequence
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.sources.importers.agency.items import Shown
from generator.sources.importers.base import ImportContext, Media, Original

_SHOWABLE = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"})


class Album:
    """The pictures that the items of one file show; `media` are those to copy."""

    def __init__(self, original: Original, context: ImportContext) -> None:
        self.original = original
        self.files = context.files
        self.media: list[Media] = []
        self.problems: list[Problem] = []

    def place(self, hrefs: Sequence[str]) -> tuple[str, Media | None]:
        """Where a picture is that may be had at several places, the best first, and its file.

        A file of the same name beside the item is taken before one on the web. ("", None), and a W324
        problem, when it should be a file and is none.
        """
        for href in hrefs:
            media = self._beside(href)
            if media is not None:
                if media not in self.media:
                    self.media.append(media)
                return media.target, media
        for href in hrefs:
            if href.startswith(("https://", "http://")):
                return href, None
        if hrefs:
            message = f"image: the picture is not beside the item: {hrefs[0][:80]!r}"
            self.problems.append(
                Problem(self.original.where, 0, "W324", message, "put it there and import again")
            )
        return "", None

    def _beside(self, href: str) -> Media | None:
        try:
            path = unquote(urlsplit(href).path)
        except ValueError:
            return None
        name = PurePosixPath(path).name
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in _SHOWABLE or "\0" in name:
            return None
        folder = PurePosixPath(self.original.name).parent
        places = [str(folder / name)]
        if "://" not in href and not path.startswith("/"):
            places.insert(0, str(folder / path))
        found = next((place for place in places if place in self.files), None)
        return Media(found, f"media/{slugify(PurePosixPath(name).stem)}{suffix}") if found else None


def file_names(hrefs: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that addresses end in."""
    found = (href.partition("?")[0].partition("#")[0].rpartition("/")[2] for href in hrefs)
    return tuple(name for name in found if "." in name)


def without_figure(html: str, picture: Shown) -> str:
    """HTML without the figures that show a picture which has another place; so is one of its sizes."""
    pieces = html.split("</figure>")
    kept: list[str] = []
    for piece in pieces[:-1]:
        start = piece.rfind("<figure")
        if start >= 0 and any(name in piece[start:] for name in picture.files):
            kept.append(piece[:start])
        else:
            kept.append(f"{piece}</figure>")
    return "".join([*kept, pieces[-1]])


def with_figures(html: str, pictures: Sequence[Shown]) -> str:
    """HTML with figures below its text."""
    end = html.lower().rfind("</body>")
    at = end if end >= 0 else len(html)
    return f"{html[:at]}{''.join(map(figure, pictures))}{html[at:]}"


def figure(picture: Shown) -> str:
    """A picture as HTML, in the form that the HTML room knows."""
    src = picture.src if "://" in picture.src or not picture.src else f"/{picture.src}"
    image = f'<img src="{escape(src)}" alt="{escape(picture.alt)}">' if src else ""
    credit = f"<small>{escape(picture.credit)}</small>" if picture.credit else ""
    return f"<figure>{image}<figcaption>{escape(picture.caption)} {credit}</figcaption></figure>"
