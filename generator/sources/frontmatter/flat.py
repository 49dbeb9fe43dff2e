"""The plain front matter that nearly every article has, read line by line without a YAML parser.

`key: value`, lists in one line or with a line for each item, mappings in one line or indented below their
key; values bare or between quotes, each in one line. What comes out is what libyaml's way (composing.py)
gives, to the last offset: tests/test_frontmatter_flat.py holds it to that. Whatever is not certain is left
to libyaml.
"""

import re

from generator.sources.nodes import Document, Field, Node, Scalar, Series

LENGTH_LIMIT = 60_000
"""The most characters read here: far from all limits of composing.py."""

DEPTH_LIMIT = 8
"""The most mappings and lists within each other that are read here."""

_NAME = r"([A-Za-z_][A-Za-z0-9_-]{0,60}):"
_KEY = re.compile(_NAME + r"(?: +|\Z)")
_KEY_IN_FLOW = re.compile(r" *" + _NAME + " +")
_ITEM = re.compile(r"- +")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`~= ")
_NOT_IN_FLOW = re.compile(r"[\[\]{}:?#\"']")
_BARE = r"(?![-?:!&*|>'\"%@`~= ])(?:[^,\[\]{}:?#]|:(?=[/\w]))+"
_VALUE_IN_FLOW = re.compile(rf" *(?:\"([^\"\\]*)\" *|'([^']*)' *|({_BARE}))(?:,|\Z)")


def flat(yaml_text: str, first_line: int) -> Document | None:
    """The document of a plain front matter; None where only libyaml can tell.

    `first_line` is the line of the file on which `yaml_text` begins.
    """
    if len(yaml_text) > LENGTH_LIMIT or not yaml_text.replace("\n", "").isprintable():
        return None
    try:
        return _Reader(yaml_text, first_line).document()
    except _Unsure:
        return None


class _Unsure(Exception):
    """Something that only libyaml can read, or refuse."""


class _Reader:
    """Reads the lines that say something, `next` first: indent, line, its offset, its number."""

    __slots__ = ("lines", "next")

    def __init__(self, yaml_text: str, first_line: int) -> None:
        self.next = 0
        self.lines: list[tuple[int, str, int, int]] = []
        at = 0
        for number, line in enumerate(yaml_text.split("\n"), first_line):
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                self.lines.append((len(line) - len(bare), line, at, number))
            at += len(line) + 1

    def document(self) -> Document:
        if not self.lines:
            raise _Unsure
        found = self.mapping(0, 0)
        if self.next < len(self.lines):
            raise _Unsure
        return found

    def mapping(self, indent: int, depth: int) -> Document:
        if depth > DEPTH_LIMIT:
            raise _Unsure
        lines, end = self.lines, 0
        fields: dict[str, Field] = {}
        _, _, at, first = lines[self.next]
        start = at + indent
        while self.next < len(lines):
            here, line, at, number = lines[self.next]
            if here < indent:
                break
            match = _KEY.match(line, indent)
            if here > indent or match is None or (name := match[1]) in fields:
                raise _Unsure
            self.next += 1
            key, place = at + indent, match.end()
            if place < len(line):
                node = _value(line[place:].rstrip(" "), at + place, number)
            else:
                node = self.below(indent, key + len(name) + 1, number, depth + 1)
            end = node.end
            fields[name] = Field(name, node, number, key, key + len(name))
        return Document(fields=fields, line=first, start=start, end=end)

    def below(self, indent: int, at: int, number: int, depth: int) -> Node:
        """What stands in the lines below a key; `at` is where nothing stands if nothing does."""
        if self.next < len(self.lines):
            here, line, _, _ = self.lines[self.next]
            if here >= indent and line[here] == "-":
                return self.series(here, depth)
            if here > indent:
                return self.mapping(here, depth)
        return Scalar("", True, number, at, at)

    def series(self, indent: int, depth: int) -> Series:
        lines = self.lines
        items: list[Node] = []
        _, _, at, first = lines[self.next]
        start = at + indent
        while self.next < len(lines):
            here, line, at, number = lines[self.next]
            if here < indent or (here == indent and line[here] != "-"):
                break
            match = _ITEM.match(line, indent)
            if here > indent or match is None or (place := match.end()) == len(line):
                raise _Unsure
            if _KEY.match(line, place):
                lines[self.next] = place, line, at, number
                items.append(self.mapping(place, depth + 1))
            else:
                self.next += 1
                items.append(_value(line[place:].rstrip(" "), at + place, number))
        return Series(tuple(items), False, first, start, items[-1].end)


def _value(text: str, at: int, line: int) -> Node:
    """A value in one line, without space around it."""
    first, end = text[0], at + len(text)
    if first not in _NOT_FIRST:
        if ": " in text or " #" in text or text[-1] == ":":
            raise _Unsure
        return Scalar(text, True, line, at, end)
    inner = text[1:-1]
    if first == '"' and text[-1] == '"' and end > at + 1 and '"' not in inner and "\\" not in inner:
        return Scalar(inner, False, line, at, end)
    if first == "'" and text[-1] == "'" and end > at + 1 and "'" not in inner.replace("''", ""):
        return Scalar(inner.replace("''", "'"), False, line, at, end)
    if first == "[" and text[-1] == "]":
        return Series(_items(inner, at + 1, line), True, line, at, end)
    if first == "{" and text[-1] == "}":
        return Document(fields=_fields(inner, at + 1, line), flow=True, line=line, start=at, end=end)
    raise _Unsure


def _items(inner: str, at: int, line: int) -> tuple[Node, ...]:
    """The items between two brackets."""
    items: list[Node] = []
    if _NOT_IN_FLOW.search(inner):
        place = 0
        while place < len(inner) and not inner[place:].isspace():
            item, place = _in_flow(inner, place, at, line)
            items.append(item)
        return tuple(items)
    parts = inner.split(",")
    if parts[-1].strip(" ") == "":
        parts.pop()
    for part in parts:
        bare = part.lstrip(" ")
        start = at + len(part) - len(bare)
        bare = bare.rstrip(" ")
        if not bare or bare[0] in _NOT_FIRST:
            raise _Unsure
        items.append(Scalar(bare, True, line, start, start + len(bare)))
        at += len(part) + 1
    return tuple(items)


def _fields(inner: str, at: int, line: int) -> dict[str, Field]:
    """The keys and values between two braces."""
    fields: dict[str, Field] = {}
    place = 0
    while place < len(inner) and not inner[place:].isspace():
        match = _KEY_IN_FLOW.match(inner, place)
        if match is None or (name := match[1]) in fields:
            raise _Unsure
        start = at + match.start(1)
        node, place = _in_flow(inner, match.end(), at, line)
        fields[name] = Field(name, node, line, start, start + len(name))
    return fields


def _in_flow(inner: str, place: int, at: int, line: int) -> tuple[Scalar, int]:
    """The value at a place between brackets or braces, and where the next one begins."""
    match = _VALUE_IN_FLOW.match(inner, place)
    if match is None:
        raise _Unsure
    kind = match.lastindex or 0
    start, end = match.span(kind)
    text = match[kind]
    if kind == 3:
        text = text.rstrip(" ")
        return Scalar(text, True, line, at + start, at + start + len(text)), match.end()
    return Scalar(text, False, line, at + start - 1, at + end + 1), match.end()
