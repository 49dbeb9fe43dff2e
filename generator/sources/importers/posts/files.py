"""Pictures and other files of an export that lie beside it, found by the addresses they had."""

import re
from collections.abc import Mapping
from dataclasses import field
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from generator.core.frozen import dataclass
from generator.sources.importers.base import ImportContext, Media

_KEY = "posts: files"
_FOLDERS = re.compile(
    r".*?(?:^|/)(?:wp-content/uploads(?:/sites/\d{1,9})?|content/(?:images|media|files)|uploads|files)/(?=.)"
)
_SIZE = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{9,14})(?=\.[A-Za-z0-9]{2,5}\Z)")
_UNSAFE = re.compile(r"[^\w.-]+")
_GHOST_SIZE = re.compile(r"/size/w\d{1,5}(?:h\d{1,5})?(?:/format/[a-z]{2,5})?(?=/)")
_SHOWN = re.compile(
    r"(?P<code>^(?P<fence>`{3,20}|~{3,20})[^\n]*\n(?:(?!(?P=fence))[^\n]*(?:\n|\Z))*)"
    r"|(?P<before>\]\(|\s(?:src|href)=\")(?P<url>[^\s()<>\"]{1,4000})",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a source; `by_end` maps how each path ends, its last two parts, to the paths."""

    by_end: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, url: str) -> Media | None:
        """The file that was at an address, or the picture of which that was a smaller size; None for none.

        Where several end alike, the one with the longest end in common is meant.
        """
        if not self.by_end:
            return None
        try:
            path = _GHOST_SIZE.sub("", unquote(urlsplit(url).path))
        except ValueError:
            return None
        for wanted in dict.fromkeys([path, _SIZE.sub("", path)]):
            parts = [part for part in wanted.split("/") if part not in {"", ".", ".."}]
            found = self.by_end.get(_end(parts), ()) if len(parts) > 1 else ()
            if found:
                name = max(found, key=lambda each: (_common(each, parts), -len(each)))
                return Media(name, _target(parts))
        return None

    def localised(self, markdown: str) -> tuple[str, tuple[Media, ...]]:
        """A text in which pictures and links lead to the source's own files, and those files."""
        if not self.by_end:
            return markdown, ()
        media: dict[Media, None] = {}

        def place(match: re.Match[str]) -> str:
            if match["code"]:
                return match[0]
            found = self.find(unescape(match["url"]))
            if found is None:
                return match[0]
            media[found] = None
            return f"{match['before']}{escape('/' + found.target)}"

        return _SHOWN.sub(place, markdown), tuple(media)


def files_of(context: ImportContext) -> Files:
    """The files that came with an export, sorted by how their paths end; worked out once for a source."""
    kept = context.shared.get(_KEY)
    if isinstance(kept, Files):
        return kept
    ends: dict[str, list[str]] = {}
    for name in sorted(context.files):
        parts = name.split("/")
        if len(parts) > 1 and not name.lower().endswith((".xml", ".html", ".htm", ".json", ".csv", ".md")):
            ends.setdefault(_end(parts), []).append(name)
    found = Files({end: tuple(names) for end, names in ends.items()})
    context.shared[_KEY] = found
    return found


def same_picture(url: str, other: str) -> bool:
    """Whether two addresses are of one picture, in whatever size."""
    return bool(url) and _bare(url) == _bare(other)


def _bare(url: str) -> str:
    path = url.partition("?")[0].partition("://")[2] or url.partition("?")[0]
    return _SIZE.sub("", _GHOST_SIZE.sub("", path))


def _common(name: str, parts: list[str]) -> int:
    number = 0
    for mine, theirs in zip(reversed(name.split("/")), reversed(parts), strict=False):
        if mine.lower() != theirs.lower():
            break
        number += 1
    return number


def _target(parts: list[str]) -> str:
    """Where a file goes below content/: by its address without the folders that only the old system needs.

    Two parts at least stay, so that it is found there again by the same address.
    """
    path = _FOLDERS.sub("", "/".join(parts), count=1).split("/")
    return "/".join(["media", *(_safe(part) for part in (path if len(path) > 1 else parts[-2:])[-5:])])


def _end(parts: list[str]) -> str:
    return "/".join(map(_safe, parts[-2:])).lower()


def _safe(part: str) -> str:
    return _UNSAFE.sub("-", part).lstrip(".-") or "x"
