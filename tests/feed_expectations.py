"""What the feeds of feedparser's own suite are expected to hold, read out of their comments; see Expectation."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator.sources.importers.html import html_to_markdown
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.words import plain

_EXPECT = re.compile(rb"Expect:\s*(.+?)\s*(?:-->|\n)")
_HEADER = re.compile(rb"Header:\s*([\w-]+):\s*(.+?)\s*\n")


class Expectation(NamedTuple):
    """That the entry `number` has a value at a path: ("title",), ("tags", 0, "term")."""

    number: int
    path: tuple[str | int, ...]
    value: Any


def headers_of(data: bytes) -> dict[str, str]:
    return {name.decode().lower(): value.decode("latin-1") for name, value in _HEADER.findall(data)}


def expectations_of(data: bytes) -> list[Expectation]:
    """All that a feed's comment says of its entries by equality; nothing for what it says otherwise."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:100]:
        data = data.replace(b"\0", b"")
    found = _EXPECT.search(data)
    if found is None:
        return []
    try:
        tree = ast.parse(found[1].decode("utf-8", "replace").strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return []
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return [each for part in parts if (each := _expectation(part)) is not None]


def _expectation(node: ast.expr) -> Expectation | None:
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq):
        return None
    path: list[str | int] = []
    left = node.left
    while not isinstance(left, ast.Name):
        if isinstance(left, ast.Attribute):
            path.append(left.attr)
        elif isinstance(left, ast.Subscript) and isinstance(left.slice, ast.Constant):
            path.append(left.slice.value)
        else:
            return None
        left = left.value
    if left.id != "entries" or len(path) < 2 or not isinstance(path[-1], int):
        return None
    try:
        value = ast.literal_eval(node.comparators[0])
    except ValueError:
        return None
    return Expectation(path[-1], tuple(reversed(path[:-1])), value)


def holds(expected: Expectation, post: Post) -> bool | None:
    """Whether a post keeps what was expected; None for what no article keeps."""
    (name, *_), last, value = expected.path, expected.path[-1], expected.value
    if expected.path == ("source", "title"):
        return plain(post.publisher) == plain(value)
    if not value or name in {"source", "publisher_detail", "publisher"} or last in _NOT_KEPT:
        return None
    if name in {"title", "title_detail"}:
        return plain(post.title) in {plain(value), " ".join(value.split())}
    if expected.path in {("link",), ("guid",), ("id",)}:
        return value in {post.url, *post.ids}
    if last == "name" or expected.path == ("author",):
        return value.strip() in post.authors if "@" not in value else None
    if str(name).endswith("_parsed"):
        return _same_time(value, post) if name != "expired_parsed" else None
    if name in {"summary", "description", "summary_detail", "content", "subtitle"}:
        return _says(value, post)
    if name == "tags" and last in {"term", "label"}:
        return value in post.tags or (last == "term" and len(post.tags) > 0)
    if name in {"media_content", "media_thumbnail", "image", "enclosures"} and last in {"url", "href"}:
        return value in post.html or (post.image is not None and post.image.src == value)
    return None


_NOT_KEPT = frozenset({"type", "language", "base", "mode", "src", "scheme", "rel", "length", "email"})


def _says(value: str, post: Post) -> bool:
    """Whether the article shows a reader all the words of the HTML, in order; links stand for frames."""
    shown = html_to_markdown(post.html, address=post.url).markdown
    kept = iter(_words(f"{shown} {plain(post.summary)}"))
    return all(word in kept for word in _words(html_to_markdown(value, address=post.url).markdown))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _same_time(value: tuple[int, ...], post: Post) -> bool:
    wanted = datetime(*value[:6], tzinfo=UTC)  # type: ignore[misc]
    kept = [each for each in (post.published, post.updated) if each]
    return any(
        (
            each[:10] == wanted.date().isoformat()
            if "T" not in each
            else datetime.fromisoformat(each) == wanted
        )
        for each in kept
    )


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".xml", ".json"})
