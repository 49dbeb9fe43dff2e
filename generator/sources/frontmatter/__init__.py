"""The codec of front matter: what is written between the `---` lines, read and changed in place."""

import re
from collections.abc import Mapping, Sequence

from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.frontmatter.dumping import ARTICLE_KEYS
from generator.sources.frontmatter.dumping import dump as dump
from generator.sources.frontmatter.flat import flat
from generator.sources.frontmatter.surgery import Uneditable as Uneditable
from generator.sources.frontmatter.surgery import rewritten
from generator.sources.nodes import Document, alike, same
from generator.sources.nodes import typed as typed
from generator.sources.nodes import values as values

_CLOSING = {
    "---": re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"),
    "+++": re.compile(r"(?:(?<=\n)|(?<=\r))\+\+\+[ \t]*(?:\r\n|\r|\n|\Z)"),
}
_OPENING = {
    "---": re.compile(r"\ufeff?---[ \t]*(\r\n|\r|\n)"),
    "+++": re.compile(r"\ufeff?\+\+\+[ \t]*(\r\n|\r|\n)"),
}
_BREAK = re.compile(r"\r\n|\r|\n")


def split(text: str, fence: str = "---") -> tuple[str, str, int]:
    """A file's text as front matter, body, and the line of the file on which the body begins.

    Text that does not open with a `fence` line, or never closes it, is all body: ("", text, 1). `fence` is
    "---", or "+++" for TOML; a front matter of YAML may end with "..." too. Line ends stay as they are.
    """
    if fence == "---" and text.startswith("---\n") and "\r" not in text:
        return _split_plain(text)
    cut = _cut(text, fence)
    if cut is None:
        return "", text.removeprefix("\ufeff"), 1
    head, inner, closing, body = cut
    return inner, body, 1 + sum(len(_BREAK.findall(part)) for part in (head, inner, closing))


def _split_plain(text: str) -> tuple[str, str, int]:
    """`split` for a text that begins with a line of "---" and holds no carriage return."""
    found = end = len(text)
    for mark in ("\n---", "\n..."):
        at = text.find(mark, 3, found)
        while at >= 0:
            stop = text.find("\n", at + 1)
            stop = len(text) if stop < 0 else stop
            if not text[at + len(mark) : stop].strip(" \t"):
                found, end = at, stop
                break
            at = text.find(mark, stop, found)
    if found == len(text):
        return "", text, 1
    return text[4 : found + 1], text[end + 1 :], 1 + text.count("\n", 0, end + 1)


def opens(text: str, fence: str = "---") -> bool:
    """Whether a text begins with a fence line, closed or not."""
    return bool(_OPENING[fence].match(text) or text.removeprefix("\ufeff").rstrip(" \t") == fence)


def parse(yaml_text: str, path: str, first_line: int) -> tuple[Document, tuple[Problem, ...]]:
    """The keys of a front matter, and what is wrong with it; no implicit typing.

    `first_line` is the line of the file on which `yaml_text` begins (2 after a `---`). Whenever there is a
    problem whose code starts with E the document is not to be relied on.
    """
    document = flat(yaml_text, first_line)
    if document is not None:
        return document, ()
    # PyYAML takes longer to import than a small site's front matter to read.
    from generator.sources.frontmatter.composing import compose  # noqa: PLC0415

    return compose(yaml_text, path, first_line)


def edit(text: str, changes: Mapping[str, Value], order: Sequence[str] = ARTICLE_KEYS) -> str:
    """A whole file's text with some keys of its front matter changed and every other byte as it was.

    None takes a key out. A key that is new goes to its place in `order`, or to the end. A key whose value
    says the same already is left alone, quotes, comments and all; in a list, the items that stay do too.
    A file without front matter gets one.

    Raises Uneditable when the front matter cannot be read, or is written so (in braces, with anchors) that
    a change could not be kept to the keys named.
    """
    cut = _cut(text, "---")
    if cut is None:
        if opens(text):
            raise Uneditable("the front matter has no closing ---")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        first = _BREAK.search(text)
        eol = first.group() if first else "\n"
        new = dump({key: value for key, value in changes.items() if value is not None}, order)
        return f"{mark}---\n{new}---\n".replace("\n", eol) + text.removeprefix("\ufeff") if new else text
    head, inner, closing, body = cut
    before = _readable_document(inner)
    end = _BREAK.search(head)
    changed = rewritten(inner, before, changes, end.group() if end else "\n", order)
    _verify(before, _readable_document(changed), changes)
    return head + changed + closing + body


def _cut(text: str, fence: str) -> tuple[str, str, str, str] | None:
    opening = _OPENING[fence].match(text)
    if opening is None:
        return None
    closing = _CLOSING[fence].search(text, opening.end())
    if closing is None:
        return None
    start, end = closing.span()
    return opening.group(), text[opening.end() : start], text[start:end], text[end:]


def _readable_document(inner: str) -> Document:
    document, problems = parse(inner, "", 2)
    if problems and problems[0].is_error:
        raise Uneditable(problems[0].message)
    return document


def _verify(before: Document, after: Document, changes: Mapping[str, Value]) -> None:
    kept = [name for name in before if name not in changes]
    if kept != [name for name in after if name not in changes] or not all(
        alike(before[n].node, after[n].node) for n in kept
    ):
        raise Uneditable("the change would touch other keys")
    for name, value in changes.items():
        if (name in after) != (value is not None) or (
            value is not None and not same(after[name].node, value)
        ):
            raise Uneditable(f"{name}: its value cannot be written")
