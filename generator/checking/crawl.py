"""The pages of the last build as a browser meets them: links, places, pictures, sizes."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from generator.core.frozen import dataclass
from generator.core.paths import Address, address_of
from generator.output.folder import MANIFEST, read_manifest

SIZE_LIMIT = 20_000_000
"""Bytes of a page that are read; a larger one is told of as too large, and not looked into."""

# A start tag with its attributes, quoted or not. Nothing is tried twice, and no tag reaches into the next.
_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9-]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(rb"([a-zA-Z:-]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_LITERAL = ("script", "style")
_REFRESH = re.compile(r"\d+\s*;\s*url=(.+)", re.IGNORECASE)
_URLS = {
    "a": "href", "area": "href", "link": "href", "form": "action",
    "img": "src", "source": "src", "video": "src", "audio": "src", "iframe": "src", "script": "src",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page of the output: `path` in it, what it links to with the line, the ids it has, and bare pictures.

    `onward` is where it leads at once, for a redirect. A page too large has a `size` and nothing else.
    """

    path: str
    address: Address
    size: int
    links: tuple[tuple[str, int], ...] = ()
    followed: tuple[str, ...] = ()  # those a reader can follow
    ids: frozenset[str] = frozenset()
    bare: tuple[tuple[str, int], ...] = ()
    onward: str = ""


def crawl(output: Path) -> tuple[list[Seen], frozenset[Address]]:
    """The pages of an output folder in the order of their paths, and the addresses of all its files.

    Raises SiteError when its manifest cannot be read, FileNotFoundError when it has none.
    """
    ours = read_manifest((output / MANIFEST).read_bytes())
    pages = [look(output, path) for path in sorted(ours) if path.endswith((".html", ".htm"))]
    return pages, frozenset(address_of(path) for path in ours)


def look(output: Path, path: str) -> Seen:
    """One page of an output folder; an unreadable one counts as empty."""
    place = output / path
    try:
        size = place.stat().st_size
        data = place.read_bytes() if size <= SIZE_LIMIT else b""
    except OSError:
        size, data = 0, b""
    links: list[tuple[str, int]] = []
    followed: list[str] = []
    bare: list[tuple[str, int]] = []
    ids: set[str] = set()
    onward = ""
    for line, name, given in _elements(data):
        if one := given.get("id"):
            ids.add(one)
        url = given.get(_URLS.get(name, ""), "")
        if name == "link" and given.get("rel") in {"canonical", "alternate"}:
            url = ""
        if url:
            links.append((url, line))
        if url and name in {"a", "area", "form"}:
            followed.append(url)
        if name == "a" and given.get("name"):
            ids.add(given["name"])
        if name == "img" and "alt" not in given:
            bare.append((url, line))
        if name == "meta" and given.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.match(given.get("content", ""))
            onward = found[1].strip() if found else onward
    return Seen(
        path=path, address=address_of(path), size=size, links=tuple(links), followed=tuple(followed),
        ids=frozenset(ids), bare=tuple(bare), onward=onward,
    )  # fmt: skip


def _elements(data: bytes) -> Iterator[tuple[int, str, dict[str, str]]]:
    """The start tags of a page: line, name in small letters, attributes with their values.

    What stands in a comment, a script or a style is no markup; one that never ends takes in all that follows.
    """
    small, line, counted = data.lower(), 1, 0
    at = data.find(b"<")
    while at >= 0:
        if data.startswith(b"<!--", at):
            at = _past(data, b"-->", at + 4)
        elif found := _TAG.match(data, at):
            name = found[1].decode().lower()
            line += data.count(b"\n", counted, at)
            counted = at
            yield line, name, _attributes(found[2])
            at = _past(small, f"</{name}".encode(), found.end()) if name in _LITERAL else found.end()
        else:
            at += 1
        at = data.find(b"<", at) if at >= 0 else at


def _past(data: bytes, what: bytes, start: int) -> int:
    """The place behind the next `what`, -1 where there is none."""
    found = data.find(what, start)
    return found + len(what) if found >= 0 else -1


def _attributes(data: bytes) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(data):
        value = (double or single or bare).decode("utf-8", "replace")
        given.setdefault(name.decode().lower(), unescape(value))
    return given
