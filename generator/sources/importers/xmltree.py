"""XML as a tree of elements by their local names: bounded, without entities of its own and without network.

Expat reads it (the standard library's), and is told to stop at the first entity that a document declares:
HTML's names (&nbsp;) are known, nothing else is ever expanded, and nothing is loaded from anywhere.
"""

import re
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

__all__ = ["MAX_DEPTH", "MAX_NODES", "Element", "Malformed", "parse_xml", "root_name", "words"]

MAX_DEPTH = 250
"""How deep elements may lie in each other."""

MAX_NODES = 1_000_000
"""The most elements of a document."""

_UNFIT = bytes(n for n in range(32) if n not in b"\t\n\r")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,30})|([0-9]{1,30}));")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>)\s*+)*+"
    rb"<(?:[\w.-]++:)?([A-Za-z][\w.-]*)([^<>]*)",
    re.DOTALL,
)
_SNIFFED = 16_000


class Malformed(Exception):
    """Why a document is not read; `line` counts from 1, and is 0 when no line is to blame."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def root_name(data: bytes) -> tuple[str, bytes]:
    """The local name of the outermost element, and its attributes as written; "" when it is no XML."""
    head = data[:_SNIFFED]
    if head.startswith(_WIDE):
        head = head.decode("utf-16", "ignore").encode()
    found = _ROOT.match(head)
    return (found[1].decode(), found[2]) if found else ("", b"")


def parse_xml(data: bytes) -> tuple[Element, int]:
    """The outermost element of a document, and how many characters were left out that XML may not hold.

    Names of elements and attributes are without their namespace: "newsItem", "lang". Comments and
    processing instructions are gone. Raises Malformed for what is no XML, declares entities, or is nested
    deeper than MAX_DEPTH or larger than MAX_NODES.
    """
    data, removed = _fit(data)
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise Malformed(f"not well-formed XML: {message}", error.lineno) from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows, or that says another
        raise Malformed(f"not well-formed XML: {error}", reader.parser.CurrentLineNumber) from None
    return reader.builder.close(), removed


def words(element: Element | None) -> str:
    """All the text in an element, with single spaces; "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


class _Reader:
    """Feeds a TreeBuilder from expat, and counts."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.depth = self.nodes = 0
        parser = self.parser = (
            expat.ParserCreate()
        )  # prefixes are names only: one that nobody declared does no harm
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.builder.data
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        # With this, names that only an external DTD could declare are skipped and not an error.
        parser.UseForeignDTD(True)

    def _start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise Malformed(f"nested deeper than {MAX_DEPTH} elements", self.parser.CurrentLineNumber)
        if self.nodes > MAX_NODES:
            raise Malformed(f"more than {MAX_NODES:,} elements", self.parser.CurrentLineNumber)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        kept = {_local(key): value for key, value in pairs if not key.startswith("xmlns")}
        self.builder.start(_local(name), kept)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_local(name))

    def _entity(self, name: str, is_parameter: bool, value: str | None, *others: object) -> None:
        if value is not None or not is_parameter:
            message = f"declares an entity, which is never expanded: {name[:40]!r}"
            raise Malformed(message, self.parser.CurrentLineNumber)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            point = name2codepoint.get(name)
            self.builder.data(chr(point) if point is not None else f"&{name};")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _fit(data: bytes) -> tuple[bytes, int]:
    """A document without the characters that would make it no XML, and how many those were."""
    if data[:2] in _WIDE:
        return data, 0
    clean = data.translate(None, _UNFIT)
    removed = len(data) - len(clean)
    if b"&#" in clean:
        removed += sum(not _is_fit(each) for each in _REFERENCE.finditer(clean))
        clean = _REFERENCE.sub(lambda each: each[0] if _is_fit(each) else b"&#xFFFD;", clean)
    return clean, removed


def _is_fit(reference: re.Match[bytes]) -> bool:
    """Whether XML may hold the character that a reference names."""
    point = int(reference[1], 16) if reference[1] else int(reference[2])
    if point < 32:
        return point in {9, 10, 13}
    return point < 0xD800 or 0xE000 <= point < 0xFFFE or 0xFFFF < point < 0x110000
